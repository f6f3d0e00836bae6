import { Cron } from 'croner';
import cronstrue from 'cronstrue';

/** When a subscription is briefed: a cron expression of five fields in a time zone. */
export interface Schedule {
  cron: string;
  timeZone: string;
}

/** One occurrence of a schedule. */
export interface Slot {
  /** Local date, time and offset, such as 2026-11-25T08:00-05:00: no two slots of a subscription are equal. */
  slot: string;
  /** The moment, in ms. */
  at: number;
}

const LEAST_GAP_MS = 55 * 60_000;
const RUNS_CHECKED = 48;

/** Why a schedule cannot be used; undefined where it can. */
export function scheduleProblem({ cron, timeZone }: Schedule, now: Date): string | undefined {
  let runs: Date[];
  try {
    runs = calculator({ cron, timeZone }).nextRuns(RUNS_CHECKED, now);
  } catch {
    return `“${cron}” is no cron expression of five fields: minute, hour, day of month, month, day of week.`;
  }
  if (runs.length === 0) return 'It never comes round.';
  const tooOften = runs.some((run, index) => index > 0 && run.getTime() - (runs[index - 1]?.getTime() ?? 0) < LEAST_GAP_MS);
  return tooOften ? 'It comes round more than once an hour: choose fewer times.' : undefined;
}

/**
 * The next slots after a moment. A local time that does not exist that day moves to the next one that does; one that exists
 * twice is taken the first time; a day that does not exist has no slot (croner's rules, checked by tests over ten zones).
 */
export function nextSlots(schedule: Schedule, after: Date, count: number): Slot[] {
  return calculator(schedule)
    .nextRuns(count, after)
    .map((run) => ({ slot: localSlot(run, schedule.timeZone), at: run.getTime() }));
}

function calculator({ cron, timeZone }: Schedule): Cron {
  return new Cron(cron, { timezone: timeZone, paused: true, mode: '5-part' });
}

/** Whether the zone is one that this process knows. */
export function isTimeZone(zone: string): boolean {
  try {
    return formatter(zone, DATE) !== undefined;
  } catch {
    return false;
  }
}

/** “At 08:00, Monday through Friday (America/New_York)”. */
export function scheduleInWords({ cron, timeZone }: Schedule): string {
  return `${cronstrue.toString(cron, { use24HourTimeFormat: true, verbose: true })} (${timeZone})`;
}

/** “Wednesday, November 25, 08:00 EST”; in UTC where the zone is not known any more. */
export function momentInWords(at: number, timeZone: string): string {
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
  return `${formatter(zone, DATE).format(at)}, ${formatter(zone, TIME).format(at)}`;
}

const DATE: Intl.DateTimeFormatOptions = { weekday: 'long', month: 'long', day: 'numeric' };
const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' };
const SLOT: Intl.DateTimeFormatOptions = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'longOffset',
};
const formatters = new Map<Intl.DateTimeFormatOptions, Map<string, Intl.DateTimeFormat>>();

/** Kept: making one costs more than using it a hundred times. Throws a RangeError where the zone is not known. */
function formatter(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const kept = formatters.get(options) ?? new Map<string, Intl.DateTimeFormat>();
  formatters.set(options, kept);
  const made = kept.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, ...options });
  kept.set(timeZone, made);
  return made;
}

function localSlot(at: Date, timeZone: string): string {
  const parts = new Map(
    formatter(timeZone, SLOT)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const offset = (parts.get('timeZoneName') ?? 'GMT').replace('GMT', '') || '+00:00';
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}T${parts.get('hour')}:${parts.get('minute')}${offset}`;
}
