import { expect, test } from 'vitest';
import { createRobots } from '../../src/intake/robots.ts';
import { createVisitor } from '../../src/intake/visit.ts';
import { type Answer, aClock, aLocalFetcher, aSite, byPath, sends } from '../support/site.ts';

const HOUR = 3_600_000;
const page = sends('<p>Words.</p>');
const says = (robots: string): Answer => sends(robots, 'text/plain');
const answers =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(status, headers).end();

async function aGuest(robots: Answer | undefined, more: Record<string, Answer> = {}) {
  const clock = aClock();
  let now = robots;
  const site = await aSite((request, response) =>
    byPath({ '/robots.txt': now, '/a': page, '/b': page, '/private/c': page, ...more })(request, response),
  );
  const fetcher = aLocalFetcher(clock.now);
  const visitor = createVisitor({ fetcher, ...clock });
  return {
    clock,
    site,
    visitor,
    get: (path: string, host?: string) => visitor.get(site.at(path, host)),
    robotsAsked: () => site.asked.filter(({ path }) => path === '/robots.txt').length,
    setRobots(answer: Answer) {
      now = answer;
    },
  };
}

test('what robots.txt asks robots not to visit is not visited', async () => {
  const { get, site } = await aGuest(says('User-agent: *\nDisallow: /private/\nAllow: /private/but\n'));
  expect(await get('/a')).toMatchObject({ outcome: 'fetched' });
  expect(await get('/private/c')).toEqual({
    outcome: 'refused',
    reason: 'The robots.txt of news.example asks robots not to visit that address.',
  });
  expect(site.asked.map(({ path }) => path)).toEqual(['/robots.txt', '/a']);
});

test('rules for Briefdesk by name come before those for all', async () => {
  const { get } = await aGuest(says('User-agent: *\nDisallow: /\n\nUser-agent: briefdesk\nDisallow: /a\n'));
  expect(await get('/b')).toMatchObject({ outcome: 'fetched' });
  expect(await get('/a')).toMatchObject({ outcome: 'refused' });
});

test('a redirect does not lead around the rules', async () => {
  const { get, site } = await aGuest(says('User-agent: *\nDisallow: /private/\n'), {
    '/in': answers(302, { location: '/private/c' }),
  });
  expect(await get('/in')).toMatchObject({ outcome: 'refused' });
  expect(site.asked.map(({ path }) => path)).not.toContain('/private/c');
});

test('rules are asked for once a day and host', async () => {
  const { get, clock, robotsAsked } = await aGuest(says(''));
  await get('/a');
  await get('/b');
  expect(robotsAsked()).toBe(1);
  await get('/a', 'other.example');
  expect(robotsAsked()).toBe(2);
  clock.pass(24 * HOUR);
  await get('/a');
  expect(robotsAsked()).toBe(3);
});

test.each([404, 401, 403, 410, 451])('no robots.txt (%d) means that everything may be visited', async (status) => {
  const { get } = await aGuest(answers(status));
  expect(await get('/a')).toMatchObject({ outcome: 'fetched' });
});

test.each([500, 503, 429])(
  'a robots.txt that cannot be read (%d) means that nothing may be visited until it can',
  async (status) => {
    const { get, clock, setRobots, robotsAsked } = await aGuest(answers(status));
    expect(await get('/a')).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('robots.txt cannot be read') });
    expect(await get('/a')).toMatchObject({ outcome: 'failed' });
    expect(robotsAsked()).toBe(1);
    setRobots(says(''));
    clock.pass(HOUR);
    expect(await get('/a')).toMatchObject({ outcome: 'fetched' });
  },
);

test('while robots.txt cannot be read, the rules that were read last still hold', async () => {
  const { get, clock, setRobots } = await aGuest(says('User-agent: *\nDisallow: /private/\n'));
  await get('/a');
  setRobots(answers(500));
  clock.pass(25 * HOUR);
  expect(await get('/a')).toMatchObject({ outcome: 'fetched' });
  expect(await get('/private/c')).toMatchObject({ outcome: 'refused' });
});

