import { fold } from '../../search/tokens.ts';

export interface FoundDate {
  year?: number;
  month: number;
  day: number;
  start: number;
  end: number;
}

const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    ['january', 'enero', 'janeiro', 'jan', 'ene'],
    ['february', 'febrero', 'fevereiro', 'feb', 'fev'],
    ['march', 'marzo', 'marco', 'mar'],
    ['april', 'abril', 'apr', 'abr'],
    ['may', 'mayo', 'maio'],
    ['june', 'junio', 'junho', 'jun'],
    ['july', 'julio', 'julho', 'jul'],
    ['august', 'agosto', 'aug', 'ago'],
    ['september', 'septiembre', 'setiembre', 'setembro', 'sep', 'sept', 'set'],
    ['october', 'octubre', 'outubro', 'oct', 'out'],
    ['november', 'noviembre', 'novembro', 'nov'],
    ['december', 'diciembre', 'dezembro', 'dec', 'dic', 'dez'],
  ].flatMap((names, index) => names.map((name): [string, number] => [name, index + 1])),
);

const DATES =
  /\b(?<iy>\d{4})-(?<im>\d{2})-(?<id>\d{2})\b|(?<![\p{L}])(?<em>\p{L}{3,9})\.? (?<ed>\d{1,2})(?:st|nd|rd|th)?\b(?:,? (?<ey>\d{4})\b)?|\b(?<rd>\d{1,2})(?:st|nd|rd|th|º|°)? (?:de )?(?<rm>\p{L}{3,10})\.?(?:,? (?:de |del )?(?<ry>\d{4})\b)?/gu;

/** The dates that a text states, as far as it states them. */
export function findDates(text: string): FoundDate[] {
  const found: FoundDate[] = [];
  for (const match of text.matchAll(DATES)) {
    const { iy, im, id, em, ed, ey, rd, rm, ry } = match.groups ?? {};
    const month = im === undefined ? MONTHS.get(fold(em ?? rm ?? '')) : Number(im);
    const day = Number(id ?? ed ?? rd);
    const year = iy ?? ey ?? ry;
    if (month === undefined || month < 1 || month > 12 || day < 1 || day > 31) continue;
    const date = { month, day, start: match.index, end: match.index + match[0].length };
    if (isDay(year === undefined ? 2000 : Number(year), month, day))
      found.push(year === undefined ? date : { ...date, year: Number(year) });
  }
  return found;
}

const isDay = (year: number, month: number, day: number): boolean =>
  new Date(Date.UTC(year, month - 1, day)).getUTCMonth() === month - 1;

/** Whether a short block says little but a date: a dateline. */
export function isDateline(text: string): boolean {
  const [date] = findDates(text);
  if (date === undefined || text.length > 110) return false;
  return (
    text.length - (date.end - date.start) <= 70 && !/[?]|[.!]\s+\p{Lu}/u.test(text.slice(0, date.start) + text.slice(date.end))
  );
}

export const isoDate = ({ year, month, day }: { year: number; month: number; day: number }): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
