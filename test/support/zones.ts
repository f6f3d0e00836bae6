/** What the clocks of a zone do in a year, found through Intl alone: an oracle for schedules that owes nothing to a library. */
export interface ZoneYear {
  timeZone: string;
  /** Moments (ms) at which the clocks change. */
  changes: number[];
  /** For every local date of the year (`yyyy-mm-dd`) that exists: the first moment at which its clock shows `minutes` past midnight or later. */
  moments(minutes: number): Map<string, number>;
}

export const TEN_ZONES: [string, number][] = [
  ['America/New_York', 2026],
  ['America/Santiago', 2026],
  ['America/Sao_Paulo', 2018],
  ['Europe/London', 2026],
  ['Africa/Lagos', 2026],
  ['Asia/Kolkata', 2026],
  ['Asia/Kathmandu', 2026],
  ['Australia/Sydney', 2026],
  ['Pacific/Apia', 2011],
  ['Antarctica/Troll', 2026],
];

const DAY = 86_400_000;
const MINUTE = 60_000;

export function zoneYear(timeZone: string, year: number): ZoneYear {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const offsetAt = (at: number) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute) - at;
  };
  const [from, to] = [Date.UTC(year, 0, 1) - 2 * DAY, Date.UTC(year + 1, 0, 1) + 2 * DAY];
  const pieces = [{ from, offset: offsetAt(from) }];
  for (let at = from; at < to; at += DAY) {
    if (offsetAt(at) === offsetAt(at + DAY)) continue;
    let [before, after] = [at, at + DAY];
    while (after - before > MINUTE) {
      const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
      if (offsetAt(middle) === offsetAt(before)) before = middle;
      else after = middle;
    }
    pieces.push({ from: after, offset: offsetAt(after) });
  }

  function moments(minutes: number): Map<string, number> {
    const found = new Map<string, number>();
    for (let date = Date.UTC(year, 0, 1); date < Date.UTC(year + 1, 0, 1); date += DAY) {
      const candidates = pieces.flatMap(({ from: start, offset }, place) => {
        const at = Math.max(start, date + minutes * MINUTE - offset);
        const isHere = at < (pieces[place + 1]?.from ?? to) && Math.floor((at + offset) / DAY) * DAY === date;
        return isHere ? [at] : [];
      });
      if (candidates.length > 0) found.set(new Date(date).toISOString().slice(0, 10), Math.min(...candidates));
    }
    return found;
  }
  return { timeZone, changes: pieces.slice(1).map((piece) => piece.from), moments };
}
