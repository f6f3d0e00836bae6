import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readFeed } from '../../src/content/import/feed.ts';
import { readBytes } from '../../src/content/import/read-bytes.ts';
import { readDocument, readFeedDocument } from '../../src/content/import/read-document.ts';
import { pdfOfObjects } from '../support/made/pdf.ts';

const fileOf = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures/import', name));

test('a file of any kind is read in a thread of its own to the same draft, one after another', async () => {
  const names = [
    'office-en.pdf',
    'office-pt.docx',
    'bold-line-en1.html',
    'line-quotes-each-es4.txt',
    'bold-name-org.md',
    'panel.csv',
  ];
  const drafts = await Promise.all(names.map((name) => readDocument(fileOf(name), { name })));
  for (const [index, name] of names.entries()) {
    expect(drafts[index]).toEqual(await readBytes(fileOf(name), { name }));
    expect(drafts[index]?.outcome, name).toBe('ok');
  }
});

/** Each form draws the next one twice, forty times over. */
function endlessPdf(): Buffer {
  const form = (content: Buffer, next: number) =>
    Buffer.concat([
      Buffer.from(
        `<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 46 0 R>>/XObject<</X ${next} 0 R>>>>/Length ${content.length}/Filter/FlateDecode>>\nstream\n`,
      ),
      content,
      Buffer.from('\nendstream'),
    ]);
  const twice = deflateSync(Buffer.from('/X Do /X Do'));
  return pdfOfObjects([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Count 1/Kids[3 0 R]>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>',
    form(twice, 5),
    ...Array.from({ length: 40 }, (_form, n) => form(twice, n + 6)),
    form(deflateSync(Buffer.from('BT /F 9 Tf (word) Tj ET')), 5),
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]);
}

test('a document that takes too long or too much memory is refused, and the next one is read', async () => {
  const slow = await readDocument(endlessPdf(), { name: 'slow.pdf' }, { ms: 1000, megabytes: 1000 });
  expect([slow.outcome, slow.reasons]).toEqual(['refused', ['The document takes longer than 1 s to read: import it in pieces.']]);
  const large = await readDocument(fileOf('office-en.pdf'), {}, { ms: 30_000, megabytes: 1 });
  expect([large.outcome, large.reasons]).toEqual([
    'refused',
    ['The document takes more than 1 MB of memory to read: import it in pieces.'],
  ]);
  expect(large.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect((await readDocument(fileOf('office-en.pdf'))).outcome).toBe('ok');
});

test('a feed is read there too, to the same posts', async () => {
  const feeds = join(import.meta.dirname, '../fixtures/import/feeds');
  for (const name of readdirSync(feeds).filter((one) => !one.endsWith('.yaml'))) {
    const bytes = readFileSync(join(feeds, name));
    expect(await readFeedDocument(bytes), name).toEqual(readFeed(bytes));
  }
  expect(await readFeedDocument(Buffer.from('<html><p>No feed</p></html>'))).toBeUndefined();
});

test('the caller’s bytes stay as they are', async () => {
  const bytes = fileOf('office-en.pdf');
  const before = Buffer.from(bytes);
  await readDocument(bytes);
  expect(before.equals(bytes)).toBe(true);
});
