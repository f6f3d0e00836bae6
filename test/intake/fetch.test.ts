import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { readAllowedHosts } from '../../src/intake/allowed-hosts.ts';
import { type Fetcher, type FetcherOptions, openFetcher } from '../../src/intake/fetch.ts';
import { version } from '../../src/version.ts';
import { aSite, byPath, sends } from '../support/site.ts';

const NOW = new Date('2026-11-25T12:00:00Z');
const MANY = 'x'.repeat(4000);

/** A fetcher whose names all lead to loopback, unless told otherwise, and which may go there under one name only. */
function aFetcher({
  allow = 'news.example',
  names = {},
  ...options
}: Omit<Partial<FetcherOptions>, 'allow'> & { allow?: string; names?: Record<string, string[]> } = {}): Fetcher {
  const allowed = readAllowedHosts(allow);
  if (!allowed) throw new Error(`no list: ${allow}`);
  const fetcher = openFetcher({
    allow: allowed,
    now: () => NOW,
    resolve: async (host) => names[host] ?? ['127.0.0.1'],
    ...options,
  });
  onTestFinished(() => fetcher.close());
  return fetcher;
}

test('a page is fetched with its type, its address after redirects, and what a later request needs', async () => {
  const site = await aSite(
    byPath({
      '/old': (_, response) => response.writeHead(301, { location: '/new#part' }).end('moved'),
      '/new': sends('<p>Words.</p>', 'text/html; charset=utf-8', {
        etag: '"v1"',
        'last-modified': 'Wed, 25 Nov 2026 10:00:00 GMT',
        'cache-control': 'public, max-age=600',
      }),
    }),
  );
  expect(await aFetcher().get(site.at('/old'))).toEqual({
    outcome: 'fetched',
    bytes: Buffer.from('<p>Words.</p>'),
    type: 'html',
    url: site.at('/new'),
    etag: '"v1"',
    lastModified: 'Wed, 25 Nov 2026 10:00:00 GMT',
    maxAgeMs: 600_000,
  });
});

test('a visit says that it is Briefdesk, and of which version; it brings no cookie and no password', async () => {
  const site = await aSite(byPath({ '/': sends('x', 'text/plain', { 'set-cookie': 'a=b' }) }));
  const fetcher = aFetcher();
  await fetcher.get(site.at('/'));
  await fetcher.get(site.at('/'));
  const { headers } = site.asked[1]!;
  expect(headers['user-agent']).toBe(`Briefdesk/${version}`);
  expect(headers).not.toHaveProperty('cookie');
  expect(headers).not.toHaveProperty('authorization');
  expect(headers).not.toHaveProperty('referer');
});

test.each([
  ['loopback', 'http://127.0.0.1/'],
  ['all of loopback', 'http://127.9.9.9/'],
  ['a decimal host', 'http://2130706433/'],
  ['a hexadecimal host', 'http://0x7f000001/'],
  ['a hexadecimal piece', 'http://0x7f.1/'],
  ['an octal host', 'http://0177.0.0.1/'],
  ['a short host', 'http://127.1/'],
  ['no host at all', 'http://0/'],
  ['digits of another script', 'http://①②⑦.⓪.⓪.①/'],
  ['a literal with a dot behind it', 'http://127.0.0.1./'],
  ['private networks', 'http://10.1.2.3/'],
  ['private networks', 'http://172.16.0.1/'],
  ['private networks', 'http://192.168.1.1/'],
  ['link-local, where clouds keep their keys', 'http://169.254.169.254/latest/meta-data/'],
  ['carrier-grade NAT', 'http://100.64.0.1/'],
  ['test networks', 'http://192.0.2.1/'],
  ['broadcast', 'http://255.255.255.255/'],
  ['multicast', 'http://224.0.0.1/'],
  ['IPv6 loopback', 'http://[::1]/'],
  ['IPv6 that stands for IPv4', 'http://[::ffff:127.0.0.1]/'],
  ['IPv6 that stands for IPv4 in hexadecimal', 'http://[::ffff:7f00:1]/'],
  ['the old way of writing IPv4 as IPv6', 'http://[::7f00:1]/'],
  ['NAT64', 'http://[64:ff9b::7f00:1]/'],
  ['local NAT64', 'http://[64:ff9b:1::a00:1]/'],
  ['6to4', 'http://[2002:7f00:1::]/'],
  ['unique local', 'http://[fc00::1]/'],
  ['unique local', 'http://[fd12:3456::1]/'],
  ['IPv6 link-local', 'http://[fe80::1]/'],
  ['site-local of old', 'http://[fec0::1]/'],
  ['IPv6 that nobody was given', 'http://[4000::1]/'],
  ['nothing', 'http://[::]/'],
])('an address that is not public is refused: %s, %s', async (_, address) => {
  expect(await aFetcher().get(address)).toMatchObject({
    outcome: 'refused',
    reason: expect.stringContaining('is not a public address'),
  });
});

