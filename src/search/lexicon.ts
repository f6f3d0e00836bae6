import { unitsOf } from './letters.ts';

/** A word as the index knows it. */
export interface Word {
  /** Folded surface form: letters and digits only. */
  word: string;
  stem: string;
}

/** A word that is the same object wherever it stands, with the place that the tally which counted it last keeps for it. */
export interface Lexeme extends Word {
  countedBy: number;
  place: number;
}

/** What is known of the words of one language, by spelling. */
export interface Lexicon {
  /** The word that stands in a text, given as UTF-16 units, from `start` to `end`. */
  at(units: Uint16Array, start: number, end: number): Lexeme;
}

const MAX_WORDS = 150_000;
/** Longer ones are made anew each time. */
const MAX_LENGTH = 64;
const MAX_LETTERS = MAX_WORDS * 10;

/**
 * Spellings of one folded word share a lexeme. Words are looked up where they stand, because cutting each one out of its text would
 * cost more than all the rest. What was not used for as long as it takes to fill one half is forgotten.
 */
export function openLexicon(fold: (spelling: string) => string, stem: (word: string) => string): Lexicon {
  let recent = noWords();
  let older: Words | undefined;

  function remember(spelling: string, lexeme: Lexeme): void {
    if (spelling.length > MAX_LENGTH) return;
    const isFull = recent.lexemes.length === MAX_WORDS || (recent.starts[recent.lexemes.length] ?? 0) + MAX_LENGTH > MAX_LETTERS;
    if (isFull) [recent, older] = [noWords(), recent];
    add(recent, unitsOf(spelling), lexeme);
  }

  /** Under its word too, so that as long as any spelling is known there is no second lexeme. */
  function learn(units: Uint16Array, start: number, end: number): Lexeme {
    const spelling = spellingOf(units, start, end);
    const word = fold(spelling);
    const lexeme = (older && known(older, units, start, end)) ??
      (word === spelling ? undefined : lexicon.at(unitsOf(word), 0, word.length)) ?? {
        word,
        stem: stem(word),
        countedBy: 0,
        place: 0,
      };
    remember(lexeme.word, lexeme);
    remember(spelling, lexeme);
    return lexeme;
  }

  const lexicon: Lexicon = { at: (units, start, end) => known(recent, units, start, end) ?? learn(units, start, end) };
  return lexicon;
}

/** An open hash table of spellings. */
interface Words {
  lexemes: Lexeme[];
  /** Two for each slot: a hash, and a place in the list, counted from 1. */
  slots: Int32Array;
  /** All spellings, one after the other, and where each one begins; the next begins where it ends. */
  letters: Uint16Array;
  starts: Int32Array;
}

const SLOTS = 2 ** 18;

const noWords = (): Words => ({
  lexemes: [],
  slots: new Int32Array(SLOTS * 2),
  letters: new Uint16Array(MAX_LETTERS),
  starts: new Int32Array(MAX_WORDS + 1),
});

function known(words: Words, units: Uint16Array, start: number, end: number): Lexeme | undefined {
  return words.lexemes[(words.slots[slotOf(words, units, start, end, hashOf(units, start, end)) + 1] ?? 0) - 1];
}

function add(words: Words, spelling: Uint16Array, lexeme: Lexeme): void {
  const { lexemes, slots, letters, starts } = words;
  const hash = hashOf(spelling, 0, spelling.length);
  const slot = slotOf(words, spelling, 0, spelling.length, hash);
  if (slots[slot + 1] !== 0) return;
  const start = starts[lexemes.length] ?? 0;
  letters.set(spelling, start);
  slots[slot] = hash;
  slots[slot + 1] = lexemes.push(lexeme);
  starts[lexemes.length] = start + spelling.length;
}

function hashOf(units: Uint16Array, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (units[at] ?? 0)) | 0;
  return hash;
}

/** Where the spelling is, or would be put. */
function slotOf({ slots, letters, starts }: Words, units: Uint16Array, start: number, end: number, hash: number): number {
  for (let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
    const place = slots[slot * 2 + 1] ?? 0;
    if (place === 0) return slot * 2;
    const from = starts[place - 1] ?? 0;
    const isLong = (starts[place] ?? 0) - from === end - start;
    if (slots[slot * 2] === hash && isLong && stands(letters, from, units, start, end)) return slot * 2;
  }
}

function stands(letters: Uint16Array, from: number, units: Uint16Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (letters[from + at - start] !== units[at]) return false;
  return true;
}

/** Letters of one byte where that will do: all that is joined out of them is half as large then. */
function spellingOf({ buffer, byteOffset }: Uint16Array, start: number, end: number): string {
  const spelling = Buffer.from(buffer, byteOffset + start * 2, (end - start) * 2).toString('utf16le');
  return /^[a-z0-9]*$/i.test(spelling) ? Buffer.from(spelling, 'latin1').toString('latin1') : spelling;
}
