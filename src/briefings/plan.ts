import { setImmediate } from 'node:timers/promises';
import type { BriefingStore, Planned, SlotToPlan } from '../store/briefings.ts';
import { isTimeZone, newestSlots, nextSlots, type Slot } from './schedule.ts';
import type { Subscription } from './subscription.ts';

/** A slot that comes this long after its moment was missed, not merely busy. */
export const ON_TIME_MS = 5 * 60_000;
/** So many missed slots are recorded, the newest ones. */
const MAX_RECORDED = 50;
const HOUR_MS = 3_600_000;
/** Planned in one transaction, after which everybody else has a turn. */
const SUBSCRIPTIONS_A_TURN = 15;

export interface PlanOptions {
  briefings: BriefingStore;
  now: number;
  catchUpMs: number;
  /** Takes a subscription whose times cannot be computed out of the way. */
  pause(broken: Broken): Promise<void>;
}

/** A subscription whose times cannot be computed, and why. */
export interface Broken {
  subscription: Subscription;
  because: string;
}

/**
 * Writes one delivery for every slot that has come. Of missed slots the newest within the catch-up time is sent once; the others
 * are recorded as skipped, with the reason. Each subscription is looked at once, so that none can hold it up.
 */
export async function planDeliveries({ briefings, now, catchUpMs, pause }: PlanOptions): Promise<void> {
  const seen = new Set<string>();
  // Many have the same times.
  const known = new Map<string, Passed>();
  for (let limit = SUBSCRIPTIONS_A_TURN; ; ) {
    const due = await briefings.due(now, limit);
    const todo = due.filter(({ id }) => !seen.has(id));
    if (todo.length === 0 && due.length < limit) return;
    limit = SUBSCRIPTIONS_A_TURN + due.length - todo.length;
    let planned: Planned[] = [];
    const write = async () => {
      if (planned.length > 0) await briefings.plan(planned);
      planned = [];
      await setImmediate();
    };
    for (const subscription of todo) {
      seen.add(subscription.id);
      const { next, schedule } = subscription;
      const times = JSON.stringify([next, schedule]);
      const slots = known.get(times) ?? passedSlots(subscription, now);
      known.set(times, slots);
      if ('because' in slots) await pause({ subscription, because: slots.because });
      else planned.push({ subscription, next: slots.next, slots: slotsToPlan(slots, now, catchUpMs) });
      // After an absence each has many.
      if ('because' in slots || slots.passed.length > 1) await write();
    }
    await write();
  }
}

interface PassedSlots {
  passed: Slot[];
  next: Slot;
  /** Some were left out before the first of them. */
  more: boolean;
}

type Passed = PassedSlots | { because: string };

/** The slots that have come, and the next one. */
function passedSlots({ next, schedule }: Subscription, now: number): Passed {
  const { cron, timeZone } = schedule;
  if (!next) return { because: 'its next time is not known' };
  if (!isTimeZone(timeZone))
    return { because: `its times cannot be computed any more: the time zone ${timeZone} is not known here` };
  try {
    const [following] = nextSlots(schedule, new Date(next.at), 1);
    if (!following) return { because: `its times (${cron}) never come round again` };
    if (following.at > now) return { passed: [next], next: following, more: false };
    const missed = newestSlots(schedule, { after: next.at, upTo: now }, MAX_RECORDED);
    const [ahead] = nextSlots(schedule, new Date(now), 1);
    if (!ahead) return { because: `its times (${cron}) never come round again` };
    return { passed: [next, ...missed].slice(-MAX_RECORDED), next: ahead, more: missed.length === MAX_RECORDED };
  } catch {
    return { because: `its times (${cron}) cannot be read` };
  }
}

function slotsToPlan({ passed, more }: PassedSlots, now: number, catchUpMs: number): SlotToPlan[] {
  return passed.map(({ slot, at }, index): SlotToPlan => {
    const earlier = more && index === 0 ? ', like all before it' : '';
    if (now - at > Math.max(catchUpMs, ON_TIME_MS))
      return { slot, at, state: 'skipped', reason: `${tooOld(catchUpMs)}${earlier}` };
    if (index < passed.length - 1)
      return { slot, at, state: 'skipped', reason: `missed while the bot was away; the next slot was sent instead${earlier}` };
    return { slot, at, state: 'due' };
  });
}

export const tooOld = (catchUpMs: number): string =>
  `missed while the bot was away; only the last ${catchUpMs / HOUR_MS} hours are caught up`;