test.each([
  ['file:///etc/passwd', 'Only addresses that begin with'],
  ['ftp://news.example/', 'Only addresses that begin with'],
  ['data:text/html,x', 'Only addresses that begin with'],
  ['javascript:alert(1)', 'Only addresses that begin with'],
  ['news.example', 'That is no address'],
  ['https://', 'That is no address'],
  ['http://[fe80::1%25eth0]/', 'That is no address'],
  ['http://news.example./', 'ends in a dot'],
  ['http://localhost./', 'ends in a dot'],
  ['http://reader:hunter2@news.example/', 'holds a name or a password'],
])('an address of another kind is refused: %s', async (address, reason) => {
  const result = await aFetcher().get(address);
  expect(result).toMatchObject({ outcome: 'refused', reason: expect.stringContaining(reason) });
  expect(JSON.stringify(result)).not.toContain('hunter2');
});

test('an address of more than 2,048 characters is refused', async () => {
  expect(await aFetcher().get(`https://news.example/${MANY}`)).toMatchObject({
    reason: expect.stringContaining('longer than 2,048'),
  });
});

test.each([
  ['localhost', ['127.0.0.1', '::1']],
  ['intranet.example', ['10.0.0.5']],
  ['half.example', ['93.184.216.34', '10.0.0.5']],
  ['six.example', ['::ffff:169.254.169.254']],
  ['broken.example', ['not an address']],
])('a name that leads anywhere that is not public is refused before it is called: %s', async (host, addresses) => {
  const site = await aSite(sends('secret'));
  const result = await aFetcher({ names: { [host]: addresses } }).get(site.at('/', host));
  expect(result).toMatchObject({
    outcome: 'refused',
    reason: expect.stringMatching(new RegExp(`^${host} leads to .* not a public address`)),
  });
  expect(site.asked).toEqual([]);
});

test('a name that leads to a public address first and home the second time does not get through', async () => {
  // Two addresses of loopback, of which the operator opens one: they stand for the internet and for this machine.
  const open = await aSite(sends('public', 'text/html', { connection: 'close' }), '127.0.0.2');
  const answers = [['127.0.0.2'], ['127.0.0.1']];
  const asked: string[] = [];
  const fetcher = aFetcher({
    allow: '127.0.0.2',
    resolve: async (host) => {
      asked.push(host);
      return answers.shift() ?? ['127.0.0.1'];
    },
  });
  expect(await fetcher.get(open.at('/', 'rebind.example'))).toMatchObject({ outcome: 'fetched' });
  expect(await fetcher.get(open.at('/', 'rebind.example'))).toMatchObject({
    outcome: 'refused',
    reason: expect.stringContaining('rebind.example leads to 127.0.0.1'),
  });
  // What was checked is what was called: the name is looked up once for each connection.
  expect(asked).toEqual(['rebind.example', 'rebind.example']);
  expect(open.asked).toHaveLength(1);
});

test.each([
  ['to this machine', 'http://127.0.0.1:1/'],
  ['to a name that leads to this machine', 'http://inside.example/'],
  ['to a file', 'file:///etc/passwd'],
  ['to an address with a password', 'http://a:b@news.example/'],
  ['to nowhere', 'http://'],
])('a redirect %s is refused', async (_, location) => {
  const site = await aSite((__, response) => response.writeHead(302, { location }).end());
  const fetcher = aFetcher({ names: { 'inside.example': ['192.168.0.10'] } });
  expect(await fetcher.get(site.at('/'))).toMatchObject({ outcome: 'refused' });
  expect(site.asked).toHaveLength(1);
});

test('an address that leads on and on is given up after five times', async () => {
  const site = await aSite((request, response) => response.writeHead(307, { location: `${request.url}x` }).end());
  expect(await aFetcher().get(site.at('/'))).toEqual({ outcome: 'refused', reason: 'The address leads on more than 5 times.' });
  expect(site.asked).toHaveLength(6);
});

test('only the ports of the web are called, except where the operator opens a host', async () => {
  const fetcher = aFetcher({ names: { 'public.example': ['93.184.216.34'] } });
  expect(await fetcher.get('http://public.example:2222/')).toMatchObject({
    reason: expect.stringContaining('is called at port 2222'),
  });
  expect(await fetcher.get('http://93.184.216.34:8080/')).toMatchObject({
    reason: expect.stringContaining('only the ports 80 and 443'),
  });
});

