import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Feed, readFeed } from '../../src/content/import/feed.ts';
import { importDocument } from '../../src/content/import/import-document.ts';
import { looksLikeFeed } from '../../src/content/import/looks-like-feed.ts';
import type { Draft } from '../../src/content/import/model.ts';
import { draftToQuestion } from '../../src/content/import/to-question.ts';
import { readPost } from '../../src/intake/feeds.ts';
import { PATIENCE, runs } from '../support/runs.ts';

const folder = join(import.meta.dirname, '../fixtures/import/feeds');
const bytesOf = (name: string): Uint8Array => readFileSync(join(folder, name));
const ofText = (text: string): Uint8Array => new TextEncoder().encode(text);
const NOW = new Date('2026-11-25T12:00:00Z');

const expectedSchema = z.strictObject({
  title: z.string(),
  language: z.string().optional(),
  ttlMinutes: z.number().optional(),
  repairs: z.array(z.string()).optional(),
  posts: z.array(
    z.strictObject({
      guid: z.string(),
      title: z.string(),
      link: z.string().optional(),
      sourceUrl: z.string().optional(),
      day: z.string().optional(),
      content: z.enum(['whole', 'teaser', 'none']),
      draft: z
        .strictObject({
          outcome: z.enum(['ok', 'review', 'refused']),
          reason: z.string().optional(),
          title: z.string().optional(),
          date: z.string().optional(),
          question: z.string().optional(),
          repairs: z.array(z.string()).optional(),
          never: z.array(z.string()).optional(),
          responses: z.array(
            z.strictObject({
              names: z.array(z.string()),
              role: z.string(),
              affiliation: z.string(),
              paragraphs: z.array(z.string()),
            }),
          ),
        })
        .optional(),
    }),
  ),
});

const names = readdirSync(folder)
  .filter((name) => !name.endsWith('.yaml'))
  .sort();

function feedIn(bytes: Uint8Array): Feed {
  const read = readFeed(bytes);
  if (read?.outcome !== 'read') throw new Error(`no feed: ${read?.reason}`);
  return read.feed;
}

const reasonOf = (bytes: Uint8Array): string | undefined => {
  const read = readFeed(bytes);
  return read?.outcome === 'refused' ? read.reason : undefined;
};

const noVisits = { get: () => Promise.reject(new Error('a visit')) };
const readHere = (post: Feed['posts'][number], feed: Feed, base: string | undefined) =>
  readPost(post, { feed, base, visitor: noVisits, now: () => NOW });

describe.each(names)('the feed %s', (name) => {
  const expected = expectedSchema.parse(parse(readFileSync(join(folder, `${name}.yaml`), 'utf8')));
  const feed = feedIn(bytesOf(name));
  const base = 'https://carta-del-sur.example/atom.xml';

  test('is read as a person reads it, newest post last', () => {
    expect({
      title: feed.title,
      language: feed.language,
      ttlMinutes: feed.ttlMs === undefined ? undefined : feed.ttlMs / 60_000,
    }).toEqual({
      title: expected.title,
      language: expected.language,
      ttlMinutes: expected.ttlMinutes,
    });
    expect(feed.repairs.map((repair) => repair.slice(0, 20))).toEqual(
      (expected.repairs ?? []).map((repair) => repair.slice(0, 20)),
    );
    expect(
      feed.posts.map(({ guid, title, link, day, content }) => ({
        guid,
        title,
        link,
        day,
        content: content === undefined ? 'none' : content.isWhole ? 'whole' : 'teaser',
      })),
    ).toEqual(expected.posts.map(({ guid, title, link, day, content }) => ({ guid, title, link, day, content })));
  });

  test.each(expected.posts.filter(({ draft }) => draft !== undefined).map((post) => [post.title, post] as const))(
    'gives the post “%s” to the import as it stands there',
    async (_, { guid, link, sourceUrl = link, draft: read }) => {
      const post = feed.posts.find((one) => one.guid === guid)!;
      const taken = await readHere(post, feed, base);
      if (taken.outcome !== 'document' || !read) throw new Error('no document');
      const { incoming } = taken;
      expect(incoming.hints.sourceUrl).toBe(sourceUrl);
      expect(incoming.retrieved).toBe('2026-11-25');
      const draft = importDocument(incoming.bytes, { ...incoming.hints, publication: 'letter' });
      expect([draft.outcome, ...draft.reasons]).toEqual([
        read.outcome,
        ...(draft.outcome === 'ok' ? [] : [expect.any(String), ...draft.reasons.slice(1)]),
      ]);
      expect(draft.reasons.join(' ')).toContain(read.reason ?? '');
      expect(draft.repairs.join(' ')).toContain(read.repairs?.join(' ') ?? '');
      expect({ title: draft.title, question: draft.question.text, date: dateOf(draft) }).toEqual({
        title: read.title,
        question: read.question,
        date: read.date,
      });
      expect(
        draft.responses.map(({ respondents, paragraphs }) => ({
          names: respondents.map(({ display }) => display),
          role: respondents[0]?.role ?? '',
          affiliation: respondents[0]?.affiliation ?? '',
          paragraphs: paragraphs.map(({ text }) => text),
        })),
      ).toEqual(read.responses);
      for (const never of read.never ?? []) expect(JSON.stringify([draft.responses, draft.question])).not.toContain(never);
    },
  );

  test('names nobody who posted it', async () => {
    const made = JSON.stringify(feed);
    for (const poster of ['creator', 'Otávio', 'Olga', 'Setter', 'Redacción', 'Mesa da Carta'])
      expect(made).not.toContain(poster);
  });
});

