import type { Feed } from '../content/import/feed.ts';
import type { FeedPost } from '../content/import/feed-post.ts';
import { readFeedDocument } from '../content/import/read-document.ts';
import { OperatorError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { FeedStore, FollowedFeed, Lease } from '../store/feeds.ts';
import { type PostRead, readPost } from './feeds.ts';
import type { Decided, Desk, Taken } from './incoming.ts';
import { afterFailure, afterSuccess, FLOOR_MS, pauseAfterSuccess } from './poll-times.ts';
import type { Visitor } from './visit.ts';

export interface FollowerOptions {
  store: FeedStore;
  visitor: Visitor;
  desk: Pick<Desk, 'take'>;
  now: () => Date;
  /** From 0 to 1. */
  random: () => number;
  log: Log;
  /** Names this process to the others that use the database. */
  by: string;
  /** Hears what became of each post. */
  tell?: (post: { feed: FollowedFeed; name: string; taken: Taken[] }) => void;
}

export interface Follower {
  /** Polls every feed that is due; a call while another is under way waits for that one. */
  tick(): Promise<void>;
  /** Polls one feed, due or not. */
  poll(id: string): Promise<Polled>;
  /** Ends what is under way after the post at hand; nothing is polled afterwards. */
  stop(): Promise<void>;
}

export type Polled =
  /** What became of the questions in new posts, and how many posts are left for the next time. */
  | { outcome: 'read'; feed: FollowedFeed; taken: Taken[]; left: number }
  | { outcome: 'broken' | 'gone'; feed: FollowedFeed; reason: string }
  /** Another process polls it, it has ended, or there is none of that id. */
  | { outcome: 'held' }
  | { outcome: 'stopped' };

/** Feeds that are polled at once. */
const AT_ONCE = 4;
/** Longer than a document may take, and than a host may ask to pause. */
const LEASE_MS = 15 * 60_000;
/** A post that could not be read so often, about a day at the usual pace, is not tried again. */
const MAX_TRIES = 24;

/**
 * Follows feeds: asks each when it is due, politely, and gives new and changed posts to the desk, oldest first. A post counts as seen
 * only once the desk took it: after a crash it is offered again, and the desk recognises it.
 */
export function createFollower({ store, visitor, desk, now, random, log, by, tell }: FollowerOptions): Follower {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> | undefined;
  let taking: Promise<unknown> = Promise.resolve();

  const at = () => now().getTime();
  const lease = (): Lease => ({ by, now: at(), ms: LEASE_MS });
  const named = ({ id, title, url }: FollowedFeed) => ({ feed: id, title, host: new URL(url).hostname });

  /** One document at a time comes to the desk. */
  function take(...document: Parameters<Desk['take']>): Promise<Taken[]> {
    const taken = taking.then(() => desk.take(...document));
    taking = taken.catch(() => undefined);
    return taken;
  }

  async function pollClaimed(feed: FollowedFeed): Promise<Polled> {
    try {
      const polled = await pollFeed(feed);
      await store.recordPoll(polled.outcome === 'stopped' || polled.outcome === 'held' ? feed : polled.feed, by);
      return polled;
    } catch (error) {
      // The desk’s trouble, not the feed’s.
      log('error', 'posts of a feed could not be taken in', { ...named(feed), error });
      await store.recordPoll({ ...feed, nextPoll: at() + FLOOR_MS }, by);
      return { outcome: 'broken', feed, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  async function pollFeed(feed: FollowedFeed): Promise<Polled> {
    const { etag, lastModified } = feed;
    const result = await visitor.get(feed.url, { etag, lastModified, signal });
    if (signal.aborted) return { outcome: 'stopped' };
    if (result.outcome === 'unchanged')
      return worked(feed, { ttlMs: undefined, maxAgeMs: result.maxAgeMs }, { taken: [], left: 0 });
    if (result.outcome !== 'fetched') return broke(feed, result);
    const read = await readFeedDocument(result.bytes);
    if (read?.outcome !== 'read') return broke(feed, { reason: read?.reason ?? 'What is there is no feed any more.' });
    const done = await takePosts(feed, { feed: read.feed, base: result.url });
    if (signal.aborted) return { outcome: 'stopped' };
    if (done === undefined) return { outcome: 'held' };
    // The copy counts as known only when nothing of it is left to be taken in.
    const known =
      done.left > 0 ? { etag: undefined, lastModified: undefined } : { etag: result.etag, lastModified: result.lastModified };
    return worked({ ...feed, ...known, title: read.feed.title }, { ttlMs: read.feed.ttlMs, maxAgeMs: result.maxAgeMs }, done);
  }

  /** What became of new posts, and how many are left for the next time; undefined where another process has the feed now. */
  async function takePosts(
    followed: FollowedFeed,
    { feed, base }: { feed: Feed; base: string },
  ): Promise<{ taken: Taken[]; left: number } | undefined> {
    const known = await store.posts(followed.id);
    const all: Taken[] = [];
    let left = 0;
    for (const post of feed.posts) {
      const { hash, tries } = known.get(post.guid) ?? { hash: undefined, tries: 0 };
      if (hash === post.hash) continue;
      if (signal.aborted) break;
      const read = await readPost(post, { feed, base, visitor, now, signal });
      if (signal.aborted) break;
      const taken = read.outcome === 'document' ? await takePost(followed, post, read) : read;
      const isDone = Array.isArray(taken) || taken.isFinal || tries + 1 >= MAX_TRIES;
      if (isDone) all.push(...(Array.isArray(taken) ? taken : giveUp(followed, post, taken.reason)));
      else left += 1;
      const seen = isDone ? { hash: post.hash, tries: 0 } : { hash, tries: tries + 1 };
      if (!(await store.putPost(followed.id, { guid: post.guid, ...seen }, lease()))) return undefined;
    }
    return { taken: all, left };
  }

  async function takePost(
    feed: FollowedFeed,
    post: FeedPost,
    { incoming }: Extract<PostRead, { outcome: 'document' }>,
  ): Promise<Taken[] | Unread> {
    try {
      const taken = await take(incoming, decidedOf(feed));
      log('info', 'post of a feed', { ...named(feed), outcomes: taken.map(({ outcome }) => outcome) });
      tell?.({ feed, name: nameOf(post), taken });
      return taken;
    } catch (error) {
      // A folder that cannot be written stops all posts; whatever else breaks is this post’s, and the next ones are not held up by it.
      if (error instanceof OperatorError) throw error;
      log('error', 'post of a feed broke the import', { ...named(feed), error });
      return { outcome: 'unread', reason: 'The import broke on it.', isFinal: false };
    }
  }

  function giveUp(feed: FollowedFeed, post: FeedPost, reason: string): Taken[] {
    log('warn', 'post of a feed cannot be read: it is not tried again', { ...named(feed), post: nameOf(post), reason });
    const taken: Taken[] = [{ outcome: 'refused', reasons: [reason] }];
    tell?.({ feed, name: nameOf(post), taken });
    return taken;
  }

  function worked(
    feed: FollowedFeed,
    asked: { ttlMs: number | undefined; maxAgeMs: number | undefined },
    done: { taken: Taken[]; left: number },
  ): Polled {
    if (feed.isReported) log('info', 'a feed that was broken is back', named(feed));
    return { outcome: 'read', feed: afterSuccess(feed, { time: at(), pauseMs: pauseAfterSuccess(asked, random()) }), ...done };
  }

  function broke(feed: FollowedFeed, failure: { reason: string; status?: number; retryAfterMs?: number | undefined }): Polled {
    const failing = afterFailure(feed, failure, { time: at(), random: random() });
    const { reason } = failure;
    if (failure.status === 410) {
      log('error', 'a feed is gone for good: it is not polled any more', { ...named(feed), reason });
      return { outcome: 'gone', feed: { ...failing, ended: reason }, reason };
    }
    if (failing.isReported && !feed.isReported) {
      const since = new Date(failing.failingSince ?? at()).toISOString();
      log('error', 'a feed has been broken for a day', { ...named(feed), since, reason });
    }
    return { outcome: 'broken', feed: failing, reason };
  }

  async function pollDue(): Promise<void> {
    while (!signal.aborted) {
      const feed = await store.claimDue(lease());
      if (!feed) return;
      await pollClaimed(feed);
    }
  }

  async function pollAllDue(): Promise<void> {
    const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, pollDue));
    const failed = ended.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }

  return {
    tick() {
      running ??= pollAllDue().finally(() => {
        running = undefined;
      });
      return running;
    },

    async poll(id) {
      const feed = signal.aborted ? undefined : await store.claim(id, lease());
      return feed ? pollClaimed(feed) : { outcome: 'held' };
    },

    async stop() {
      stopping.abort();
      await running?.catch(() => undefined);
    },
  };
}

type Unread = Extract<PostRead, { outcome: 'unread' }>;

const nameOf = ({ title, link, guid }: FeedPost): string => title ?? link ?? guid;

/** What the operator decided when the feed was followed. */
const decidedOf = ({ decided: { publication, topics, countries } }: FollowedFeed): Decided => ({
  ...(publication === undefined ? {} : { publication }),
  ...(topics === undefined ? {} : { topics }),
  ...(countries === undefined ? {} : { countries }),
});
