import { shortCode } from '../content/code.ts';
import type { Feed } from '../content/import/feed.ts';
import { readFeedDocument } from '../content/import/read-document.ts';
import { OperatorError } from '../errors.ts';
import type { FeedDecided, FeedStore, FollowedFeed } from '../store/feeds.ts';
import { feedsOf } from './find-feed.ts';
import type { Follower } from './follow.ts';
import type { Taken } from './incoming.ts';
import { BROKEN_MS, pauseAfterSuccess } from './poll-times.ts';
import type { Visitor } from './visit.ts';

export interface Following {
  store: FeedStore;
  now: () => Date;
  print: (line: string) => void;
}

/**
 * Follows a feed from now on: its posts of now count as seen, unless the backlog is wanted. Throws OperatorError where there is no feed,
 * with the address of one where the page names it.
 */
export async function followFeed(
  address: string,
  {
    decided,
    backlog,
    random,
    canTake,
  }: {
    decided: FeedDecided;
    backlog: boolean;
    random: () => number;
    /** Throws OperatorError where documents with these decisions cannot be taken in. */
    canTake: (decided: FeedDecided) => Promise<void>;
  },
  { store, visitor, now, print }: Following & { visitor: Visitor },
): Promise<void> {
  await canTake(decided);
  const { feed, etag, lastModified, maxAgeMs } = await feedAt(address, visitor);
  const url = new URL(address).href;
  const time = now().getTime();
  const nextPoll = backlog ? time : time + pauseAfterSuccess({ ttlMs: feed.ttlMs, maxAgeMs }, random());
  const followed: FollowedFeed = {
    // The address as it was given: where it leads may change.
    id: shortCode(url, 6),
    url,
    title: feed.title,
    decided,
    etag: backlog ? undefined : etag,
    lastModified: backlog ? undefined : lastModified,
    nextPoll,
    polledAt: time,
    failures: 0,
    failingSince: undefined,
    reason: undefined,
    isReported: false,
    ended: undefined,
  };
  if (!(await store.add(followed, backlog ? [] : feed.posts, time)))
    throw new OperatorError(`${address} is followed already: “briefdesk follow” lists the feeds.`);
  const posts = `${feed.posts.length.toLocaleString('en')} post${feed.posts.length === 1 ? '' : 's'}`;
  print(`Following “${feed.title}” (${followed.id}).`);
  for (const { title, day, link } of feed.posts.slice(-LISTED).reverse())
    print(`  ${day ?? '          '}  ${title ?? link ?? 'without a title'}`);
  if (feed.posts.length > LISTED) print(`  … and ${feed.posts.length - LISTED} older`);
  print(
    backlog
      ? `Its ${posts} are taken in at the next poll, then new ones.`
      : `Its ${posts} of now count as seen (--backlog takes them in); new ones are taken in.`,
  );
  print(`Next poll: ${inWords(nextPoll)}, while the bot runs (“briefdesk start”).`);
}

const LISTED = 10;

async function feedAt(address: string, visitor: Visitor) {
  const result = await visitor.get(address);
  if (result.outcome === 'unchanged') throw new Error('an answer to a question that was not asked');
  if (result.outcome !== 'fetched') throw new OperatorError(`${address} cannot be followed: ${result.reason}`);
  const read = await readFeedDocument(result.bytes);
  if (read?.outcome === 'read') return { ...result, feed: read.feed } satisfies { feed: Feed };
  if (read) throw new OperatorError(`${address} cannot be followed: ${read.reason}`);
  const named = result.type === 'html' ? feedsOf(new TextDecoder().decode(result.bytes), result.url) : [];
  throw new OperatorError(
    named.length === 0
      ? `${address} is no feed (RSS, Atom, RDF or JSON Feed): look for one on the page, or ask its publisher.`
      : `${address} is a page, not a feed. It names ${named.length === 1 ? 'this one' : 'these'}: ${named.map((url) => `briefdesk follow ${url}`).join(' · ')}`,
  );
}

