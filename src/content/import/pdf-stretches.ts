import { type Row, rowOf } from './pdf-rows.ts';

/** A stretch of rows beside each other, told apart at `gutters`; none: there are columns, but where is not certain. */
export interface Stretch {
  first: number;
  last: number;
  gutters: number[];
  /** Where all its rows break. */
  x: number;
  /** The gutters are those of other pages. */
  isKnown: boolean;
}

/** White between columns that a page of the same document has shown. */
export interface Gutter {
  x: number;
  /** Where the column to its right begins. */
  left: number;
}

export interface PageLook {
  bodySize: number;
  known: readonly Gutter[];
}

/** Rows that both columns must have at least. */
export const MIN_ROWS = 3;
/** In ems: the least white between columns of many, some and few rows. */
const GUTTERS = [
  { rows: 8, white: 0.2 },
  { rows: 6, white: 0.8 },
  { rows: MIN_ROWS, white: 1.5 },
];
/** Rows that break at one place, so that they may be columns too close to each other. */
const TIGHT_ROWS = 4;
const MAX_PIECES = 3;
/** So many rows do not break at one place by chance, into however many pieces they fall. */
const MANY_ROWS = 6;
/** Gaps from which pieces of a row may belong to different columns, in ems. */
const PIECE_GAP = 0.15;
/** In ems: first lines stand so far inside their column. */
const MAX_INDENT = 3;
/** Lines between which white is no mere gap of a paragraph, in ems. */
const WHITE = 2.4;
/** Single spacing in ems, at most. */
const SINGLE = 1.65;
const HEADING = 1.12;

/** A row cut at gaps. */
export function piecesOf({ page, fragments, size }: Row): Row[] {
  const pieces: Row['fragments'][] = [];
  for (const fragment of fragments) {
    const open = pieces.at(-1);
    const last = open?.at(-1);
    if (open && last && fragment.x0 - last.x1 < PIECE_GAP * size) open.push(fragment);
    else pieces.push([fragment]);
  }
  return pieces.map((piece) => rowOf(page, piece));
}

/** Stretches of rows that white runs down through, from the top. */
export function stretchesOf(pieces: readonly Row[][], { bodySize, known }: PageLook): Stretch[] {
  const chosen: Stretch[] = [];
  const isFree = ({ first, last }: Run) => chosen.every((one) => one.first > last || first > one.last);
  for (const run of knownRuns(pieces, known, bodySize)) {
    const rows = pieces.slice(run.first, run.last + 1);
    const gutters = known.map(({ x }) => x).filter((x) => !rows.some((row) => crosses(row, x)));
    if (isFree(run)) chosen.push({ ...run, gutters, isKnown: true });
  }
  for (const run of ownRuns(pieces, bodySize)) {
    const trimmed = trimmedRun(pieces, run, bodySize);
    const rows = pieces.slice(trimmed.first, trimmed.last + 1);
    if (!isFree(trimmed) || scoreOf(rows, run.x) < MIN_ROWS) continue;
    const gutters = guttersOf(rows, bodySize);
    if (gutters.length > 0 || isTight(rows, run.x)) chosen.push({ ...trimmed, gutters, isKnown: false });
  }
  return chosen.sort((a, b) => a.first - b.first);
}

interface Run {
  first: number;
  last: number;
  x: number;
}

const crosses = (row: readonly Row[], x: number): boolean => row.some(({ x0, x1 }) => x0 < x - 0.5 && x1 > x + 0.5);

/** Rows where a gutter of other pages is white, and a line begins where the column beside it does. */
function knownRuns(pieces: readonly Row[][], known: readonly Gutter[], bodySize: number): Run[] {
  return known.flatMap(({ x, left }) =>
    freeRuns(pieces, x, { bodySize, least: 1 }).filter(({ first, last }) => {
      const rows = pieces.slice(first, last + 1);
      const right = rightOf(rows, x);
      return (
        runsOn(leftOf(rows, x)) &&
        right.length > 0 &&
        right.every(({ x0 }) => x0 > left - 2) &&
        right.some(({ x0 }) => x0 < left + MAX_INDENT * bodySize)
      );
    }),
  );
}

