const EDTF = /^(\d{4})(\?)?(?:-(\d{2})(\?)?(?:-(\d{2})(\?)?)?)?$/;

export interface DatePiece {
  value: number;
  inferred: boolean;
}

export interface DatePieces {
  year: DatePiece;
  month?: DatePiece;
  day?: DatePiece;
}

/** The subset of EDTF (ISO 8601-2) that content uses: year, month or day precision, each piece possibly uncertain (?). */
export function isEdtf(text: string): boolean {
  const found = EDTF.exec(text);
  if (!found) return false;
  const [, year = '', , month = '01', , day = '01'] = found;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`);
}

/** The pieces of an EDTF date; throws on text that is none. */
export function datePieces(edtf: string): DatePieces {
  const found = EDTF.exec(edtf);
  if (!found) throw new Error(`not an EDTF date: ${edtf}`);
  const [, year = '', yearMark, month, monthMark, day, dayMark] = found;
  return {
    year: { value: Number(year), inferred: yearMark !== undefined },
    ...(month === undefined ? {} : { month: { value: Number(month), inferred: monthMark !== undefined } }),
    ...(day === undefined ? {} : { day: { value: Number(day), inferred: dayMark !== undefined } }),
  };
}

/** First and last day (yyyy-mm-dd, inclusive) that a possibly partial date covers; for ordering and filtering only, never shown. */
export function dateSpan(edtf: string): { first: string; last: string } {
  const { year, month, day } = datePieces(edtf);
  const pad = (n: number, width = 2) => String(n).padStart(width, '0');
  const y = pad(year.value, 4);
  if (!month) return { first: `${y}-01-01`, last: `${y}-12-31` };
  const m = pad(month.value);
  if (!day) {
    const lastDay = new Date(Date.UTC(year.value, month.value, 0)).getUTCDate();
    return { first: `${y}-${m}-01`, last: `${y}-${m}-${pad(lastDay)}` };
  }
  const whole = `${y}-${m}-${pad(day.value)}`;
  return { first: whole, last: whole };
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A date in words; inferred pieces in brackets: “April 18, [2019]”. Partial dates stay partial. */
export function dateInWords(edtf: string): string {
  const { year, month, day } = datePieces(edtf);
  const mark = (text: string, piece: DatePiece) => (piece.inferred ? `[${text}]` : text);
  const y = mark(String(year.value), year);
  if (!month) return y;
  const name = MONTHS[month.value - 1] ?? '';
  if (day && month.inferred && day.inferred) return `[${name} ${day.value}], ${y}`;
  const m = mark(name, month);
  return day ? `${m} ${mark(String(day.value), day)}, ${y}` : `${m} ${y}`;
}

/** “7 years old” for a date at least a year before `now`, in whole years by the day; nothing for a younger one. */
export function ageLabel(edtf: string, now: Date): string | undefined {
  const today = now.toISOString().slice(0, 10);
  const { last } = dateSpan(edtf);
  const years = Number(today.slice(0, 4)) - Number(last.slice(0, 4)) - (today.slice(5) < last.slice(5) ? 1 : 0);
  if (years < 1) return undefined;
  return years === 1 ? '1 year old' : `${years} years old`;
}