test('an operator opens hosts and ranges of an intranet, and nothing beside them', async () => {
  const site = await aSite(sends('inside'));
  const wiki = aFetcher({ allow: 'wiki.corp, 192.168.7.0/24', names: { 'far.corp': ['192.168.8.1'] } });
  expect(await wiki.get(site.at('/', 'wiki.corp'))).toMatchObject({ outcome: 'fetched' });
  expect(await wiki.get(site.at('/', 'mail.corp'))).toMatchObject({ outcome: 'refused' });
  expect(await wiki.get(site.at('/', 'far.corp'))).toMatchObject({ outcome: 'refused' });
  const range = aFetcher({ allow: '127.0.0.0/8, ::1' });
  expect(await range.get(site.at('/', 'anything.corp'))).toMatchObject({ outcome: 'fetched' });
  expect(await range.get(site.at('/', '127.0.0.1'))).toMatchObject({ outcome: 'fetched' });
});

test('a list of opened hosts is checked', () => {
  for (const fine of ['', 'wiki.corp', 'WIKI.corp,10.0.0.0/8', '10.0.0.1, fd00::/8, ::1', 'under_score.corp'])
    expect(readAllowedHosts(fine), fine).toBeDefined();
  for (const wrong of [
    'http://wiki.corp',
    'wiki.corp:8080',
    '*.corp',
    '10.0.0.0/33',
    '0.0.0.0/0',
    '::/0',
    '127.1',
    '0x7f',
    'a b',
    '10.0.0.256',
  ])
    expect(readAllowedHosts(wrong), wrong).toBeUndefined();
});

test('a proxy of the environment is not used', async () => {
  const proxy = await aSite(sends('through the proxy'));
  const site = await aSite(sends('straight'));
  for (const name of ['http_proxy', 'HTTP_PROXY', 'ALL_PROXY']) {
    const before = process.env[name];
    process.env[name] = `http://127.0.0.1:${proxy.port}`;
    onTestFinished(() => {
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    });
  }
  expect(await aFetcher().get(site.at('/'))).toMatchObject({ bytes: Buffer.from('straight') });
  expect(proxy.asked).toEqual([]);
});

test('what is not a document is refused with what it is', async () => {
  const site = await aSite(
    byPath({
      '/picture': sends('x', 'image/png'),
      '/program': sends('x', 'application/octet-stream'),
      '/none': (_, response) => response.writeHead(200).end('x'),
      '/odd': sends('x', 'text/<script>'),
    }),
  );
  const fetcher = aFetcher();
  expect(await fetcher.get(site.at('/picture'))).toMatchObject({
    outcome: 'refused',
    reason: expect.stringContaining('image/png'),
  });
  expect(await fetcher.get(site.at('/program'))).toMatchObject({ reason: expect.stringContaining('application/octet-stream') });
  for (const path of ['/none', '/odd'])
    expect(await fetcher.get(site.at(path))).toMatchObject({
      reason: expect.stringContaining('does not say of what type it is'),
    });
});

test.each([
  ['text/html', 'html'],
  ['application/xhtml+xml', 'html'],
  ['text/plain; charset=utf-8', 'text'],
  ['text/markdown', 'markdown'],
  ['application/pdf', 'pdf'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
  ['application/rss+xml; charset=utf-8', 'feed'],
  ['application/atom+xml', 'feed'],
  ['text/xml', 'feed'],
  ['application/feed+json', 'feed'],
  ['Application/JSON', 'feed'],
  ['text/csv', 'csv'],
])('a document of type %s is read', async (header, type) => {
  const site = await aSite(sends('words', header));
  expect(await aFetcher().get(site.at('/'))).toMatchObject({ outcome: 'fetched', type });
});

const SMALL = { limits: { bytes: 64 * 1024 } };

test('a body without an end is cut off at the limit, and its connection closed', async () => {
  let closed = () => {};
  const isClosed = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const site = await aSite((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.on('close', () => closed());
    const more = () => {
      while (response.write(MANY));
    };
    response.on('drain', more);
    more();
  });
  expect(await aFetcher(SMALL).get(site.at('/'))).toEqual({
    outcome: 'refused',
    reason: 'The document is larger than 0.063 MB.',
  });
  await isClosed;
});

test('a small body that unpacks to a large one is cut off at the limit', async () => {
  const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024));
  expect(bomb.length).toBeLessThan(32 * 1024);
  const twice = gzipSync(bomb);
  const site = await aSite(
    byPath({
      '/once': sends(bomb, 'text/html', { 'content-encoding': 'gzip' }),
      '/twice': sends(twice, 'text/html', { 'content-encoding': 'gzip, gzip' }),
    }),
  );
  for (const path of ['/once', '/twice'])
    expect(await aFetcher(SMALL).get(site.at(path))).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('larger than'),
    });
});