/** Whether two lines follow each other as those of a text do: words of a page’s head stand further apart. */
const runsOn = (side: readonly Row[]): boolean =>
  side.some((row, index) => {
    const step = row.y - (side[index - 1]?.y ?? Number.NEGATIVE_INFINITY);
    return step > 0.8 * row.size && step < SINGLE * row.size;
  });

/** Runs of rows that are free of anything at one place, those with most lines on both sides first. */
function ownRuns(pieces: readonly Row[][], bodySize: number): Run[] {
  const places = new Set(
    pieces.flatMap((row) =>
      row.map(({ x0 }, index) => {
        const before = row[index - 1];
        return Math.round(before === undefined ? x0 - 4 : (before.x1 + x0) / 2);
      }),
    ),
  );
  return [...places]
    .flatMap((x) => freeRuns(pieces, x, { bodySize, least: MIN_ROWS }))
    .map((run) => ({ ...run, score: scoreOf(pieces.slice(run.first, run.last + 1), run.x) }))
    .filter(({ score }) => score >= MIN_ROWS)
    .sort((a, b) => b.score - a.score || b.last - b.first - (a.last - a.first));
}

/** Longest runs of rows of which none crosses x, and none is a heading across both sides. */
function freeRuns(pieces: readonly Row[][], x: number, { bodySize, least }: { bodySize: number; least: number }): Run[] {
  const runs: Run[] = [];
  let first = 0;
  for (let index = 0; index <= pieces.length; index += 1) {
    const row = pieces[index];
    if (row !== undefined && !crosses(row, x) && !isHeadingAcross(pieces, index, { x, bodySize })) continue;
    if (index - first >= least) runs.push({ first, last: index - 1, x });
    first = index + 1;
  }
  return runs;
}

/** A short line of larger type on one side, with white beside it on the other. */
function isHeadingAcross(pieces: readonly Row[][], index: number, { x, bodySize }: { x: number; bodySize: number }): boolean {
  const row = pieces[index] ?? [];
  if (!row.every(({ size }) => size > HEADING * bodySize)) return false;
  const isLeft = row.every(({ x1 }) => x1 <= x);
  if (!isLeft && !row.every(({ x0 }) => x0 >= x)) return false;
  const others = pieces.flat().filter((one) => (isLeft ? one.x0 >= x : one.x1 <= x));
  const [y, size] = [row[0]?.y ?? 0, row[0]?.size ?? bodySize];
  const above = Math.max(...others.map((one) => one.y).filter((other) => other < y));
  const below = Math.min(...others.map((one) => one.y).filter((other) => other >= y));
  const isBetween = Number.isFinite(above) && Number.isFinite(below);
  return isBetween && y - above > 0.75 * size && below - y > 0.75 * bodySize + 0.25 * size && below - above > WHITE * size;
}

const leftOf = (pieces: readonly Row[][], x: number): Row[] => pieces.flat().filter(({ x1 }) => x1 <= x + 0.5);
const rightOf = (pieces: readonly Row[][], x: number): Row[] => pieces.flat().filter(({ x0 }) => x0 >= x - 0.5);

/** How many base lines the smaller side has. */
function scoreOf(pieces: readonly Row[][], x: number): number {
  const lines = (side: readonly Row[]) => new Set(side.map(({ y }) => Math.round(y))).size;
  return Math.min(lines(leftOf(pieces, x)), lines(rightOf(pieces, x)));
}

/**
 * A run without the rows at its ends that stand alone above or below the columns: short lines of what runs across the page. They
 * are told by a gap wider than any inside the columns, or by larger type, and no text of the column goes with them.
 */
