import { newStemmer } from 'snowball-stemmers';
import { APOSTROPHE, isNoLetter, plainWordEnd, readWord, startsWord, unitsOf } from './letters.ts';
import { type Lexeme, type Lexicon, openLexicon, type Word } from './lexicon.ts';

/** One word of a text; offsets are UTF-16 units of the original text. */
export interface Token extends Word {
  start: number;
  end: number;
}

/** Letters that Unicode does not decompose, ligatures left by PDF files, and the two shapes of the Greek s. */
const SPELT_OUT: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
  ª: 'a',
  º: 'o',
  ﬀ: 'ff',
  ﬁ: 'fi',
  ﬂ: 'fl',
  ﬃ: 'ffi',
  ﬄ: 'ffl',
  ς: 'σ',
};
const SPELT_OUT_LETTERS = new RegExp(`[${Object.keys(SPELT_OUT).join('')}]`, 'g');
const DROPPED = new RegExp(`\\p{M}|\\p{Cf}|${APOSTROPHE.source}`, 'gu');

/** Text for comparing names and words: no accents, no case, no apostrophes; anything but letters and digits is one space. */
export function fold(text: string): string {
  if (/^[a-z0-9]*$/.test(text)) return text;
  const folded = text
    .normalize('NFD')
    .replace(DROPPED, '')
    .toLowerCase()
    .replace(SPELT_OUT_LETTERS, (letter) => SPELT_OUT[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return /^[a-z0-9 ]*$/.test(folded) ? folded : folded.normalize('NFC');
}

/**
 * The words of a text in order: the only tokenizer. Initialisms are one word (U.S. is “us”), hyphens separate, a possessive ’s and
 * an elided article (l’accord) are left out of the word.
 */
export function tokens(text: string, language: string): Token[] {
  const found: Token[] = [];
  const whole = { text, units: unitsOf(text), from: 0, to: text.length };
  eachWord(whole, language, ({ word, stem }, start, end) => found.push({ start, end, word, stem }));
  return found;
}

/** The same without their places. */
export function lexemes(text: string, language: string): Lexeme[] {
  return sentenceLexemes(text, language, [0, text.length])[0] ?? [];
}

/** The words of each sentence; offsets are start, end, start, end … */
export function sentenceLexemes(text: string, language: string, offsets: readonly number[]): Lexeme[][] {
  const all: Lexeme[][] = [];
  const units = unitsOf(text);
  for (let at = 0; at < offsets.length; at += 2) {
    const found: Lexeme[] = [];
    eachWord({ text, units, from: offsets[at] ?? 0, to: offsets[at + 1] ?? 0 }, language, (lexeme) => found.push(lexeme));
    all.push(found);
  }
  return all;
}

/** A part of a text. */
interface Part {
  text: string;
  units: Uint16Array;
  from: number;
  to: number;
}

type Visit = (lexeme: Lexeme, start: number, end: number) => void;

/** Only for a word that is not plain is the part cut out of its text. */
function eachWord({ text, units, from, to }: Part, language: string, visit: Visit): void {
  const lexicon = lexiconOf(language);
  const visitWord = (start: number, end: number) => {
    const lexeme = lexicon.at(units, start, end);
    if (lexeme.word !== '') visit(lexeme, start, end);
  };
  let own: string | undefined;
  let at = from;
  while (at < to) {
    if (isNoLetter(units[at])) {
      at++;
      continue;
    }
    const plainEnd = plainWordEnd(units, at, to);
    if (plainEnd > 0) {
      visitWord(at, plainEnd);
      at = plainEnd;
      continue;
    }
    own ??= text.slice(from, to);
    if (!startsWord(own, at - from)) {
      at++;
      continue;
    }
    const { start, end, next, spaceless } = readWord(own, at - from);
    if (spaceless) eachSpaceless(text, from + start, from + end, visitWord);
    else visitWord(from + start, from + end);
    at = from + next;
  }
}

const MAX_RUN = 1000;
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** In pieces, because the segmenter slows down on long runs. */
function eachSpaceless(text: string, start: number, end: number, visit: (start: number, end: number) => void): void {
  for (let from = start; from < end; from += MAX_RUN) {
    for (const { segment, index, isWordLike } of segmenter.segment(text.slice(from, Math.min(from + MAX_RUN, end)))) {
      if (isWordLike) visit(from + index, from + index + segment.length);
    }
  }
}

type Repair = readonly [RegExp, string];

/** Folding takes accents that the stemmers rely on; these endings get them back, and plurals that Snowball misses one stem. */
const SPANISH: readonly Repair[] = [
  [/([cs])ion(?:es)?$/, '$1ión'],
  [/([dgmv])enes$/, '$1en'],
  // Snowball takes “nos” of gobiernos for a pronoun
  [/(i|mod|int|ext|pat|mat|cuad)ernos$/, '$1erno'],
];
const PORTUGUESE: readonly Repair[] = [
  [/c(?:ao|oes)$/, 'ção'],
  [/(.)(?:aos?|oes)$/, '$1ão'],
  [/(....)ais$/, '$1al'],
  [/([ai])veis$/, '$1vel'],
];

const unstemmed = lexicon((word) => word);
const lexicons = new Map([
  ['en', lexicon(snowball('english'))],
  ['es', lexicon(snowball('spanish', SPANISH))],
  ['pt', lexicon(snowball('portuguese', PORTUGUESE))],
  ['fr', lexicon(snowball('french'))],
  ['de', lexicon(snowball('german'))],
]);

function lexicon(stemOf: (word: string) => string): Lexicon {
  return openLexicon((spelling) => fold(spelling).replaceAll(' ', ''), stemOf);
}

function snowball(name: string, repairs: readonly Repair[] = []): (word: string) => string {
  const stemmer = newStemmer(name);
  return (word) => {
    if (!/^[a-z]{1,40}$/.test(word)) return word;
    const repair = repairs.find(([ending]) => ending.test(word));
    return fold(stemmer.stem(repair ? word.replace(repair[0], repair[1]) : word)) || word;
  };
}

function lexiconOf(language: string): Lexicon {
  const known = lexicons.get(language);
  if (known) return known;
  return lexicons.get(language.slice(0, 3).toLowerCase().replace(/[-_]$/, '')) ?? unstemmed;
}

/** The folded stem of a word; for a language without a stemmer the folded word. */
export function stem(word: string, language: string): string {
  return lexiconOf(language).at(unitsOf(word), 0, word.length).stem;
}

/** The distinct stems of a typed word over languages. */
export function stems(word: string, languages: readonly string[]): string[] {
  return languages.length === 0 ? [fold(word)] : [...new Set(languages.map((language) => stem(word, language)))];
}

/** Folded function words of English, Spanish and Portuguese, without those that are countries or bodies too (US, UN, EU, São). */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about after all also am an and any are as at be because been before being but by can could did do does doing done dont for from
  had has have having he her here hers him his how i if in into is it its me more most my no nor not of off on or our out over she
  should so some such than that the their them then there these they this those through to too under until up very was we were what
  when where which while who whom why will with would you your
  al algo ante como con contra cual cuando de del desde donde e el ella ellas ellos en entre era es esa ese eso esta este esto estan
  fue fueron ha hacia han hasta hay la las le les lo los mas mi muy ni nos o para pero por porque que quien se ser si sin sobre son su
  sus tambien te tiene u una unas unos y ya yo
  ao aos ate com da das dela dele do dos ela elas ele eles em essa esse isso esta isto foi foram ja mais mas mesmo na nas nao nem no
  num numa onde os ou pela pelas pelo pelos qual quando quem seja sem seu seus sua suas tem um uma`.split(/\s+/),
);

/** Whether a folded word says too little to be searched for on its own. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}
