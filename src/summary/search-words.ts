import type { Question } from '../content/question.ts';
import type { RankedSentence } from '../search/find-quotes.ts';
import type { Name } from '../store/store.ts';
import { questionName } from './provenance.ts';

/** A search for quotes: what was typed, and who and what was understood by it. */
export interface Searched {
  typed: { words?: string | undefined; topic?: string | undefined; since?: string | undefined; until?: string | undefined };
  person: Name | undefined;
  question: Question | undefined;
}

/** The search in words, names as they were understood. */
export function describe({ typed, person, question }: Searched): string {
  const { words: searched, topic, since: from, until: to } = typed;
  const pieces = [
    searched,
    person && `by ${person.label}`,
    topic && `on ${topic}`,
    question && `in “${questionName(question)}”`,
    from && `since ${from}`,
    to && `until ${to}`,
  ];
  return pieces.filter((piece) => piece !== undefined).join(' ');
}

/** How many quotes were found, in which order they stand, and whether they hold all of the words. */
export function countOf(found: RankedSentence[], more: boolean): string {
  const all = found.filter(({ mode }) => mode === 'all').length;
  const some = found.length - all;
  const counted = all === 1 ? '1 quote' : `${all} quotes`;
  const ranked = found.length === 1 ? '' : `, ${more ? 'the newest that match, ' : ''}best first`;
  if (some === 0) return `${counted}${ranked}`;
  return `${all === 0 ? 'No quote has' : `${counted} with`} all of the words; ${some} with some of them${ranked}`;
}
