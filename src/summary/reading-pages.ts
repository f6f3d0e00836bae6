import { sha256 } from '../content/code.ts';
import type { Question, Response } from '../content/question.ts';
import { sentences } from '../search/sentences.ts';
import { mayQuote } from './quotes.ts';

/** A page holds about this much text: a screen and a half, and within every platform’s limits. */
const PAGE_CHARS = 2400;

export interface ReadingPage {
  pieces: {
    response: Response;
    paragraphs: string[];
    /** It began on an earlier page. */
    continued: boolean;
    /** It ends on this page. */
    last: boolean;
  }[];
}

interface Piece {
  response: Response;
  text: string;
  /** Starts a paragraph. */
  starts: boolean;
  first: boolean;
  last: boolean;
}

/** The whole words of responses cut into pages at paragraph ends, else at sentence ends; nothing is lost or doubled. */
export function pagesOf(question: Question, responses: readonly Response[]): ReadingPage[] {
  const pages: Piece[][] = [];
  let chars = Number.POSITIVE_INFINITY;
  for (const piece of responses.filter((response) => mayQuote(question, response) && isIntact(response)).flatMap(pieces)) {
    if (chars + piece.text.length > PAGE_CHARS) {
      pages.push([]);
      chars = 0;
    }
    pages.at(-1)?.push(piece);
    chars += piece.text.length;
  }
  return pages.map(assembled);
}

/** Responses whose text is not what its hash says: none of their words may be shown. */
export const tampered = (question: Question, responses: readonly Response[]): Response[] =>
  responses.filter((response) => mayQuote(question, response) && !isIntact(response));

const isIntact = (response: Response): boolean => sha256(response.text) === response.hash;

function pieces(response: Response): Piece[] {
  const found = response.text
    .split('\n\n')
    .flatMap((paragraph) => cut(paragraph, response.language).map((text, index) => ({ text, starts: index === 0 })));
  return found.map((piece, index) => ({ response, ...piece, first: index === 0, last: index === found.length - 1 }));
}

/** A paragraph in runs of sentences that fit a page; a sentence that does not is cut between words, or within one that is longer still. */
function cut(paragraph: string, language: string): string[] {
  if (paragraph.length <= PAGE_CHARS) return [paragraph];
  const runs: string[] = [];
  const ends = sentences(paragraph, language).map(({ end }) => end);
  let start = 0;
  while (paragraph.length - start > PAGE_CHARS) {
    const limit = start + PAGE_CHARS;
    const end = ends.filter((one) => one > start && one <= limit).at(-1) ?? wordEnd(paragraph, start, limit);
    runs.push(paragraph.slice(start, end));
    start = end;
  }
  return start < paragraph.length ? [...runs, paragraph.slice(start)] : runs;
}

function wordEnd(paragraph: string, start: number, limit: number): number {
  const space = paragraph.lastIndexOf(' ', limit);
  if (space > start) return space;
  const splitsPair = /[\ud800-\udbff]/.test(paragraph.charAt(limit - 1));
  return splitsPair ? limit - 1 : limit;
}

function assembled(own: Piece[]): ReadingPage {
  const page: ReadingPage = { pieces: [] };
  for (const piece of own) {
    const open = page.pieces.at(-1);
    if (open?.response !== piece.response) {
      page.pieces.push({ response: piece.response, paragraphs: [piece.text.trim()], continued: !piece.first, last: piece.last });
      continue;
    }
    if (piece.starts || open.paragraphs.length === 0) open.paragraphs.push(piece.text.trim());
    else open.paragraphs.push(`${open.paragraphs.pop()}${piece.text}`);
    open.last = piece.last;
  }
  return page;
}
