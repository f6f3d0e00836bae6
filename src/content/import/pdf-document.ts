import { isDateline } from './dates.ts';
import { textualRole } from './fixed-roles.ts';
import type { Doubt, Mark, SourceBlock, SourceDocument, Span } from './model.ts';
import { lineJoiner } from './pdf-joints.ts';
import type { Line } from './pdf-lines.ts';
import type { Paragraph, Paragraphs } from './pdf-paragraphs.ts';
import { chunkBlocks, withHeadings } from './text.ts';

/** Running heads, feet and numbers of a page. */
export interface PageFurniture {
  page: number;
  text: string;
}

interface Placed {
  paragraph: Paragraph;
  spans: Span[];
}

/** Paragraphs in reading order as one text with its blocks; what stands at the edge of a page comes after the paragraph that crosses it. */
export function pdfDocument({ paragraphs, unsure, isSolid }: Paragraphs, furniture: readonly PageFurniture[]): SourceDocument {
  const pieces: string[] = [];
  let at = 0;
  const append = (words: string): Span => {
    const start = at;
    pieces.push(words);
    at += words.length;
    return { start, end: at };
  };
  const edges: Span[] = [];
  const flagged: Doubt[] = [];
  const waiting = furniture.toSorted((a, b) => a.page - b.page);
  const leavePages = (page: number) => {
    while (waiting[0] !== undefined && waiting[0].page < page) {
      edges.push(append(waiting.shift()?.text ?? ''));
      append('\n\n');
    }
  };
  let page = 1;
  const joiner = lineJoiner(paragraphs);
  const placed = paragraphs.map((paragraph): Placed => {
    const first = paragraph.lines[0]?.page ?? page;
    leavePages(first);
    if (first > page) append('\f');
    page = paragraph.lines.at(-1)?.page ?? first;
    const spans = paragraph.lines.map((line, index) => {
      const next = paragraph.lines[index + 1];
      if (next === undefined) {
        const span = append(line.text);
        append('\n\n');
        return span;
      }
      const { words, between, doubt } = joiner.join(line, next);
      const span = append(words);
      append(between);
      if (doubt !== undefined) flagged.push({ ...span, message: doubt, weight: 'review' });
      return span;
    });
    return { paragraph, spans };
  });
  leavePages(Number.POSITIVE_INFINITY);
  const laid = document({ text: pieces.join(''), placed, edges, unsure, isSolid });
  return { ...laid, repairs: [...joiner.repairs], doubts: [...laid.doubts, ...flagged] };
}

interface Laid {
  text: string;
  placed: readonly Placed[];
  edges: readonly Span[];
  unsure: readonly Line[];
  isSolid: boolean;
}

function document({ text, placed, edges, unsure, isSolid }: Laid): SourceDocument {
  const levels = headingLevels(placed);
  const blocks = [
    ...placed.flatMap((one) => blocksOf(text, one, levels)),
    ...edges.map((span): SourceBlock => edgeBlock(span, 'page number or running head')),
  ].sort((a, b) => a.start - b.start);
  return {
    text: withBreaks(text, blocks),
    blocks: levels.size === 0 ? shortLinesAsHeadings(text, blocks, placed) : blocks,
    page: {},
    repairs: [],
    doubts: doubtsOf({ text, placed, edges, unsure, isSolid }),
  };
}

/** Blocks that begin inside a paragraph (a label, a name) begin on a line of their own, as on the page. */
function withBreaks(text: string, blocks: readonly SourceBlock[]): string {
  const inside = blocks.filter(({ start }) => text.charAt(start - 1) === ' ');
  let broken = '';
  let at = 0;
  for (const { start } of inside) {
    broken += `${text.slice(at, start - 1)}\n`;
    at = start;
  }
  return broken + text.slice(at);
}

/** Where all type is of one size, short lines are headings; small type at the head of a page never is. */
function shortLinesAsHeadings(text: string, blocks: readonly SourceBlock[], placed: readonly Placed[]): SourceBlock[] {
  const small = placed.filter(({ paragraph }) => paragraph.isSmall).flatMap(({ spans }) => spans.map(({ start }) => start));
  const isSmall = (block: SourceBlock) => small.some((start) => start >= block.start && start < block.end);
  const headed = withHeadings(
    text,
    blocks.filter((block) => !isSmall(block)),
  );
  return [...headed, ...blocks.filter(isSmall)].sort((a, b) => a.start - b.start);
}

