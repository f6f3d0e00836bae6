import { questionOfResponse } from '../store/keys.ts';
import type { Filter, Store } from '../store/store.ts';
import { type Query, toMatch } from './query.ts';

const WINDOW = 200;

export interface FoundQuestions {
  /** Best first. */
  keys: number[];
  mode: 'all' | 'any';
  /** Those of them where words of responses match. */
  quoted: ReadonlySet<number>;
}

/** Questions whose own words match come before those where only responses do; then more matching sentences, then newer. */
export async function findQuestions(store: Store, query: Query, filter: Filter): Promise<FoundQuestions> {
  const languages = await store.languages();
  for (const mode of ['all', 'any'] as const) {
    const match = toMatch(query, languages, mode);
    if (!match) break;
    const [own, sentences] = await Promise.all([
      store.matchQuestions(match, filter, WINDOW),
      store.matchSentences(match, filter, WINDOW),
    ]);
    const scores = new Map<number, number>();
    for (const key of own) scores.set(key, 2);
    for (const { responseKey } of sentences) {
      const key = questionOfResponse(responseKey);
      scores.set(key, (scores.get(key) ?? 0) + 0.1);
    }
    if (scores.size > 0) {
      const keys = [...scores]
        .sort(([a, scoreA], [b, scoreB]) => Math.min(scoreB, 3) - Math.min(scoreA, 3) || b - a)
        .map(([key]) => key);
      return { keys, mode, quoted: new Set(sentences.map(({ responseKey }) => questionOfResponse(responseKey))) };
    }
  }
  return { keys: [], mode: 'all', quoted: new Set() };
}
