import type { Log } from '../log.ts';
import { line } from '../message/document.ts';
import type { BriefingStore } from '../store/briefings.ts';
import type { Courier } from './courier.ts';
import type { Subscription } from './subscription.ts';

interface OwnerContext {
  briefings: BriefingStore;
  courier: Courier;
  log: Log;
}

const REMEDY = {
  destination: 'They go on when the bot is invited back, or with /briefings resume.',
  schedule: 'They go on once another time zone is set, with /briefings edit and tz:.',
} as const;

/** Stops a subscription that its channel does not take, or whose times cannot be computed, and tells its owner once. */
export async function pauseBy(
  by: 'destination' | 'schedule',
  { id }: Subscription,
  because: string,
  context: OwnerContext,
): Promise<void> {
  // As it is now: it may have been changed while its message was on its way.
  const subscription = await context.briefings.get(id);
  if (subscription?.status.is !== 'active') return;
  if (!(await context.briefings.update({ ...subscription, status: { is: 'paused', because, by } }))) return;
  await tellOwner(subscription, `The briefings of ${subscription.channelName} are paused: ${because}. ${REMEDY[by]}`, context);
}

/** A private word to whoever set the subscription up. */
export async function tellOwner(
  { owner, destination, id }: Subscription,
  words: string,
  { courier, log }: Pick<OwnerContext, 'courier' | 'log'>,
): Promise<void> {
  await courier.tell(owner.id, destination, { title: words, blocks: [line(words)] });
  log('warn', 'owner told', { subscription: id });
}
