import type { DescribedBlock, Run } from './described.ts';
import { widthOf } from './pdf-letters.ts';

export interface Layout {
  columns?: number;
  /** Points between columns. */
  gutter?: number;
  /** First lines are indented instead of paragraphs being parted by white. */
  indent?: boolean;
  justified?: boolean;
  /** Long words are parted at the end of a line. */
  hyphens?: boolean;
  head?: string;
  numbers?: boolean;
  size?: number;
  /** Lines on a page, so that a page breaks where a test wants it. */
  height?: number;
  /** Whether the page’s content is compressed. */
  packed?: boolean;
  /** Both columns are drawn line by line, as some programs do. */
  across?: boolean;
  /** Headings of level 3 stand in a narrow column beside their text. */
  beside?: boolean;
  /** Lines of a narrow column beside the text. */
  aside?: string[];
}

export interface Piece {
  text: string;
  x: number;
  y: number;
  size: number;
  /** Index into FONTS. */
  font: number;
  wordSpace: number;
}

export interface LaidPage {
  width: number;
  height: number;
  pieces: Piece[];
}

const WIDTH = 595;
const MARGIN = 56;

interface SetLine {
  pieces: (Omit<Piece, 'y'> & { width: number })[];
  size: number;
  /** White above it. */
  above: number;
  isPageBreak: boolean;
}

/** The blocks set in lines, columns and pages. */
export function laidOut(blocks: readonly DescribedBlock[], layout: Layout): LaidPage[] {
  const { columns = 1, gutter = 18, size = 10, height = 842, head, numbers = false, across = false } = layout;
  const left = layout.beside || layout.aside ? MARGIN + 140 : MARGIN;
  const width = (WIDTH - left - MARGIN - gutter * (columns - 1)) / columns;
  const lines = blocks.flatMap((block, index) => setBlock(block, { ...layout, size, width, isFirst: index === 0 }));
  const pages: LaidPage[] = [];
  let [column, y] = [columns, 0];
  const top = MARGIN + (head === undefined ? 0 : 24);
  for (const line of lines) {
    const step = line.above + line.size * 1.2;
    const isFull = y + step > height - MARGIN;
    if (line.isPageBreak) {
      [column, y] = [columns, height];
      continue;
    }
    if (isFull || pages.length === 0) {
      column += 1;
      y = top;
      if (column >= columns || pages.length === 0) {
        pages.push({ width: WIDTH, height, pieces: edges({ head, numbers, height, number: pages.length + 1 }) });
        column = 0;
      }
    }
    y += y === top ? line.size * 1.2 : step;
    const x = left + column * (width + gutter);
    pages.at(-1)!.pieces.push(...line.pieces.map(({ width: _width, ...piece }) => ({ ...piece, x: piece.x + x, y })));
  }
  for (const [index, text] of (layout.aside ?? []).entries())
    pages[0]?.pieces.push({ text, x: MARGIN, y: top + 40 + index * size * 1.2, size, font: 0, wordSpace: 0 });
  if (across) for (const page of pages) page.pieces.sort((a, b) => a.y - b.y || a.x - b.x);
  return pages;
}

function edges({
  head,
  numbers,
  height,
  number,
}: {
  head: string | undefined;
  numbers: boolean;
  height: number;
  number: number;
}): Piece[] {
  const piece = (text: string, x: number, y: number): Piece => ({ text, x, y, size: 8, font: 0, wordSpace: 0 });
  return [
    ...(head === undefined ? [] : [piece(head, MARGIN, MARGIN - 6)]),
    ...(numbers ? [piece(String(number), WIDTH / 2, height - MARGIN + 24)] : []),
  ];
}

interface Setting extends Layout {
  size: number;
  width: number;
  isFirst: boolean;
}

const HEADING_SIZES = [2, 1.6, 1.3, 1.2, 1.2, 1.2];

