import { isDateline } from './dates.ts';
import type { Fragment, PdfPage } from './pdf-page.ts';
import { readName } from './person-name.ts';
import { ANSWER_LABEL, ANSWER_LETTER, PAGE_FURNITURE, QUESTION_LABEL, QUESTION_LETTER } from './phrases.ts';

/** Fragments on one base line, or a part of them that belongs together. */
export interface Row {
  page: number;
  fragments: Fragment[];
  x0: number;
  x1: number;
  y: number;
  size: number;
}

/** How far base lines of one row may be from each other, in ems. */
const SAME_LINE = 0.25;
/** Letters of very different size (a large initial) are no row. */
const MAX_RATIO = 1.9;
/** Raised numbers and signs: smaller, higher, and close to a word. */
const RAISED = { size: 0.8, height: 0.65, gap: 0.4 };
/** How many of the last rows a fragment may still belong to. */
const OPEN_ROWS = 6;

interface OpenRow {
  fragments: Fragment[];
  y: number;
  size: number;
}

/** The rows of a page, from the top. */
export function rowsOf({ number, fragments }: PdfPage): Row[] {
  const rows: OpenRow[] = [];
  const raised: Fragment[] = [];
  for (const fragment of fragments.toSorted((a, b) => a.y - b.y || b.size - a.size || a.x0 - b.x0)) {
    if (/^[\d*†‡]{1,3}$/.test(fragment.text)) {
      raised.push(fragment);
      continue;
    }
    addTo(rows, fragment);
  }
  for (const fragment of raised) {
    const word = rows.find((row) => isRaised(row, fragment));
    if (word) word.fragments.push(fragment);
    else addTo(rows, fragment);
  }
  return rows.map((row) => rowOf(number, row.fragments)).sort((a, b) => a.y - b.y || a.x0 - b.x0);
}

function addTo(rows: OpenRow[], fragment: Fragment): void {
  const { y, size } = fragment;
  const row = rows.slice(-OPEN_ROWS).findLast((one) => {
    const ratio = Math.max(one.size, size) / Math.min(one.size, size);
    return ratio <= MAX_RATIO && Math.abs(one.y - y) <= SAME_LINE * Math.min(one.size, size);
  });
  if (row) row.fragments.push(fragment);
  else rows.push({ fragments: [fragment], y, size });
}

const isRaised = (row: OpenRow, { x0, y, size }: Fragment): boolean =>
  size < RAISED.size * row.size &&
  row.y - y > 0 &&
  row.y - y < RAISED.height * row.size &&
  row.fragments.some((one) => Math.abs(x0 - one.x1) < RAISED.gap * row.size);

export function rowOf(page: number, fragments: readonly Fragment[]): Row {
  const sorted = fragments.toSorted((a, b) => a.x0 - b.x0);
  const largest = sorted.reduce((one, other) => (other.size > one.size ? other : one));
  return {
    page,
    fragments: sorted,
    x0: Math.min(...sorted.map((one) => one.x0)),
    x1: Math.max(...sorted.map((one) => one.x1)),
    y: largest.y,
    size: largest.size,
  };
}

/** Widths of gaps in ems: between words of a line at most, and from where on nothing but columns explains it. */
const WORD_GAP = 0.6;
const WIDE_GAP = 2;

/** The words of a row, each with the white before it; wide gaps stay wide, so that columns read across are told by them. */
export function spacedWords(row: Row): { space: string; fragment: Fragment }[] {
  const isFilled = isStretched(row);
  return row.fragments.map((fragment, index) => {
    const before = row.fragments[index - 1];
    const gap = before === undefined ? 0 : fragment.x0 - before.x1;
    if (before === undefined) return { space: '', fragment };
    if (gap > WIDE_GAP * fragment.size && !isFilled) return { space: '    ', fragment };
    return { space: fragment.isSpaced || gap > 0.15 * fragment.size ? ' ' : '', fragment };
  });
}