/** The date of the question file that would be made, with its marks for what is inferred. */
function dateOf(draft: Draft): string | undefined {
  const made = draftToQuestion(draft, { topics: ['Ports'] });
  const { date, dateBasis } =
    made.outcome === 'complete' ? made.question : z.looseObject({ date: z.string().optional() }).parse(made.fields);
  expect(JSON.stringify(dateBasis ?? {})).not.toContain('operator');
  return date;
}

test('a date that the document states wins over that of its feed', async () => {
  const feed = feedIn(bytesOf('harbour-letter.rss.xml'));
  const post = { ...feed.posts[1]!, day: '2026-03-20' };
  const taken = await readHere(post, feed, undefined);
  const draft = importDocument(taken.outcome === 'document' ? taken.incoming.bytes : new Uint8Array(), {
    type: 'html',
    published: '2026-03-20',
  });
  expect(draft.date).toMatchObject({ year: 2026, month: 3, day: 4, basis: 'stated' });
  expect(draft.date?.inferred).toBeUndefined();
});

test('a day without its year gets that of the publication only where the two are near', () => {
  const dated = (published: string) =>
    importDocument(
      ofText('December 29\n\nQuestion: Will the dues rise?\n\nAda Quill, fellow at the Lantern Institute: “They will.”'),
      { published },
    );
  expect(dated('2027-01-02').date).toMatchObject({ year: 2026, month: 12, day: 29, inferred: ['year'] });
  expect(dated('2026-12-27').date).toMatchObject({ year: 2026 });
  expect(dated('2026-11-01').date).toMatchObject({ month: 12, day: 29 });
  expect(dated('2026-11-01').date?.year).toBeUndefined();
  for (const published of ['2027-01-02', '2026-11-01']) expect(dated(published).outcome).toBe('review');
});

test('the same post always makes the same document', async () => {
  const feed = feedIn(bytesOf('harbour-letter.rss.xml'));
  const again = feedIn(bytesOf('harbour-letter.rss.xml'));
  expect(await readHere(feed.posts[1]!, feed, undefined)).toEqual(await readHere(again.posts[1]!, again, undefined));
});

test('a post whose words change has another hash; one that is only listed again has not', () => {
  const text = readFileSync(join(folder, 'harbour-letter.rss.xml'), 'utf8');
  const hashes = (changed: string) => feedIn(ofText(changed)).posts.map(({ hash }) => hash);
  const before = hashes(text);
  expect(hashes(text.replace('en-US', 'en').replace('<ttl>120</ttl>', ''))).toEqual(before);
  const after = hashes(text.replace('within a season', 'within a year'));
  expect(after[1]).not.toBe(before[1]);
  expect([after[0], after[2]]).toEqual([before[0], before[2]]);
});

test('a teaser whose page was updated has another hash', () => {
  const text = readFileSync(join(folder, 'carta-del-sur.atom.xml'), 'utf8');
  const hash = (changed: string) => feedIn(ofText(changed)).posts.at(-1)?.hash;
  expect(hash(text.replaceAll('2026-06-03T10:00:00Z', '2026-06-09T10:00:00Z'))).not.toBe(hash(text));
});

