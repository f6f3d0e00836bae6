import type { ExpressionBuilder } from 'kysely';
import { z } from 'zod';
import type { Database } from './sqlite.ts';
import type { Tables } from './tables.ts';

/** The feeds that are followed, and which of their posts were taken in. */
export interface FeedStore {
  /** Follows a feed, its posts of now seen already; false where it is followed. */
  add(feed: FollowedFeed, seen: readonly SeenPost[], at: number): Promise<boolean>;
  all(): Promise<FollowedFeed[]>;
  /** Forgets a feed and its posts; false where there is none of that id. */
  remove(id: string): Promise<boolean>;
  /** The feed that has been due the longest, held for one process until its lease ends; undefined where none is. */
  claimDue(lease: Lease): Promise<FollowedFeed | undefined>;
  /** One feed, due or not; undefined where another process holds it, or it has ended. */
  claim(id: string, lease: Lease): Promise<FollowedFeed | undefined>;
  /** Posts of a feed by their guid. */
  posts(id: string): Promise<Map<string, PostState>>;
  /** Notes what became of a post and holds the feed for longer; false, and nothing noted, where the lease was lost. */
  putPost(id: string, post: PostState & { guid: string }, lease: Lease): Promise<boolean>;
  /** Notes how a poll ended and lets go of the feed; does nothing where the lease was lost. */
  recordPoll(feed: FollowedFeed, by: string): Promise<void>;
}

export interface FollowedFeed {
  id: string;
  url: string;
  title: string;
  decided: FeedDecided;
  /** Of the copy of which every post was taken in. */
  etag: string | undefined;
  lastModified: string | undefined;
  /** Milliseconds, as all times here. */
  nextPoll: number;
  /** When it was last read. */
  polledAt: number | undefined;
  /** In a row. */
  failures: number;
  failingSince: number | undefined;
  /** Of the last failure. */
  reason: string | undefined;
  /** Whether it was told that the feed is broken. */
  isReported: boolean;
  /** Why it is not polled any more. */
  ended: string | undefined;
}

/** What holds for all documents of a feed. */
export interface FeedDecided {
  publication?: string | undefined;
  topics?: string[] | undefined;
  countries?: string[] | undefined;
}

export interface SeenPost {
  guid: string;
  hash: string;
}

export interface PostState {
  /** Of the text that was taken in; undefined: none was yet. */
  hash: string | undefined;
  /** How often it could not be read. */
  tries: number;
}

export interface Lease {
  by: string;
  now: number;
  ms: number;
}

const decidedSchema = z.object({
  publication: z.string().optional(),
  topics: z.array(z.string()).optional(),
  countries: z.array(z.string()).optional(),
});

/** So many posts are remembered of a feed. */
const MAX_POSTS = 10_000;

export function openFeedStore({ read, write }: Database): FeedStore {
  const holds = (id: string, by: string) => (eb: ExpressionBuilder<Tables, 'feed'>) =>
    eb.and([eb('id', '=', id), eb('claimed_by', '=', by)]);
  const isFree = (now: number) => (eb: ExpressionBuilder<Tables, 'feed'>) =>
    eb.and([eb('ended', 'is', null), eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)])]);

  async function claimOne(
    where: (eb: ExpressionBuilder<Tables, 'feed'>) => ReturnType<typeof eb.and>,
    { by, now, ms }: Lease,
  ): Promise<FollowedFeed | undefined> {
    const row = await write
      .updateTable('feed')
      .set({ claimed_by: by, lease_until: now + ms })
      .where('id', '=', (eb) => eb.selectFrom('feed').select('id').where(isFree(now)).where(where).orderBy('next_poll').limit(1))
      .returningAll()
      .executeTakeFirst();
    return row && toFeed(row);
  }

  return {
    add: (feed, seen, at) =>
      write.transaction().execute(async (tx) => {
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto('feed')
          .values({
            ...toRow(feed),
            id: feed.id,
            url: feed.url,
            decided: JSON.stringify(feed.decided),
            claimed_by: null,
            lease_until: null,
          })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows !== 1n) return false;
        for (const { guid, hash } of seen)
          await tx.insertInto('feed_post').values({ feed: feed.id, guid, hash, tries: 0, seen_at: at }).execute();
        return true;
      }),

    async all() {
      return (await read.selectFrom('feed').selectAll().orderBy('title').orderBy('id').execute()).map(toFeed);
    },

    remove: (id) =>
      write.transaction().execute(async (tx) => {
        await tx.deleteFrom('feed_post').where('feed', '=', id).execute();
        const { numDeletedRows } = await tx.deleteFrom('feed').where('id', '=', id).executeTakeFirst();
        return numDeletedRows === 1n;
      }),

    claimDue: (lease) => claimOne((eb) => eb.and([eb('next_poll', '<=', lease.now)]), lease),
    claim: (id, lease) => claimOne((eb) => eb.and([eb('id', '=', id)]), lease),

    async posts(id) {
      const rows = await read.selectFrom('feed_post').select(['guid', 'hash', 'tries']).where('feed', '=', id).execute();
      return new Map(rows.map(({ guid, hash, tries }) => [guid, { hash: hash ?? undefined, tries }]));
    },

    putPost: (id, { guid, hash = null, tries }, { by, now, ms }) =>
      write.transaction().execute(async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable('feed')
          .set({ lease_until: now + ms })
          .where(holds(id, by))
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) return false;
        await tx
          .insertInto('feed_post')
          .values({ feed: id, guid, hash, tries, seen_at: now })
          .onConflict((conflict) => conflict.doUpdateSet({ hash, tries, seen_at: now }))
          .execute();
        return true;
      }),

    recordPoll: (feed, by) =>
      write.transaction().execute(async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable('feed')
          .set({ ...toRow(feed), claimed_by: null, lease_until: null })
          .where(holds(feed.id, by))
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) return;
        const last = await tx
          .selectFrom('feed_post')
          .select('seen_at')
          .where('feed', '=', feed.id)
          .orderBy('seen_at', 'desc')
          .offset(MAX_POSTS)
          .limit(1)
          .executeTakeFirst();
        if (last) await tx.deleteFrom('feed_post').where('feed', '=', feed.id).where('seen_at', '<', last.seen_at).execute();
      }),
  };
}

const toRow = (feed: FollowedFeed) => ({
  title: feed.title,
  etag: feed.etag ?? null,
  last_modified: feed.lastModified ?? null,
  next_poll: feed.nextPoll,
  polled_at: feed.polledAt ?? null,
  failures: feed.failures,
  failing_since: feed.failingSince ?? null,
  reason: feed.reason ?? null,
  reported: feed.isReported ? 1 : 0,
  ended: feed.ended ?? null,
});

const toFeed = (row: Tables['feed']): FollowedFeed => ({
  id: row.id,
  url: row.url,
  title: row.title,
  decided: decidedSchema.parse(JSON.parse(row.decided)),
  etag: row.etag ?? undefined,
  lastModified: row.last_modified ?? undefined,
  nextPoll: row.next_poll,
  polledAt: row.polled_at ?? undefined,
  failures: row.failures,
  failingSince: row.failing_since ?? undefined,
  reason: row.reason ?? undefined,
  isReported: row.reported === 1,
  ended: row.ended ?? undefined,
});
