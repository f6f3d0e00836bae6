import { expect, test } from 'vitest';
import { OperatorError } from '../../src/errors.ts';
import { feedsOf } from '../../src/intake/find-feed.ts';
import { feedFindings, followFeed, listFollowed, pollNow, stopFollowing } from '../../src/intake/followed.ts';
import { aFollowedFeed, type Followed, HOUR } from '../support/followed-feed.ts';
import { sends } from '../support/site.ts';

const following = (feed: Followed) => ({
  store: feed.store,
  now: feed.clock.now,
  print: (line: string) => void feed.printed.push(line),
});
const idOf = async (feed: Followed) => (await feed.store.all())[0]?.id ?? '';
const printed = (feed: Followed) => feed.printed.splice(0).join('\n');

test('following a feed says what it is, what is in it and when it is looked at next', async () => {
  const feed = await aFollowedFeed();
  await feed.follow();
  const id = await idOf(feed);
  expect(printed(feed)).toBe(
    [
      `Following “The Quay” (${id}).`,
      '  2026-11-20  Post two',
      '  2026-11-20  Post one',
      'Its 2 posts of now count as seen (--backlog takes them in); new ones are taken in.',
      'Next poll: 2026-11-25 13:00 UTC, while the bot runs (“briefdesk start”).',
    ].join('\n'),
  );
});

test('with the backlog it says that the posts are taken in; many are not all listed', async () => {
  const feed = await aFollowedFeed({ posts: Array.from({ length: 14 }, (_, n) => ({ guid: `p${n}` })) });
  await feed.follow({ backlog: true });
  const told = printed(feed);
  expect(told).toContain('Post p13');
  expect(told).not.toContain('Post p3');
  expect(told).toContain('… and 4 older');
  expect(told).toContain('Its 14 posts are taken in at the next poll');
});

test('a feed is followed once', async () => {
  const feed = await aFollowedFeed();
  await feed.follow();
  await expect(feed.follow()).rejects.toThrow('is followed already');
  expect(await feed.store.all()).toHaveLength(1);
});

test('a page is not followed: it says which feeds it names', async () => {
  const feed = await aFollowedFeed();
  feed.publish(
    sends(
      `<html><head><link rel="stylesheet" href="/x.css"><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
       <LINK TYPE='application/rss+xml' HREF='/feed.xml?a=1&amp;b=2' REL='alternate'></head><body>Welcome</body></html>`,
    ),
  );
  await expect(feed.follow()).rejects.toThrow(
    `is a page, not a feed. It names these: briefdesk follow ${feed.site.at('/feed.xml?a=1&b=2')} · briefdesk follow ${feed.site.at('/comments/feed/')}`,
  );
  expect(await feed.store.all()).toEqual([]);
});

test('what is no feed is not followed, and says why', async () => {
  const feed = await aFollowedFeed();
  const failure = async () =>
    feed.follow().then(
      () => 'none',
      (error: unknown) => (error instanceof OperatorError ? error.message : String(error)),
    );
  feed.publish(sends('<p>Just a page.</p>'));
  expect(await failure()).toContain('is no feed (RSS, Atom, RDF or JSON Feed)');
  feed.publish(sends('{"version":"https://jsonfeed.org/version/1","items":[', 'application/feed+json'));
  expect(await failure()).toContain('cannot be followed: The feed is cut off');
  feed.publish((_, response) => response.writeHead(404).end());
  expect(await failure()).toContain('cannot be followed: news.example has nothing at that address (404).');
  feed.pages['/robots.txt'] = sends('User-agent: *\nDisallow: /feed\n', 'text/plain');
  feed.clock.pass(24 * HOUR);
  expect(await failure()).toContain('asks robots not to visit that address');
});

test('decisions that cannot be kept are refused before anything is fetched', async () => {
  const feed = await aFollowedFeed();
  const canTake = () => Promise.reject(new OperatorError('No collection has a publication “quya”.'));
  const how = { decided: { publication: 'quya' }, backlog: false, random: () => 0, canTake };
  const visitor = { get: () => Promise.reject(new Error('a visit')) };
  await expect(followFeed(feed.url, how, { ...following(feed), visitor })).rejects.toThrow('quya');
});