function setBlock(block: DescribedBlock, setting: Setting): SetLine[] {
  const { size, width, indent = false, beside = false } = setting;
  if (block.kind === 'page') return [{ pieces: [], size, above: 0, isPageBreak: true }];
  if (block.kind === 'rule') return [{ pieces: [], size, above: size, isPageBreak: false }];
  if (block.kind === 'table') return block.rows.map((row) => setRow(row, setting));
  const isHeading = block.kind === 'heading';
  const scale = isHeading ? (HEADING_SIZES[block.level - 1] ?? 1) : 1;
  const lines = block.lines.flatMap((runs, index) =>
    setLine(
      runs.map((run) => (isHeading ? { ...run, bold: true } : run)),
      {
        ...setting,
        size: size * scale,
        width: block.kind === 'quote' ? width - 40 : width,
        shift: block.kind === 'quote' ? 20 : 0,
        first: indent && block.kind === 'paragraph' && index === 0 ? 12 : 0,
      },
    ),
  );
  if (lines[0]) lines[0].above = indent && !isHeading ? 0 : size * (isHeading ? 1 : 0.8);
  if (beside && isHeading && block.level === 3) {
    for (const line of lines) for (const piece of line.pieces) Object.assign(piece, { x: piece.x - 140 });
    if (lines.length === 1) return lines.map((line) => ({ ...line, size: 0 }));
  }
  return lines;
}

function setRow(row: readonly string[], { size, width }: Setting): SetLine {
  const cell = width / Math.max(1, row.length);
  return {
    pieces: row.map((text, index) => ({ text, x: index * cell, size, font: 0, wordSpace: 0, width: widthOf(text, size) })),
    size,
    above: size * 0.3,
    isPageBreak: false,
  };
}

interface Word extends Run {
  /** White space stands before it. */
  isSpaced: boolean;
}

/** Words one after another, each line as full as its column. */
function setLine(runs: readonly Run[], setting: Setting & { shift: number; first: number }): SetLine[] {
  const { size, width, shift, first, hyphens = false, justified = false } = setting;
  const words = wordsOf(runs);
  const lines: Word[][] = [[]];
  let room = width - first;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]!;
    const open = lines.at(-1)!;
    const needs = widthOf(word.text, size) + (word.isSpaced && open.length > 0 ? widthOf(' ', size) : 0);
    if (open.length === 0 || needs <= room || !word.isSpaced) {
      open.push(word);
      room -= needs;
      continue;
    }
    const parts = hyphens ? parted(word, room - widthOf(' -', size), size) : undefined;
    if (parts) {
      open.push(parts[0]);
      words.splice(index, 1, parts[1]);
    }
    lines.push([]);
    room = width;
    index -= 1;
  }
  return lines.map((line, index) =>
    piecesOf(line, {
      size,
      x: shift + (index === 0 ? first : 0),
      justified: justified && index < lines.length - 1,
      width: width - (index === 0 ? first : 0),
    }),
  );
}

function wordsOf(runs: readonly Run[]): Word[] {
  return runs.flatMap((run, at) =>
    run.text
      .split(/ +/)
      .flatMap((text, index) =>
        text === '' ? [] : [{ ...run, text, isSpaced: index > 0 || / $/.test(runs[at - 1]?.text ?? '') }],
      ),
  );
}

/** A long plain word in two, with a hyphen. */
function parted(word: Word, room: number, size: number): [Word, Word] | undefined {
  if (!/^\p{L}{8,}[.,]?$/u.test(word.text)) return undefined;
  for (let at = word.text.length - 4; at >= 3; at -= 1) {
    const head = word.text.slice(0, at);
    if (widthOf(head, size) <= room)
      return [
        { ...word, text: `${head}-` },
        { ...word, text: word.text.slice(at), isSpaced: true },
      ];
  }
  return undefined;
}

function piecesOf(
  words: readonly Word[],
  { size, x, justified, width }: { size: number; x: number; justified: boolean; width: number },
): SetLine {
  const text = words.map((word, index) => (index > 0 && word.isSpaced ? ' ' : '') + word.text).join('');
  const gaps = text.split(' ').length - 1;
  const stretch = gaps > 0 ? (width - widthOf(text, size)) / gaps : 0;
  const wordSpace = justified && stretch < size ? stretch : 0;
  const pieces: SetLine['pieces'] = [];
  let at = x;
  words.forEach((word, index) => {
    const font = (word.bold ? 1 : 0) + (word.italic ? 2 : 0);
    const open = pieces.at(-1);
    const space = index > 0 && word.isSpaced ? ' ' : '';
    const step = widthOf(space + word.text, size) + (space === '' ? 0 : wordSpace);
    if (open?.font === font) Object.assign(open, { text: open.text + space + word.text, width: open.width + step });
    else {
      const before = space === '' ? 0 : widthOf(' ', size) + wordSpace;
      pieces.push({ text: word.text, x: at + before, size, font, wordSpace, width: step - before });
    }
    at += step;
  });
  return { pieces, size, above: 0, isPageBreak: false };
}
