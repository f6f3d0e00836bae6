import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterEach, expect, test, vi } from 'vitest';
import { importDocument } from '../../src/content/import/import-document.ts';
import type { Draft } from '../../src/content/import/model.ts';
import { readBytes } from '../../src/content/import/read-bytes.ts';
import { docxOf } from '../support/made/docx.ts';
import { pdfOfObjects, pdfOfPages } from '../support/made/pdf.ts';
import { zipOf } from '../support/made/zip.ts';

const fileOf = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures/import', name));
const reasonOf = (draft: Draft) => {
  expect(draft.outcome).toBe('refused');
  expect(draft.reasons).toHaveLength(1);
  return draft.reasons[0];
};
const words = 'Question: Will it rain on the island? Jane Doe, director at Acme: It will rain.';
const lines = words.split(/(?<=\?) /);
const page = {
  width: 595,
  height: 842,
  pieces: lines.map((text, n) => ({ text, x: 56, y: 80 + 30 * n, size: 10, font: 0, wordSpace: 0 })),
};
const empty = { ...page, pieces: [] };

test('a PDF of ten thousand pages is refused by its number of pages', async () => {
  const draft = await readBytes(pdfOfPages(Array.from({ length: 10_000 }, () => page)));
  expect(reasonOf(draft)).toBe('The PDF has 10,000 pages, and up to 200 are read: export the pages of the Q&A and import those.');
});

test('a PDF of pictures is refused, and so is one with a picture between its pages of text', async () => {
  expect(reasonOf(await readBytes(pdfOfPages([empty, empty])))).toContain('holds no text, only pictures');
  expect(reasonOf(await readBytes(pdfOfPages([page, empty, page])))).toContain('Page 2 of the PDF holds no text');
});

test('a PDF that is cut off anywhere is refused', async () => {
  const bytes = fileOf('office-en.pdf');
  for (const share of [0.1, 0.5, 0.9, 0.99]) {
    const draft = await readBytes(bytes.subarray(0, Math.floor(bytes.length * share)));
    expect(reasonOf(draft)).toContain('The PDF is cut off');
  }
});