/** Prints the feeds that are followed, one line each, and what is wrong with them. */
export async function listFollowed({ store, now, print }: Following): Promise<void> {
  const feeds = await store.all();
  if (feeds.length === 0) print('No feed is followed. For example: briefdesk follow https://publisher.example/feed');
  for (const feed of feeds) {
    const { id, title, url, nextPoll, polledAt, decided } = feed;
    const decisions = [decided.publication, ...(decided.topics ?? []), ...(decided.countries ?? [])].filter(
      (one) => one !== undefined,
    );
    print(`${id}  ${title}${decisions.length === 0 ? '' : `  (${decisions.join(', ')})`}`);
    print(`        ${url}`);
    const read = polledAt === undefined ? 'never read' : `read ${inWords(polledAt)}`;
    print(`        ${troubleOf(feed, now()) ?? `${read} · next ${inWords(nextPoll)}`}`);
  }
}

/** Forgets a feed, by its id or its address. Throws OperatorError where none is followed under that. */
export async function stopFollowing(what: string, { store, print }: Following): Promise<void> {
  const feed = await feedCalled(what, store);
  await store.remove(feed.id);
  print(`Stopped following “${feed.title}”. What it brought stays.`);
}

/** Polls one feed, by its id or address, or all of them; resolves to false where any could not be read. */
export async function pollNow(
  what: string | undefined,
  { store, print, follower }: Following & { follower: Follower },
): Promise<boolean> {
  const feeds = what === undefined ? await store.all() : [await feedCalled(what, store)];
  let isFine = true;
  for (const { id, title } of feeds) {
    const polled = await follower.poll(id);
    switch (polled.outcome) {
      case 'read':
        print(`${title}: ${countsOf(polled.taken)}${polled.left === 0 ? '' : `; ${polled.left} left for later`}.`);
        break;
      case 'broken':
      case 'gone':
        print(`${title}: ${polled.reason}`);
        isFine = false;
        break;
      case 'held':
        print(`${title}: it is being polled by another process, or is gone for good.`);
        break;
      case 'stopped':
        print(`${title}: stopped.`);
        break;
    }
  }
  return isFine;
}

function countsOf(taken: readonly Taken[]): string {
  const counts = new Map<string, number>();
  for (const { outcome } of taken) counts.set(WORDS[outcome], (counts.get(WORDS[outcome]) ?? 0) + 1);
  return counts.size === 0 ? 'nothing new' : [...counts].map(([words, count]) => `${count} ${words}`).join(', ');
}

const WORDS: Readonly<Record<Taken['outcome'], string>> = {
  stored: 'stored',
  review: 'for review',
  reposted: 'on file already, with an address more',
  extended: 'on file already, with something new',
  corrected: 'corrected',
  known: 'on file already',
  refused: 'refused',
};

/** What is wrong with the feeds that are followed, for a doctor. */
export async function feedFindings({
  store,
  now,
}: Pick<Following, 'store' | 'now'>): Promise<{ isFine: boolean; what: string; remedy?: string }[]> {
  const feeds = await store.all();
  const broken = feeds.filter(
    ({ ended, failingSince }) =>
      ended !== undefined || (failingSince !== undefined && now().getTime() - failingSince >= BROKEN_MS),
  );
  const fine = feeds.length - broken.length;
  return [
    ...(fine > 0 || feeds.length === 0
      ? [{ isFine: true, what: feeds.length === 0 ? 'Feeds: none is followed' : `Feeds: ${fine} followed` }]
      : []),
    ...broken.map((feed) => ({
      isFine: false,
      what: `Feed “${feed.title}”: ${troubleOf(feed, now()) ?? ''}`,
      remedy: `look at ${feed.url}, or stop following it: briefdesk follow --stop ${feed.id}`,
    })),
  ];
}

function troubleOf({ ended, failingSince, reason, nextPoll }: FollowedFeed, now: Date): string | undefined {
  if (ended !== undefined) return `gone for good: ${ended}`;
  if (failingSince === undefined) return undefined;
  const when = nextPoll > now.getTime() ? `again ${inWords(nextPoll)}` : 'again soon';
  return `broken since ${inWords(failingSince)}: ${reason ?? 'it cannot be read.'} Tried ${when}.`;
}

async function feedCalled(what: string, store: FeedStore): Promise<FollowedFeed> {
  const feeds = await store.all();
  const address = URL.canParse(what) ? new URL(what).href : what;
  const found = feeds.find(({ id, url }) => id === what || url === address);
  if (found) return found;
  const ids = feeds.map(({ id }) => id).slice(0, 10);
  throw new OperatorError(
    `No feed is followed under “${what}”. ${ids.length === 0 ? 'None is followed at all.' : `Followed: ${ids.join(', ')}.`}`,
  );
}

const inWords = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
