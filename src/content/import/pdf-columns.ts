import { type Row, rowOf, rowText } from './pdf-rows.ts';
import { type Gutter, type PageLook, piecesOf, type Stretch, standsBeside, stretchesOf, widthOf } from './pdf-stretches.ts';
import { readName } from './person-name.ts';

/** A part of a page whose rows are read from the top; columns are zones one after another. */
export interface Zone {
  /**
   * `table`: rows whose cells cannot be told from columns; `aside`: a narrow column without names beside the text; `lost`: words stand
   * beside each other, and in which order they are read is not known.
   */
  kind: 'text' | 'table' | 'aside' | 'lost';
  rows: Row[];
  /** Whether it stands beside another. */
  isColumn: boolean;
}

const MIN_WIDTH_RATIO = 0.6;
const MIN_CHARS = 16;
const HEADING = 1.12;
/** Rows of a column that show for certain that it is one. */
const SURE_ROWS = 6;

/** The rows of a page in reading order: what stands across the page by itself, columns one after the other. */
export function zonesOf(rows: readonly Row[], look: PageLook): Zone[] {
  const pieces = rows.map(piecesOf);
  const zones: Zone[] = [];
  let at = 0;
  for (const stretch of stretchesOf(pieces, look)) {
    const { first, last } = stretch;
    if (first > at) zones.push(...acrossZones(rows.slice(at, first), look.bodySize));
    zones.push(...columnsOf(pieces.slice(first, last + 1), stretch, rows.slice(first, last + 1)));
    at = last + 1;
  }
  if (at < rows.length) zones.push(...acrossZones(rows.slice(at), look.bodySize));
  return zones.map((zone) => (zone.isColumn && standsBeside(zone.rows, look.bodySize) ? { ...zone, kind: 'lost' } : zone));
}

/** The white between columns that pages show for certain; they help with pages that have a line or two of a column. */
export function gutters(pages: readonly (readonly Zone[])[]): Gutter[] {
  const found: Gutter[] = [];
  for (const zones of pages) {
    zones.forEach((zone, index) => {
      const before = zones[index - 1];
      if (
        before === undefined ||
        ![before, zone].every(({ isColumn, kind, rows }) => isColumn && kind === 'text' && rows.length >= SURE_ROWS)
      )
        return;
      const left = Math.min(...zone.rows.map(({ x0 }) => x0));
      const x = (Math.max(...before.rows.map(({ x1 }) => x1)) + left) / 2;
      if (left > x && !found.some((one) => Math.abs(one.x - x) < 4)) found.push({ x, left });
    });
  }
  return found;
}

/** Where words stand side by side and are no columns, up to so many rows are a head, a foot or a small table. */
const MAX_BESIDE = 2;
const LONG_ROW = 70;

/** Rows that run across the page; rows of cells are set apart, but for a head or foot with a name on the left and a date on the right. */
function acrossZones(rows: Row[], bodySize: number): Zone[] {
  const beside = new Set(
    rows.filter((row, index) => hasWideGap(row) || isStaggered(row, rows[index - 1]) || isStaggered(row, rows[index + 1])),
  );
  if (standsBeside(rows, bodySize)) return [{ kind: isMostly(beside, rows) ? 'table' : 'lost', rows, isColumn: false }];
  if (beside.size > Math.max(MAX_BESIDE, rows.length * 0.25))
    return [{ kind: isProse(rows) ? 'lost' : 'table', rows, isColumn: false }];
  const zones: Zone[] = [];
  rows.forEach((row, index) => {
    const isCells = beside.has(row) && !isHead(row, [rows[index - 1], rows[index + 1]], { beside, bodySize });
    const kind = isCells ? 'table' : 'text';
    const open = zones.at(-1);
    if (open?.kind === kind) open.rows.push(row);
    else zones.push({ kind, rows: [row], isColumn: false });
  });
  return zones;
}

/** Many long rows with gaps in them are columns read across, not cells. */
const isProse = (rows: readonly Row[]): boolean =>
  rows.length >= SURE_ROWS && middle(rows.map((row) => rowText(row).length)) >= LONG_ROW;

const isMostly = (some: ReadonlySet<Row>, rows: readonly Row[]): boolean => some.size > rows.length * 0.6;

/** Apart from the lines above and below, or in other type. */
function isHead(
  row: Row,
  neighbours: readonly (Row | undefined)[],
  { beside, bodySize }: { beside: ReadonlySet<Row>; bodySize: number },
): boolean {
  if (hasWideGap(row) && row.fragments.every(({ size }) => size > HEADING * bodySize)) return false;
  return neighbours.every(
    (other) =>
      other === undefined ||
      beside.has(other) ||
      Math.abs(other.y - row.y) > 1.6 * Math.max(other.size, row.size) ||
      Math.abs(other.size - row.size) > 0.08 * row.size,
  );
}

