import type { BriefingFilter, Delivery, Destination, ShownState, Subscription } from '../briefings/subscription.ts';
import { openBriefedStore } from './briefed.ts';
import { openOutbox } from './outbox.ts';
import type { Database } from './sqlite.ts';
import { openSubscriptions } from './subscriptions.ts';

export interface SlotToPlan {
  slot: string;
  at: number;
  state: 'due' | 'skipped';
  reason?: string | undefined;
}

export interface Planned {
  subscription: Subscription;
  slots: readonly SlotToPlan[];
  next: Subscription['next'];
}

/** A message that shows a question which has changed since. */
export interface StalePost extends ShownState {
  subscription: string;
  slot: string;
}

export interface ToClaim {
  now: number;
  platform: string;
  /** At most so many of every workspace … */
  each: number;
  /** … none of these … */
  without: readonly string[];
  /** … and so many of all together. */
  inAll: number;
}

export type DeliveryKey = Pick<Delivery, 'subscription' | 'slot'>;

export interface Lease {
  now: number;
  /** This process. */
  by: string;
  leaseMs: number;
}

export interface ClaimedDelivery {
  delivery: Delivery;
  subscription: Subscription;
  /** It was on its way before: whether it arrived must be found out first. */
  wasSending: boolean;
}

/** Subscriptions, those that were removed left out unless it says otherwise. All times in ms since 1970. */
export interface Subscriptions {
  add(subscription: Subscription): Promise<void>;
  /** Removed ones too. */
  get(id: string): Promise<Subscription | undefined>;
  at(destination: Omit<Destination, 'thread'>): Promise<Subscription[]>;
  /** Those of one owner on a platform, or all of a workspace. */
  owned(by: { platform: string; workspace: string; owner?: string }): Promise<Subscription[]>;
  /** Writes the subscription if it is still at the version it was read at; raises its version. */
  update(subscription: Subscription): Promise<boolean>;
  /** Nothing is sent any more; what was sent is still corrected. */
  remove(id: string): Promise<void>;
  /** Active subscriptions whose next slot has come, the longest due first. */
  due(now: number, limit: number): Promise<Subscription[]>;
  /** Pauses what belongs to a workspace that is gone. */
  pauseWorkspace(platform: string, workspace: string, because: string): Promise<number>;
}

/** The ledger of deliveries; those that are not done yet are the outbox. */
export interface Outbox {
  /** Plans slots and moves each subscription to its next one, in one transaction; nothing where another process or a change was first. */
  plan(planned: readonly Planned[]): Promise<void>;
  /** A slot outside the schedule, at once. */
  planNow(subscription: Subscription, slot: SlotToPlan): Promise<void>;
  /** Takes note that these posts of one message are brought up to date, with an edit where one is needed; false where another process was first. */
  planCorrection(
    posts: readonly StalePost[],
    stand: readonly ShownState[],
    edit?: { slot: string; at: number },
  ): Promise<boolean>;
  /**
   * Deliveries that may be tried, the longest due first: one a channel, of every subscription the oldest slot that is not done, and of
   * every message the oldest edit.
   */
  claimable(request: ToClaim): Promise<DeliveryKey[]>;
  /** Those of them that nobody took meanwhile, now held by this process. */
  claim(keys: readonly DeliveryKey[], lease: Lease): Promise<ClaimedDelivery[]>;
  /** The digest is fixed and about to be sent, and the lease starts anew; false where it was lost. */
  sending(delivery: Delivery, lease: Lease): Promise<boolean>;
  record(delivery: Delivery): Promise<void>;
  /** A digest that arrived, or that has nothing to say: the ledger, what the channel knows and which message shows what, in one step. */
  recordDigest(delivery: Delivery): Promise<void>;
  delivery(subscription: string, slot: string): Promise<Delivery | undefined>;
  /** The newest slots first. */
  ledger(subscription: string, limit: number): Promise<Delivery[]>;
}

/** What the archive has for a subscription, and what its channel was shown. */
export interface BriefedStore {
  newestArrival(): Promise<number>;
  /** Ids of matching questions that arrived after a sequence number and were not briefed yet, newest date first. */
  arrived(subscription: Subscription, after: number, limit?: number): Promise<string[]>;
  /** The matching question never briefed (newest date first), else the one briefed longest ago before `before`. */
  fromArchive(subscription: Subscription, before: number): Promise<string | undefined>;
  countMatching(filter: BriefingFilter, sample: boolean): Promise<number>;
  /** Changes with anything that is shown of the question; undefined where it is not in the archive. */
  questionHash(id: string): Promise<string | undefined>;
  /** What was briefed and is not as it was then, or gone. */
  changedSinceBriefed(subscription: string): Promise<ShownState[]>;
  stalePosts(limit: number): Promise<StalePost[]>;
}

export type BriefingStore = Subscriptions & Outbox & BriefedStore;

export function openBriefingStore({ write }: Database): BriefingStore {
  return { ...openSubscriptions(write), ...openOutbox(write), ...openBriefedStore(write) };
}
