import type { Doubt, SourceBlock, SourceDocument, Span } from './model.ts';
import { ANSWER_LABEL, ANSWER_LETTER, PAGE_FURNITURE, QUESTION_LABEL, QUESTION_LETTER } from './phrases.ts';
import { scanQuotation } from './quotation.ts';
import { respondentLine } from './respondent-line.ts';

const RULE = /^\s*(?:[*\-_=~•·—]\s*){3,}$/;
const BULLET = /^\s*(?:[-*•◦▪]|\d{1,2}[.)])\s+/;

/** Plain text as blocks: empty lines part paragraphs, single breaks are wraps, labels and respondent lines begin a block. */
export function readText(text: string): SourceDocument {
  const lines = linesOf(text);
  const running = runningHeads(text, lines);
  const doubts: Doubt[] = [];
  const blocks: SourceBlock[] = [];
  let chunk: Span[] = [];
  const flush = () => {
    blocks.push(...chunkBlocks(text, chunk));
    chunk = [];
  };
  const solid = isUnparted(text, lines);
  for (const [index, line] of lines.entries()) {
    const words = text.slice(line.start, line.end).trim();
    if (words === '') flush();
    else if (RULE.test(words)) {
      flush();
      blocks.push({ kind: 'rule', ...line, marks: [] });
    } else if (running.has(words) || (PAGE_FURNITURE.test(words) && isAlone(text, lines, index))) {
      flush();
      blocks.push({
        kind: 'paragraph',
        ...trimmed(text, line),
        marks: [],
        furniture: { why: 'page number or running head', page: true },
      });
    } else {
      if (solid !== undefined && chunk.length > 0 && startsParagraph(text, chunk.at(-1), solid)) flush();
      chunk.push(line);
    }
  }
  flush();
  if (solid === 'wrapped') {
    doubts.push({
      start: 0,
      end: Math.min(80, text.length),
      weight: 'review',
      message: 'No empty lines part the paragraphs: where they begin was taken from short lines.',
    });
  }
  return { text, blocks: withHeadings(text, blocks), page: {}, repairs: [], doubts };
}

function linesOf(text: string): Span[] {
  const lines: Span[] = [];
  let start = 0;
  for (const found of text.matchAll(/\n|\f/g)) {
    lines.push({ start, end: found.index });
    start = found.index + 1;
  }
  lines.push({ start, end: text.length });
  return lines;
}

