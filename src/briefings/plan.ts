import { setImmediate } from 'node:timers/promises';
import type { BriefingStore, Planned, SlotToPlan } from '../store/briefings.ts';
import { nextSlots, type Schedule, type Slot } from './schedule.ts';
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
}

/**
 * Writes one delivery for every slot that has come. Of missed slots the newest within the catch-up time is sent once; the others
 * are recorded as skipped, with the reason. Returns subscriptions whose schedule cannot be computed any more.
 */
export async function planDeliveries({ briefings, now, catchUpMs }: PlanOptions): Promise<Subscription[]> {
  const broken: Subscription[] = [];
  for (;;) {
    const due = await briefings.due(now, SUBSCRIPTIONS_A_TURN + broken.length);
    const todo = due.filter(({ id }) => !broken.some((one) => one.id === id));
    const planned: Planned[] = [];
    for (const subscription of todo) {
      const slots = passedSlots(subscription, now);
      if (slots) planned.push({ subscription, next: slots.next, slots: slotsToPlan(slots, now, catchUpMs) });
      else broken.push(subscription);
    }
    if (planned.length > 0) await briefings.plan(planned);
    if (todo.length < SUBSCRIPTIONS_A_TURN) return broken;
    await setImmediate();
  }
}

interface PassedSlots {
  passed: Slot[];
  next: Slot | undefined;
  /** Some were left out before the first of them. */
  more: boolean;
}

/** The slots that have come, and the next one; undefined where they cannot be computed, as in a zone that is known no more. */
function passedSlots({ next, schedule }: Subscription, now: number): PassedSlots | undefined {
  if (!next) return { passed: [], next, more: false };
  try {
    const [following] = nextSlots(schedule, new Date(next.at), 1);
    if (!following || following.at > now) return { passed: [next], next: following, more: false };
    const missed = newestBetween(schedule, next.at, now);
    return {
      passed: [next, ...missed].slice(-MAX_RECORDED),
      next: nextSlots(schedule, new Date(now), 1)[0],
      more: missed.length === MAX_RECORDED,
    };
  } catch {
    return undefined;
  }
}

/** The newest slots of a time, at most MAX_RECORDED: an absence of years costs no more than one of weeks. */
function newestBetween(schedule: Schedule, after: number, upTo: number): Slot[] {
  for (let span = MAX_RECORDED * HOUR_MS; ; span *= 2) {
    const from = Math.max(after, upTo - span);
    const slots = nextSlots(schedule, new Date(from), 2 * MAX_RECORDED + 2).filter(({ at }) => at <= upTo);
    if (from === after || slots.length >= MAX_RECORDED) return slots.slice(-MAX_RECORDED);
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