function trimmedRun(pieces: readonly Row[][], { first, last, x }: Run, bodySize: number): Run {
  const inside = pieces.slice(first, last + 1);
  const [left, right] = [leftOf(inside, x), rightOf(inside, x)];
  const isBoth = (index: number) => leftOf([pieces[index] ?? []], x).length > 0 && rightOf([pieces[index] ?? []], x).length > 0;
  const top = Math.max(Math.min(...left.map(({ y }) => y)), Math.min(...right.map(({ y }) => y)));
  const bottom = Math.min(Math.max(...left.map(({ y }) => y)), Math.max(...right.map(({ y }) => y)));
  const yOf = (index: number) => pieces[index]?.[0]?.y ?? 0;
  const isLarge = (index: number) => (pieces[index] ?? []).some(({ size }) => size > HEADING * bodySize);
  const widest = 1.2 * Math.max(widestGap(left, top, bottom), widestGap(right, top, bottom), bodySize * 1.3);
  const holdsText = (rows: readonly Row[][]) =>
    rows
      .flat()
      .filter((row) => row.size <= HEADING * bodySize && row.x1 - row.x0 > 0.7 * widthOf(row.x1 <= x + 0.5 ? left : right))
      .length > 1;
  let [from, to] = [first, last];
  for (let index = first; index < last && yOf(index) < top - 1; index += 1) {
    const isOutside = yOf(index + 1) - yOf(index) > widest || isLarge(index);
    if (!isBoth(index) && isOutside && !holdsText(pieces.slice(first, index + 1))) from = index + 1;
  }
  // At the end of the page nothing tells a heading across it from one of the longer column, whose words go on in the next.
  const isFollowed = pieces[last + 1] !== undefined;
  for (let index = last; isFollowed && index > from && yOf(index) > bottom + 1; index -= 1) {
    const isOutside = yOf(index) - yOf(index - 1) > widest || isLarge(index);
    if (!isBoth(index) && isOutside && !holdsText(pieces.slice(index, last + 1))) to = index - 1;
  }
  return { first: from, last: to, x };
}

export const widthOf = (column: readonly Row[]): number =>
  Math.max(...column.map(({ x1 }) => x1)) - Math.min(...column.map(({ x0 }) => x0));

function widestGap(side: readonly Row[], top: number, bottom: number): number {
  const lines = side
    .map(({ y }) => y)
    .filter((y) => y >= top - 1 && y <= bottom + 1)
    .sort((a, b) => a - b);
  return Math.max(0, ...lines.map((y, index) => y - (lines[index - 1] ?? y)));
}

/** Middles of the white bands that run down through all rows of a stretch, with enough rows on both sides. */
function guttersOf(pieces: readonly Row[][], bodySize: number): number[] {
  const spans = pieces.flat().sort((a, b) => a.x0 - b.x0);
  const bands: number[] = [];
  let end = spans[0]?.x1 ?? 0;
  for (const { x0, x1 } of spans) {
    const lines = scoreOf(pieces, (end + x0) / 2);
    if (GUTTERS.some(({ rows, white }) => lines >= rows && x0 - end >= white * bodySize)) bands.push((end + x0) / 2);
    end = Math.max(end, x1);
  }
  return bands;
}

/** Rows that all break at x, and are many or break hardly anywhere else: no chance, but columns of which nothing more is known. */
function isTight(pieces: readonly Row[][], x: number): boolean {
  const count = pieces.reduce((sum, row) => sum + row.length, 0);
  const both = pieces.filter((row) => leftOf([row], x).length > 0 && rightOf([row], x).length > 0);
  return both.length >= MANY_ROWS || (both.length >= TIGHT_ROWS && count <= pieces.length * MAX_PIECES);
}

const MARK = /^(?:[•·▪◦*–-]|\d{1,2}[.)]|[a-z][.)]|[QAPR][.:]?)$/;
/** How far around a piece the page is looked at, in ems. */
const AROUND = 10;

/** Whether anything stands to the right of all lines around it: a column that is no column for want of rows, a caption, labels. */
export function standsBeside(rows: readonly Row[], bodySize: number): boolean {
  const pieces = rows.map(piecesOf);
  return pieces.some((row) =>
    row.some(({ x0, y }) => {
      const around = pieces.filter((other) => other[0] !== undefined && Math.abs(other[0].y - y) < AROUND * bodySize);
      if (around.some((other) => crosses(other, x0 - 1))) return false;
      const left = leftOf(around, x0 - 1);
      const words = left.filter(({ fragments }) => !MARK.test(fragments.map(({ text }) => text).join('')));
      return words.length >= MIN_ROWS && runsOn(words);
    }),
  );
}
