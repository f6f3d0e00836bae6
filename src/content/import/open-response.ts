import type { Span } from './model.ts';
import { type Opener, openerOf, resumes, scanQuotation } from './quotation.ts';
import type { Candidate } from './respondent-line.ts';

/** A response while its paragraphs are gathered. */
export interface OpenResponse {
  candidate: Candidate;
  paragraphs: Span[];
  /** The mark of the quotation around the whole; undefined: none. */
  opener?: Opener;
  depth: number;
  isClosed: boolean;
  /** `each`: every paragraph opens with the mark; `once`: only the first. */
  style?: 'each' | 'once';
  /** First paragraph inside the quotation that looks like a label: kept only if the quotation closes. */
  suspectFrom?: number;
  doubts: { message: string; at: Span }[];
  translatedBy?: string;
  completeness?: 'excerpt' | 'teaser';
  note?: string;
  retracted?: string;
}

export function openResponse(candidate: Candidate): OpenResponse {
  return { candidate, paragraphs: [], depth: 0, isClosed: false, doubts: [] };
}

/** Adds a paragraph and follows its quotation marks; returns what of it belongs to nobody, if anything. */
export function addParagraph(open: OpenResponse, text: string, span: Span): Span | undefined {
  const words = text.slice(span.start, span.end);
  if (open.paragraphs.length === 0) return begin(open, words, span);
  if (open.opener === undefined || open.isClosed) {
    open.paragraphs.push(span);
    return undefined;
  }
  return goOn(open, open.opener, { words, span, text });
}

function begin(open: OpenResponse, words: string, span: Span): Span | undefined {
  open.paragraphs.push(span);
  const opener = openerOf(words);
  if (opener === undefined) return undefined;
  const { depth, closedAt } = scanQuotation(words, opener);
  if (closedAt !== undefined && !isTail(words.slice(closedAt))) {
    if (!/[.?!…]$/.test(words.slice(0, closedAt - 1)) || !/^\s+["“«\p{Lu}—–([]/u.test(words.slice(closedAt))) return undefined; // “Freedom” is but the first word
    const end = span.start + closedAt;
    open.paragraphs[0] = { start: span.start, end };
    Object.assign(open, { opener, depth: 0, isClosed: true });
    open.doubts.push({ message: 'Words follow the closing quotation mark in the same paragraph.', at: span });
    return { start: end, end: span.end };
  }
  open.opener = opener;
  open.depth = closedAt === undefined ? depth : 0;
  open.isClosed = closedAt !== undefined;
  return undefined;
}

function goOn(
  open: OpenResponse,
  opener: Opener,
  { words, span, text }: { words: string; span: Span; text: string },
): Span | undefined {
  const again = resumes(words, opener);
  const style = again ? 'each' : 'once';
  const isRest = !again && isCutOff(open, text) && /^\p{Ll}/u.test(words);
  if (!isRest) open.style ??= style;
  if (!isRest && open.style !== style) {
    const message = again
      ? 'A paragraph opens a quotation inside one that is still open.'
      : 'A paragraph inside the quotation does not open with its mark.';
    open.doubts.push({ message, at: span });
  }
  const isContinued = again && open.style === 'each';
  const inner = isContinued ? words.trimStart().slice(1) : words;
  const { depth, closedAt } = scanQuotation(inner, opener, isContinued ? 1 : open.depth);
  open.depth = depth;
  if (closedAt === undefined) {
    open.paragraphs.push(span);
    return undefined;
  }
  open.depth = 0;
  open.isClosed = true;
  const end = span.end - (inner.length - closedAt);
  if (isTail(inner.slice(closedAt))) {
    open.paragraphs.push(span);
    return undefined;
  }
  open.doubts.push({ message: 'The quotation closes in the middle of a paragraph.', at: span });
  open.paragraphs.push({ start: span.start, end });
  return { start: end, end: span.end };
}

/** Whether the last paragraph stops in mid-sentence, as at the foot of a page. */
function isCutOff({ paragraphs }: OpenResponse, text: string): boolean {
  const last = paragraphs.at(-1);
  return last !== undefined && /[\p{L}\p{N},;—–-]$/u.test(text.slice(last.start, last.end));
}

/** What may follow the closing mark: a stop, a note number. */
const isTail = (words: string): boolean => /^[\s.,;…)\]*\d]{0,6}$/.test(words);
