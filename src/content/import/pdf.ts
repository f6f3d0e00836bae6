import { interleavedColumns } from './columns.ts';
import type { Doubt, SourceDocument } from './model.ts';
import { gutters, type Zone, zonesOf } from './pdf-columns.ts';
import { PROTECTED, pdfClosed, pdfDamage } from './pdf-damage.ts';
import { type PageFurniture, pdfDocument } from './pdf-document.ts';
import { bodySizeOf, type Line, linesOf } from './pdf-lines.ts';
import { type PdfPage, readPage, type Weight } from './pdf-page.ts';
import { paragraphsOf } from './pdf-paragraphs.ts';
import { pageEdges, type Row, rowsOf, rowText } from './pdf-rows.ts';

export type PdfRead = { outcome: 'read'; document: SourceDocument } | { outcome: 'refused'; reason: string };

const MAX_PAGES = 200;
const MAX_CHARS = 2_000_000;
const MAX_PAGE_FRAGMENTS = 10_000;
const MIN_LETTERS = 20;
const COPY_TEXT = 'copy the text of the Q&A into a file and import that';
const ENDS = /[.?!…:][”"»’)\]]*$/;
const DAMAGED = 'The PDF is damaged and cannot be read: download or export it again.';

/** The text of a PDF in reading order, with its headings, bold and page furniture; nothing but the bytes is looked at. */
export async function readPdf(bytes: Uint8Array): Promise<PdfRead> {
  const closed = pdfClosed(bytes);
  if (closed !== undefined) return refused(closed);
  fillInNode20();
  const { getDocumentProxy } = await import('unpdf');
  let pdf: Awaited<ReturnType<typeof getDocumentProxy>> | undefined;
  try {
    pdf = await getDocumentProxy(new Uint8Array(bytes), OPTIONS);
    if (pdf.numPages > MAX_PAGES) {
      const pages = `The PDF has ${pdf.numPages.toLocaleString('en')} pages, and up to ${MAX_PAGES} are read`;
      return refused(`${pages}: export the pages of the Q&A and import those.`);
    }
    const damage = pdfDamage(bytes);
    if (damage !== undefined) return refused(damage);
    const pages = await readPages(pdf);
    return typeof pages === 'string' ? refused(pages) : laidOut(pages);
  } catch (error) {
    return refused(error instanceof Error && error.name === 'PasswordException' ? PROTECTED : DAMAGED);
  } finally {
    await pdf?.destroy();
  }
}

/** No evaluated code, no fonts, maps or colours from elsewhere, no pictures, no forms. */
const OPTIONS = {
  isEvalSupported: false,
  useSystemFonts: false,
  disableFontFace: true,
  useWorkerFetch: false,
  useWasm: false,
  isOffscreenCanvasSupported: false,
  isImageDecoderSupported: false,
  enableXfa: false,
  stopAtErrors: true,
  maxImageSize: 1,
  verbosity: 0,
};

const refused = (reason: string): PdfRead => ({ outcome: 'refused', reason });

/** PDF.js hands over fonts with a method that Node has from version 21 on. */
function fillInNode20(): void {
  if ('transferToFixedLength' in ArrayBuffer.prototype) return;
  Object.defineProperty(ArrayBuffer.prototype, 'transferToFixedLength', {
    configurable: true,
    value(this: ArrayBuffer, length = this.byteLength): ArrayBuffer {
      const copy = new ArrayBuffer(length);
      new Uint8Array(copy).set(new Uint8Array(this, 0, Math.min(length, this.byteLength)));
      return copy;
    },
  });
}

/** All pages, or why they are not read. */
async function readPages(pdf: Parameters<typeof readPage>[0]): Promise<PdfPage[] | string> {
  const weights = new Map<string, Weight>();
  const pages: PdfPage[] = [];
  let chars = 0;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await readPage(pdf, number, weights);
    chars += page.fragments.reduce((sum, { text }) => sum + text.length, 0);
    if (chars > MAX_CHARS) return `The text is longer than ${MAX_CHARS.toLocaleString('en')} characters.`;
    if (page.fragments.length > MAX_PAGE_FRAGMENTS) return `Page ${number} of the PDF holds too many pieces of text to be read.`;
    if (!page.isWhole)
      return `Letters of page ${number} of the PDF stand outside the page and would be lost: print it to a new PDF and import that.`;
    pages.push(page);
  }
  const letters = pages
    .flatMap(({ fragments }) => fragments)
    .reduce((sum, { text }) => sum + (text.match(/\p{L}/gu)?.length ?? 0), 0);
  const held = pages.map(({ fragments }) => fragments.length > 0);
  const gap = held.findIndex((isHeld, index) => !isHeld && held.indexOf(true) < index && index < held.lastIndexOf(true));
  if (gap >= 0)
    return `Page ${gap + 1} of the PDF holds no text: run text recognition (OCR) on it first, or import the pages before it.`;
  return letters < MIN_LETTERS ? 'The PDF holds no text, only pictures: run text recognition (OCR) on it first.' : pages;
}

