import { type NotRead, readDays, unknown } from './schedule-days.ts';

/** What a schedule in words means: English, Spanish or Portuguese. */
export type ReadSchedule = { outcome: 'schedule'; cron: string } | NotRead;

interface Time {
  hour: number;
  minute: number;
}

/** Fields of cron, so that “8 de la manana lunes” is not taken for one. */
const CRON = [
  /^[\d*,/-]+$/,
  /^[\d*,/-]+$/,
  /^[\d*,/?lw-]+$/,
  /^(?:[\d*,/-]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)+$/,
  /^(?:[\d*,/?#l-]|sun|mon|tue|wed|thu|fri|sat)+$/,
];
const NOON = /\b(noon|midday|mediodia|meio-?\s?dia)\b/g;
const MIDNIGHT = /\b(midnight|medianoche|meia-?\s?noite)\b/g;
const ORDINALS: Record<string, string> = { '1st': 'first', '2nd': 'second', '3rd': 'third', '4th': 'fourth' };
const TIME =
  /(?<![\w:.])(\d{1,2})(?:\s?[:.h]\s?(\d{2}))?(?![\d:])(?:\s*(hs?|hrs?|horas?)\b)?(?:\s*(a\.?\s?m\b\.?|p\.?\s?m\b\.?|in the (?:morning|afternoon|evening)|at night|de la (?:madrugada|manana|tarde|noche)|da (?:madrugada|manha|tarde|noite)))?(?![\w:])/g;

/** Reads “weekdays at 8am”, “lunes y jueves a las 8:00”, “primeira segunda 9h”, or a cron expression of five fields. */
export function readSchedule(typed: string): ReadSchedule {
  const words = typed.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'").replace(/\s+/g, ' ');
  if (words === '') return unknown('Say when: for example weekdays at 8am.');
  const fields = words.split(' ');
  if (fields.length === CRON.length && fields.every((field, place) => CRON[place]?.test(field)))
    return { outcome: 'schedule', cron: words.toUpperCase() };
  if (words.includes('*')) return unknown('A cron expression has five fields: minute, hour, day of month, month, day of week.');
  const times = readTimes(words);
  if (times.outcome !== 'times') return times;
  const [first, ...others] = times.times;
  const odd = /\S*\d\S*/.exec(words)?.[0];
  if (!first)
    return unknown(
      odd === undefined ? 'Say at what time: for example weekdays at 8am.' : `“${odd}” is not understood as a time.`,
    );
  const days = readDays(times.rest, times.times.map(inDigits).join(' and '));
  if (days.outcome !== 'days') return days;
  if (others.some(({ minute }) => minute !== first.minute))
    return unknown('Times of one briefing must share their minutes: add a second briefing for the other time.');
  const hours = [...new Set(times.times.map(({ hour }) => hour))].sort((a, b) => a - b);
  return { outcome: 'schedule', cron: `${first.minute} ${hours.join(',')} * * ${days.days}` };
}

function readTimes(typed: string): { outcome: 'times'; times: Time[]; rest: string } | NotRead {
  const words = typed
    .replace(NOON, '12:00')
    .replace(MIDNIGHT, '00:00')
    .replace(/\b[1-4](?:st|nd|rd|th)\b/g, (ordinal) => ORDINALS[ordinal] ?? ordinal);
  const times: Time[] = [];
  for (const { 0: whole, 1: hour, 2: minute, 3: unit, 4: half, index } of words.matchAll(TIME)) {
    const meant = hourMeant(Number(hour), { exact: minute !== undefined || unit !== undefined, half });
    if (meant === undefined || Number(minute ?? 0) > 59)
      return unknown(`“${whole.trim()}” is no time of day: write 08:00 or 8am.`);
    if (typeof meant === 'number') {
      times.push({ hour: meant, minute: Number(minute ?? 0) });
      continue;
    }
    const written = (at: number) =>
      words.slice(0, index) + inDigits({ hour: at, minute: Number(minute ?? 0) }) + words.slice(index + whole.length);
    const choices = [written(meant.either % 12), written((meant.either % 12) + 12)];
    return { outcome: 'ask', question: `Is “${whole.trim()}” in the first or in the second half of the day?`, choices };
  }
  return { outcome: 'times', times, rest: words.replace(TIME, ' ') };
}

/** Hour of 0 to 23; `either`: it may be that hour of both halves of the day; undefined: there is no such time. */
function hourMeant(
  hour: number,
  { exact, half }: { exact: boolean; half: string | undefined },
): number | { either: number } | undefined {
  if (hour > 23) return undefined;
  if (half === undefined) return exact || hour > 12 || hour === 0 ? hour : { either: hour };
  const isDigital = /^[ap]\.?\s?m/.test(half);
  if (hour === 0 || (hour > 12 && isDigital)) return undefined;
  if (/^a\.?\s?m|madrugada/.test(half)) return hour > 12 ? undefined : hour % 12;
  if (/morning|manana|manha/.test(half)) return hour > 12 ? undefined : hour === 12 ? { either: 12 } : hour;
  if (hour > 12) return hour;
  // Twelve at night is midnight; one at night could be either side of it.
  if (/evening|night|noche|noite/.test(half)) return hour === 12 ? 0 : hour < 5 ? undefined : hour + 12;
  return (hour % 12) + 12;
}

const inDigits = ({ hour, minute }: Time): string => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
