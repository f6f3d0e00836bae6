import { setImmediate } from 'node:timers/promises';
import type { getDocumentProxy } from 'unpdf';

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;
type Proxy = Awaited<ReturnType<Pdf['getPage']>>;
type TextPiece = Extract<Awaited<ReturnType<Proxy['getTextContent']>>['items'][number], { str: string }>;

/** A run of letters in one font as it stands on the page, in points: x to the right, y down to its base line. */
export interface Fragment {
  text: string;
  x0: number;
  x1: number;
  y: number;
  size: number;
  bold: boolean;
  italic: boolean;
  /** White space stands before it in the page’s own text. */
  isSpaced: boolean;
}

export interface PdfPage {
  number: number;
  height: number;
  fragments: Fragment[];
  /** Words that do not stand upright. */
  turned: string[];
  /** Every letter that the page draws is in what was read of it. */
  isWhole: boolean;
}

export interface Weight {
  bold: boolean;
  italic: boolean;
}

/** How upright: the share of a letter’s height that leans sideways. */
const MAX_TURN = 0.1;
const BOLD = /bold|black|heavy|demi|semibd|CMBX|SFBX|Nimbus\w*-?\w*Medi|-Medi$/i;
const ITALIC = /ital|obliq|slanted|kursiv|CMTI|CMSL|SFTI|SFSL/i;

/** What stands on one page; `weights` (by the document’s names of its fonts) grows with every page. */
export async function readPage(pdf: Pdf, number: number, weights: Map<string, Weight>): Promise<PdfPage> {
  const proxy = await pdf.getPage(number);
  const { items, styles } = await proxy.getTextContent({ disableNormalization: true });
  const pieces = items.filter((item) => 'str' in item);
  const drawn = await proxy.getOperatorList();
  await setImmediate();
  learnFonts(proxy, pieces, weights);
  const { height, transform } = proxy.getViewport({ scale: 1 });
  const isWhole = lettersIn(pieces.map(({ str }) => str)) === (await lettersDrawn(drawn));
  const page: PdfPage = { number, height, fragments: [], turned: [], isWhole };
  let isSpaced = false;
  for (const piece of pieces) {
    if (piece.str.trim() === '') {
      isSpaced ||= piece.str !== '';
      continue;
    }
    const fragment = fragmentOf(piece, transform, weights.get(piece.fontName));
    if (fragment === undefined || styles[piece.fontName]?.vertical === true) page.turned.push(piece.str.trim());
    else addFragment(page.fragments, { ...fragment, isSpaced: isSpaced || /^\s/.test(piece.str) });
    isSpaced = /\s$/.test(piece.str);
  }
  proxy.cleanup();
  return page;
}

/** Weight and slant stand in the names of fonts only, which are known once the drawing operations are. */
function learnFonts({ commonObjs }: Proxy, pieces: readonly TextPiece[], weights: Map<string, Weight>): void {
  for (const { fontName: id } of pieces) {
    if (weights.has(id)) continue;
    const font: unknown = commonObjs.has(id) ? commonObjs.get(id) : undefined;
    const name = typeof font === 'object' && font !== null && 'name' in font ? String(font.name) : '';
    weights.set(id, { bold: BOLD.test(name), italic: ITALIC.test(name) });
  }
}

/** PDF.js leaves out of a page's text, in silence, what stands outside the page, as letters of a wrong width soon do. */
async function lettersDrawn({ fnArray, argsArray }: Awaited<ReturnType<Proxy['getOperatorList']>>): Promise<number> {
  const { OPS } = await (await import('unpdf')).getResolvedPDFJS();
  const glyphs: unknown[] = fnArray.flatMap((operation, index) => (operation === OPS.showText ? argsArray[index]?.[0] : []));
  return lettersIn(glyphs.map((glyph) => (hasUnicode(glyph) ? glyph.unicode : '')));
}

const hasUnicode = (glyph: unknown): glyph is { unicode: string } =>
  typeof glyph === 'object' && glyph !== null && 'unicode' in glyph && typeof glyph.unicode === 'string';

const lettersIn = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + text.replace(/\s/gu, '').length, 0);

function fragmentOf(
  piece: TextPiece,
  view: readonly number[],
  weight: Weight = { bold: false, italic: false },
): Omit<Fragment, 'isSpaced'> | undefined {
  const [a, b, , d, x, y] = product(view, piece.transform.map(Number));
  const size = Math.abs(d);
  if (!(size > 0.5) || !(size < 400) || a <= 0 || Math.abs(b) > MAX_TURN * a) return undefined;
  return { text: piece.str.trim().replace(/[\t\n\r\f]/g, ' '), x0: x, x1: x + piece.width, y, size, ...weight };
}

type Matrix = [a: number, b: number, c: number, d: number, e: number, f: number];

function product(first: readonly number[], second: readonly number[]): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = first;
  const [p = 1, q = 0, r = 0, s = 1, t = 0, u = 0] = second;
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}

/** Letters printed twice, a hair apart, are one bold run: some programs have no other bold. */
function addFragment(fragments: Fragment[], fragment: Fragment): void {
  const twin = fragments
    .slice(-8)
    .find(
      (one) =>
        one.text === fragment.text &&
        Math.abs(one.x0 - fragment.x0) < fragment.size * 0.15 &&
        Math.abs(one.y - fragment.y) < fragment.size * 0.15,
    );
  if (twin) twin.bold = true;
  else fragments.push(fragment);
}