const UNORDERED = 'Words stand beside each other in no clear columns';

function laidOut(pages: readonly PdfPage[]): PdfRead {
  const rows = pages.map(rowsOf);
  const bodySize = bodySizeOf(rows.flat());
  const { furniture: edges, doubtful } = pageEdges(rows, bodySize);
  const inner = rows.map((page) => page.filter((row) => !edges.has(row) && !doubtful.has(row)));
  const known = gutters(inner.map((page) => zonesOf(page, { bodySize, known: [] })));
  const lines: Line[] = [];
  let isParted = false;
  for (const [index, page] of inner.entries()) {
    const text = zonesOf(page, { bodySize, known });
    if (text.some(({ kind }) => kind === 'lost')) return refused(`${UNORDERED} on page ${index + 1}: ${COPY_TEXT}.`);
    const order = orderAcross(text, bodySize);
    if (order === 'lost') return refused(`The columns of page ${index + 1} do not follow one another: ${COPY_TEXT}.`);
    isParted ||= order === 'unsure';
    const top = page[0]?.y ?? 0;
    const aside = (rows[index] ?? []).filter((row) => doubtful.has(row));
    const zones = [...alone(aside.filter(({ y }) => y <= top)), ...text, ...alone(aside.filter(({ y }) => y > top))];
    lines.push(...linesOf(zones, bodySize));
  }
  const interleaved = interleavedColumns(lines.map(({ text }) => text).join('\n'));
  if (interleaved !== undefined) return refused(interleaved);
  const furniture = rows
    .flat()
    .flatMap((row): PageFurniture[] => (edges.has(row) ? [{ page: row.page, text: rowText(row) }] : []));
  const document = pdfDocument(paragraphsOf(lines, bodySize), furniture);
  const turned = pages.flatMap((page) => page.turned).join(' ');
  const notes: Doubt[] = [
    ...(isParted ? [about('Text across the page parts its columns: the order of the words is not certain.', 'review')] : []),
    ...(turned.length > 3 ? [about(`Words that do not stand upright were left out: “${turned.slice(0, 80)}”.`, 'note')] : []),
  ];
  return { outcome: 'read', document: { ...document, doubts: [...document.doubts, ...notes] } };
}

/** What seems to run across the page, but follows the first column as its own lines do and never reaches into the second. */
function staysInside({ rows }: Zone, before: readonly Zone[]): boolean {
  const first = before.findLast((zone, index) => zone.isColumn && before[index - 1]?.isColumn !== true);
  const [last, next] = [first?.rows.at(-1), rows[0]];
  if (first === undefined || last === undefined || next === undefined) return false;
  const second = before[before.indexOf(first) + 1];
  const edge = Math.min(...(second?.rows ?? []).map(({ x0 }) => x0));
  return next.y - last.y < 1.65 * next.size && rows.every(({ x1 }) => x1 < edge);
}

/** Rows that are neither text nor furniture for certain. */
const alone = (rows: Row[]): Zone[] => rows.map((row) => ({ kind: 'table', rows: [row], isColumn: false }));

const about = (message: string, weight: Doubt['weight']): Doubt => ({ message, weight, start: 0, end: 0 });

/** Columns, then text across, then columns again: sections one below the other, or one text around something that floats in it. */
function orderAcross(zones: readonly Zone[], bodySize: number): 'clear' | 'unsure' | 'lost' {
  let order: 'clear' | 'unsure' = 'clear';
  zones.forEach((zone, index) => {
    const isBetween = !zone.isColumn && zones.slice(index + 1).some((one) => one.isColumn) && zones[index - 1]?.isColumn === true;
    if (isBetween && !zone.rows.every(({ size }) => size > 1.12 * bodySize)) order = 'unsure';
  });
  const isOutOfOrder = zones.some((zone, index) => {
    const [last, next] = [zone.rows.at(-1), zones[index + 1]];
    if (!zone.isColumn || next?.isColumn !== true || last === undefined) return false;
    return ENDS.test(rowText(last)) && /^\p{Ll}/u.test(rowText(next.rows[0] ?? last));
  });
  const isCut = zones.some((zone, index) => {
    const [last, next] = [zone.rows.at(-1), zones[index + 1]];
    const isLastColumn =
      zone.isColumn && next !== undefined && !next.isColumn && zones.slice(index + 2).some((one) => one.isColumn);
    return isLastColumn && last !== undefined && !ENDS.test(rowText(last));
  });
  const isSplit = zones.some((zone, index) => {
    const before = zones[index - 1];
    return before?.isColumn === true && !zone.isColumn && staysInside(zone, zones.slice(0, index));
  });
  return isCut || isOutOfOrder || isSplit ? 'lost' : order;
}