export const rowText = (row: Row): string =>
  spacedWords(row)
    .map(({ space, fragment }) => space + fragment.text)
    .join('');

/** Words pushed apart to fill the line: several gaps, all about as wide. */
function isStretched({ fragments, size }: Row): boolean {
  const gaps = fragments.slice(1).map(({ x0 }, index) => x0 - (fragments[index]?.x1 ?? x0));
  const wide = gaps.filter((gap) => gap > WORD_GAP * size);
  return wide.length >= 2 && wide.length === gaps.length && Math.max(...wide) < 1.6 * Math.min(...wide);
}

/** Rows of these numbers from the top and the bottom of a page may be running heads and feet. */
const EDGE = 2;
const MAX_FURNITURE = 120;
const SMALL = 0.92;
/** On so many pages the same line at the same place is no text, whatever it says. */
const MANY_PAGES = 3;
/** What programs print in small type at the edge of a page: numbers, hours, addresses. */
const PRINTED = /\d|:\/\/|^about:/;

export interface PageEdges {
  furniture: ReadonlySet<Row>;
  /** Alike on two pages, but perhaps a name or a question: neither text nor furniture for certain. */
  doubtful: ReadonlySet<Row>;
}

/**
 * Running heads, feet and page numbers: at the edge of the page, apart from its text, and alike on several pages, but a number, or in
 * small type.
 */
export function pageEdges(pages: readonly (readonly Row[])[], bodySize: number): PageEdges {
  const places = new Map<string, Row[]>();
  const outer = pages.map((rows) => [...new Set([...rows.slice(0, EDGE), ...rows.slice(-EDGE)])]);
  for (const row of outer.flat()) places.set(likeness(row), [...(places.get(likeness(row)) ?? []), row]);
  const repeats = (row: Row): number =>
    new Set(
      places
        .get(likeness(row))
        ?.filter((one) => Math.abs(one.y - row.y) < 4)
        .map(({ page }) => page),
    ).size;
  const found = { furniture: new Set<Row>(), doubtful: new Set<Row>() };
  pages.forEach((rows, index) => {
    const isCandidate = (row: Row) => {
      const text = rowText(row);
      const isOutermost = row === rows[0] || row === rows.at(-1);
      const isPrinted = row.size < SMALL * bodySize && PRINTED.test(text) && !isDateline(text) && !/[.!]$/.test(text);
      const isAlone = isOutermost && (PAGE_FURNITURE.test(text) || isPrinted) && !saysMore(text);
      return text.length <= MAX_FURNITURE && (repeats(row) > 1 || isAlone);
    };
    const candidates = new Set((outer[index] ?? []).filter(isCandidate));
    for (const row of candidates) {
      if (!isApart(row, rows, candidates)) continue;
      const isOther = Math.abs(row.size - bodySize) > 0.08 * bodySize && row.size < 1.12 * bodySize;
      const isText = saysMore(rowText(row)) && repeats(row) < MANY_PAGES && !isOther;
      (isText ? found.doubtful : found.furniture).add(row);
    }
  });
  return found;
}

const likeness = (row: Row): string => rowText(row).replace(/\d+/g, '#').replace(/\s+/g, ' ');

const saysMore = (text: string): boolean =>
  readName(text, 0) !== undefined ||
  [QUESTION_LABEL, QUESTION_LETTER, ANSWER_LABEL, ANSWER_LETTER].some((label) => label.test(text)) ||
  /[?“”«»"]/.test(text);

/** Further from the text beside it than lines of a paragraph are from each other, or in other type. */
function isApart(row: Row, rows: readonly Row[], candidates: ReadonlySet<Row>): boolean {
  const index = rows.indexOf(row);
  const inner = index < rows.length / 2 ? rows.slice(index + 1) : rows.slice(0, index).reverse();
  const next = inner.find((one) => !candidates.has(one));
  if (next === undefined) return true;
  return Math.abs(next.y - row.y) > 1.7 * Math.max(next.size, row.size) || Math.abs(next.size - row.size) > 0.08 * next.size;
}
