import { countryNames } from '../content/countries.ts';
import type { QuestionToStore, ResponseToStore } from '../content/question.ts';
import { sentences } from '../search/sentences.ts';
import { fold, type Token, tokens } from '../search/tokens.ts';
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
  const stems = own.flatMap((one) => tokens(one, question.language));
  const topics = question.topics.flatMap((topic) => tokens(topic, question.language));
  const countries = (question.countries ?? []).flatMap(countryNames).flatMap((name) => tokens(name, question.language));
  return [...[...stems, ...topics, ...countries].map((token) => token.stem), ...filters(question)].join(' ');
}

/** A response cut into sentences: offsets as stored, and the tokens of each. */
export interface Sentences {
  /** start, end, start, end … */
  offsets: number[];
  tokens: Token[][];
}

/** Sentences beyond what a key can number are one with the last. */
export function sentencesOf(text: string, language: string): Sentences {
  const spans = sentences(text, language);
  const last = spans.at(-1);
  const kept =
    spans.length <= MAX_SENTENCES || !last
      ? spans
      : [...spans.slice(0, MAX_SENTENCES - 1), { start: spans[MAX_SENTENCES - 1]?.start ?? 0, end: last.end }];
  return {
    offsets: kept.flatMap(({ start, end }) => [start, end]),
    tokens: kept.map(({ start, end }) => tokens(text.slice(start, end), language)),
  };
}

/** What the full-text table holds of each sentence: its stems and the filters that apply to it. */
export function sentenceBodies(question: QuestionToStore, response: ResponseToStore, { tokens: each }: Sentences): string[] {
  const own = [...filters(question), ...response.respondents.map(({ person }) => filterWord.person(person))].join(' ');
  return each.map((of) => {
    let body = '';
    for (const { stem } of of) body += `${stem} `;
    return body + own;
  });
}

/** In how many sentences each word was gained (+) or lost (−). */
export interface CountedWords {
  words: Map<string, { by: number; lastIn: number }>;
  /** Sentences seen so far. */
  sentences: number;
}

/** Adds `by` for each sentence that holds a word. */
export function countWords(counts: CountedWords, { tokens: each }: Sentences, by: 1 | -1): void {
  for (const of of each) {
    const sentence = ++counts.sentences;
    for (const { word } of of) {
      const known = counts.words.get(word);
      if (!known) counts.words.set(word, { by, lastIn: sentence });
      else if (known.lastIn !== sentence) {
        known.by += by;
        known.lastIn = sentence;
      }
    }
  }
}

function filters(question: QuestionToStore): string[] {
  return [...question.topics.map(filterWord.topic), ...question.countries.map(filterWord.country)];
}
