import type { Log } from '../log.ts';
import { line } from '../message/document.ts';
import type { BriefingStore } from '../store/briefings.ts';
import type { Courier } from './courier.ts';
import type { Subscription } from './subscription.ts';

interface OwnerContext {
  briefings: BriefingStore;
  /** Undefined where its platform is not configured. */
  courier: Courier | undefined;
  log: Log;
}

const REMEDY = {
  destination: 'They go on when the bot is invited back, or with /briefings resume.',
  schedule: 'They go on once other times, or another time zone, are set with /briefings edit.',
} as const;

/**
 * Stops a subscription that its channel does not take, or whose times cannot be computed, and tells its owner once: `told` when that
 * is done, for nobody else needs to wait for it.
 */
export async function pauseBy(
  by: 'destination' | 'schedule',
  { id }: Subscription,
  because: string,
  context: OwnerContext,
): Promise<{ told: Promise<void> } | undefined> {
  // As it is now: it may have been changed while its message was on its way.
  const subscription = await context.briefings.get(id);
  if (subscription?.status.is !== 'active') return undefined;
  if (!(await context.briefings.update({ ...subscription, status: { is: 'paused', because, by } }))) return undefined;
  const words = `The briefings of ${subscription.channelName} are paused: ${because}. ${REMEDY[by]}`;
  return { told: tellOwner(subscription, words, context) };
}

/** A private word to whoever set the subscription up. */
export async function tellOwner(
  { owner, destination, id }: Subscription,
  words: string,
  { courier, log }: Pick<OwnerContext, 'courier' | 'log'>,
): Promise<void> {
  await courier?.tell(owner.id, destination, { title: words, blocks: [line(words)] });
  log('warn', courier ? 'owner told' : 'owner cannot be told', { subscription: id });
}
