import type { Completion } from '../../command.ts';
import { dateInWords } from '../../content/date.ts';
import type { Store } from '../../store/store.ts';

const MONTHS = 12;

/** Years that the archive spans, newest first; once a year is typed, its months. */
export async function completeDates(typed: string, store: Pick<Store, 'questions'>): Promise<Completion[]> {
  const year = /^(\d{4})(-\d{0,2})?$/.exec(typed)?.[1];
  const years = (await yearsOf(store)).filter((one) => one.startsWith(typed));
  const months =
    year === undefined ? [] : Array.from({ length: MONTHS }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`);
  return [
    ...years.map((value) => ({ value, label: value })),
    ...months.filter((one) => one.startsWith(typed)).map((value) => ({ value, label: `${value} · ${dateInWords(value)}` })),
  ];
}

async function yearsOf(store: Pick<Store, 'questions'>): Promise<string[]> {
  const spans = await Promise.all(
    [false, true].map(async (sample) => {
      const { questions, total } = await store.questions({ sample }, { limit: 1, offset: 0 });
      const oldest = total > 1 ? (await store.questions({ sample }, { limit: 1, offset: total - 1 })).questions : [];
      return [...questions, ...oldest].map(({ date }) => Number(date.slice(0, 4))).filter((year) => Number.isInteger(year));
    }),
  );
  const all = spans.flat();
  if (all.length === 0) return [];
  const newest = Math.max(...all);
  const count = Math.min(newest - Math.min(...all) + 1, 100);
  return Array.from({ length: count }, (_, index) => String(newest - index));
}
