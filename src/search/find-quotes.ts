import { questionOfResponse } from '../store/keys.ts';
import type { Filter, Match, SentenceHit, Store } from '../store/store.ts';
import { holdWanted, type Query, toMatch } from './query.ts';
import { type Token, tokens } from './tokens.ts';

/** So many of the newest matching sentences are ranked; a common word never costs more. */
export const WINDOW = 100;
/** Fewer hits than this for all words: those with any of the words follow, marked so. */
const FEW = 3;

export interface RankedSentence {
  responseKey: number;
  start: number;
  end: number;
  /** Whether it holds all the words, or only some. */
  mode: 'all' | 'any';
}

export interface FoundSentences {
  hits: RankedSentence[];
  /** Older matches exist beyond those that were ranked. */
  more: boolean;
}

/**
 * Sentences that match, best first: rarer words, hits in the question's own words, and newer responses count more. `window` 0 ranks
 * the newest matches, 1 those before them, and so on.
 */
export async function findSentences(store: Store, query: Query, filter: Filter, window = 0): Promise<FoundSentences> {
  const languages = await store.languages();
  const search: Search = { store, query, filter, languages, window };
  const all = await ranked(search, 'all');
  const enough = window === 0 ? all.hits.length >= FEW : all.reached;
  if (enough || query.groups.length < 2) return all;
  const any = await ranked(search, 'any');
  const known = new Set(all.hits.map(place));
  return { hits: [...all.hits, ...any.hits.filter((hit) => !known.has(place(hit)))], more: any.more };
}

interface Search {
  store: Store;
  query: Query;
  filter: Filter;
  languages: string[];
  window: number;
}

const place = ({ responseKey, start }: RankedSentence): string => `${responseKey}:${start}`;

/** `reached`: there are matches in this window. */
async function ranked(search: Search, mode: 'all' | 'any'): Promise<FoundSentences & { reached: boolean }> {
  const { store, query, filter, languages, window } = search;
  const match = toMatch(query, languages, mode);
  if (!match) return { hits: [], more: false, reached: false };
  const after = WINDOW * window;
  const newest = await store.matchSentences(match, filter, after + WINDOW + 1);
  const found = newest.slice(after, after + WINDOW);
  const texts = await store.responseTexts([...new Set(found.map((hit) => hit.responseKey))]);
  const weigh = await weights(search, match, found);
  const hits = found.flatMap((hit, rank) => {
    const of = texts.get(hit.responseKey);
    const start = of?.sentences[hit.sentence * 2];
    const end = of?.sentences[hit.sentence * 2 + 1];
    if (!of || start === undefined || end === undefined) return [];
    const words = tokens(of.text.slice(start, end), of.language);
    if (!holdWanted(query, words, of.language, mode)) return [];
    const score = weigh({ hit, rank, words });
    return [{ responseKey: hit.responseKey, start, end, mode, score }];
  });
  hits.sort((a, b) => b.score - a.score || b.responseKey - a.responseKey || a.start - b.start);
  return { hits: hits.map(({ score: _, ...hit }) => hit), more: newest.length > after + WINDOW, reached: found.length > 0 };
}

interface Weighed {
  hit: SentenceHit;
  rank: number;
  words: readonly Token[];
}

/** How much a sentence counts: see findSentences. */
async function weights(
  { store, query, filter }: Search,
  match: Match,
  found: SentenceHit[],
): Promise<(weighed: Weighed) => number> {
  const words = [...new Set(query.groups.flat().flatMap((term) => (term.type === 'word' ? [term.word] : term.words)))];
  const counts = await store.wordCounts(words, filter.sample);
  const rarity = new Map(words.map((word) => [word, 1 / Math.log2(4 + (counts.get(word) ?? 0))]));
  const inQuestions = new Set(found.length === 0 ? [] : await store.matchQuestions(match, filter, WINDOW));
  return ({ hit, rank, words: own }) => {
    const holds = (word: string) => own.some((token) => token.word === word || token.stem === word);
    const held = words.reduce((sum, word) => sum + (holds(word) ? (rarity.get(word) ?? 0) : 0), 0);
    const asked = inQuestions.has(questionOfResponse(hit.responseKey)) ? 0.25 : 0;
    const readable = own.length >= 7 && own.length <= 60 ? 0.2 : 0;
    return held * 2 + asked + readable + 0.3 * (1 - rank / Math.max(found.length, 1));
  };
}
