import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { OperatorError } from '../../src/errors.ts';
import { openFeedStore } from '../../src/store/feeds.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { aCollection, aContentFolder } from '../support/folder.ts';
import { aFollowedFeed, HOUR, MINUTE, type Post, rssOf, wordsOf } from '../support/followed-feed.ts';
import { type Answer, sends } from '../support/site.ts';

const DAY = 24 * HOUR;
const ONE = { guid: 'one' };
const TWO = { guid: 'two' };
const THREE = { guid: 'three' };
const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(code, headers).end();
const nextPoll = async ({
  store,
  clock,
}: {
  store: Awaited<ReturnType<typeof aFollowedFeed>>['store'];
  clock: { now: () => Date };
}) => (((await store.all())[0]?.nextPoll ?? 0) - clock.now().getTime()) / MINUTE;

test('posts that were there when a feed was followed count as seen; what comes later is taken in, oldest first', async () => {
  const feed = await aFollowedFeed();
  const decided = { publication: 'quay', topics: ['Ferries'], countries: ['CL'] };
  await feed.follow({ decided });
  await feed.after(HOUR);
  expect(feed.came()).toEqual([]);
  feed.publish([ONE, TWO, THREE, { guid: 'four' }]);
  await feed.after(2 * HOUR);
  expect(feed.taken.map((one) => one.decided)).toEqual([decided, decided]);
  expect(feed.taken[0]?.incoming).toMatchObject({
    name: feed.site.at('/posts/three'),
    hints: { type: 'html', sourceUrl: feed.site.at('/posts/three'), published: '2026-11-20' },
    retrieved: '2026-11-25',
  });
  expect(feed.came()).toEqual(['three', 'four']);
  await feed.after(2 * HOUR);
  expect(feed.came()).toEqual([]);
});

test('with its backlog, a feed is taken in from its oldest post on', async () => {
  const feed = await aFollowedFeed();
  await feed.follow({ backlog: true });
  await feed.after(0);
  expect(feed.came()).toEqual(['one', 'two']);
});

test('a feed that has not changed is not sent again', async () => {
  const feed = await aFollowedFeed();
  await feed.follow();
  await feed.after(2 * HOUR);
  await feed.after(2 * HOUR);
  const asked = feed.site.asked.filter(({ path }) => path === '/feed');
  expect(asked.map(({ headers }) => headers['if-none-match'] !== undefined)).toEqual([false, true, true]);
});

test('a post whose text changed is offered again, the others are not', async () => {
  const feed = await aFollowedFeed();
  await feed.follow();
  feed.publish([ONE, { guid: 'two', text: wordsOf('corrected') }]);
  await feed.after(2 * HOUR);
  expect(feed.taken).toHaveLength(1);
  expect(Buffer.from(feed.taken[0]!.incoming.bytes).toString()).toContain('corrected.');
  await feed.after(2 * HOUR);
  expect(feed.taken).toHaveLength(1);
});

const TEASER: Post = { guid: 'long', teaser: 'Out now: four answers on ferries. Read more' };

test('a teaser is fetched whole at its link', async () => {
  const feed = await aFollowedFeed();
  await feed.follow();
  feed.pages['/posts/long'] = status(301, { location: '/whole' });
  feed.pages['/whole'] = sends('<article>The whole text.</article>');
  feed.publish([ONE, TWO, TEASER]);
  await feed.after(2 * HOUR);
  expect(feed.taken).toHaveLength(1);
  const { incoming } = feed.taken[0]!;
  expect(Buffer.from(incoming.bytes).toString()).toBe('<article>The whole text.</article>');
  expect(incoming.hints).toEqual({ type: 'html', sourceUrl: feed.site.at('/whole'), published: '2026-11-20' });
});

test('a page that cannot be read for now is tried again, and nothing else waits for it', async () => {
  const feed = await aFollowedFeed();
  await feed.follow();
  feed.pages['/posts/long'] = status(500);
  feed.publish([ONE, TWO, TEASER, THREE]);
  await feed.after(2 * HOUR);
  expect(feed.came()).toEqual(['three']);
  feed.pages['/posts/long'] = sends('<p>long. The whole text.</p>');
  await feed.after(2 * HOUR);
  expect(feed.came()).toEqual(['long']);
  await feed.after(2 * HOUR);
  expect(feed.came()).toEqual([]);
});

