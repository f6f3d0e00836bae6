import { shortCode } from '../content/code.ts';
import type { ClaimedDelivery } from '../store/briefings.ts';
import { correctedMessage } from './corrections.ts';
import type { Courier, Delivered, SendResult } from './courier.ts';
import { composeDigest, type DigestContext, digestMessage, GONE, standing } from './digest.ts';
import { pauseBy, tellOwner } from './owner.ts';
import { ON_TIME_MS, tooOld } from './plan.ts';
import type { Delivery, DigestContent } from './subscription.ts';

const FIRST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 10 * 60_000;
/** Some six hours of tries; a correction is never too old. */
const MOST_EDITS = 40;
/** Tried at least so long, however little is caught up after an absence. */
const LEAST_PATIENCE_MS = 60 * 60_000;

export interface DeliverContext extends DigestContext {
  courier: Courier;
  /** This process, as it claimed the delivery. */
  by: string;
  leaseMs: number;
  catchUpMs: number;
  /** 0 to 1. */
  random: () => number;
  clock: () => number;
}

/** The key of a delivery, the same at every try: 20 letters and digits. */
export const deliveryKey = ({ subscription, slot }: Pick<Delivery, 'subscription' | 'slot'>): string =>
  shortCode(`${subscription}\n${slot}`, 20);

/** Takes one claimed delivery a step on: asks, composes, sends, records. Resolves to seconds for which its workspace wants no message. */
export async function deliver(claimed: ClaimedDelivery, context: DeliverContext): Promise<number | undefined> {
  if (claimed.delivery.corrects !== undefined) return correct(claimed, claimed.delivery.corrects, context);
  const { subscription, delivery } = claimed;
  if (claimed.wasSending) {
    const found = await context.courier.find(subscription.destination, deliveryKey(delivery), delivery.dueAt);
    switch (found.outcome) {
      case 'found':
        return arrived(delivery, found.externalId, context);
      case 'cannot':
        return unclear(claimed, found.reason, context);
      case 'retry':
        if (isTooOld(delivery, context)) return unclear(claimed, found.reason, context);
        return tryAgain({ ...delivery, state: 'sending' }, found, context);
      case 'absent':
    }
  }
  if (subscription.status.is !== 'active') {
    const { status } = subscription;
    const reason = status.is === 'paused' ? `paused: ${status.because}` : 'the briefing was removed';
    await context.briefings.record({ ...delivery, state: 'skipped', reason });
    return undefined;
  }
  if (isTooOld(delivery, context)) return giveUp(claimed, context);
  return compose(claimed, context);
}

async function compose(
  { delivery: before, subscription }: ClaimedDelivery,
  context: DeliverContext,
): Promise<number | undefined> {
  const digest =
    (before.digest && (await stillShown(before.digest, context))) ?? (await composeDigest(subscription, before.dueAt, context));
  const late = before.late || (before.digest === undefined && context.clock() - before.dueAt > ON_TIME_MS);
  const delivery = { ...before, digest, late };
  if (digest.kind === 'nothing') {
    await context.briefings.recordDigest({ ...delivery, state: 'nothing', reason: undefined });
    return undefined;
  }
  const { destination, mention, tag } = subscription;
  const message = await digestMessage({ subscription, digest, slotAt: delivery.dueAt, late }, context);
  const result = await sent(delivery, { destination, message, key: deliveryKey(delivery), mention, tag }, context);
  switch (result?.outcome) {
    case undefined:
      return undefined;
    case 'sent':
      return arrived(delivery, result.externalId, context);
    case 'retry':
      return tryAgain({ ...delivery, state: result.mayHaveArrived ? 'sending' : 'due' }, result, context);
    case 'refused':
      await context.briefings.record({ ...delivery, state: 'refused', reason: result.reason });
      await (await pauseBy('destination', subscription, result.reason, context))?.told;
      return undefined;
  }
}

/** What an earlier try was to show, as it is now; undefined where some of it may not be shown any more, as then nobody saw it here. */
async function stillShown(digest: DigestContent, context: DeliverContext): Promise<DigestContent | undefined> {
  const now = await standing(digest, context);
  const isGone = now.stood.some(
    ({ questionId, hash }) => hash === GONE && !digest.changed.some((one) => one.question === questionId),
  );
  return isGone ? undefined : now;
}

