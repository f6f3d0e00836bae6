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
  const onFile = held.question.responses.map((response, index) => ({ index, response, who: whoIn(response, held.nameOf) }));
  const comparison: Comparison = { added: [], told: [], changed: [] };
  const left = new Set(onFile);
  const all = found.question.responses.map((response) => ({ response, who: whoIn(response, found.nameOf) }));
  const take = (fits: (one: (typeof onFile)[number]) => boolean) => {
    const there = [...left].find(fits);
    if (there) left.delete(there);
    return there;
  };
  // Several of one person are told apart by their ids, else by their order.
  const sameId = new Map(
    all.map((one) => [one, take(({ response, who }) => response.id === one.response.id && who === one.who)]),
  );
  for (const one of all) {
    const { response } = one;
    const there = sameId.get(one) ?? take(({ who }) => who === one.who);
    if (!there) comparison.added.push(response);
    // What was taken back stays taken back, whoever prints it again.
    else if (response.paragraphs === undefined || (there.response.status?.is ?? 'usable') !== 'usable') continue;
    else if (there.response.availability === 'listed') comparison.told.push({ index: there.index, response });
    else if (text(there.response) !== text(response)) comparison.changed.push({ index: there.index, response });
  }
  return comparison;
}

/** The folded names of who gave a response. */
function whoIn({ respondents = [], translationOf, language }: ResponseFile, nameOf: NameOf): string {
  const names = respondents.map(({ person }) => fold(nameOf(person))).sort();
  return `${names.length > 0 ? names.join('+') : 'not named'}${translationOf === undefined ? '' : ` in ${language}`}`;
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