test('a page that can never be read is told once, and not asked for again', async () => {
  const feed = await aFollowedFeed();
  await feed.follow();
  feed.pages['/robots.txt'] = sends('User-agent: *\nDisallow: /posts/\n', 'text/plain');
  feed.clock.pass(DAY);
  feed.publish([ONE, TWO, TEASER]);
  for (let n = 0; n < 3; n += 1) await feed.after(2 * HOUR);
  expect(feed.came()).toEqual([]);
  const told = feed.logged.filter(({ level }) => level === 'warn');
  expect(told.map(({ fields }) => fields?.reason)).toEqual([
    'The robots.txt of news.example asks robots not to visit that address.',
  ]);
  expect(feed.site.asked.filter(({ path }) => path === '/posts/long')).toEqual([]);
});

test('a page that stays out of reach for a day is given up, and that is told', async () => {
  const feed = await aFollowedFeed();
  await feed.follow();
  feed.pages['/posts/long'] = status(500);
  feed.publish([ONE, TWO, TEASER]);
  for (let n = 0; n < 30; n += 1) await feed.after(2 * HOUR);
  expect(feed.site.asked.filter(({ path }) => path === '/posts/long')).toHaveLength(24);
  expect(feed.logged.filter(({ level }) => level === 'warn')).toHaveLength(1);
});

test('a post counts as seen only once the desk took it: after a crash it is offered again', async () => {
  let crashes = true;
  const feed = await aFollowedFeed({
    take: async (incoming) => {
      if (crashes && incoming.name.endsWith('two')) throw new OperatorError('the folder cannot be written');
      return [{ outcome: 'known', id: 'a', file: 'b' }];
    },
  });
  await feed.follow({ backlog: true });
  await feed.after(0);
  expect(feed.came()).toEqual(['one', 'two']);
  expect(feed.logged.filter(({ level }) => level === 'error')).toMatchObject([
    { event: 'posts of a feed could not be taken in' },
  ]);
  crashes = false;
  await feed.after(15 * MINUTE);
  expect(feed.came()).toEqual(['two']);
  // What was taken in when the power failed comes again; the desk recognises it.
  feed.publish([ONE, TWO, THREE]);
  const died = feed.another({
    by: 'died',
    store: { ...feed.store, putPost: () => Promise.reject(new Error('the power failed')), recordPoll: async () => {} },
  });
  feed.clock.pass(2 * HOUR);
  await died.tick();
  expect(feed.came()).toEqual(['three']);
  await feed.after(15 * MINUTE);
  expect(feed.came()).toEqual(['three']);
});

test('one post that breaks the import does not hold up the next ones', async () => {
  const feed = await aFollowedFeed({
    take: async (incoming) => {
      if (incoming.name.endsWith('one')) throw new TypeError('a bug');
      return [];
    },
  });
  await feed.follow({ backlog: true });
  await feed.after(0);
  expect(feed.came()).toEqual(['one', 'two']);
  await feed.after(2 * HOUR);
  expect(feed.came()).toEqual(['one']);
});

test.each([
  ['nothing', '', {}, 60],
  ['a ttl', '<ttl>180</ttl>', {}, 180],
  ['a ttl below the floor', '<ttl>1</ttl>', {}, 15],
  ['a ttl beyond the ceiling', '<ttl>99999</ttl>', {}, 24 * 60],
  ['a period', '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">daily</sy:updatePeriod>', {}, 24 * 60],
  ['max-age', '', { 'cache-control': 'max-age=7200' }, 120],
  ['a shorter max-age than its ttl', '<ttl>180</ttl>', { 'cache-control': 'max-age=60' }, 180],
  ['no-cache', '', { 'cache-control': 'no-cache, max-age=7200' }, 60],
])('a feed that asks for %s is polled at that pace', async (_, inside, headers, minutes) => {
  const feed = await aFollowedFeed();
  feed.publish([ONE], inside);
  await feed.follow();
  const body = rssOf([ONE], inside);
  feed.publish(sends(body, 'application/rss+xml', headers));
  await feed.after(DAY);
  expect(await nextPoll(feed)).toBe(minutes);
});