/** Edits what was sent. To edit twice is to edit once; a courier that answers in the thread instead is told of an unclear end. */
async function correct(
  { delivery, subscription, wasSending }: ClaimedDelivery,
  corrects: string,
  context: DeliverContext,
): Promise<number | undefined> {
  const original = await context.briefings.delivery(subscription.id, corrects);
  const message = original && (await correctedMessage(original, subscription, context));
  const finish = (changed: Partial<Delivery>) => context.briefings.record({ ...delivery, ...changed });
  if (!message || original.externalId === undefined || delivery.attempts > MOST_EDITS) {
    await finish({ state: 'failed', reason: `its message could not be edited${delivery.reason ? `: ${delivery.reason}` : ''}` });
    return undefined;
  }
  const { destination } = subscription;
  const mayBeThereSince = wasSending ? delivery.dueAt : undefined;
  const delivered = { destination, message, key: deliveryKey(delivery), mayBeThereSince };
  const result = await sent(delivery, delivered, context, original.externalId);
  switch (result?.outcome) {
    case undefined:
      return undefined;
    case 'sent':
      await finish({ state: 'sent', externalId: result.externalId, sentAt: context.clock(), reason: undefined });
      logged(delivery, 'corrected', context);
      return undefined;
    case 'retry':
      return tryAgain({ ...delivery, state: wasSending || result.mayHaveArrived ? 'sending' : 'due' }, result, context);
    case 'refused':
      await finish({ state: 'refused', reason: result.reason });
      return undefined;
  }
}

/** Undefined where another process has it by now. */
async function sent(
  delivery: Delivery,
  delivered: Delivered,
  { briefings, courier, by, leaseMs, clock }: DeliverContext,
  editing?: string,
): Promise<SendResult | undefined> {
  if (!(await briefings.sending(delivery, { by, leaseMs, now: clock() }))) return undefined;
  return editing === undefined ? courier.send(delivered) : courier.edit(editing, delivered);
}

async function arrived(delivery: Delivery, externalId: string, context: DeliverContext): Promise<undefined> {
  await context.briefings.recordDigest({ ...delivery, state: 'sent', externalId, sentAt: context.clock(), reason: undefined });
  logged(delivery, 'sent', context);
}

/** As long as the platform asks; else twice as long after every try, give or take a fifth, so that many do not come back at once. */
async function tryAgain(
  delivery: Delivery,
  { reason, afterSeconds }: { reason: string; afterSeconds?: number },
  context: DeliverContext,
): Promise<number | undefined> {
  const wait =
    Math.min(FIRST_WAIT_MS * 2 ** Math.min(delivery.attempts - 1, 20), LONGEST_WAIT_MS) * (0.8 + 0.4 * context.random());
  const notBefore = context.clock() + Math.round(afterSeconds === undefined ? wait : afterSeconds * 1000);
  await context.briefings.record({ ...delivery, notBefore, reason: `retried because ${reason}` });
  logged(delivery, 'retry', context, reason);
  return afterSeconds;
}

async function unclear({ delivery, subscription }: ClaimedDelivery, reason: string, context: DeliverContext): Promise<undefined> {
  await context.briefings.record({ ...delivery, state: 'unclear', reason: `it is not known whether it arrived: ${reason}` });
  logged(delivery, 'unclear', context, reason);
  await tellOwner(
    subscription,
    `A briefing of ${subscription.channelName} may not have arrived, and the channel cannot be asked (${reason}). It is not sent again.`,
    context,
  );
}

/** A slot that nobody came to try in time is skipped; one that was tried in vain has failed, and its owner is told. */
async function giveUp({ delivery, subscription }: ClaimedDelivery, context: DeliverContext): Promise<undefined> {
  if (delivery.attempts <= 1) {
    await context.briefings.record({ ...delivery, state: 'skipped', reason: tooOld(context.catchUpMs) });
    return;
  }
  const reason = `given up after ${delivery.attempts - 1} tries${delivery.reason ? `, ${delivery.reason}` : ''}`;
  await context.briefings.record({ ...delivery, state: 'failed', reason });
  logged(delivery, 'failed', context, reason);
  await tellOwner(subscription, `A briefing of ${subscription.channelName} could not be sent: ${reason}.`, context);
}

const isTooOld = ({ dueAt }: Delivery, { catchUpMs, clock }: DeliverContext): boolean =>
  clock() - dueAt > Math.max(catchUpMs, LEAST_PATIENCE_MS);

function logged({ subscription, slot, attempts }: Delivery, outcome: string, { log }: DeliverContext, reason?: string): void {
  log(outcome === 'sent' || outcome === 'corrected' ? 'info' : 'warn', 'delivery', {
    subscription,
    slot,
    outcome,
    attempts,
    ...(reason === undefined ? {} : { reason }),
  });
}
