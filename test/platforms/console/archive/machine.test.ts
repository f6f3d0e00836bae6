import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openReader, type Reader } from './reader.ts';

let desk: Reader;
beforeAll(async () => {
  desk = await openReader({ data: join(import.meta.dirname, '../../../../data') });
});
afterAll(() => desk.close());
const json = async (path: string) => JSON.parse(await desk.read(path));

test('the API reads questions, quotes and respondents, real ones unless the sample is asked for', async () => {
  const questions = await json('/api/questions');
  expect(questions).toMatchObject({ sample: false, total: 1, page: 1, pages: 1 });
  expect(questions.questions[0]).toMatchObject({
    code: 'ma7dygg',
    url: 'https://archive.example/questions/latin-america-advisor/2019-04-18/pompeo-trip',
    date: { edtf: '2019?-04-18', words: 'April 18, [2019]', age: '7 years old' },
    sample: false,
  });
  expect(questions.questions[0].responses).toHaveLength(5);
  expect((await json('/api/quotes?topic=climate')).total).toBe(0);
  expect((await json('/api/quotes?topic=climate&sample=on')).quotes[0].question).toMatchObject({ sample: true });
  const names = (await json('/api/respondents')).respondents.map(({ name }: { name: string }) => name);
  expect(names).toEqual(['Francisco Durand', 'Brian Turner', 'Maria Velez de Berliner', 'Ray Walser']);
});

test('every parameter narrows what the API answers', async () => {
  const total = async (query: string) => (await json(`/api/questions?sample=on&${query}`)).total;
  const all = await total('');
  for (const query of [
    'q=reservoir',
    'by=whitlow',
    'topic=climate',
    'country=PA',
    'country=panama',
    'since=2026',
    'until=2024-12',
  ])
    expect([query, (await total(query)) < all && (await total(query)) > 0]).toEqual([query, true]);
});

test('a quote of the API is the exact span that it says', async () => {
  const { quotes } = await json('/api/quotes?q=patience');
  const question = await desk.bot.store.question('ma7dygg');
  for (const { words, span } of quotes) {
    const response = question?.responses.find(({ id }) => id === span.response);
    expect(response?.text.slice(span.start, span.end)).toBe(words);
    expect(response?.hash).toBe(span.sha256);
  }
});

test('a parameter that cannot be used is named, with an example that works', async () => {
  for (const [path, parameter] of [
    ['/api/questions?since=yesterday', 'since'],
    ['/api/questions?page=0', 'page'],
    ['/api/questions?page=99', 'page'],
    ['/api/quotes?by=nobody-at-all', 'by'],
    ['/api/quotes?topic=nothing-like-it', 'topic'],
    ['/api/respondents?country=Atlantis', 'country'],
    ['/api/questions?until=2018&since=2019', 'until'],
    ['/api/questions?limit=5', 'limit'],
    ['/feeds/quotes.json?sample=maybe', 'sample'],
  ] as const) {
    const answer = await desk.get(path);
    expect([path, answer.status]).toEqual([path, 400]);
    const { error } = JSON.parse(await answer.text());
    expect(error).toMatchObject({
      parameter,
      message: expect.stringMatching(/\w+.*[.?]$/),
      example: expect.stringContaining('='),
    });
  }
});

test('the example of every parameter works', async () => {
  const page = await desk.read('/api');
  for (const example of [
    'q=regional+patience',
    'by=walser',
    'topic=Venezuela',
    'country=VE',
    'since=2019-04',
    'until=2019',
    'sample=on',
  ]) {
    expect(page).toContain(`<code>${example}</code>`);
    expect([example, (await desk.get(`/api/questions?${example}`)).status]).toEqual([example, 200]);
  }
});

test('a feed holds what the search finds, under ids that never change', async () => {
  const rss = await desk.read('/feeds/quotes.rss?q=patience');
  expect(rss).toMatch(/<guid isPermaLink="false">briefdesk:quote:ma7dygg-[a-z0-9]{5}<\/guid>/);
  expect(rss).toContain('<link>https://archive.example/quotes/ma7dygg-');
  expect(rss).toContain('patience for U.S.-Venezuela policy is thinning');
  expect(rss).not.toContain('pubDate');
  expect(await desk.read('/feeds/quotes.rss?q=patience')).toBe(rss);
  const feed = await json('/feeds/questions.json');
  expect(feed).toMatchObject({
    version: 'https://jsonfeed.org/version/1.1',
    feed_url: 'https://archive.example/feeds/questions.json',
  });
  expect(feed.items.map(({ id }: { id: string }) => id)).toEqual([
    'briefdesk:question:latin-america-advisor/2019-04-18/pompeo-trip',
  ]);
});

test('every topic leads to its feeds, and the sample’s say that they are fictional', async () => {
  const page = (await desk.read('/topics/climate')).replaceAll('&amp;', '&');
  expect(page).toContain('type="application/feed+json"');
  const path = /href="(\/feeds\/questions\.json[^"]*)"/.exec(page)?.[1] ?? '';
  const { items } = await json(path);
  expect(items).toHaveLength(3);
  for (const { title } of items) expect(title).toMatch(/^\[Sample\] /);
});

test('who has the answer already gets 304, until it changes', async () => {
  for (const path of ['/archive', '/questions/ma7dygg', '/api/quotes?q=patience', '/feeds/quotes.rss', '/feeds/questions.json']) {
    const first = await desk.get(path);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const again = await desk.get(path, { 'if-none-match': `"other", W/${etag}` });
    expect([path, again.status, await again.text()]).toEqual([path, 304, '']);
    expect((await desk.get(path, { 'if-none-match': '"other"' })).status).toBe(200);
  }
});

test('an address of the API that leads nowhere is answered in JSON', async () => {
  const answer = await desk.get('/api/nothing');
  expect(answer.status).toBe(404);
  expect(JSON.parse(await answer.text()).error.message).toContain('/api');
});