test('polls are spread by up to a tenth, within the bounds', async () => {
  const feed = await aFollowedFeed();
  await feed.follow();
  const late = feed.another({ random: () => 0.999 });
  feed.clock.pass(HOUR);
  await late.tick();
  expect(await nextPoll(feed)).toBeCloseTo(66, 0);
  feed.publish(sends('<rss version="2.0"><channel><title>T</title><ttl>99999</ttl></channel></rss>', 'application/rss+xml'));
  feed.clock.pass(2 * HOUR);
  await late.tick();
  expect(await nextPoll(feed)).toBeLessThanOrEqual(24 * 60);
});

test('a feed that fails is asked more and more seldom, and no sooner than it says', async () => {
  const feed = await aFollowedFeed();
  await feed.follow();
  feed.publish(status(500));
  const pauses: number[] = [];
  feed.clock.pass(HOUR);
  for (let n = 0; n < 9; n += 1) {
    await feed.after((await nextPoll(feed)) * MINUTE);
    pauses.push(await nextPoll(feed));
  }
  expect(pauses).toEqual([15, 30, 60, 120, 240, 480, 960, 1440, 1440]);
  feed.publish(status(503, { 'retry-after': String(3 * 24 * 3600) }));
  await feed.after(DAY);
  expect(await nextPoll(feed)).toBe(3 * 24 * 60);
  feed.publish([ONE, TWO, THREE]);
  await feed.after(3 * DAY);
  expect(feed.came()).toEqual(['three']);
  expect(await nextPoll(feed)).toBe(60);
});

test('a feed that is broken for a day is told once, and once when it is back', async () => {
  const feed = await aFollowedFeed();
  await feed.follow();
  const told = () =>
    feed.logged.filter(({ event }) => /broken/.test(event)).map(({ level, event, fields }) => [level, event, fields?.reason]);
  feed.publish(sends('<p>We moved.</p>'));
  for (let n = 0; n < 5; n += 1) await feed.after(3 * HOUR);
  expect(told()).toEqual([]);
  for (let n = 0; n < 10; n += 1) await feed.after(12 * HOUR);
  expect(told()).toEqual([['error', 'a feed has been broken for a day', 'What is there is no feed any more.']]);
  feed.publish([ONE, TWO, THREE]);
  for (let n = 0; n < 3; n += 1) await feed.after(DAY);
  expect(told().slice(1)).toEqual([['info', 'a feed that was broken is back', undefined]]);
  expect(feed.came()).toEqual(['three']);
});

test('a feed that fails for an hour is not reported', async () => {
  const feed = await aFollowedFeed();
  await feed.follow();
  feed.publish(status(500));
  for (let n = 0; n < 3; n += 1) await feed.after(HOUR);
  feed.publish([ONE]);
  for (let n = 0; n < 50; n += 1) await feed.after(2 * HOUR);
  expect(feed.logged.filter(({ level }) => level !== 'info')).toEqual([]);
});

test('a feed that is cut off is a failure, and no post of it is lost', async () => {
  const feed = await aFollowedFeed();
  await feed.follow();
  const whole = rssOf([ONE, TWO, THREE]);
  feed.publish(sends(whole.slice(0, -300), 'application/rss+xml'));
  await feed.after(2 * HOUR);
  expect(feed.came()).toEqual([]);
  feed.publish([ONE, TWO, THREE]);
  await feed.after(2 * HOUR);
  expect(feed.came()).toEqual(['three']);
});

test('a feed that is gone for good (410) is told and not asked again', async () => {
  const feed = await aFollowedFeed();
  await feed.follow();
  feed.publish(status(410));
  for (let n = 0; n < 5; n += 1) await feed.after(DAY);
  expect(feed.site.asked.filter(({ path }) => path === '/feed')).toHaveLength(2);
  expect(feed.logged.filter(({ level }) => level === 'error')).toMatchObject([
    { event: expect.stringContaining('gone for good') },
  ]);
  expect((await feed.store.all())[0]?.ended).toContain('410');
});

test('nothing of the address of a feed but its host is logged: it may hold a key', async () => {
  const feed = await aFollowedFeed();
  await feed.follow();
  feed.publish(status(410));
  await feed.after(DAY);
  expect(JSON.stringify(feed.logged)).not.toContain('/feed');
  expect(JSON.stringify(feed.logged)).toContain('news.example');
});