/** What may stand before a wide gap in a line: the mark of a list, the letter of a label. */
const LABEL = /^(?:[•·▪◦*–-]|\d{1,2}[.)]|[QAPR][.:]?)$/;

const hasWideGap = (row: Row): boolean => {
  const cells = rowText(row).split('    ');
  return cells.length > 2 || (cells.length === 2 && !LABEL.test(cells[0] ?? ''));
};

/** Beside another row and not below it: base lines closer than any line spacing, and no common width. */
const isStaggered = (row: Row, other: Row | undefined): boolean =>
  other !== undefined &&
  Math.abs(row.y - other.y) < 0.85 * Math.min(row.size, other.size) &&
  (row.x1 <= other.x0 || other.x1 <= row.x0);

/** A list’s marks stand in a column of their own. */
const BULLET = /^(?:[•·▪◦*–-]|\d{1,2}[.)]|[a-z][.)])$/;

function columnsOf(pieces: readonly Row[][], { gutters: at, isKnown, x: tight }: Stretch, rows: Row[]): Zone[] {
  if (at.length === 0) {
    const isText = [
      pieces.flat().filter(({ x1 }) => x1 <= tight + 0.5),
      pieces.flat().filter(({ x0 }) => x0 >= tight - 0.5),
    ].every((side) => middle(linesOfText(side)) >= MIN_CHARS);
    return [{ kind: isText ? 'lost' : 'table', rows, isColumn: false }];
  }
  const edges = [Number.NEGATIVE_INFINITY, ...at.toSorted((a, b) => a - b), Number.POSITIVE_INFINITY];
  const columns = edges
    .slice(1)
    .map((right, index) => {
      const left = edges[index] ?? Number.NEGATIVE_INFINITY;
      const isInside = ({ x0, x1 }: Row) => (x0 + x1) / 2 > left && (x0 + x1) / 2 <= right;
      const held = pieces.map((row) => row.filter(isInside)).filter((row) => row.length > 0);
      return held.map((row) =>
        rowOf(
          row[0]?.page ?? 0,
          row.flatMap(({ fragments }) => fragments),
        ),
      );
    })
    .filter((column) => column.length > 0);
  const asText = (): Zone[] => columns.map((column) => ({ kind: 'text', rows: column, isColumn: true }));
  if (isKnown) return asText();
  const widths = columns.map(widthOf);
  const flowing = columns.map(isFlowing);
  if (flowing.every(Boolean) && Math.min(...widths) >= MIN_WIDTH_RATIO * Math.max(...widths)) return asText();
  const wide = widths.indexOf(Math.max(...widths));
  const narrow = columns.filter((_column, index) => index !== wide);
  if (narrow.every((column) => column.every((row) => BULLET.test(rowText(row)))))
    return [{ kind: 'text', rows, isColumn: false }];
  const isAside = columns.length === 2 && flowing.every(Boolean) && narrow.every((column) => !namesSomebody(column));
  const isText = columns.filter((column) => middle(linesOfText(column)) >= MIN_CHARS).length > 1;
  if (!isAside) return [{ kind: isText ? 'lost' : 'table', rows, isColumn: false }];
  return columns.map((column, index) => ({ kind: index === wide ? 'text' : 'aside', rows: column, isColumn: true }));
}

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Letters on each base line. */
function linesOfText(side: readonly Row[]): number[] {
  const lines = new Map<number, number>();
  for (const row of side) lines.set(Math.round(row.y), (lines.get(Math.round(row.y)) ?? 0) + rowText(row).length);
  return [...lines.values()];
}

/** Running text: most lines fill the column, and no wide gaps part them. */
function isFlowing(column: readonly Row[]): boolean {
  const steps = column.slice(1).map(({ y }, index) => y - (column[index]?.y ?? y));
  const leading = middle(steps);
  const height = (column.at(-1)?.y ?? 0) - (column[0]?.y ?? 0) + leading;
  return (
    middle(column.map(({ x0, x1 }) => x1 - x0)) >= 0.6 * widthOf(column) &&
    middle(column.map((row) => rowText(row).length)) >= MIN_CHARS &&
    column.length * leading >= 0.6 * height
  );
}

const namesSomebody = (column: readonly Row[]): boolean => column.some((row) => readName(rowText(row), 0) !== undefined);
