import type { Store } from '../store/store.ts';
import { nearest } from './spelling.ts';
import { isStopWord, tokens } from './tokens.ts';

/** What was typed, with words that are not in the archive replaced by the nearest that are; undefined where none is near or none is misspelt. */
export async function respelt(store: Store, typed: string): Promise<string | undefined> {
  const words = tokens(typed, 'und').filter(({ word }) => !isStopWord(word));
  for (const sample of [false, true]) {
    const known = await store.wordCounts(
      words.map(({ word }) => word),
      sample,
    );
    const unknown = words.filter(({ word }) => !known.has(word));
    if (unknown.length === 0) return undefined;
    const nearby = await Promise.all(unknown.map((token) => nearestWord(store, token.word, sample)));
    if (nearby.some((word) => word === undefined)) continue;
    return unknown.reduceRight((text, { start, end }, index) => text.slice(0, start) + nearby[index] + text.slice(end), typed);
  }
  return undefined;
}

/** Options of a search that stand in place of those typed. */
export interface Corrected {
  words?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

/** What a search that found nothing may have meant: words respelt, nothing left out, any date. */
export async function corrections({ words, since, until }: Corrected, store: Store): Promise<Corrected[]> {
  const changes: Corrected[] = [];
  if (words !== undefined) {
    const spelt = await respelt(store, words);
    if (spelt !== undefined) changes.push({ words: spelt });
    const included = words.replace(/(^|\s)-("[^"]*"?|\S+)/g, ' ').trim();
    if (included !== words && included !== '') changes.push({ words: included });
  }
  return since === undefined && until === undefined ? changes : [...changes, { since: undefined, until: undefined }];
}

async function nearestWord(store: Store, word: string, sample: boolean): Promise<string | undefined> {
  const candidates = await store.wordsLike(
    { first: starts(word), minLength: word.length - 2, maxLength: word.length + 2 },
    sample,
  );
  return nearest(word, candidates, 1)[0];
}

/** A misspelt word mostly keeps its first letter, or has its first two swapped. */
function starts(word: string): string[] {
  return [...new Set([word.slice(0, 1), word.slice(1, 2)])].filter((letter) => letter !== '');
}
