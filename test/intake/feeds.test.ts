import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createReach } from '../../src/intake/feeds.ts';
import type { Source } from '../../src/intake/sources.ts';
import { createVisitor } from '../../src/intake/visit.ts';
import { rssOf } from '../support/followed-feed.ts';
import { type Answer, aClock, aLocalFetcher, aSite, byPath, sends } from '../support/site.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures/import', name));

async function aReach(paths: Record<string, Answer> = {}) {
  const clock = aClock();
  const site = await aSite(byPath(paths));
  const fetcher = aLocalFetcher(clock.now);
  const reach = createReach({ fetcher, visitor: createVisitor({ fetcher, ...clock }), now: clock.now });
  return { ...reach, site, clock, read: (path: string) => listed(reach.address(site.at(path))) };
}

async function listed(sources: AsyncIterable<Source> | undefined): Promise<Source[]> {
  const all: Source[] = [];
  for await (const source of sources ?? []) all.push(source);
  return all;
}

test('a page at an address is a document with the address where it was found, and the day', async () => {
  const { read, site } = await aReach({
    '/short': (_, response) => response.writeHead(302, { location: '/long' }).end(),
    '/long': sends('<p>Words.</p>'),
    '/note.txt': sends('# Title', 'text/plain'),
    '/file': sends('%PDF-1.7', 'application/pdf'),
    '/x': sends('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>x</body></html>', 'text/xml'),
  });
  expect(await read('/short')).toEqual([
    {
      type: 'document',
      incoming: {
        name: site.at('/short'),
        bytes: Buffer.from('<p>Words.</p>'),
        hints: { type: 'html', sourceUrl: site.at('/long') },
        retrieved: '2026-11-25',
      },
    },
  ]);
  const hints = async (path: string) =>
    (await read(path)).map((source) => source.type === 'document' && source.incoming.hints.type);
  // Plain text may be Markdown.
  expect(await hints('/note.txt')).toEqual([undefined]);
  expect(await hints('/file')).toEqual(['pdf']);
  expect(await hints('/x')).toEqual(['html']);
});

test('an address that gives nothing to read says why', async () => {
  const { read, site, address } = await aReach({
    '/data': sends('{"a": 1}', 'application/json'),
    '/picture': sends('x', 'image/png'),
  });
  const reasons = async (path: string) =>
    (await read(path)).map((source) => (source.type === 'unread' ? source.reason : source.type));
  expect(await reasons('/data')).toEqual(['It is XML or JSON, but no feed.']);
  expect((await reasons('/picture'))[0]).toContain('image/png');
  expect(await reasons('/nothing')).toEqual(['news.example has nothing at that address (404).']);
  expect(await listed(address('http://10.0.0.1/'))).toMatchObject([{ type: 'unread', name: 'http://10.0.0.1/' }]);
  expect(site.asked).toHaveLength(3);
});

test('a feed is known at its address whatever type its server gives it', async () => {
  const { read, site } = await aReach({ '/feed': sends(rssOf([{ guid: 'one' }, { guid: 'two' }]), 'text/html') });
  expect(await read('/feed')).toMatchObject([
    { type: 'document', incoming: { name: site.at('/posts/one') } },
    { type: 'document', incoming: { name: site.at('/posts/two') } },
  ]);
});

test('posts of a feed file are documents; teasers are fetched at their link, one after the other', async () => {
  const bytes = fixture('feeds/teasers.rss.xml');
  const clock = aClock();
  const page = sends('<article>The whole.</article>');
  const site = await aSite(
    byPath({ '/1': page, '/2': page, '/3': (_, response) => response.writeHead(500).end(), '/4': sends('x', 'video/mp4') }),
  );
  const fetcher = aLocalFetcher(clock.now);
  const onSite = {
    get: (address: string, options?: object) => fetcher.get(address.replace('https://weekly-quay.example', site.at('')), options),
  };
  const { feed } = createReach({ fetcher: onSite, visitor: createVisitor({ fetcher: onSite, ...clock }), now: clock.now });
  const sources = await listed(feed('quay.xml', bytes));
  expect(sources.map((source) => (source.type === 'unread' ? [source.name, source.reason] : source.type))).toEqual([
    'document',
    'document',
    ['https://weekly-quay.example/3', 'news.example answers with status 500.'],
    ['https://weekly-quay.example/4', expect.stringContaining('video/mp4')],
    ['No date, no link', 'The feed gives neither the whole text nor a link to it.'],
  ]);
  expect(sources[0]).toMatchObject({ incoming: { hints: { sourceUrl: site.at('/1'), published: '2026-03-02' } } });
  expect(clock.waits).toEqual([1000, 1000, 1000]);
});

test('bytes that are no feed are left to others', async () => {
  const { feed } = await aReach();
  expect(feed('a.txt', Buffer.from('Question: what?'))).toBeUndefined();
  expect(feed('a.html', fixture('bold-line-en1.html'))).toBeUndefined();
});

test('a feed that cannot be read, or has no posts, says so', async () => {
  const { feed } = await aReach();
  expect(await listed(feed('cut.xml', Buffer.from(rssOf([{ guid: 'one' }]).slice(0, -40))))).toMatchObject([
    { type: 'unread', name: 'cut.xml', reason: expect.stringContaining('cut off') },
  ]);
  expect(await listed(feed('none.xml', Buffer.from(rssOf([]))))).toEqual([
    { type: 'unread', name: 'none.xml', reason: 'The feed has no posts.' },
  ]);
});

test('a link without a page of the web is not followed', async () => {
  const { feed } = await aReach();
  const to = (link: string) =>
    listed(feed('f.xml', Buffer.from(rssOf([{ guid: 'a', teaser: 'Read more' }]).replace('/posts/a', link))));
  for (const link of ['javascript:alert(1)', 'file:///etc/passwd', '/relative/to/nothing', ''])
    expect(await to(link), link).toMatchObject([
      { type: 'unread', reason: 'The feed gives neither the whole text nor a link to it.' },
    ]);
  expect(await to('http://169.254.169.254/latest/')).toMatchObject([
    { type: 'unread', reason: expect.stringContaining('not a public address') },
  ]);
});
