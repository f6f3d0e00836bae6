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
const HOUR_MS = 3_600_000;
/** What does not come round within so long never does; to look further would hold everybody up. */
const FAR_MS = 40 * 366 * 24 * HOUR_MS;

/** Why a schedule cannot be used; undefined where it can. */
export function scheduleProblem({ cron, timeZone }: Schedule, now: Date): string | undefined {
  if (!isTimeZone(timeZone)) return `The time zone ${timeZone} is not known here.`;
  let runs: Date[];
  try {
    runs = calculator({ cron, timeZone }, now).nextRuns(RUNS_CHECKED, now);
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
  return calculator(schedule, after).nextRuns(count, after).map(toSlot(schedule));
}

/** The newest slots after one moment and up to another (ms), at most so many: those of years cost no more than those of weeks. */
export function newestSlots(schedule: Schedule, { after, upTo }: { after: number; upTo: number }, most: number): Slot[] {
  const calculated = calculator(schedule, new Date(after));
  for (let span = HOUR_MS; ; span *= 2) {
    const from = Math.max(after, upTo - span);
    const runs: Date[] = [];
    let run = calculated.nextRun(new Date(from));
    while (run && run.getTime() <= upTo) {
      runs.push(run);
      run = calculated.nextRun(run);
    }
    if (from === after || runs.length >= most) return runs.slice(-most).map(toSlot(schedule));
  }
}

const toSlot =
  ({ timeZone }: Schedule) =>
  (run: Date): Slot => ({ slot: localSlot(run, timeZone), at: run.getTime() });

function calculator({ cron, timeZone }: Schedule, after: Date): Cron {
  const stopAt = new Date(after.getTime() + FAR_MS);
  return new Cron(cron, { timezone: timeZone, paused: true, mode: '5-part', stopAt });
}

/** Whether the zone is one that this process knows. */
export function isTimeZone(zone: string): boolean {
  try {
    return formatter(zone, DATE) !== undefined;
  } catch {
    return false;
  }
}

/** “At 08:00, Monday through Friday (America/New_York)”; the expression itself where it is none of cron. */
export function scheduleInWords({ cron, timeZone }: Schedule): string {
  const words = cronstrue.toString(cron, { use24HourTimeFormat: true, verbose: true, throwExceptionOnParseError: false });
  return `${/error/i.test(words) ? `“${cron}”` : words} (${timeZone})`;
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
