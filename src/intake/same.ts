import type { QuestionFile, ResponseFile } from '../content/schema.ts';
import { fold } from '../search/tokens.ts';

/** What a document says beside what is on file of the same Q&A. */
export interface Comparison {
  /** Responses of which nothing is on file. */
  added: ResponseFile[];
  /** Names on file without words, whose words the document has: index on file, and the response. */
  told: { index: number; response: ResponseFile }[];
  /** Words on file that read otherwise in the document, or none on file because they were declined or withdrawn. */
  changed: { index: number; response: ResponseFile }[];
}

export type NameOf = (person: string) => string;

/** Whether two questions of one publication and date ask the same: their words, whatever the punctuation. */
export const asksTheSame = (one: QuestionFile, other: QuestionFile): boolean => sameWords(one.text, other.text);

export const sameWords = (one: string, other: string): boolean => words(one) === words(other);

/** Compares the responses of the same Q&A; who answered is told by the name, which within one Q&A is one person’s. */
export function compare(
  held: { question: QuestionFile; nameOf: NameOf },
  found: { question: QuestionFile; nameOf: NameOf },
): Comparison {
  const onFile = new Map(
    keyed(held.question.responses, held.nameOf).map(({ key, response }, index) => [key, { index, response }]),
  );
  const comparison: Comparison = { added: [], told: [], changed: [] };
  for (const { key, response } of keyed(found.question.responses, found.nameOf)) {
    const there = onFile.get(key);
    if (!there) comparison.added.push(response);
    // What was taken back stays taken back, whoever prints it again.
    else if (response.paragraphs === undefined || (there.response.status?.is ?? 'usable') !== 'usable') continue;
    else if (there.response.availability === 'listed') comparison.told.push({ index: there.index, response });
    else if (text(there.response) !== text(response)) comparison.changed.push({ index: there.index, response });
  }
  return comparison;
}

/** Each response under the folded names of who gave it; several of one person are counted. */
function keyed(responses: readonly ResponseFile[], nameOf: NameOf): { key: string; response: ResponseFile }[] {
  const counts = new Map<string, number>();
  return responses.map((response) => {
    const names = (response.respondents ?? []).map(({ person }) => fold(nameOf(person))).sort();
    const who = `${names.length > 0 ? names.join('+') : 'not named'}${response.translationOf === undefined ? '' : ` in ${response.language}`}`;
    const count = (counts.get(who) ?? 0) + 1;
    counts.set(who, count);
    return { key: `${who} ${count}`, response };
  });
}

const words = (printed: string): string =>
  fold(printed)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Other quotation marks, dashes and white space are the site’s, not the respondent’s. */
function text({ paragraphs = [] }: ResponseFile): string {
  return paragraphs
    .join(' ')
    .replace(/[“”„«»]/gu, '"')
    .replace(/[‘’]/gu, "'")
    .replace(/[‐‑–—]/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim();
}
