import type { Match } from '../store/store.ts';
import { isStopWord, stem, stems, type Token, tokens } from './tokens.ts';

export type Term = { type: 'word'; word: string } | { type: 'phrase'; words: string[] };

/** What a caller typed to search for: one term of every group, and none of `not`. Words are folded. */
export interface Query {
  groups: Term[][];
  not: Term[];
  /** As typed. */
  text: string;
}

export interface Span {
  start: number;
  end: number;
}

const MAX_TERMS = 32;
const PIECE = /(?<minus>(?<![^\s|])[-–—−]+(?=[^\s|–—−-]))?(?:"(?<phrase>[^"]*)(?:"|$)|(?<or>\|)|(?<chunk>[^\s"|]+))/g;

/**
 * Reads `"exact phrase"`, `-word`, `-"phrase"`, `a OR b` and `a | b`; any other text is words. Never throws: a quote that is not
 * closed ends with the text, and terms beyond 32 are left out. What has several words without a space (U.S.-led) is a phrase.
 */
export function parseQuery(words: string): Query {
  const query: Query = { groups: [], not: [], text: words.trim() };
  let orFollows = false;
  let terms = 0;
  for (const { groups = {} } of words.replace(/[“”„‟«»＂]/g, '"').matchAll(PIECE)) {
    const { minus, phrase, or, chunk } = groups;
    const isNot = minus !== undefined;
    if (or !== undefined || (chunk === 'OR' && !isNot)) {
      orFollows = query.groups.length > 0;
      continue;
    }
    const term = phrase === undefined ? wordTerm(chunk ?? '') : phraseTerm(phrase);
    if (!term) continue;
    const group = orFollows ? query.groups.at(-1) : undefined;
    if (isNot) query.not.push(term);
    else if (group) group.push(term);
    else query.groups.push([term]);
    orFollows = false;
    if (++terms === MAX_TERMS) break;
  }
  return query;
}

function wordTerm(chunk: string): Term | undefined {
  const words = wordsOf(chunk);
  const [word] = words;
  if (word === undefined) return undefined;
  return words.length === 1 ? { type: 'word', word } : { type: 'phrase', words };
}

function phraseTerm(phrase: string): Term | undefined {
  const words = wordsOf(phrase);
  return words.length === 0 ? undefined : { type: 'phrase', words };
}

function wordsOf(text: string): string[] {
  return tokens(text, 'en')
    .slice(0, MAX_TERMS)
    .map(({ word }) => word);
}

/** Whether there is nothing to look for (only what to leave out, or nothing at all). */
export function isEmpty(query: Query): boolean {
  return query.groups.length === 0;
}

/** The groups without those of stop words alone, as long as any other is left. */
function telling(query: Query): Term[][] {
  const groups = query.groups.filter((group) => !group.every((term) => term.type === 'word' && isStopWord(term.word)));
  return groups.length > 0 ? groups : query.groups;
}

/**
 * What a database must look for, in the stems of all the languages on file; undefined where nothing is to be found. It lets
 * through a little too much (phrases by their stems, phrases to leave out): `satisfies` decides.
 */
export function toMatch(query: Query, languages: readonly string[], mode: 'all' | 'any'): Match | undefined {
  const wanted = telling(query).map((group) => anyOf(group.map((term) => termMatch(term, languages))));
  if (wanted.length === 0) return undefined;
  const match = mode === 'any' ? anyOf(wanted) : allOf(wanted);
  const words = query.not.filter((term) => term.type === 'word');
  return words.length === 0 ? match : { type: 'without', match, not: anyOf(words.map((term) => termMatch(term, languages))) };
}

function termMatch(term: Term, languages: readonly string[]): Match {
  if (term.type === 'word') return anyOf(stems(term.word, languages).map((word) => ({ type: 'phrase', tokens: [word] })));
  const stemmed = languages.map((language) => term.words.map((word) => stem(word, language)));
  const distinct = new Map((stemmed.length === 0 ? [term.words] : stemmed).map((words) => [words.join(' '), words]));
  return anyOf([...distinct.values()].map((words) => ({ type: 'phrase', tokens: words })));
}

function anyOf(of: Match[]): Match {
  const [only] = of;
  return only && of.length === 1 ? only : { type: 'any', of };
}

function allOf(of: Match[]): Match {
  const [only] = of;
  return only && of.length === 1 ? only : { type: 'all', of };
}

/** The places in text[start, end) that hold a wanted term, in order and without overlaps. */
export function hits(query: Query, text: string, start: number, end: number, language: string): Span[] {
  const words = tokens(text.slice(start, end), language);
  const found = telling(query)
    .flat()
    .flatMap((term) => [...places(term, words, language)])
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const merged: Span[] = [];
  for (const span of found) {
    const last = merged.at(-1);
    if (last && span.start < last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged.map((span) => ({ start: start + span.start, end: start + span.end }));
}

/**
 * Whether text[start, end) holds one term of every group (of any group, in mode `any`) and nothing that is to be left out:
 * phrases word by word as typed, words by their stem in this language.
 */
export function satisfies(
  query: Query,
  text: string,
  start: number,
  end: number,
  language: string,
  mode: 'all' | 'any',
): boolean {
  return holdWanted(query, tokens(text.slice(start, end), language), language, mode);
}

/** The same for a sentence that is cut into words already. */
export function holdWanted(query: Query, words: readonly Token[], language: string, mode: 'all' | 'any'): boolean {
  const holds = (term: Term): boolean => {
    if (term.type === 'phrase') return !places(term, words, language).next().done;
    const wantedStem = stem(term.word, language);
    return words.some((token) => token.stem === wantedStem || token.word === term.word);
  };
  const groups = telling(query);
  const wanted = mode === 'all' ? groups.every((group) => group.some(holds)) : groups.some((group) => group.some(holds));
  return groups.length > 0 && wanted && !query.not.some(holds);
}

/** The one scan behind hits and satisfies: where a term stands among the words of a text. */
function* places(term: Term, words: readonly Token[], language: string): Generator<Span> {
  const wanted = term.type === 'word' ? [term.word] : term.words;
  const wantedStem = term.type === 'word' ? stem(term.word, language) : undefined;
  for (const [index, first] of words.entries()) {
    const last = words[index + wanted.length - 1];
    if (!last) return;
    const isHere = wanted.every((word, offset) => words[index + offset]?.word === word);
    if (isHere || first.stem === wantedStem) yield { start: first.start, end: last.end };
  }
}