test('a robots.txt of any type is read, and one that leads elsewhere is followed', async () => {
  const rules = 'User-agent: *\nDisallow: /private/\n';
  const { get, setRobots, clock } = await aGuest(sends(rules, 'application/octet-stream'), { '/rules': says(rules) });
  expect(await get('/private/c')).toMatchObject({ outcome: 'refused' });
  setRobots(answers(301, { location: '/rules' }));
  clock.pass(25 * HOUR);
  expect(await get('/private/c')).toMatchObject({ outcome: 'refused' });
});

test('only the first 500 kB of a huge robots.txt count', async () => {
  const star = `Disallow: /${'*a'.repeat(40)}\n`;
  const { get } = await aGuest(says(`User-agent: *\n${star.repeat(8000)}Disallow: /a\n`));
  expect(await get('/a')).toMatchObject({ outcome: 'fetched' });
});

test('an address that is not public is refused as that, not for its robots.txt', async () => {
  const { visitor } = await aGuest(says(''));
  expect(await visitor.get('http://10.0.0.1/')).toMatchObject({
    outcome: 'refused',
    reason: expect.stringContaining('not a public address'),
  });
  expect(await visitor.get('file:///etc/passwd')).toMatchObject({ outcome: 'refused' });
  expect(await visitor.get('no address')).toMatchObject({ outcome: 'refused' });
});

test('between two visits to a host there is a second, or the pause that it asks for', async () => {
  const quick = await aGuest(says(''));
  await quick.get('/a');
  await quick.get('/b');
  expect(quick.clock.waits).toEqual([1000]);
  const slow = await aGuest(says('User-agent: *\nCrawl-delay: 7\n'));
  await slow.get('/a');
  slow.clock.pass(3000);
  await slow.get('/b');
  await slow.get('/a');
  expect(slow.clock.waits).toEqual([4000, 7000]);
  const endless = await aGuest(says('User-agent: *\nCrawl-delay: 86400\n'));
  await endless.get('/a');
  await endless.get('/b');
  expect(endless.clock.waits).toEqual([5 * 60_000]);
});

test('a host is visited by one at a time; another host does not wait for it', async () => {
  let open = 0;
  let most = 0;
  const counted: Answer = (request, response) => {
    open += 1;
    most = Math.max(most, open);
    response.on('close', () => {
      open -= 1;
    });
    page(request, response);
  };
  const { get, clock } = await aGuest(says(''), { '/a': counted, '/b': counted });
  await Promise.all([get('/a'), get('/b'), get('/a')]);
  expect(most).toBe(1);
  expect(clock.waits).toEqual([1000, 1000]);
  await get('/a', 'other.example');
  expect(clock.waits).toHaveLength(2);
});

test('a visit that is stopped while it waits ends, and holds up nobody', async () => {
  const clock = aClock();
  const site = await aSite(byPath({ '/a': page, '/b': page }));
  const stop = new AbortController();
  const fetcher = aLocalFetcher(clock.now);
  const visitor = createVisitor({
    fetcher,
    now: clock.now,
    wait: async (ms, signal) => {
      if (signal) stop.abort();
      signal?.throwIfAborted();
      await clock.wait(ms);
    },
  });
  await visitor.get(site.at('/a'));
  expect(await visitor.get(site.at('/b'), { signal: stop.signal })).toEqual({ outcome: 'failed', reason: 'It was stopped.' });
  expect(await visitor.get(site.at('/b'))).toMatchObject({ outcome: 'fetched' });
});

test('rules are kept for many hosts, but not without end', async () => {
  const asked: string[] = [];
  const robots = createRobots({
    now: () => new Date(0),
    fetcher: {
      get: async (address) => {
        asked.push(address);
        return { outcome: 'failed', reason: '', status: 404 };
      },
    },
  });
  for (let n = 0; n < 600; n += 1) await robots.rulesFor(new URL(`https://h${n}.example/`));
  await robots.rulesFor(new URL('https://h599.example/'));
  expect(asked).toHaveLength(600);
  await robots.rulesFor(new URL('https://h0.example/'));
  expect(asked).toHaveLength(601);
});
