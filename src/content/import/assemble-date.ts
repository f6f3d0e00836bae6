import { dateInWords, datePieces, isEdtf } from '../date.ts';
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
  const suggested = suggestedDate(stated, hints.published);
  if (suggested) {
    doubt(scene, stated ?? { start: 0, end: 0 }, suggested.why);
    return suggested.date;
  }
  if (stated === undefined) {
    doubt(scene, { start: 0, end: 0 }, 'The date is missing.');
    return undefined;
  }
  if (stated.year === undefined) doubt(scene, stated, 'The year of the date is missing.');
  return { ...(stated.year === undefined ? {} : { year: stated.year }), month: stated.month, day: stated.day, basis: 'stated' };
}

const DAY_MS = 86_400_000;
/** A Q&A is in a feed soon after its date; that of an older one may be of any year. */
const MAX_DAYS = 180;

/** What the publication of a document suggests of a date that it leaves out, wholly or but for its year; a person has to look at it. */
function suggestedDate(
  stated: FoundDate | undefined,
  published: string | undefined,
): { date: DraftDate; why: string } | undefined {
  if (published === undefined || !isEdtf(published) || stated?.year !== undefined) return undefined;
  const { year, month, day } = datePieces(published);
  if (!month || !day) return undefined;
  const when = dateInWords(published);
  if (stated === undefined) {
    const date = { year: year.value, month: month.value, day: day.value, basis: 'stated' as const };
    return {
      date: { ...date, inferred: ['year', 'month', 'day'] },
      why: `The document states no date: ${when} is when its feed published it.`,
    };
  }
  const at = (of: number) => Date.UTC(of, stated.month - 1, stated.day);
  // A date may be a few days ahead: newsletters are posted before their day.
  const latest = Date.parse(published) + 7 * DAY_MS;
  const likely = at(year.value) > latest ? year.value - 1 : year.value;
  if (latest - at(likely) > MAX_DAYS * DAY_MS) return undefined;
  return {
    date: { year: likely, month: stated.month, day: stated.day, basis: 'stated', inferred: ['year'] },
    why: `The year of the date is not stated: ${likely} follows from ${when}, when its feed published it.`,
  };
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
