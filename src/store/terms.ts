import { countryNames } from '../content/countries.ts';
import type { QuestionToStore, ResponseToStore } from '../content/question.ts';
import type { Lexeme } from '../search/lexicon.ts';
import { sentences } from '../search/sentences.ts';
import { fold, lexemes } from '../search/tokens.ts';
import { MAX_SENTENCES } from './keys.ts';

/** One word that stands for a filter in the full-text tables; text never yields an underscore. */
export const filterWord = {
  person: (id: string) => `r_${id.replaceAll('-', '_')}`,
  topic: (topic: string) => `t_${fold(topic).replaceAll(' ', '_')}`,
  country: (code: string) => `c_${code.toLowerCase()}`,
};

/** What the full-text table holds of a question's own words: headline, title, text, topics and the names of its countries. */
export function questionBody(question: QuestionToStore): string {
  const quotable = question.rights === 'link' ? [] : [question.text];
  const own = [question.headline, question.title, ...quotable].filter((one) => one !== undefined);
  const said = [...own, ...question.topics, ...question.countries.flatMap(countryNames)];
  const stems = said.flatMap((text) => lexemes(text, question.language)).map(({ stem }) => stem);
  return [...stems, ...filters(question)].join(' ');
}

/** Where each sentence starts and ends: start, end, start, end … Those beyond what a key can number are one with the last. */
export function sentenceOffsets(text: string, language: string): number[] {
  const spans = sentences(text, language);
  const last = spans.at(-1);
  const kept =
    spans.length <= MAX_SENTENCES || !last
      ? spans
      : [...spans.slice(0, MAX_SENTENCES - 1), { start: spans[MAX_SENTENCES - 1]?.start ?? 0, end: last.end }];
  return kept.flatMap(({ start, end }) => [start, end]);
}

/** The words of each sentence. */
export function sentenceLexemes(text: string, language: string, offsets: readonly number[]): Lexeme[][] {
  const found: Lexeme[][] = [];
  for (let at = 0; at < offsets.length; at += 2) found.push(lexemes(text.slice(offsets[at], offsets[at + 1]), language));
  return found;
}

/** What the full-text table holds of each sentence: its stems and the filters that apply to it. */
export function sentenceBodies(
  question: Pick<QuestionToStore, 'topics' | 'countries'>,
  response: Pick<ResponseToStore, 'respondents'>,
  words: readonly Lexeme[][],
): string[] {
  const own = [...filters(question), ...response.respondents.map(({ person }) => filterWord.person(person))].join(' ');
  return words.map((of) => `${of.map(({ stem }) => stem).join(' ')} ${own}`);
}

/** In how many sentences each word was gained (+) or lost (−). */
export interface CountedWords {
  words: Map<Lexeme, { by: number; lastIn: number }>;
  /** Sentences seen so far. */
  sentences: number;
}

/** Adds `by` for each sentence that holds a word. */
export function countWords(counts: CountedWords, words: readonly Lexeme[][], by: 1 | -1): void {
  for (const of of words) {
    const sentence = ++counts.sentences;
    for (const lexeme of of) {
      const known = counts.words.get(lexeme);
      if (!known) counts.words.set(lexeme, { by, lastIn: sentence });
      else if (known.lastIn !== sentence) {
        known.by += by;
        known.lastIn = sentence;
      }
    }
  }
}

function filters(question: Pick<QuestionToStore, 'topics' | 'countries'>): string[] {
  return [...question.topics.map(filterWord.topic), ...question.countries.map(filterWord.country)];
}
