import type { Feed } from '../content/import/feed.ts';
import type { FeedPost } from '../content/import/feed-post.ts';
import { looksLikeFeed } from '../content/import/looks-like-feed.ts';
import { readFeedDocument } from '../content/import/read-document.ts';
import type { Fetcher, FetchResult } from './fetch.ts';
import type { Incoming } from './incoming.ts';
import { postDocument } from './post-document.ts';
import type { Reach, Source } from './sources.ts';
import type { Visitor } from './visit.ts';

export interface FeedReach {
  /** Fetches what a person asks for by its address. */
  fetcher: Pick<Fetcher, 'get'>;
  /** Fetches what a feed names, as a guest. */
  visitor: Visitor;
  now: () => Date;
}

/** The ways in for addresses and for feeds. */
export function createReach({ fetcher, visitor, now }: FeedReach): Pick<Reach, 'address' | 'feed'> {
  const world = { visitor, now };

  async function* address(url: string): AsyncGenerator<Source> {
    const result = await fetcher.get(url);
    if (result.outcome !== 'fetched') yield { type: 'unread', name: url, reason: reasonOf(result) };
    else if (looksLikeFeed(result.bytes)) yield* sourcesOf(result.url, result.bytes, world, result.url);
    else yield sourceOf(url, result, now());
  }

  return {
    address,
    feed: (name, bytes) => (looksLikeFeed(bytes) ? sourcesOf(name, bytes, world) : undefined),
  };
}

type World = Pick<FeedReach, 'visitor' | 'now'>;

async function* sourcesOf(name: string, bytes: Uint8Array, world: World, base?: string): AsyncGenerator<Source> {
  const read = await readFeedDocument(bytes);
  if (read === undefined)
    yield { type: 'document', incoming: { name, bytes, hints: base === undefined ? {} : { sourceUrl: base } } };
  else if (read.outcome === 'refused') yield { type: 'unread', name, reason: read.reason };
  else if (read.feed.posts.length === 0) yield { type: 'unread', name, reason: 'The feed has no posts.' };
  else {
    for (const post of read.feed.posts) {
      const taken = await readPost(post, { feed: read.feed, base, ...world });
      yield taken.outcome === 'document'
        ? { type: 'document', incoming: taken.incoming }
        : { type: 'unread', name: post.link ?? post.title ?? name, reason: taken.reason };
    }
  }
}

export type PostRead =
  | { outcome: 'document'; incoming: Incoming }
  /** `isFinal`: it will be no different the next time. */
  | { outcome: 'unread'; reason: string; isFinal: boolean };

/** The document of a post: the feed’s own text where that is whole, else the page at its link. */
export async function readPost(
  post: FeedPost,
  { feed, base, visitor, now, signal }: World & { feed: Feed; base: string | undefined; signal?: AbortSignal },
): Promise<PostRead> {
  const link = linkOf(post, base);
  const published = post.day === undefined ? {} : { published: post.day };
  if (post.content?.isWhole === true) {
    const source = link === undefined ? {} : { sourceUrl: link };
    const hints = { type: post.content.type, ...published, ...source, earlier: { repairs: feed.repairs, doubts: feed.doubts } };
    return { outcome: 'document', incoming: { name: nameOf(post, link), bytes: postDocument(post, feed), hints, ...day(now()) } };
  }
  if (link === undefined)
    return { outcome: 'unread', reason: 'The feed gives neither the whole text nor a link to it.', isFinal: true };
  const result = await visitor.get(link, { signal });
  if (result.outcome !== 'fetched') return { outcome: 'unread', reason: reasonOf(result), isFinal: isFinal(result) };
  const source = sourceOf(link, result, now());
  if (source.type !== 'document') return { outcome: 'unread', reason: 'The link leads to no page.', isFinal: true };
  const { incoming } = source;
  return { outcome: 'document', incoming: { ...incoming, hints: { ...incoming.hints, ...published } } };
}

/** Its address; but a name such as “….pdf” would speak against the text. */
const nameOf = ({ title, guid }: FeedPost, link: string | undefined): string =>
  link !== undefined && !/\.(?:pdf|docx)$/i.test(link) ? link : (title ?? guid);

function sourceOf(name: string, { bytes, type, url }: Extract<FetchResult, { outcome: 'fetched' }>, now: Date): Source {
  const isPage = type === 'feed' && /<html[\s>]/i.test(Buffer.from(bytes.subarray(0, 2000)).toString('latin1'));
  if (type === 'feed' && !isPage) return { type: 'unread', name, reason: 'It is XML or JSON, but no feed.' };
  // Plain text may be Markdown: its letters tell.
  const hinted = type === 'text' ? {} : { type: isPage ? ('html' as const) : type };
  return { type: 'document', incoming: { name, bytes, hints: { ...hinted, sourceUrl: url }, ...day(now) } };
}

const day = (now: Date): { retrieved: string } => ({ retrieved: now.toISOString().slice(0, 10) });

const reasonOf = (result: Exclude<FetchResult, { outcome: 'fetched' }>): string =>
  result.outcome === 'unchanged' ? 'It has not changed.' : result.reason;

/** What is gone for good is not asked for again; a page that is not there yet (404) may come. */
const isFinal = (result: FetchResult): boolean =>
  result.outcome === 'refused' || (result.outcome === 'failed' && result.status === 410);

/** The address of a post without what feeds add to it to count readers. */
function linkOf({ link }: FeedPost, base: string | undefined): string | undefined {
  if (link === undefined || !URL.canParse(link, base)) return undefined;
  const url = new URL(link, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  for (const name of [...url.searchParams.keys()]) if (/^utm_\w+$/.test(name)) url.searchParams.delete(name);
  return url.href;
}
