import { readHtml } from '../../../src/content/import/html.ts';
import { readMarkdown } from '../../../src/content/import/markdown.ts';
import type { SourceBlock, SourceDocument } from '../../../src/content/import/model.ts';
import { readText } from '../../../src/content/import/text.ts';

/** A stretch of words in one style. */
export interface Run {
  text: string;
  bold: boolean;
  italic: boolean;
}

/** What a document to be made holds, block by block; lines of a block are broken on purpose. */
export interface DescribedBlock {
  kind: 'heading' | 'paragraph' | 'list' | 'quote' | 'table' | 'rule' | 'page';
  level: number;
  lines: Run[][];
  rows: string[][];
}

/**
 * The blocks of a text, Markdown or HTML source, to be set as PDF or .docx; what the source marks as furniture of its page is left
 * out. `[page]` alone in a paragraph breaks the page.
 */
export function described(source: string, name: string): DescribedBlock[] {
  const read = readerOf(name)(source);
  const front = name.endsWith('.md') ? frontOf(read.page) : [];
  const blocks = read.blocks.filter((block) => block.furniture === undefined);
  return [...front, ...blocks.map((block) => describedBlock(read.text, block))];
}

function readerOf(name: string): (source: string) => SourceDocument {
  if (name.endsWith('.txt')) return readText;
  if (name.endsWith('.md')) return readMarkdown;
  return (source) => {
    const read = readHtml(source);
    return read.outcome === 'read' ? read.document : { text: '', blocks: [], page: {}, repairs: [], doubts: [] };
  };
}

const plain = (text: string): Run[][] => [[{ text, bold: false, italic: false }]];

/** Title and date of the front matter, as a page shows them. */
function frontOf({ title, date }: SourceDocument['page']): DescribedBlock[] {
  return [
    ...(title === undefined ? [] : [{ kind: 'heading' as const, level: 1, lines: plain(title), rows: [] }]),
    ...(date === undefined ? [] : [{ kind: 'paragraph' as const, level: 0, lines: plain(date), rows: [] }]),
  ];
}

function describedBlock(text: string, block: SourceBlock): DescribedBlock {
  const words = text.slice(block.start, block.end);
  if (words.trim() === '[page]') return { kind: 'page', level: 0, lines: [], rows: [] };
  const is = (type: string, at: number) => block.marks.some((mark) => mark.type === type && mark.start <= at && mark.end > at);
  const cuts = [...new Set([block.start, block.end, ...block.marks.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  );
  const runs = cuts.slice(0, -1).map((start, index) => ({
    text: text.slice(start, cuts[index + 1]),
    bold: is('bold', start),
    italic: is('italic', start),
  }));
  return {
    kind: block.kind === 'caption' ? 'paragraph' : block.kind,
    level: block.level ?? 0,
    lines: isWrapped(words) ? linesOf(runs.map((run) => ({ ...run, text: run.text.replace(/\s*\n\s*/g, ' ') }))) : linesOf(runs),
    rows: (block.rows ?? []).map((row) => row.map(({ start, end }) => text.slice(start, end))),
  };
}

/** Long lines are wraps, short ones are broken on purpose. */
const isWrapped = (words: string): boolean =>
  words
    .split('\n')
    .slice(0, -1)
    .every((line) => line.length > 50);

function linesOf(runs: readonly Run[]): Run[][] {
  const lines: Run[][] = [[]];
  for (const run of runs) {
    run.text.split('\n').forEach((text, index) => {
      if (index > 0) lines.push([]);
      if (text !== '') lines.at(-1)!.push({ ...run, text });
    });
  }
  return lines;
}
