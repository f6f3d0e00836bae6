import { datePieces, isEdtf } from '../date.ts';
import { type FoundDate, findDates } from './dates.ts';
import type { DraftDate, Hints, SourceDocument } from './model.ts';
import { doubt, type Scene } from './scene.ts';

const PUBLISHING =
  /\b(?:published|posted|appeared|issue|edition|newsletter|Q&A|public[oó]|publicad[oa]|edici[oó]n|publicou|edi[cç][aã]o|apareci[oó]|boletim|bolet[ií]n)\b/iu;

/** The date of the Q&A as far as it is stated: the operator’s, a dateline, what the introduction says of its publication, the page’s. */
export function assembleDate(scene: Scene, document: SourceDocument, hints: Hints): DraftDate | undefined {
  const stated = statedDate(scene) ?? pageDate(document);
  if (hints.date !== undefined && isEdtf(hints.date)) {
    const { year, month, day } = datePieces(hints.date);
    const date: DraftDate = {
      year: year.value,
      ...(month ? { month: month.value } : {}),
      ...(day ? { day: day.value } : {}),
      basis: 'operator',
    };
    if (stated && differs(stated, date))
      doubt(scene, { start: 0, end: 0 }, 'The date given by the operator is not the one that the document states.');
    return date;
  }
  if (stated === undefined) {
    doubt(scene, { start: 0, end: 0 }, 'The date is missing.');
    return undefined;
  }
  if (stated.year === undefined) doubt(scene, stated, 'The year of the date is missing.');
  return { ...(stated.year === undefined ? {} : { year: stated.year }), month: stated.month, day: stated.day, basis: 'stated' };
}

const differs = (a: { year?: number; month?: number; day?: number }, b: typeof a): boolean =>
  (['year', 'month', 'day'] as const).some((piece) => a[piece] !== undefined && b[piece] !== undefined && a[piece] !== b[piece]);

function statedDate(scene: Scene): FoundDate | undefined {
  const within = (span: { start: number; end: number }) =>
    findDates(scene.text.slice(span.start, span.end)).map((date) => ({
      ...date,
      start: date.start + span.start,
      end: date.end + span.start,
    }));
  const lines = scene.placed
    .filter((one) => one.role === 'date' || one.role === 'byline' || one.role === 'title')
    .flatMap(within);
  const said = scene.introduction.flatMap((span) =>
    PUBLISHING.test(scene.text.slice(span.start, span.end)) ? within(span) : [],
  );
  const dates = lines.length > 0 ? lines : said;
  const distinct = new Set(dates.map(({ year, month, day }) => `${year}-${month}-${day}`));
  const [first] = dates;
  if (first && distinct.size > 1) {
    doubt(scene, first, 'Several dates stand before the question: the first was taken.');
  }
  return first;
}

function pageDate(document: SourceDocument): FoundDate | undefined {
  return document.page.date === undefined ? undefined : findDates(document.page.date)[0];
}
