import { onTestFinished } from 'vitest';
import { createFollower, type Follower, type FollowerOptions } from '../../src/intake/follow.ts';
import { followFeed } from '../../src/intake/followed.ts';
import type { Decided, Incoming, Taken } from '../../src/intake/incoming.ts';
import { createVisitor } from '../../src/intake/visit.ts';
import { type FeedStore, openFeedStore } from '../../src/store/feeds.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { type Answer, aClock, aLocalFetcher, aSite, byPath, type Site, type Virtual } from './site.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export interface Post {
  guid: string;
  text?: string;
  /** Only this much of it is in the feed. */
  teaser?: string;
}

/** Words that are whole and no Q&A, told apart by a mark. */
export const wordsOf = (mark: string): string =>
  `${mark}. ${'The ferry leaves when the tide allows and not before, whatever the board says. '.repeat(8)}`;

/** An RSS feed, newest post first. */
export function rssOf(posts: readonly Post[], inside = ''): string {
  const all = posts.map(({ guid, text = wordsOf(guid), teaser }, at) => {
    const date = new Date(Date.parse('2026-11-20T09:00:00Z') + at * 60_000).toUTCString();
    const words =
      teaser === undefined
        ? `<content:encoded><![CDATA[<p>${text}</p>]]></content:encoded>`
        : `<description>${teaser}</description>`;
    return `<item><title>Post ${guid}</title><link>/posts/${guid}</link><guid isPermaLink="false">${guid}</guid><pubDate>${date}</pubDate>${words}</item>`;
  });
  return `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Quay</title><link>/</link><description>d</description>${inside}${all.reverse().join('')}</channel></rss>`;
}

export interface Followed {
  site: Site;
  clock: Virtual;
  store: FeedStore;
  follower: Follower;
  /** What came to the desk, in order. */
  taken: { incoming: Incoming; decided: Decided }[];
  logged: { level: string; event: string; fields: Record<string, unknown> | undefined }[];
  printed: string[];
  url: string;
  /** What the site answers from now on: posts of its feed, or anything. */
  publish(feed: readonly Post[] | Answer, inside?: string): void;
  pages: Record<string, Answer | undefined>;
  follow(choices?: { backlog?: boolean; decided?: Decided }): Promise<void>;
  another(changed?: Partial<FollowerOptions>): Follower;
  /** Ticks after some time. */
  after(ms: number): Promise<void>;
  /** Marks of the posts that came to the desk since the last look. */
  came(): string[];
}

/** A feed on loopback, an empty store, a desk that takes everything, and a clock that stands still. */
export async function aFollowedFeed({
  posts = [{ guid: 'one' }, { guid: 'two' }],
  database = ':memory:',
  take = async () => [{ outcome: 'stored', id: 'a/2026-11-25/b', file: 'a.yaml' }],
}: {
  posts?: Post[];
  database?: string;
  take?: (incoming: Incoming, decided: Decided) => Promise<Taken[]>;
} = {}): Promise<Followed> {
  const clock = aClock();
  const opened = await openSqlite(database);
  onTestFinished(() => opened.close());
  const store = openFeedStore(opened);
  let answer: Answer = () => {};
  const pages: Record<string, Answer | undefined> = {};
  const site = await aSite((request, response) => byPath({ ...pages, '/feed': answer })(request, response));
  const fetcher = aLocalFetcher(clock.now, { ms: 5000 });
  const visitor = createVisitor({ fetcher, ...clock });
  const [taken, logged, printed]: [Followed['taken'], Followed['logged'], string[]] = [[], [], []];
  const another: Followed['another'] = (changed = {}) =>
    createFollower({
      store,
      visitor,
      desk: {
        async take(incoming, decided) {
          taken.push({ incoming, decided });
          return take(incoming, decided);
        },
      },
      now: clock.now,
      random: () => 0,
      log: (level, event, fields) => logged.push({ level, event, fields }),
      by: 'here',
      ...changed,
    });
  const follower = another();
  const publish: Followed['publish'] = (feed, inside = '') => {
    if (typeof feed === 'function') answer = feed;
    else {
      const body = rssOf(feed, inside);
      const etag = `"${body.length} ${Buffer.from(body).toString('base64').slice(-40)}"`;
      answer = (request, response) => {
        const isSame = request.headers['if-none-match'] === etag;
        response.writeHead(isSame ? 304 : 200, { 'content-type': 'application/rss+xml', etag }).end(isSame ? '' : body);
      };
    }
  };
  publish(posts);
  const url = site.at('/feed');
  return {
    site,
    clock,
    store,
    follower,
    taken,
    logged,
    printed,
    url,
    pages,
    publish,
    another,
    follow: ({ backlog = false, decided = {} } = {}) =>
      followFeed(
        url,
        { decided, backlog, random: () => 0, canTake: async () => {} },
        { store, visitor, now: clock.now, print: (line) => void printed.push(line) },
      ),
    async after(ms) {
      clock.pass(ms);
      await follower.tick();
    },
    came: () =>
      taken
        .splice(0)
        .map(
          ({ incoming }) =>
            /(?:<h1>Post )(\S+)<\/h1>|<p>(\S+)\./.exec(Buffer.from(incoming.bytes).toString())?.slice(1).find(Boolean) ?? '?',
        ),
  };
}