test('a damaged body is a failure, and nothing of it is told', async () => {
  const site = await aSite(sends('hunter2 is not packed', 'text/html', { 'content-encoding': 'gzip' }));
  const result = await aFetcher().get(site.at('/?key=hunter2'));
  expect(result).toMatchObject({ outcome: 'failed', reason: 'What news.example sent is packed, and damaged.' });
});

test('a server that answers drop by drop, or not at all, is given up after the time for the whole', async () => {
  const site = await aSite((request, response) => {
    if (request.url === '/silent') return;
    response.writeHead(200, { 'content-type': 'text/html' });
    const drops = setInterval(() => response.write('x'), 5);
    response.on('close', () => clearInterval(drops));
  });
  const fetcher = aFetcher({ limits: { ms: 250 } });
  for (const path of ['/silent', '/drops'])
    expect(await fetcher.get(site.at(path))).toEqual({
      outcome: 'failed',
      reason: 'news.example did not answer in full within 0.25 seconds.',
    });
});

test('a name that is never found out is given up as well', async () => {
  const fetcher = aFetcher({ limits: { ms: 100 }, resolve: () => new Promise(() => {}) });
  expect(await fetcher.get('http://slow.example/')).toMatchObject({ outcome: 'failed' });
});

test('what has not changed is not sent again', async () => {
  const site = await aSite((request, response) => {
    const isSame = request.headers['if-none-match'] === '"v1"' || request.headers['if-modified-since'] !== undefined;
    response.writeHead(isSame ? 304 : 200, { 'content-type': 'text/html', 'cache-control': 'max-age=60' }).end();
  });
  const fetcher = aFetcher();
  const day = 'Wed, 25 Nov 2026 10:00:00 GMT';
  expect(await fetcher.get(site.at('/'), { etag: '"v1"' })).toEqual({ outcome: 'unchanged', maxAgeMs: 60_000 });
  expect(await fetcher.get(site.at('/'), { lastModified: day })).toMatchObject({ outcome: 'unchanged' });
  expect(await fetcher.get(site.at('/'), { etag: '"v0"' })).toMatchObject({ outcome: 'fetched' });
});

test('a server that asks to come back later says when', async () => {
  const site = await aSite((request, response) => {
    const [, status, after = ''] = /^\/(\d+)\/(.*)$/.exec(request.url ?? '') ?? [];
    response.writeHead(Number(status), { 'retry-after': decodeURIComponent(after) }).end('secret words');
  });
  const fetcher = aFetcher();
  const get = (path: string) => fetcher.get(site.at(path));
  expect(await get('/429/120')).toMatchObject({ outcome: 'failed', status: 429, retryAfterMs: 120_000 });
  expect(await get('/503/Wed%2C%2025%20Nov%202026%2012%3A30%3A00%20GMT')).toMatchObject({ status: 503, retryAfterMs: 1_800_000 });
  expect(await get('/503/soon')).toMatchObject({ status: 503, retryAfterMs: undefined });
  expect(await get('/410/')).toMatchObject({ outcome: 'failed', status: 410 });
  expect(JSON.stringify(await get('/500/'))).not.toContain('secret');
});

test('a host that cannot be reached is a failure that names it alone', async () => {
  const site = await aSite((request) => request.socket.destroy());
  const names = { 'gone.example': [] };
  const fetcher = aFetcher({ names });
  expect(await fetcher.get(site.at('/feed?key=hunter2'))).toEqual({
    outcome: 'failed',
    reason: 'news.example broke the connection off.',
  });
  expect(await fetcher.get('http://gone.example/')).toMatchObject({
    outcome: 'failed',
    reason: 'gone.example cannot be found: check how it is written.',
  });
  expect(await fetcher.get(`https://news.example:${site.port}/`)).toMatchObject({ outcome: 'failed' });
});

test('a fetch that is stopped ends at once', async () => {
  const stop = new AbortController();
  const site = await aSite(() => stop.abort());
  const fetcher = aFetcher();
  expect(await fetcher.get(site.at('/'), { signal: stop.signal })).toEqual({ outcome: 'failed', reason: 'It was stopped.' });
  expect(await fetcher.get(site.at('/'), { signal: stop.signal })).toEqual({ outcome: 'failed', reason: 'It was stopped.' });
  expect(site.asked).toHaveLength(1);
});
