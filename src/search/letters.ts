export const APOSTROPHE = /['’‘ʼʻ＇´`]/;
const [OTHER, WORD, SPACELESS, MARK, HIDDEN, QUOTE] = [1, 2, 3, 4, 5, 6] as const;
const SPACELESS_SCRIPT = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmr}\p{scx=Mymr}]/u;

/** Whether a letter or a digit stands at this place. */
export function startsWord(text: string, at: number): boolean {
  const kind = kindAt(text, at);
  return kind === WORD || kind === SPACELESS;
}

/** The UTF-16 units of a text, which are read much faster out of an array than out of a string. */
export function unitsOf(text: string): Uint16Array {
  const { buffer, byteOffset } = Buffer.from(text, 'utf16le');
  return new Uint16Array(buffer, byteOffset, text.length);
}

/** Where a word of letters and digits alone ends, as nearly all do, in a text that ends at `to`; 0 where only `readWord` can tell. */
export function plainWordEnd(units: Uint16Array, at: number, to: number): number {
  let end = at;
  while (end < to && kinds[units[end] ?? 0] === WORD) end++;
  if (end === to) return end;
  const next = units[end] ?? 0;
  return end === at || kinds[next] !== OTHER || (next === STOP && end - at <= 2) ? 0 : end;
}

/** Whether it is known already that no word begins with this unit. */
export const isNoLetter = (unit: number | undefined): boolean => kinds[unit ?? 0] === OTHER;

/** The word that begins at `at`, and where to look for the next one. */
export function readWord(text: string, at: number): { start: number; end: number; next: number; spaceless: boolean } {
  let start = at;
  let spaceless = false;
  const initialism = initialismEnd(text, at);
  if (initialism > 0) {
    const owns = kindAt(text, initialism) === QUOTE && roleOfApostrophe(text, start, initialism) === 'possesses';
    return { start, end: initialism, next: initialism + (owns ? 2 : 0), spaceless };
  }
  let end = start;
  let next = start;
  while (next === end && end < text.length) {
    while (kinds[text.charCodeAt(end)] === WORD) next = ++end;
    const kind = kindAt(text, end);
    if (kind === OTHER) break;
    if (kind === SPACELESS) spaceless = true;
    const role = kind === QUOTE ? roleOfApostrophe(text, start, end) : 'joins';
    if (role === 'elides') start = end + 1;
    if (role === 'joins' || role === 'elides') next = ++end;
    else next = end + (role === 'possesses' ? 2 : 1);
  }
  while (kindAt(text, end - 1) === HIDDEN) end--;
  return { start, end, next, spaceless };
}

const kinds = new Uint8Array(0x10000);

/** A low surrogate counts as a mark: it goes on with whatever its first half began. */
function kindAt(text: string, at: number): number {
  return kinds[text.charCodeAt(at)] || learnKind(text, at);
}

function learnKind(text: string, at: number): number {
  const point = text.codePointAt(at);
  if (point === undefined) return OTHER;
  const kind = kindOf(point);
  // The first half of a pair is no letter of its own: what it is depends on the second.
  if (point < 0xd800 || (point >= 0xdc00 && point < 0x10000)) kinds[point] = kind;
  return kind;
}

function kindOf(point: number): number {
  if (point >= 0xdc00 && point <= 0xdfff) return MARK;
  const letter = String.fromCodePoint(point);
  if (APOSTROPHE.test(letter)) return QUOTE;
  if (/[\p{L}\p{N}]/u.test(letter)) return SPACELESS_SCRIPT.test(letter) ? SPACELESS : WORD;
  if (/\p{M}/u.test(letter)) return MARK;
  return /\p{Cf}/u.test(letter) ? HIDDEN : OTHER;
}

const STOP = '.'.charCodeAt(0);
const INITIALISM =
  /(?:\p{L}\.){2,9}(?:\p{L}(?![\p{L}\p{M}\p{N}.]))?|\p{L}\.\p{L}(?![\p{L}\p{M}\p{N}.’'])|(\p{Lu})\1\.[ \u00a0\u202f]?(\p{Lu})\2\b\.?/uy;

/** Where an initialism such as U.S., a.m, EE.UU. or EE. UU. ends, 0 for any other word. */
function initialismEnd(text: string, start: number): number {
  if (text.charCodeAt(start + 1) !== STOP && text.charCodeAt(start + 2) !== STOP) return 0;
  INITIALISM.lastIndex = start;
  return INITIALISM.test(text) ? INITIALISM.lastIndex : 0;
}

function roleOfApostrophe(text: string, start: number, at: number): 'joins' | 'possesses' | 'elides' | 'ends' {
  const follows = kindAt(text, at + 1);
  if (follows !== WORD && follows !== SPACELESS) return 'ends';
  if (/^[sS]$/.test(text.charAt(at + 1)) && kindAt(text, at + 2) === OTHER) return 'possesses';
  const elided = at - start <= 6 && /^(?:[cdjlmnst]|(?:jus|lors|puis)?qu)$/i.test(text.slice(start, at));
  return elided && /^[aeiouhà-üœæ]/i.test(text.charAt(at + 1)) ? 'elides' : 'joins';
}