test('two processes on one database poll a feed once, and take each post in once', async () => {
  const files = aContentFolder();
  const feed = await aFollowedFeed({ database: files.database });
  await feed.follow();
  feed.publish([ONE, TWO, THREE, { guid: 'four' }]);
  const others = [];
  for (const by of ['b', 'c']) {
    const database = await openSqlite(files.database);
    onTestFinished(() => database.close());
    others.push(feed.another({ by, store: openFeedStore(database) }));
  }
  feed.clock.pass(2 * HOUR);
  await Promise.all([feed.follower, ...others].map((one) => one.tick()));
  expect(feed.came()).toEqual(['three', 'four']);
  expect(feed.site.asked.filter(({ path }) => path === '/feed')).toHaveLength(2);
});

test('a feed that its process left behind is polled by another after a while', async () => {
  const feed = await aFollowedFeed();
  await feed.follow();
  const [{ id } = { id: '' }] = await feed.store.all();
  feed.clock.pass(2 * HOUR);
  const lease = { by: 'died', now: feed.clock.now().getTime(), ms: 15 * MINUTE };
  const held = await feed.store.claimDue(lease);
  expect(held?.id).toBe(id);
  feed.publish([ONE, TWO, THREE]);
  expect(await feed.follower.poll(id)).toEqual({ outcome: 'held' });
  await feed.after(14 * MINUTE);
  expect(feed.came()).toEqual([]);
  await feed.after(MINUTE);
  expect(feed.came()).toEqual(['three']);
  // Should the first one still be alive, it cannot note anything any more.
  expect(await feed.store.putPost(id, { guid: 'five', hash: 'x', tries: 0 }, lease)).toBe(false);
  await feed.store.recordPoll({ ...held!, ended: 'by mistake' }, 'died');
  expect((await feed.store.all())[0]?.ended).toBeUndefined();
});

test('when the process ends, the post at hand is finished and the others are left for the next one', async () => {
  let stopped = Promise.resolve();
  const feed = await aFollowedFeed({
    take: async () => {
      stopped = feed.follower.stop();
      return [];
    },
  });
  await feed.follow({ backlog: true });
  await feed.after(0);
  await stopped;
  expect(feed.came()).toEqual(['one']);
  await feed.after(DAY);
  expect(feed.came()).toEqual([]);
  await feed.another({ by: 'next' }).tick();
  expect(feed.came()).toEqual(['two']);
});

test('what is forgotten while it is polled stays forgotten', async () => {
  const feed = await aFollowedFeed({
    take: async () => {
      for (const { id } of await feed.store.all()) await feed.store.remove(id);
      return [];
    },
  });
  await feed.follow({ backlog: true });
  await feed.after(0);
  expect(feed.came()).toEqual(['one']);
  expect(await feed.store.all()).toEqual([]);
  expect(await feed.store.posts('any')).toEqual(new Map());
});

const QA = readFileSync(join(import.meta.dirname, '../fixtures/import/bold-line-en1.html'), 'utf8');

test('tomorrow’s briefing has what a feed brought: a new post goes through the import into the archive', async () => {
  const files = aContentFolder({ 'real/collection.yaml': aCollection() });
  const { bot, say } = await files.open();
  const feed = await aFollowedFeed({ take: (incoming, decided) => bot.desk.take(incoming, decided) });
  await feed.follow({ decided: { publication: 'digest', topics: ['Ports'] } });
  const article = /<article>([\s\S]*)<\/article>/.exec(QA)?.[1] ?? '';
  feed.publish([ONE, TWO, { guid: 'fees', text: article }]);
  await feed.after(2 * HOUR);
  await bot.load();
  expect(await say('/quotes by:exemplo')).toContain('Freight is passed on to the shelf faster than any other cost');
  expect(await bot.desk.waiting()).toEqual([]);
  // The same post without its date waits for a person, with the date of the feed proposed.
  feed.publish([
    ONE,
    TWO,
    { guid: 'undated', text: article.replace(/<p class="date">.*<\/p>/, '').replaceAll('container ships', 'ferries') },
  ]);
  await feed.after(2 * HOUR);
  const [waiting] = await bot.desk.waiting();
  expect(waiting?.record.draft.reasons).toContain(
    'The document states no date: November 20, 2026 is when its feed published it.',
  );
  expect((await bot.desk.waitingUnder(waiting?.key ?? '')).text).toContain('date: 2026?-11?-20?');
});
