import type { Lexeme } from './lexicon.ts';

/** In how many more (+) or fewer (−) sentences each word is, by whether they are of the sample. */
export type WordChanges = Record<'real' | 'sample', Map<string, number>>;

export const noWordChanges = (): WordChanges => ({ real: new Map(), sample: new Map() });

export interface WordTally {
  /** Counts the words of one sentence. */
  add(words: readonly Lexeme[], sample: boolean, by: 1 | -1): void;
  changes(): WordChanges;
}

let opened = 0;

/**
 * Counts are kept by lexeme, in a place that the lexeme itself remembers, which costs much less than looking up each word. Where
 * another tally counts between, a lexeme gets a second place.
 */
export function openTally(): WordTally {
  opened += 1;
  const scopes = { real: openCounts(opened * 2), sample: openCounts(opened * 2 + 1) };
  let sentences = 0;
  return {
    add(words, isSample, by) {
      const { own, lexemes, counts, lastIn } = isSample ? scopes.sample : scopes.real;
      sentences += 1;
      for (const lexeme of words) {
        if (lexeme.countedBy !== own) {
          lexeme.countedBy = own;
          lexeme.place = lexemes.push(lexeme) - 1;
          counts.push(0);
          lastIn.push(0);
        }
        if (lastIn[lexeme.place] === sentences) continue;
        lastIn[lexeme.place] = sentences;
        counts[lexeme.place] = (counts[lexeme.place] ?? 0) + by;
      }
    },
    changes() {
      const changes = noWordChanges();
      for (const scope of ['real', 'sample'] as const) {
        const { lexemes, counts } = scopes[scope];
        for (const [place, { word }] of lexemes.entries())
          changes[scope].set(word, (changes[scope].get(word) ?? 0) + (counts[place] ?? 0));
      }
      return changes;
    },
  };
}

interface Counts {
  own: number;
  lexemes: Lexeme[];
  counts: number[];
  /** The sentence in which each was counted last. */
  lastIn: number[];
}

const openCounts = (own: number): Counts => ({ own, lexemes: [], counts: [], lastIn: [] });

export function addChanges(sum: WordChanges, changes: WordChanges): void {
  for (const scope of ['real', 'sample'] as const)
    for (const [word, by] of changes[scope]) sum[scope].set(word, (sum[scope].get(word) ?? 0) + by);
}

/** The same changes in parts of so many words. */
export function* inParts({ real, sample }: WordChanges, size: number): Generator<WordChanges> {
  for (const [scope, words] of [['real', real] as const, ['sample', sample] as const]) {
    let part = noWordChanges();
    for (const [word, by] of words) {
      part[scope].set(word, by);
      if (part[scope].size < size) continue;
      yield part;
      part = noWordChanges();
    }
    yield part;
  }
}
