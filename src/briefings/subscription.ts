import type { Schedule } from './schedule.ts';

/** Platform, workspace and channel; a thread within it where one is meant. */
export interface Destination {
  platform: string;
  workspace: string;
  channel: string;
  thread?: string | undefined;
}

/** Any of each list; a list that is empty asks nothing. */
export interface BriefingFilter {
  topics: string[];
  /** ISO 3166-1 alpha-2. */
  countries: string[];
  /** Person ids. */
  persons: string[];
}

export const WHEN_EMPTY = ['archive', 'note', 'skip'] as const;
export type WhenEmpty = (typeof WHEN_EMPTY)[number];

export interface Subscription {
  /** Short and typed with a thumb. */
  id: string;
  destination: Destination;
  channelName: string;
  owner: { id: string; name: string };
  filter: BriefingFilter;
  schedule: Schedule;
  /** New questions in one digest at most; the others are named. */
  max: number;
  whenEmpty: WhenEmpty;
  /** Group or role to mention, as the platform addresses it; never from content. */
  mention?: string | undefined;
  /** Of its posts in a forum. */
  tag?: string | undefined;
  /** Only where asked for: the fictional sample instead of real content. */
  sample: boolean;
  status:
    | { is: 'active' }
    /** By somebody, because its channel takes nothing, or because its times cannot be computed. */
    | { is: 'paused'; because: string; by: 'caller' | 'destination' | 'schedule' }
    /** Kept only so that corrections reach what was sent. */
    | { is: 'removed' };
  createdAt: number;
  /** Questions that arrived up to here are known to the channel; undefined before the first digest. */
  knownUpTo?: number | undefined;
  /** The next slot and its moment (ms); undefined where the schedule has come to its end. */
  next?: { slot: string; at: number } | undefined;
  /** Raised by every change. */
  version: number;
}

export type DeliveryState =
  /** Waiting for its time or for another try. */
  | 'due'
  /** A process holds it and has sent nothing yet. */
  | 'claimed'
  /** The message may be on its way: after a crash the channel is asked first. */
  | 'sending'
  | 'sent'
  /** Nothing new, and the subscription asks for silence then. */
  | 'nothing'
  /** Missed while down, too old to catch up. */
  | 'skipped'
  /** Whether it arrived is not known and cannot be asked: it is not sent again. */
  | 'unclear'
  /** The destination does not take it. */
  | 'refused'
  /** Given up after many tries. */
  | 'failed';

/** One digest on its way to one destination. */
export interface Delivery {
  subscription: string;
  slot: string;
  /** Moment of the slot, ms. */
  dueAt: number;
  state: DeliveryState;
  /** Not to be tried before, ms. */
  notBefore: number;
  attempts: number;
  late: boolean;
  /** What it shows, fixed at the first try, so that a second one sends the same. */
  digest?: DigestContent | undefined;
  externalId?: string | undefined;
  sentAt?: number | undefined;
  reason?: string | undefined;
  /** The slot whose message it edits, where it is a correction. */
  corrects?: string | undefined;
}

/** What a digest shows, by ids: the message is made from it and from the archive as it is. */
export interface DigestContent {
  kind: 'new' | 'archive' | 'note' | 'nothing';
  /** Questions briefed before that were corrected, retracted or taken back since, with what happened. */
  changed: { question: string; change: Change }[];
  shown: string[];
  named: string[];
  /** Arrivals up to here are known once it is delivered. */
  knownUpTo: number;
  /** How its questions stood when the message was made, so that every later change is seen. */
  stood: ShownState[];
}

export type Change = 'corrected' | 'retracted' | 'withdrawn' | 'shown again' | 'more responses';

/** What was shown of a question at one time; see changes.ts. */
export interface ShownState {
  questionId: string;
  hash: string;
  state: string;
}
