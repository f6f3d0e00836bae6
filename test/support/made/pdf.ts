import { deflateSync } from 'node:zlib';
import type { DescribedBlock } from './described.ts';
import { type LaidPage, type Layout, laidOut } from './pdf-layout.ts';
import { byteOf, FONTS, WIDTHS } from './pdf-letters.ts';

export type { Layout } from './pdf-layout.ts';

/** A PDF of the blocks: one object a page, its text in four fonts. */
export function pdfOf(blocks: readonly DescribedBlock[], layout: Layout = {}): Buffer {
  return pdfOfPages(laidOut(blocks, layout), layout);
}

/** A PDF of pages that are laid out already; `raw`: objects to be added as they are. */
export function pdfOfPages(
  pages: readonly LaidPage[],
  { packed = true }: Layout = {},
  raw: readonly (string | Buffer)[] = [],
): Buffer {
  const objects: Buffer[] = [];
  const add = (text: string | Buffer): number => objects.push(Buffer.from(text as string, 'latin1'));
  add('<</Type/Catalog/Pages 2 0 R>>');
  const kids = pages.map((_page, index) => `${3 + FONTS.length * 2 + index * 2} 0 R`);
  add(`<</Type/Pages/Count ${pages.length}/Kids[${kids.join(' ')}]>>`);
  FONTS.forEach(({ name, italic, bold }, index) => {
    const descriptor = 4 + index * 2;
    add(
      `<</Type/Font/Subtype/Type1/BaseFont/${name}/FirstChar 1/LastChar 255/Widths[${WIDTHS.slice(1).join(' ')}]/FontDescriptor ${descriptor} 0 R/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[1/fi/fl/ffi]>>>>`,
    );
    add(
      `<</Type/FontDescriptor/FontName/${name}/Flags ${32 + (italic ? 64 : 0)}/FontBBox[-170 -230 1000 940]/ItalicAngle ${italic ? -12 : 0}/Ascent 720/Descent -210/CapHeight 720/StemV ${bold ? 140 : 88}>>`,
    );
  });
  const fonts = FONTS.map((_font, index) => `/F${index} ${3 + index * 2} 0 R`).join('');
  for (const { width, height, pieces } of pages) {
    const content = Buffer.from(
      pieces
        .map(({ text, x, y, size, font, wordSpace }) => {
          const bytes = [...text].map((letter) => byteOf(letter)).map((byte) => byte.toString(16).padStart(2, '0'));
          return `BT /F${font} ${size} Tf ${wordSpace.toFixed(3)} Tw 1 0 0 1 ${x.toFixed(2)} ${(height - y).toFixed(2)} Tm <${bytes.join('')}> Tj ET`;
        })
        .join('\n'),
    );
    add(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${width} ${height}]/Resources<</Font<<${fonts}>>>>/Contents ${objects.length + 2} 0 R>>`,
    );
    const held = packed ? deflateSync(content) : content;
    add(
      Buffer.concat([
        Buffer.from(`<</Length ${held.length}${packed ? '/Filter/FlateDecode' : ''}>>\nstream\n`),
        held,
        Buffer.from('\nendstream'),
      ]),
    );
  }
  for (const object of raw) add(object);
  return assembled(objects);
}

/** A PDF of objects as they are, the first of which is its catalog. */
export function pdfOfObjects(objects: readonly (string | Buffer)[]): Buffer {
  return assembled(objects.map((object) => Buffer.from(object as string, 'latin1')));
}

function assembled(objects: readonly Buffer[]): Buffer {
  const pieces: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets: number[] = [];
  let at = pieces[0]!.length;
  objects.forEach((object, index) => {
    offsets.push(at);
    const whole = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    pieces.push(whole);
    at += whole.length;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  pieces.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(pieces);
}
