import { sentences } from '../search/sentences.ts';
import { plain, type Span } from './document.ts';

/** What a span takes of a limit: at least one for each character, and never more for its start than for the whole. */
export type Weigh = (span: Span) => number;

/** Enough to see where the letter ends that stands at a limit. */
const LOOK_AHEAD = 64;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Spans in chunks that each weigh at most `limit`, cut at the end of a paragraph, else of a sentence, a word, a letter. Joined again they
 * are the same spans: nothing is lost or doubled.
 */
export function splitSpans(spans: readonly Span[], limit: number, weigh: Weigh): Span[][] {
  const chunks: Span[][] = [];
  let rest = spans.filter((span) => span.text !== '');
  while (rest.length > 0) {
    const fitting = fittingCharacters(rest, limit, weigh);
    if (fitting === undefined) return [...chunks, rest];
    const { head, tail } = cut(rest, breakBefore(opening(rest, fitting + LOOK_AHEAD), Math.max(1, fitting)));
    chunks.push(head);
    rest = tail;
  }
  return chunks;
}

/** Pieces in pages that fit, in order; a piece that introduces the next one goes with it to a new page. */
export function pack<Piece extends { introduces: boolean }>(
  pieces: readonly Piece[],
  fits: (page: Piece[]) => boolean,
): Piece[][] {
  const pages: Piece[][] = [];
  let page: Piece[] = [];
  for (const piece of pieces) {
    if (page.length === 0 || fits([...page, piece])) {
      page.push(piece);
      continue;
    }
    const stays = page.findLastIndex(({ introduces }) => !introduces) + 1;
    const carried = page.slice(stays);
    if (stays > 0 && fits([...carried, piece])) {
      pages.push(page.slice(0, stays));
      page = [...carried, piece];
    } else {
      pages.push(page);
      page = [piece];
    }
  }
  return page.length === 0 ? pages : [...pages, page];
}

/** How many characters from the start fit; undefined if all do. */
function fittingCharacters(spans: readonly Span[], limit: number, weigh: Weigh): number | undefined {
  let room = limit;
  let characters = 0;
  for (const span of spans) {
    const weight = weigh(span);
    if (weight > room) return characters + longestStart(span, room, weigh);
    room -= weight;
    characters += span.text.length;
  }
  return undefined;
}

function longestStart(span: Span, room: number, weigh: Weigh): number {
  let fits = 0;
  let over = Math.min(span.text.length, Math.max(0, room)) + 1;
  while (over - fits > 1) {
    const middle = Math.floor((fits + over) / 2);
    if (weigh({ ...span, text: span.text.slice(0, middle) }) <= room) fits = middle;
    else over = middle;
  }
  return fits;
}

function opening(spans: readonly Span[], length: number): string {
  let words = '';
  for (const span of spans) {
    words += span.text;
    if (words.length >= length) break;
  }
  return words.slice(0, length);
}

/** Where to cut a text that is longer than `max`: after at least one character and at most `max`. */
function breakBefore(text: string, max: number): number {
  const start = text.slice(0, max);
  // A break near the beginning would leave a page almost empty.
  const early = max / 3;
  const candidates = [afterLast(start, '\n\n'), afterLast(start, '\n'), sentences(start, 'en').at(-1)?.start ?? 0];
  return candidates.find((at) => at > early) ?? (wordEnd(text, max) || letterEnd(text, max));
}

function afterLast(text: string, separator: string): number {
  const at = text.lastIndexOf(separator);
  return at < 0 ? 0 : at + separator.length;
}

function wordEnd(text: string, max: number): number {
  if (/\s/.test(text.charAt(max))) return max;
  let at = max;
  while (at > 0 && !/\s/.test(text.charAt(at - 1))) at--;
  return at;
}

function letterEnd(text: string, max: number): number {
  const letter = graphemes.segment(text).containing(max)?.index ?? 0;
  if (letter > 0) return letter;
  const splitsPair = /[\ud800-\udbff]/.test(text.charAt(max - 1)) && /[\udc00-\udfff]/.test(text.charAt(max));
  if (!splitsPair) return max;
  return max === 1 ? 2 : max - 1;
}

function cut(spans: readonly Span[], at: number): { head: Span[]; tail: Span[] } {
  const head: Span[] = [];
  let left = at;
  for (const [index, span] of spans.entries()) {
    if (left < span.text.length) {
      const rest = [{ ...span, text: span.text.slice(left) }, ...spans.slice(index + 1)];
      return { head: left === 0 ? head : [...head, { ...span, text: span.text.slice(0, left) }], tail: rest };
    }
    head.push(span);
    left -= span.text.length;
  }
  return { head, tail: [] };
}

/** Whether a block only says whose or what the next one is. */
export const isIntroduction = (spans: readonly Span[]): boolean => {
  const [first] = spans;
  return first?.type === 'text' && first.style === 'strong' && plain(spans).length <= 300;
};
