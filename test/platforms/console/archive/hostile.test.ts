import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aQuestionFile, aResponseFile } from '../../../support/bot.ts';
import { runs } from '../../../support/runs.ts';
import { everyPath, openReader, type Reader } from './reader.ts';

const SCRIPT = '<script>alert(1)</script>';
const BREAK_OUT = `"><img src=x onerror=alert(1)>' </title></script><!-- ]]> ${SCRIPT}`;
const LONG = 'x'.repeat(90_000);
const RTL = '\u202eevil\u202d \u2067isolate';
let desk: Reader;

beforeAll(async () => {
  const hostile = (words: string) => `${words} zebra ${BREAK_OUT} javascript:alert(1)`;
  desk = await openReader({
    persons: { mallory: { name: `Mallory ${BREAK_OUT}`, note: SCRIPT, variants: [{ name: `M ${SCRIPT}` }] } },
    collection: { name: `Real ${SCRIPT}`, about: BREAK_OUT },
    questions: [
      aQuestionFile({
        id: 'digest/2026-05-04/hostile',
        code: 'hostile',
        headline: `${RTL} ${SCRIPT}`,
        title: hostile('Title'),
        text: hostile('Question'),
        introduction: hostile('Introduction'),
        topics: ['Trade', SCRIPT, `T${RTL}`],
        source: { url: 'https://example.org/?a="><script>alert(1)</script>', site: BREAK_OUT },
        repairs: [BREAK_OUT],
        responses: [
          aResponseFile({
            respondents: [{ person: 'mallory', name: `Mal ${RTL} ${BREAK_OUT}`, role: BREAK_OUT, affiliation: RTL }],
            paragraphs: [hostile('Words'), `${LONG} zebra`, `Zebra ${RTL} and more words here.`],
            lines: [{ part: 1, quote: hostile('Words') }],
            note: BREAK_OUT,
            stances: [{ value: SCRIPT, by: 'editor' }],
          }),
        ],
      }),
    ],
  });
});
afterAll(() => desk.close());

test('no text of the archive becomes markup, on any path', async () => {
  expect(desk.bot.problems()).toEqual([]);
  const paths = everyPath({
    id: 'digest/2026-05-04/hostile',
    code: 'hostile',
    person: 'mallory',
    topic: encodeURIComponent(SCRIPT),
  });
  const quotes = (await desk.read('/quotes?q=zebra')).match(/\/quotes\/hostile-[a-z0-9]{5}/g) ?? [];
  expect(quotes.length).toBeGreaterThan(0);
  for (const path of [...paths, ...quotes, '/about']) {
    const answer = await desk.get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    const body = await answer.text();
    if (answer.headers.get('content-type')?.includes('json')) continue;
    expect(body).not.toMatch(/<script(?! type="application\/ld\+json">)|<img/i);
    expect(body).not.toMatch(/(?:href|src|cite|action)="\s*(?:javascript|data|vbscript):/i);
  }
});

test('what a caller types never becomes markup', async () => {
  for (const path of [
    '/quotes?q=',
    '/archive?q=',
    '/archive?by=',
    '/archive?topic=',
    '/archive?since=',
    '/questions/',
    '/quotes/',
    '/topics/',
    '/respondents/',
    '/countries/',
    '/',
  ]) {
    const body = await desk.read(`${path}${encodeURIComponent(BREAK_OUT)}`);
    expect(body).not.toMatch(/<script(?! type="application\/ld\+json">)|<img/i);
  }
});

test('marks that turn the direction of text end with the text they came in', async () => {
  const page = await desk.read('/questions/hostile');
  const outside = page
    .replace(/<bdi>[^<]*<\/bdi>/g, '')
    .replace(/<(\w+)[^>]*dir="auto"[^>]*>.*?<\/\1>/gs, '')
    .replace(/<script type="application\/ld\+json">.*?<\/script>/s, '');
  expect(outside.match(/.{30}[\u202a-\u202e\u2066-\u2069].{30}/)?.[0]).toBeUndefined();
});

test('a quote of 90,000 letters is cut in lists, visibly, and whole on its own page', async () => {
  const list = await desk.read('/quotes?q=zebra');
  expect(list).not.toContain('x'.repeat(2000));
  expect(list).toContain('[…]');
  const code = /“x+ \[…\]”.*?(\/quotes\/hostile-[a-z0-9]{5})/s.exec(list)?.[1] ?? '';
  expect(await desk.read(code)).toContain(`${LONG} zebra`);
});

test('no address leads to a file', async () => {
  for (const path of [
    '/questions/../../package.json',
    '/questions/..%2f..%2fpackage.json',
    '/assets/..%2f..%2fpackage.json',
    '/topics/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '/feeds/../package.json',
    '/quotes/%00',
    '/%ff',
  ]) {
    const answer = await desk.get(path);
    expect([path, answer.status]).toEqual([path, 404]);
    expect(await answer.text()).not.toMatch(/"dependencies"|root:/);
  }
});

test('no query breaks a page, whatever is typed', async () => {
  const typed = fc.string({ unit: 'binary', maxLength: 80 });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('/archive', '/quotes', '/api/quotes', '/feeds/quotes.rss'),
      fc.constantFrom('q', 'by', 'topic', 'country', 'since', 'until', 'page', 'sample'),
      typed,
      async (path, name, value) => {
        const { status } = await desk.get(`${path}?${new URLSearchParams([[name, value]]).toString()}`);
        expect([200, 400]).toContain(status);
      },
    ),
    runs(60),
  );
}, 60_000);

test('characters that neither HTML nor XML may hold are left out', async () => {
  const reader = await openReader({
    persons: { ada: { name: 'Ada Quill' } },
    questions: [
      aQuestionFile({
        responses: [
          aResponseFile({ respondents: [{ person: 'ada' }], paragraphs: ['Zebra \u0001\u0008 crossing\ufffe of trade holds.'] }),
        ],
      }),
    ],
  });
  for (const path of ['/quotes?q=zebra', '/feeds/quotes.rss?q=zebra', '/questions/digest/2026-05-04/tariffs']) {
    const body = await reader.read(path);
    expect(body).toContain('crossing of trade');
    expect(body.match(/[^\P{Cc}\n\t]|\ufffe/u)).toBeNull();
  }
  await reader.close();
});
