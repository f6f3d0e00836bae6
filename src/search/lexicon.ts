/** A word as the index knows it. */
export interface Lexeme {
  /** Folded surface form: letters and digits only. */
  word: string;
  stem: string;
}

/** What is known of the words of one language, by spelling. */
export interface Lexicon {
  /** The word that stands in a text from `start` to `end`. */
  at(text: string, start: number, end: number): Lexeme;
}

const MAX_WORDS = 100_000;
const MAX_LENGTH = 64;

/**
 * Spellings of one folded word share a lexeme. Words are looked up where they stand, because cutting each one out of its text would
 * cost more than all the rest. What was not used for as long as it takes to fill one half is forgotten.
 */
export function openLexicon(fold: (spelling: string) => string, stem: (word: string) => string): Lexicon {
  let recent = noWords();
  let older = noWords();

  function remember(spelling: string, lexeme: Lexeme): void {
    if (spelling.length > MAX_LENGTH) return;
    if (recent.lexemes.length >= MAX_WORDS) [recent, older] = [noWords(), recent];
    const slot = slotOf(recent, spelling, 0, spelling.length);
    if (recent.slots[slot]) return;
    recent.slots[slot] = recent.lexemes.push(lexeme);
    recent.spellings.push(spelling);
  }

  /** Under its word too, so that as long as any spelling is known there is no second lexeme. */
  function learn(spelling: string): Lexeme {
    const word = fold(spelling);
    const lexeme = known(older, spelling, 0, spelling.length) ??
      (word === spelling ? undefined : lexicon.at(word, 0, word.length)) ?? { word, stem: stem(word) };
    remember(lexeme.word, lexeme);
    remember(spelling, lexeme);
    return lexeme;
  }

  const lexicon: Lexicon = {
    at: (text, start, end) => known(recent, text, start, end) ?? learn(copied(text.slice(start, end))),
  };
  return lexicon;
}

/** An open hash table: `slots` hold places in the two lists, counted from 1. */
interface Words {
  slots: Int32Array;
  spellings: string[];
  lexemes: Lexeme[];
}

const SLOTS = 2 ** 18;

const noWords = (): Words => ({ slots: new Int32Array(SLOTS), spellings: [], lexemes: [] });

function known(words: Words, text: string, start: number, end: number): Lexeme | undefined {
  return words.lexemes[(words.slots[slotOf(words, text, start, end)] ?? 0) - 1];
}

/** Where the spelling is, or would be put. */
function slotOf({ slots, spellings }: Words, text: string, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  for (let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
    const spelling = spellings[(slots[slot] ?? 0) - 1];
    if (spelling === undefined || stands(spelling, text, start, end)) return slot;
  }
}

function stands(spelling: string, text: string, start: number, end: number): boolean {
  if (spelling.length !== end - start) return false;
  for (let at = 0; at < spelling.length; at++) if (spelling.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
  return true;
}

/** A slice would keep the whole text that it was cut from in memory. */
const copied = (slice: string): string => Buffer.from(slice, 'utf16le').toString('utf16le');
