import { countryNames } from '../content/countries.ts';
import type { QuestionToStore } from '../content/question.ts';
import { MAX_SENTENCES } from '../store/keys.ts';
import { sentences } from './sentences.ts';
import { fold, lexemes } from './tokens.ts';

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

export function filters(question: Pick<QuestionToStore, 'topics' | 'countries'>): string[] {
  return [...question.topics.map(filterWord.topic), ...question.countries.map(filterWord.country)];
}
