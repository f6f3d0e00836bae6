import { expect, onTestFinished, test } from 'vitest';
import { type FollowedFeed, openFeedStore } from '../../src/store/feeds.ts';
import { openSqlite } from '../../src/store/sqlite.ts';

const aFeed = (changed: Partial<FollowedFeed> = {}): FollowedFeed => ({
  id: 'quay',
  url: 'https://quay.example/feed',
  title: 'The Quay',
  decided: { publication: 'quay', topics: ['Ferries'] },
  etag: '"1"',
  lastModified: undefined,
  nextPoll: 100,
  polledAt: undefined,
  failures: 0,
  failingSince: undefined,
  reason: undefined,
  isReported: false,
  ended: undefined,
  ...changed,
});

async function aStore() {
  const database = await openSqlite(':memory:');
  onTestFinished(() => database.close());
  return { store: openFeedStore(database), database };
}

const lease = (now: number, by = 'a') => ({ by, now, ms: 10 });

test('a feed comes back as it was put, and is followed once', async () => {
  const { store } = await aStore();
  expect(await store.add(aFeed(), [{ guid: 'one', hash: 'h' }], 1)).toBe(true);
  expect(await store.add(aFeed({ id: 'other' }), [], 1)).toBe(false);
  expect(await store.all()).toEqual([aFeed()]);
  expect(await store.posts('quay')).toEqual(new Map([['one', { hash: 'h', tries: 0 }]]));
  const broken = aFeed({
    etag: undefined,
    failures: 2,
    failingSince: 50,
    reason: 'It is gone.',
    isReported: true,
    ended: 'It is gone.',
    nextPoll: 900,
  });
  await store.claimDue(lease(100));
  await store.recordPoll(broken, 'a');
  expect(await store.all()).toEqual([broken]);
  expect(await store.remove('quay')).toBe(true);
  expect(await store.remove('quay')).toBe(false);
  expect((await store.posts('quay')).size).toBe(0);
});

test('the feed that has been due the longest comes first, and each to one process only', async () => {
  const { store } = await aStore();
  await store.add(aFeed({ id: 'late', url: 'https://a.example/', nextPoll: 50 }), [], 1);
  await store.add(aFeed({ id: 'later', url: 'https://b.example/', nextPoll: 90 }), [], 1);
  await store.add(aFeed({ id: 'not-yet', url: 'https://c.example/', nextPoll: 101 }), [], 1);
  await store.add(aFeed({ id: 'ended', url: 'https://d.example/', nextPoll: 1, ended: 'gone' }), [], 1);
  expect((await store.claimDue(lease(100)))?.id).toBe('late');
  expect((await store.claimDue(lease(100, 'b')))?.id).toBe('later');
  expect(await store.claimDue(lease(100, 'c'))).toBeUndefined();
  expect(await store.claim('late', lease(105, 'c'))).toBeUndefined();
  expect((await store.claim('late', lease(110, 'c')))?.id).toBe('late');
  expect((await store.claim('not-yet', lease(110, 'c')))?.id).toBe('not-yet');
  expect(await store.claim('ended', lease(110, 'c'))).toBeUndefined();
});

test('noting a post holds the feed for longer', async () => {
  const { store } = await aStore();
  await store.add(aFeed(), [], 1);
  await store.claimDue(lease(100));
  expect(await store.putPost('quay', { guid: 'one', hash: undefined, tries: 1 }, lease(109))).toBe(true);
  expect(await store.claimDue(lease(115, 'b'))).toBeUndefined();
  expect(await store.putPost('quay', { guid: 'one', hash: 'h', tries: 0 }, lease(118))).toBe(true);
  expect(await store.posts('quay')).toEqual(new Map([['one', { hash: 'h', tries: 0 }]]));
  expect((await store.claimDue(lease(128, 'b')))?.id).toBe('quay');
  expect(await store.putPost('quay', { guid: 'two', hash: 'h', tries: 0 }, lease(129))).toBe(false);
});

test('only the newest ten thousand posts of a feed are remembered', async () => {
  const { store, database } = await aStore();
  await store.add(aFeed(), [], 1);
  await store.add(aFeed({ id: 'other', url: 'https://other.example/', nextPoll: 200 }), [{ guid: 'old', hash: 'h' }], 0);
  const rows = Array.from({ length: 10_003 }, (_, n) => ({ feed: 'quay', guid: `p${n}`, hash: 'h', tries: 0, seen_at: n }));
  while (rows.length > 0) await database.write.insertInto('feed_post').values(rows.splice(0, 1000)).execute();
  await store.claimDue(lease(100));
  await store.recordPoll(aFeed(), 'a');
  const kept = await store.posts('quay');
  expect([kept.has('p1'), kept.has('p2'), kept.has('p10002')]).toEqual([false, true, true]);
  expect((await store.posts('other')).size).toBe(1);
});