/** First and last lines of pages (parted by form feeds) that come back on another page. */
function runningHeads(text: string, lines: readonly Span[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  const pages = text.split('\f');
  if (pages.length < 2 || lines.length > 200_000) return new Set();
  for (const page of pages) {
    const words = page
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    for (const line of new Set([...words.slice(0, 2), ...words.slice(-2)])) {
      if (line.length <= 100) counts.set(line, (counts.get(line) ?? 0) + 1);
    }
  }
  return new Set([...counts].filter(([, n]) => n > 1).map(([line]) => line));
}

function isAlone(text: string, lines: readonly Span[], index: number): boolean {
  const isEmpty = (line: Span | undefined) => line === undefined || text.slice(line.start, line.end).trim() === '';
  const nearPage = (line: Span | undefined) => line !== undefined && (text[line.end] === '\f' || text[line.start - 1] === '\f');
  return (
    (isEmpty(lines[index - 1]) && isEmpty(lines[index + 1])) ||
    nearPage(lines[index]) ||
    nearPage(lines[index - 1]) ||
    nearPage(lines[index + 1])
  );
}

/** A text without empty lines: either every line is a paragraph, or all are wrapped. */
function isUnparted(text: string, lines: readonly Span[]): 'line' | 'wrapped' | undefined {
  const lengths = lines.map((line) => text.slice(line.start, line.end).trim().length);
  const full = lengths.filter((length) => length > 0);
  if (full.length < 4 || lengths.filter((length) => length === 0).length > Math.max(1, full.length / 15)) return undefined;
  return full.filter((length) => length > 130).length >= full.length / 4 ? 'line' : 'wrapped';
}

function startsParagraph(text: string, previous: Span | undefined, solid: 'line' | 'wrapped'): boolean {
  if (previous === undefined || solid === 'line') return true;
  const words = text.slice(previous.start, previous.end).trimEnd();
  return /[.?!:]["”»)]?$/.test(words) && words.length < 60;
}

/** A chunk is one block, but where a line begins with a label, a signature or a respondent line. */
export function chunkBlocks(text: string, chunk: readonly Span[]): SourceBlock[] {
  const blocks: SourceBlock[] = [];
  let open: Span | undefined;
  for (const line of chunk) {
    const words = text.slice(line.start, line.end);
    if (open !== undefined && !beginsBlock(text, open, line, words)) {
      open.end = line.end;
      continue;
    }
    open = { ...line };
    const isList = BULLET.test(words) && !/\?\s*$/.test(words);
    blocks.push(Object.assign(open, { kind: isList ? ('list' as const) : ('paragraph' as const), marks: [] }));
  }
  return blocks.map((block) => {
    const bullet = block.kind === 'list' ? (BULLET.exec(text.slice(block.start, block.end))?.[0].length ?? 0) : 0;
    return { ...block, ...trimmed(text, { start: block.start + bullet, end: block.end }) };
  });
}

function beginsBlock(text: string, open: Span, line: Span, words: string): boolean {
  const opening = words.trimStart();
  if (BULLET.test(words)) return true;
  const label =
    QUESTION_LABEL.test(opening) || QUESTION_LETTER.test(opening) || ANSWER_LABEL.test(opening) || ANSWER_LETTER.test(opening);
  const signature = /^(?:—|–|―|--)\s*\p{Lu}/u.test(opening);
  if (!label && !signature && !/^\p{Lu}/u.test(opening)) return false;
  const above = text.slice(open.start, line.start).trimEnd();
  if (signature || label) return !isInQuotation(above);
  if (!/[.?!…]["”»)\]]*$/.test(above)) return false;
  const start = line.start + words.length - opening.length;
  const found = respondentLine(
    { text, blocks: [], page: {}, repairs: [], doubts: [] },
    { kind: 'paragraph', start, end: Math.min(text.length, start + 500), marks: [] },
    start,
    false,
  );
  return found !== undefined && found.short === undefined && !found.isWeak;
}

/** Follows the lines, each of which may open with the mark again. */
function isInQuotation(above: string): boolean {
  return (['“', '«'] as const).some((mark) => {
    let depth = 0;
    for (const line of above.split('\n')) {
      const words = depth > 0 && line.trimStart().startsWith(mark) ? line.trimStart().slice(1) : line;
      depth = scanQuotation(words, mark, depth).depth;
    }
    return depth > 0;
  });
}

function trimmed(text: string, { start, end }: Span): Span {
  const words = text.slice(start, end);
  const lead = words.length - words.trimStart().length;
  return { start: start + lead, end: start + lead + words.trim().length };
}

/** A short line without a stop, alone in its block: what plain text has for a heading. */
export function withHeadings(text: string, blocks: readonly SourceBlock[]): SourceBlock[] {
  let seen = 0;
  return blocks.map((block) => {
    if (block.kind !== 'paragraph' || block.furniture) return block;
    seen += 1;
    const words = text.slice(block.start, block.end);
    const isShort = words.length <= 120 && !words.includes('\n') && !/^[—–―\-“"«([]/.test(words);
    const ends = seen <= 3 ? /[.!:;,…]["”»]?$/.test(words) : /[.!?:;,…]["”»]?$/.test(words);
    if (!isShort || ends || QUESTION_LABEL.test(words) || QUESTION_LETTER.test(words) || ANSWER_LETTER.test(words)) return block;
    return { ...block, kind: 'heading' as const, level: seen === 1 ? 1 : 2 };
  });
}