/** 1 for the largest type, unless it is that of many headings: then nothing is the title. */
function headingLevels(placed: readonly Placed[]): ReadonlyMap<number, number> {
  const sizes = placed.filter(({ paragraph }) => paragraph.kind === 'heading').map(({ paragraph }) => sizeOf(paragraph));
  const distinct = [...new Set(sizes)].sort((a, b) => b - a);
  const first = sizes.filter((size) => size === distinct[0]).length > 2 ? 2 : 1;
  return new Map(distinct.map((size, index) => [size, Math.min(6, index + first)]));
}

const sizeOf = ({ lines }: Paragraph): number => Math.round((lines[0]?.size ?? 0) * 2) / 2;

function blocksOf(text: string, { paragraph, spans }: Placed, levels: ReadonlyMap<number, number>): SourceBlock[] {
  const whole = { start: spans[0]?.start ?? 0, end: spans.at(-1)?.end ?? 0 };
  const marks = paragraph.lines.flatMap((line, index) =>
    line.marks.map((mark): Mark => {
      const from = spans[index]?.start ?? 0;
      return { type: mark.type, start: from + mark.start, end: from + mark.end };
    }),
  );
  const within = ({ start, end }: Span) =>
    joined(marks, text)
      .filter((mark) => mark.start < end && mark.end > start)
      .map((mark) => ({ ...mark, start: Math.max(start, mark.start), end: Math.min(end, mark.end) }));
  switch (paragraph.kind) {
    case 'heading':
      return [{ kind: 'heading', level: levels.get(sizeOf(paragraph)) ?? 2, ...whole, marks: within(whole) }];
    case 'table':
      return [{ kind: 'table', ...whole, marks: [] }];
    case 'aside':
      return [edgeBlock(whole, 'a narrow column beside the text')];
    case 'foot':
      if (isKnown(text, whole)) return [{ kind: 'paragraph', ...whole, marks: within(whole) }];
      return [edgeBlock(whole, 'smaller type than the text')];
    case 'text':
      return chunkBlocks(text, spans).map((block) => ({ ...block, marks: within(block) }));
  }
}

const edgeBlock = (span: Span, why: string): SourceBlock => ({
  kind: 'paragraph',
  ...span,
  marks: [],
  furniture: { why, page: true },
});

/** Marks of one type that only a line break parts. */
function joined(marks: readonly Mark[], text: string): Mark[] {
  const found: Mark[] = [];
  for (const mark of marks) {
    const last = found.findLast((one) => one.type === mark.type);
    if (last && text.slice(last.end, mark.start).trim() === '') last.end = mark.end;
    else found.push({ ...mark });
  }
  return found;
}

/** Small type whose first words say what it is. */
function isKnown(text: string, span: Span): boolean {
  const words = text.slice(span.start, span.end);
  return textualRole({ kind: 'paragraph', ...span, marks: [] }, words) !== undefined || isDateline(words);
}

function doubtsOf({ text, placed, unsure, isSolid }: Laid): Doubt[] {
  const doubts: Doubt[] = [];
  const add = (span: Span | undefined, message: string) => {
    if (span) doubts.push({ ...span, message, weight: 'review' });
  };
  for (const { paragraph, spans } of placed) {
    const whole = { start: spans[0]?.start ?? 0, end: spans.at(-1)?.end ?? 0 };
    if (paragraph.kind === 'aside') add(whole, 'A narrow column beside the text was left out.');
    if (paragraph.kind === 'foot' && !isKnown(text, whole)) add(whole, 'Words in smaller type than the text were left out.');
    paragraph.lines.forEach((line, index) => {
      if (unsure.includes(line)) add(spans[index], 'Whether a paragraph begins here is not certain.');
      if (line.hasNoteMark) add(spans[index], 'A raised number or sign stands among the words.');
    });
  }
  if (isSolid)
    add(
      { start: 0, end: Math.min(80, text.length) },
      'Neither gaps nor indents part the paragraphs: where they begin was taken from short lines.',
    );
  return doubts;
}