test('a PDF of which one byte of any packed part is damaged is refused: a line that is lost in silence would leave its words to another', async () => {
  const sound = fileOf('typeset-columns-en.pdf');
  for (let at = sound.indexOf('stream\n'); at >= 0; at = sound.indexOf('stream\n', at + 9)) {
    if (sound.toString('latin1', at - 3, at) === 'end') continue;
    const bytes = Buffer.from(sound);
    const middle = Math.floor((at + 7 + bytes.indexOf('endstream', at)) / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 0x15;
    expect(reasonOf(await readBytes(bytes))).toContain('The PDF is damaged');
  }
});

test('a PDF of letters that stand outside its page is refused: they would be lost in silence', async () => {
  const large = { ...page, pieces: page.pieces.map((piece) => ({ ...piece, size: 18 })) };
  const sound = pdfOfPages([large]).toString('latin1');
  expect((await readBytes(Buffer.from(sound, 'latin1'))).outcome).not.toBe('refused');
  const wide = sound.replaceAll(/(?<=\/Widths\[)[^\]]+/g, (widths) => widths.replaceAll(/\d{3}/g, '999'));
  expect(reasonOf(await readBytes(Buffer.from(wide, 'latin1')))).toContain('stand outside the page');
});

test('a PDF that unpacks to far more than it is, or packs one pack into another, is refused', async () => {
  const stream = (filter: string, data: Buffer) =>
    Buffer.concat([Buffer.from(`<</Length ${data.length}/Filter${filter}>>\nstream\n`), data, Buffer.from('\nendstream')]);
  const zeros = deflateSync(Buffer.alloc(70_000_000));
  const holding = (object: Buffer) => readBytes(pdfOfPages([page], {}, [object]));
  expect(reasonOf(await holding(stream('/FlateDecode', zeros)))).toBe('The PDF unpacks to more than 64 MB.');
  expect(reasonOf(await holding(stream('[/FlateDecode/FlateDecode]', deflateSync(zeros))))).toContain('no check sum');
});

test('a PDF whose pages go round in a circle is refused', async () => {
  const objects = ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Count 3/Kids[2 0 R 2 0 R 2 0 R]>>'];
  expect(reasonOf(await readBytes(pdfOfObjects(objects)))).toContain('The PDF is damaged');
});

test('files that are no documents are refused by what they are, whatever they are called', async () => {
  const reason = async (bytes: Uint8Array | string, name = 'x.pdf') => reasonOf(await readBytes(Buffer.from(bytes), { name }));
  expect(await reason(Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'x.docx')).toContain(
    'Word document of the old kind (.doc) or one with a password',
  );
  expect(await reason('{\\rtf1 Hello}', 'x.txt')).toContain('Rich Text Format');
  expect(await reason(Buffer.from('89504e470d0a1a0a', 'hex'), 'x.docx')).toContain('a picture');
  expect(await reason(zipOf([{ name: 'xl/workbook.xml', words: 'x' }]), 'x.docx')).toContain('a spreadsheet');
  expect(await reason(zipOf([{ name: 'a.txt', words: 'x' }]), 'x.docx')).toContain('a zip archive');
  expect(await reason('<html><body>Sign in to download</body></html>')).toContain('called a PDF, but does not begin as one');
  expect(await reason('PK\x03\x04 cut', 'x.docx')).toContain('damaged or cut off');
  expect(await reason(Buffer.alloc(21_000_000, 'a'), 'x.txt')).toBe('The file is larger than 20 MB.');
});

test('a PDF or Word document is told by its first bytes, not by its name', async () => {
  expect((await readBytes(fileOf('office-en.pdf'), { name: 'letter.txt', type: 'text' })).type).toBe('pdf');
  expect((await readBytes(fileOf('office-es.docx'), { name: 'letter.pdf', type: 'pdf' })).type).toBe('docx');
});

test.each([
  ['says that it unpacks to gigabytes', { unpacked: 3_000_000_000 }, 'The file unpacks to more than 100 MB.'],
  ['unpacks to more than it says', { unpacked: 100 }, 'damaged: one of its parts cannot be unpacked'],
  ['is damaged', { crc: 1 }, 'damaged: one of its parts cannot be unpacked'],
  ['asks for a password', { flags: 1 }, 'protected by a password'],
])('a Word document that %s is refused', async (_what, lies, reason) => {
  const parts = [{ name: 'word/fontTable.xml', words: '<x/>'.repeat(100_000), lies }];
  expect(reasonOf(await readBytes(docxOf([], { extra: parts })))).toContain(reason);
});

test('a Word document whose parts are too even, too many, twice there, too deep or declare entities is refused', async () => {
  const reason = async (extra: { name: string; words: string }[], body = '') =>
    reasonOf(await readBytes(docxOf([], { extra, body })));
  expect(await reason([{ name: 'word/a.xml', words: ' '.repeat(19_000_000) }])).toContain('unpacks to more than');
  expect(await reason(Array.from({ length: 2500 }, (_part, n) => ({ name: `x${n}`, words: '' })))).toContain(
    'more than 2,000 parts',
  );
  expect(await reason([{ name: 'word/document.xml', words: '<x/>' }])).toContain('two parts of the same name');
  expect(await reason([], '<w:p>'.repeat(50_000))).toContain('nested more than 400 levels deep');
  const lol = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>';
  expect(await reason([{ name: 'word/comments.xml', words: lol }])).toContain('declares XML entities');
  expect(await reason([], '<w:p><w:r>')).toContain('cannot be read: open it in Word');
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test('nothing outside the file is looked at: no address, no other file', async () => {
  const asked: unknown[] = [];
  vi.stubGlobal('fetch', (address: unknown) => {
    asked.push(address);
    return Promise.reject(new Error('no'));
  });
  const action = '<</Type/Action/S/URI/URI(http://198.51.100.1/x)>>';
  const outside = '<</Length 0/F(http://198.51.100.1/stream)>>\nstream\n\nendstream';
  expect((await readBytes(pdfOfPages([page], {}, [action, outside]))).responses).toHaveLength(1);
  const image =
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>';
  const text = `<w:p><w:r><w:t>${words}</w:t></w:r></w:p>`;
  const relations =
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="file:///etc/hostname" TargetMode="External"/></Relationships>';
  const bytes = docxOf([], { body: image + text, relations });
  expect((await readBytes(bytes)).text.trim()).toBe(words);
  expect(asked).toEqual([]);
});

test('what Word keeps beside the text is told or left out, and never words of a response', async () => {
  const run = (text: string, properties = '') => `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`;
  const doubts = async (body: string) =>
    (await readBytes(docxOf([], { body: `<w:p>${run(words)}</w:p>${body}` }))).doubts.map(({ message }) => message).join(' ');
  expect(await doubts(`<w:p><w:ins w:id="1">${run('Added by the editor.')}</w:ins></w:p>`)).toContain('tracked changes');
  expect(await doubts(`<w:p>${run('Not to be seen.', '<w:vanish/>')}</w:p>`)).toContain('hidden text');
  expect(await doubts('')).not.toContain('tracked changes');
});

test('markup that is nested without end, full of entities or has no end is refused in bounded steps', () => {
  const reason = (html: string) => reasonOf(importDocument(Buffer.from(html), { type: 'html' }));
  expect(reason('<div>'.repeat(100_000))).toBe('The markup is nested more than 500 levels deep.');
  expect(reason(`<svg>${'<path>'.repeat(50_000)}`)).toBe('The markup is nested more than 500 levels deep.');
  expect(reason('<p>a</p>'.repeat(100_000))).toContain('tags');
  expect(reason(`<p class="${'nav '.repeat(100_000)}">${words}</p>`)).toContain('an attribute of more than 20,000 characters');
  expect(reason('a'.repeat(3_100_000))).toContain('longer than 3,000,000 characters');
  const lol = `<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(1000)}">]><p>${'&b;'.repeat(1000)} no words at all</p>`;
  expect(importDocument(Buffer.from(lol), { type: 'html' }).text).not.toContain('haha');
  expect(importDocument(Buffer.from(`<p>${'word<br>'.repeat(50_000)}</p>`), { type: 'html' }).outcome).toBe('refused');
});