const ITEM = '<item><title>A</title><link>https://a.example/1</link><description>x</description></item>';
const rss = (inside: string, opening = '') =>
  `${opening}<rss version="2.0"><channel><title>T</title><link>https://a.example/</link>${inside}</channel></rss>`;

test('what is no feed is not taken for one', () => {
  for (const other of [
    '',
    'Question: what is RSS?',
    '<!doctype html><html><body><rss version="2.0">text</rss></body></html>',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
    '{"version": 1, "items": []}',
    '[{"version": "https://jsonfeed.org/version/1"}]',
    '%PDF-1.7',
    '<!-- ',
    '<!DOCTYPE rss [',
  ]) {
    expect(looksLikeFeed(ofText(other)), other).toBe(false);
    expect(readFeed(ofText(other)), other).toBeUndefined();
  }
});

test('a feed is known by its root, whatever stands before it', () => {
  const openings = [
    '\ufeff  ',
    '<?xml version="1.0"?>\n<!-- a > b <rss> -->\n<?xml-stylesheet href="x"?>',
    '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "https://netscape.example/rss-0.91.dtd">',
    '<!DOCTYPE rss [ <!-- nothing --> ]>\n',
  ];
  for (const opening of openings) expect(feedIn(ofText(rss(ITEM, opening))).posts, opening).toHaveLength(1);
  const wide = Buffer.from(`\ufeff${rss(ITEM)}`, 'utf16le');
  expect(feedIn(wide).posts).toHaveLength(1);
});

test('a feed that is cut off is refused, wherever it is cut', () => {
  for (const name of ['harbour-letter.rss.xml', 'carta-del-sur.atom.xml', 'policy-round.rdf.xml', 'carta-do-cais.json']) {
    const bytes = bytesOf(name);
    for (let length = 1500; length < bytes.length - 2; length += 29)
      expect(reasonOf(bytes.subarray(0, length)), `${name} ${length}`).toMatch(/^The feed is cut off/);
  }
});

