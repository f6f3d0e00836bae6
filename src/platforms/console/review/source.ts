import { lineNumbers } from '../../../content/import/line-numbers.ts';
import type { ImportRecord } from '../../../intake/record.ts';

type Read = ImportRecord['draft'];
export type Doubt = Read['doubts'][number] & { index: number };

/** A stretch of a line: which response holds its words (by place, from 0), and whether a doubt is about it. */
export interface Run {
  text: string;
  by: number | undefined;
  doubted: boolean;
}

export interface SourceLine {
  number: number;
  runs: Run[];
  /** Doubts that begin in this line. */
  doubts: Doubt[];
}

/** A block of the source with its role and the rule behind it; without a rule: text that no block holds. */
export interface Piece {
  role: string;
  rule: string | undefined;
  /** The responses that its words are in. */
  by: number[];
  lines: SourceLine[];
}

interface Stretch {
  start: number;
  end: number;
  role: string;
  rule: string | undefined;
}
interface Words {
  start: number;
  end: number;
  by: number;
}

const PART_CHARS = 400_000;
/** A longer line is shown in several stretches. */
const MAX_LINE = 50_000;
/** A doubt about more than this is about the block. */
const MAX_DOUBTED = 200;
const HOLD_WORDS = new Set(['response', 'panel']);

/** The whole source in parts that a browser shows at once, most often one; every character that is not blank is in one of them. */
export function sourceParts(draft: Read): Piece[][] {
  const parts: Piece[][] = [[]];
  let chars = 0;
  for (const piece of piecesOf(draft)) {
    let open: Piece | undefined;
    for (const line of piece.lines) {
      const length = line.runs.reduce((sum, { text }) => sum + text.length, 0);
      if (chars > 0 && chars + length > PART_CHARS) {
        parts.push([]);
        chars = 0;
        open = undefined;
      }
      if (!open) {
        open = { ...piece, lines: [] };
        parts.at(-1)?.push(open);
      }
      open.lines.push(line);
      chars += length;
    }
  }
  return parts;
}

/** The source block by block, in its order. */
function piecesOf(draft: Read): Piece[] {
  const { text, responses } = draft;
  const stretches = stretchesOf(draft);
  const words = responses
    .flatMap(({ paragraphs }, by): Words[] => paragraphs.map(({ start, end }) => ({ start, end, by })))
    .sort((a, b) => a.start - b.start);
  const doubts = draft.doubts.map((doubt, index) => ({ ...doubt, index })).sort((a, b) => a.start - b.start);
  const lineOf = lineNumbers(text);
  return stretches.map((stretch, at) => {
    const isLast = at === stretches.length - 1;
    const from = stretches[at - 1]?.end ?? Number.NEGATIVE_INFINITY;
    const begun = doubts.filter(({ start }) => start >= from && (isLast || start < stretch.end));
    const within = words.filter(
      ({ start, end }) =>
        start < stretch.end &&
        end > stretch.start &&
        // A response that goes on behind page furniture has none of the furniture’s words.
        (HOLD_WORDS.has(stretch.role) || (start >= stretch.start && end <= stretch.end)),
    );
    const about = doubts.filter(
      ({ start, end }) => start < stretch.end && end > stretch.start && end - start <= MAX_DOUBTED && end > start,
    );
    return {
      role: stretch.role,
      rule: stretch.rule,
      by: [...new Set(within.map(({ by }) => by))],
      lines: linesOf(text, stretch, lineOf).map(({ start, end, number }, index, all) => ({
        number,
        runs: runsOf(text, { start, end }, { words: within, about }),
        doubts: begun.filter(
          (doubt) =>
            (index === 0 || doubt.start >= start) && (index === all.length - 1 || doubt.start < (all[index + 1]?.start ?? 0)),
        ),
      })),
    };
  });
}

/** The blocks, and what is between them, one after the other. */
function stretchesOf({ text, blocks }: Read): Stretch[] {
  const found: Stretch[] = [];
  let at = 0;
  const between = (end: number) => {
    const held = text.slice(at, end).trimEnd();
    const blank = /^(\s*\n)?/.exec(held)?.[0].length ?? 0;
    if (held !== '') found.push({ start: at + blank, end: at + held.length, role: 'unread', rule: undefined });
  };
  for (const { start, end, role, rule } of [...blocks].sort((a, b) => a.start - b.start)) {
    between(start);
    const from = Math.max(start, at);
    if (end > from) found.push({ start: from, end, role, rule });
    at = Math.max(at, end);
  }
  between(text.length);
  return found;
}

function linesOf(
  text: string,
  { start, end }: Stretch,
  lineOf: (offset: number) => number,
): { start: number; end: number; number: number }[] {
  const lines: { start: number; end: number; number: number }[] = [];
  for (let at = start; at < end; ) {
    const feed = text.indexOf('\n', at);
    const lineEnd = feed < 0 || feed > end ? end : feed;
    const number = lineOf(at);
    for (let from = at; from === at || from < lineEnd; from += MAX_LINE) {
      lines.push({ start: from, end: Math.min(lineEnd, from + MAX_LINE), number });
    }
    at = lineEnd + 1;
  }
  return lines;
}

function runsOf(
  text: string,
  { start, end }: { start: number; end: number },
  { words, about }: { words: readonly Words[]; about: readonly Doubt[] },
): Run[] {
  const cuts = [...words, ...about].flatMap((span) => [span.start, span.end]).filter((cut) => cut > start && cut < end);
  const edges = [...new Set([start, ...cuts, end])].sort((a, b) => a - b);
  return edges.slice(0, -1).map((from, index) => {
    const to = edges[index + 1] ?? end;
    const covers = (span: { start: number; end: number }) => span.start <= from && span.end >= to;
    return { text: text.slice(from, to).replace(/\r$/, ''), by: words.find(covers)?.by, doubted: about.some(covers) };
  });
}