test('the list shows each feed with its decisions, and what is wrong with it', async () => {
  const feed = await aFollowedFeed();
  await listFollowed(following(feed));
  expect(printed(feed)).toContain('No feed is followed. For example: briefdesk follow https://');
  await feed.follow({ decided: { publication: 'quay', topics: ['Ferries'], countries: ['CL'] } });
  feed.printed.length = 0;
  await listFollowed(following(feed));
  const id = await idOf(feed);
  expect(printed(feed)).toBe(
    [
      `${id}  The Quay  (quay, Ferries, CL)`,
      `        ${feed.url}`,
      '        read 2026-11-25 12:00 UTC · next 2026-11-25 13:00 UTC',
    ].join('\n'),
  );
  feed.publish((_, response) => response.writeHead(500).end());
  await feed.after(HOUR);
  await listFollowed(following(feed));
  expect(printed(feed)).toContain(
    'broken since 2026-11-25 13:00 UTC: news.example answers with status 500. Tried again 2026-11-25 13:15 UTC.',
  );
});

test('a feed is let go by its id or its address', async () => {
  const feed = await aFollowedFeed();
  await feed.follow();
  await expect(stopFollowing('nothing', following(feed))).rejects.toThrow(`Followed: ${await idOf(feed)}.`);
  await stopFollowing(await idOf(feed), following(feed));
  expect(await feed.store.all()).toEqual([]);
  await feed.follow();
  await stopFollowing(feed.url, following(feed));
  expect(printed(feed)).toContain('Stopped following “The Quay”. What it brought stays.');
  await expect(stopFollowing(feed.url, following(feed))).rejects.toThrow('None is followed at all.');
});

test('feeds are polled at once when asked, and what came of it is said', async () => {
  const feed = await aFollowedFeed();
  await feed.follow();
  feed.printed.length = 0;
  const poll = (what?: string) => pollNow(what, { ...following(feed), follower: feed.follower });
  expect(await poll()).toBe(true);
  feed.publish([{ guid: 'one' }, { guid: 'two' }, { guid: 'three' }]);
  expect(await poll(feed.url)).toBe(true);
  expect(feed.came()).toEqual(['three']);
  feed.publish((_, response) => response.writeHead(503).end());
  expect(await poll(await idOf(feed))).toBe(false);
  expect(printed(feed).split('\n')).toEqual([
    'The Quay: nothing new.',
    'The Quay: 1 stored.',
    'The Quay: news.example answers with status 503.',
  ]);
});

test('a doctor sees feeds that are broken for a day, and those that are gone', async () => {
  const feed = await aFollowedFeed();
  const findings = () => feedFindings(following(feed));
  expect(await findings()).toEqual([{ isFine: true, what: 'Feeds: none is followed' }]);
  await feed.follow();
  feed.publish((_, response) => response.writeHead(500).end());
  await feed.after(HOUR);
  expect(await findings()).toEqual([{ isFine: true, what: 'Feeds: 1 followed' }]);
  feed.clock.pass(24 * HOUR);
  expect(await findings()).toMatchObject([{ isFine: false, what: expect.stringContaining('Feed “The Quay”: broken since') }]);
  feed.publish((_, response) => response.writeHead(410).end());
  await feed.after(HOUR);
  expect(await findings()).toMatchObject([
    {
      isFine: false,
      what: expect.stringContaining('gone for good'),
      remedy: expect.stringContaining(`briefdesk follow --stop ${await idOf(feed)}`),
    },
  ]);
});

test('addresses of feeds are found in a page however it is written, and in no time', () => {
  const page = 'https://a.example/b/';
  expect(feedsOf('<link href=feed.json rel="home alternate" type="application/feed+json">', page)).toEqual([
    'https://a.example/b/feed.json',
  ]);
  for (const none of [
    '<link rel="alternate" hreflang="es" href="/es">',
    '<link rel="alternate" type="application/rss+xml">',
    '<link type="application/rss+xml" href="/f">',
    '<link rel=alternate type="application/rss+xml" href="javascript:x">',
    '',
  ])
    expect(feedsOf(none, page), none).toEqual([]);
  expect(feedsOf('<link '.repeat(100_000), page)).toEqual([]);
});