test('a feed that defines entities is refused before anything grows', () => {
  const lol = Array.from({ length: 10 }, (_, n) => `<!ENTITY lol${n + 1} "${`&lol${n};`.repeat(10)}">`).join('');
  const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY lol0 "lol">${lol}]>${rss('<item><title>&lol10;</title></item>')}`;
  expect(reasonOf(ofText(bomb))).toMatch(/defines entities of its own/);
  const outside = `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>${rss('<item><title>&x;</title></item>')}`;
  expect(reasonOf(ofText(outside))).toMatch(/defines entities of its own/);
  expect(feedIn(ofText(rss('<item><title>&unknown; &amp;amp; x</title></item>'))).posts[0]?.title).toBe('&unknown; & x');
});

test('feeds beyond the limits are refused with the limit', () => {
  expect(reasonOf(ofText(rss(ITEM.repeat(1001))))).toMatch(/more than 1,000 posts/);
  expect(feedIn(ofText(rss(Array.from({ length: 1000 }, (_, n) => ITEM.replace('/1', `/${n}`)).join('')))).posts).toHaveLength(
    1000,
  );
  expect(reasonOf(ofText(rss('x'.repeat(5_000_000))))).toMatch(/longer than 5,000,000 characters/);
  expect(reasonOf(ofText(rss('<b></b>'.repeat(100_001))))).toMatch(/more than 200,000 tags/);
  expect(reasonOf(ofText(rss(`<b ${'a="1" '.repeat(4000)}/>`)))).toMatch(/a tag of more than/);
  expect(reasonOf(ofText(rss('<b>'.repeat(500) + '</b>'.repeat(500))))).toMatch(/cut off, or not in proper form/);
  const items = Array.from({ length: 1001 }, (_, id) => ({ id, content_text: 'x' }));
  expect(reasonOf(ofText(JSON.stringify({ version: 'https://jsonfeed.org/version/1', items })))).toMatch(/more than 1,000 posts/);
  const deep = `{"version":"https://jsonfeed.org/version/1","items":${'['.repeat(500_000)}${']'.repeat(500_000)}}`;
  expect(readFeed(ofText(deep))?.outcome).toBeDefined();
});

test('a feed with nothing in it is a feed; two posts with one guid are one', () => {
  expect(feedIn(ofText(rss(''))).posts).toEqual([]);
  expect(feedIn(ofText(rss(ITEM + ITEM))).posts).toHaveLength(1);
});

test('titles are one line, without markup or anything that a terminal obeys', () => {
  const title = (written: string) => feedIn(ofText(rss(`<item><title>${written}</title></item>`))).posts[0]?.title;
  expect(title('&lt;b&gt;Ports&lt;/b&gt; &amp;amp; piers &amp;#8211; a\n  view')).toBe('Ports & piers – a view');
  expect(title('red \u001b[31m \u202ework')).toBe('red [31m work');
  expect(title('x'.repeat(400))).toHaveLength(304);
});

const garbled = fc.constantFrom(...names).chain((name) => {
  const bytes = bytesOf(name);
  const at = fc.nat(bytes.length);
  return fc.oneof(
    at.map((end) => bytes.subarray(0, end)),
    fc
      .tuple(at, fc.uint8Array({ maxLength: 40 }))
      .map(([where, some]) => Buffer.concat([bytes.subarray(0, where), some, bytes.subarray(where)])),
    fc
      .tuple(at, at)
      .map(([one, other]) => Buffer.concat([bytes.subarray(0, Math.min(one, other)), bytes.subarray(Math.max(one, other))])),
    fc.tuple(at, at, at).map((cuts) => {
      const [a = 0, b = 0, c = 0] = cuts.toSorted((x, y) => x - y);
      return Buffer.concat([bytes.subarray(0, a), bytes.subarray(b, c), bytes.subarray(a, b), bytes.subarray(c)]);
    }),
    fc
      .tuple(
        at,
        fc.constantFrom(
          '<',
          '>',
          '&',
          ']]>',
          '<![CDATA[',
          '<!--',
          '-->',
          '<item>',
          '</item>',
          '</channel>',
          '<!ENTITY a "b">',
          '"',
          '{',
          '\\',
          '\u0000',
        ),
      )
      .map(([where, piece]) => Buffer.concat([bytes.subarray(0, where), ofText(piece), bytes.subarray(where)])),
  );
});

test(
  'a garbled feed is read or refused, and no post names anybody whom its text does not',
  async () => {
    await fc.assert(
      fc.asyncProperty(garbled, async (bytes) => {
        const read = readFeed(bytes);
        if (read === undefined) return;
        if (read.outcome === 'refused') {
          expect(read.reason).not.toContain('could not be read');
          return;
        }
        for (const post of read.feed.posts) {
          expect(post.guid.length).toBeGreaterThan(0);
          expect(post.title ?? '').not.toMatch(/[\p{Cc}\n]/u);
          if (post.content?.isWhole !== true) continue;
          const taken = await readHere(post, read.feed, undefined);
          if (taken.outcome !== 'document') continue;
          const draft = importDocument(taken.incoming.bytes, taken.incoming.hints);
          for (const { respondents } of draft.responses)
            for (const { display } of respondents) expect(lettersOf(draft.text)).toContain(lettersOf(display));
        }
      }),
      runs(300),
    );
  },
  PATIENCE,
);

const lettersOf = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}]/gu, '');

test(
  'any bytes at all are a feed, no feed, or refused',
  () => {
    const pieces = fc.constantFrom(
      '<?xml version="1.0"?>',
      '<rss version="2.0">',
      '<channel>',
      '<item>',
      '<title>',
      '</title>',
      '</item>',
      '</channel>',
      '</rss>',
      '<feed xmlns="http://www.w3.org/2005/Atom">',
      '<entry>',
      '</entry>',
      '</feed>',
      '<content type="xhtml">',
      '<rdf:RDF xmlns="http://purl.org/rss/1.0/">',
      '<![CDATA[',
      ']]>',
      '&lt;p&gt;',
      '&#0;',
      '&#1114112;',
      '{"version":"https://jsonfeed.org/version/1","items":[',
      '{"id":{},"content_html":[]}',
      ']}',
      'xmlns:a="b"',
      '__proto__',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces, { maxLength: 40 }).map((list) => ofText(list.join(''))),
          fc.uint8Array({ maxLength: 300 }),
        ),
        (bytes) => {
          const read = readFeed(bytes);
          if (read?.outcome === 'refused') expect(read.reason).not.toContain('could not be read');
        },
      ),
      runs(400),
    );
  },
  PATIENCE,
);
