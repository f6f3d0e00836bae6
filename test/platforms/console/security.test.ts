import { afterEach, expect, test } from 'vitest';
import { openTestConsole, type TestConsole } from '../../support/console.ts';
import { openWindow } from './requests.ts';

const TOKEN = 'a secret of the newsroom';
const opened: TestConsole[] = [];
const open = async (given: Parameters<typeof openTestConsole>[0] = {}) => {
  const desk = await openTestConsole({ start: false, ...given });
  opened.push(desk);
  return desk;
};
afterEach(() => Promise.all(opened.splice(0).map((desk) => desk.stop())));

test('without a token the console stays on its own machine, and says what to set', async () => {
  await expect(open({ settings: { host: '0.0.0.0' } })).rejects.toThrow(
    'CONSOLE_TOKEN is missing: needed because HOST is 0.0.0.0',
  );
});

test.each([{ host: '0.0.0.0', token: TOKEN }, { host: '::1' }])(
  'with a token, or on loopback, it opens (%o)',
  async (settings) => {
    await expect(open({ settings })).resolves.toBeDefined();
  },
);

test('every answer forbids foreign and inline scripts, frames and guessing of types', async () => {
  const window = await openWindow(await open());
  for (const path of ['/', '/chat/state', '/archive', '/nowhere', '/favicon.svg']) {
    const { headers } = await window.send('GET', path);
    expect(headers.get('content-security-policy'), path).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
  }
});

test.each(['evil.example', 'evil.example:3000', '127.0.0.1.evil.example', ''])(
  'a name that was pointed at this machine (“%s”) gets nothing',
  async (host) => {
    const window = await openWindow(await open());
    for (const path of ['/', '/chat/state', '/archive'])
      expect((await window.send('GET', path, undefined, { host })).status).toBe(421);
  },
);

test.each([
  ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['another port', { origin: 'http://127.0.0.1:8080', 'sec-fetch-site': 'same-site' }],
  ['a page without an origin', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ['an old browser on another site', { origin: 'https://evil.example', 'sec-fetch-site': '' }],
  ['nobody knows where', { origin: '', 'sec-fetch-site': '' }],
])('%s cannot write', async (_, headers) => {
  const window = await openWindow(await open());
  for (const [method, path] of [
    ['POST', '/chat/channels'],
    ['PATCH', '/chat/channels/x'],
    ['POST', '/chat/session'],
    ['DELETE', '/chat/messages/x/share'],
  ] as const) {
    expect((await window.send(method, path, { name: 'x' }, headers)).status).toBe(403);
  }
});

test('a body over 64 kB is refused, and so is one that is not JSON', async () => {
  const window = await openWindow(await open());
  expect((await window.send('POST', '/chat/channels', { name: 'x'.repeat(70_000) })).status).toBe(413);
  expect((await window.send('POST', '/chat/channels', 'name=x', { 'content-type': 'text/plain' })).status).toBe(400);
  expect((await window.send('POST', '/chat/channels', '{')).status).toBe(400);
});

test('a caller who asks too fast has to wait, another does not', async () => {
  const at = new Date();
  const desk = await open({ now: () => at });
  const [hasty, calm] = [await openWindow(desk), await openWindow(desk)];
  const statuses = [];
  for (let count = 0; count < 40; count++)
    statuses.push((await hasty.send('POST', '/chat/channels', { name: `c${count}` })).status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(20);
  expect(statuses.at(-1)).toBe(429);
  expect((await calm.send('POST', '/chat/channels', { name: 'calm' })).status).toBe(201);
});

test('the session is a cookie that no script reads and no other site sends', async () => {
  const desk = await open();
  const response = await (await openWindow(desk, { cookie: '' })).send('POST', '/chat/session');
  expect(response.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/);
  const forged = await openWindow(desk, { cookie: 'briefdesk_session=short.open' });
  expect((await forged.send('GET', '/chat/state')).status).toBe(401);
});

test('with a token chat and archive are closed until somebody signs in', async () => {
  const desk = await open({ settings: { token: TOKEN } });
  const window = await openWindow(desk);
  expect((await window.send('POST', '/chat/session')).status).toBe(403);
  for (const path of ['/chat/state', '/chat/events']) expect((await window.send('GET', path)).status).toBe(401);
  expect((await window.send('GET', '/archive?q=trade')).headers.get('location')).toBe('/login?next=%2Farchive%3Fq%3Dtrade');
  expect((await window.send('GET', '/')).headers.get('location')).toBe('/login?next=%2F');

  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await window.send('POST', '/login', 'token=wrong', form)).status).toBe(401);
  const entered = await window.send('POST', '/login?next=/archive', `token=${encodeURIComponent(TOKEN)}`, form);
  expect(entered.headers.get('location')).toBe('/archive');
  expect((await window.send('GET', '/chat/state')).status).toBe(200);
  expect((await window.send('GET', '/archive')).status).toBe(200);

  const other = await open({ settings: { token: 'another secret, set later' } });
  expect((await (await openWindow(other, { cookie: window.cookie })).send('GET', '/chat/state')).status).toBe(401);
});

test.each(['https://evil.example', '//evil.example', '/\\evil.example', '/%0d%0aSet-Cookie:x=1'])(
  'signing in never leads to another site (%s)',
  async (next) => {
    const window = await openWindow(await open({ settings: { token: TOKEN } }), { cookie: '' });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await window.send(
      'POST',
      `/login?next=${encodeURIComponent(next)}`,
      `token=${encodeURIComponent(TOKEN)}`,
      form,
    );
    expect(response.headers.get('location')).toMatch(/^\/(?![/\\])/);
    expect(new URL(response.headers.get('location') ?? '', 'http://127.0.0.1:3000').host).toBe('127.0.0.1:3000');
  },
);

test('the token cannot be guessed at speed', async () => {
  const at = new Date();
  const window = await openWindow(await open({ settings: { token: TOKEN }, now: () => at }), { cookie: '' });
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const statuses = [];
  for (let count = 0; count < 12; count++) statuses.push((await window.send('POST', '/login', `token=${count}`, form)).status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(8);
  expect((await window.send('POST', '/login', `token=${encodeURIComponent(TOKEN)}`, form)).status).toBe(429);
});

test('ARCHIVE_PUBLIC opens the archive pages alone', async () => {
  const window = await openWindow(await open({ settings: { token: TOKEN, archivePublic: true } }), { cookie: '' });
  expect((await window.send('GET', '/archive')).status).toBe(200);
  expect((await window.send('GET', '/chat/state')).status).toBe(401);
  expect((await window.send('POST', '/chat/session')).status).toBe(403);
});

test('a proxy does not open a console without a token to others', async () => {
  const desk = await open({ settings: { publicUrl: 'https://desk.example' } });
  const [proxied, named] = [await openWindow(desk, { cookie: '' }), await openWindow(desk, { cookie: '', host: 'desk.example' })];
  expect((await proxied.send('POST', '/chat/session', undefined, { 'x-forwarded-for': '203.0.113.7' })).status).toBe(403);
  expect((await named.send('POST', '/chat/session')).status).toBe(403);
  expect((await named.send('GET', '/')).status).toBe(403);
});

test('no path reaches a file that is not of the pages', async () => {
  const window = await openWindow(await open());
  for (const path of [
    '/assets/../../package.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets//etc/passwd',
  ]) {
    expect((await window.send('GET', path)).status, path).toBe(404);
  }
});
