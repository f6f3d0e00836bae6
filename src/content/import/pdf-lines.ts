import type { Zone } from './pdf-columns.ts';
import { type Row, rowText, spacedWords } from './pdf-rows.ts';

/** A row in reading order, with what tells where paragraphs begin. */
export interface Line {
  text: string;
  /** Stretches of its text in bold or italics. */
  marks: { type: 'bold' | 'italic'; start: number; end: number }[];
  page: number;
  /** Which stretch of rows on the page it belongs to. */
  zone: number;
  kind: Zone['kind'];
  x0: number;
  x1: number;
  y: number;
  size: number;
  /** Edges of its column. */
  left: number;
  right: number;
  /** A raised number or sign stands in it. */
  hasNoteMark: boolean;
}

export function linesOf(zones: readonly Zone[], bodySize: number): Line[] {
  return zones.flatMap(({ rows, kind }, zone) => {
    const body = rows.filter((row) => isBody(row, bodySize));
    const left = commonLeft(body.length === 0 ? rows : body);
    const right = Math.max(...(body.length === 0 ? rows : body).map(({ x1 }) => x1));
    return rows.map((row): Line => {
      const { page, x0, x1, y, size } = row;
      return {
        text: rowText(row),
        marks: marksOf(row),
        page,
        zone,
        kind,
        x0,
        x1,
        y,
        size,
        left,
        right,
        hasNoteMark: hasNoteMark(row),
      };
    });
  });
}

/** The leftmost place where more than a stray line begins. */
function commonLeft(rows: readonly Row[]): number {
  const least = rows.length <= 8 ? 1 : rows.length * 0.15;
  const sorted = rows.map(({ x0 }) => x0).sort((a, b) => a - b);
  return sorted.find((x) => sorted.filter((other) => Math.abs(other - x) < 1.5).length >= least) ?? sorted[0] ?? 0;
}

function marksOf(row: Row): Line['marks'] {
  const marks: Line['marks'] = [];
  let at = 0;
  for (const { space, fragment } of spacedWords(row)) {
    const start = at + space.length;
    at = start + fragment.text.length;
    for (const type of ['bold', 'italic'] as const) {
      if (!fragment[type]) continue;
      const last = marks.findLast((mark) => mark.type === type);
      if (last && start - last.end <= 1) last.end = at;
      else marks.push({ type, start, end: at });
    }
  }
  return marks;
}

const hasNoteMark = ({ fragments, size, y }: Row): boolean =>
  fragments.some((one) => one.size < 0.8 * size && y - one.y > 0.15 * size && /^[\d*†‡]{1,3}$/.test(one.text));

export const isWholly = (line: Line, type: 'bold' | 'italic'): boolean =>
  line.marks.some((mark) => mark.type === type && mark.start === 0 && mark.end >= line.text.length - 1);

/** The size in which most letters are set. */
export function bodySizeOf(rows: readonly Row[]): number {
  const counts = new Map<number, number>();
  for (const { text, size } of rows.flatMap(({ fragments }) => fragments)) {
    const rounded = Math.round(size * 4) / 4;
    counts.set(rounded, (counts.get(rounded) ?? 0) + text.length);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 10;
}

/** Single spacing in ems, at most. */
const SINGLE = 1.65;

/** Distance of base lines inside paragraphs of the body: the usual single spacing, else that of lines most of which fill their column. */
export function leadingOf(lines: readonly Line[], size: number): number {
  const steps: { step: number; isFull: boolean }[] = [];
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (before === undefined || !isBody(line, size) || !isBody(before, size) || !isSameColumn(before, line)) continue;
    const step = Math.round((line.y - before.y) * 2) / 2;
    if (step >= 0.8 * size) steps.push({ step, isFull: !isShort(before, line) });
  }
  const full = steps.filter(({ isFull }) => isFull);
  const isWide = full.length >= Math.max(3, steps.length / 2);
  return mostCommon(steps.filter(({ step }) => step <= SINGLE * size)) ?? (isWide ? mostCommon(full) : undefined) ?? 1.25 * size;
}

function mostCommon(steps: readonly { step: number }[]): number | undefined {
  const counts = new Map<number, number>();
  for (const { step } of steps) counts.set(step, (counts.get(step) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

export const isBody = (line: { size: number }, size: number): boolean => Math.abs(line.size - size) <= 0.08 * size;
export const isSameColumn = (a: Line, b: Line): boolean => a.page === b.page && a.zone === b.zone;

/** The line was ended before its column was full: the first word of the next one would have had room. */
export function isShort(line: Line, next: Line): boolean {
  const word = next.text.split(' ')[0]?.length ?? 0;
  const width = ((next.x1 - next.x0) * (word + 1)) / Math.max(1, next.text.length);
  return line.x1 + width < line.right - 0.3 * line.size;
}
