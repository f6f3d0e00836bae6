import { DetectError, MalformedError, ParseError, parseFeed } from 'feedsmith';
import { decode } from './decode.ts';
import { type RawFeed, rawFeed } from './feed-formats.ts';
import { type FeedPost, feedPost, oneLine } from './feed-post.ts';
import { looksLikeFeed } from './looks-like-feed.ts';

export interface Feed {
  title: string;
  /** BCP 47, as the feed says; often only what its software is set to. */
  language: string | undefined;
  /** Milliseconds for which it asks not to be read again. */
  ttlMs: number | undefined;
  /** Newest last. */
  posts: FeedPost[];
  /** What had to be done to read its letters, and what is not sure about them. */
  repairs: string[];
  doubts: string[];
}

export type FeedRead = { outcome: 'read'; feed: Feed } | { outcome: 'refused'; reason: string };

const MAX_CHARS = 5_000_000;
const MAX_POSTS = 1000;
const MAX_TAGS = 200_000;
const MAX_TITLE = 200;

/**
 * The feed (RSS, Atom, RDF, JSON Feed) that bytes hold; undefined where they hold none. Never throws. Names of authors are not read: a
 * feed cannot say who answered.
 */
export function readFeed(bytes: Uint8Array): FeedRead | undefined {
  if (!looksLikeFeed(bytes)) return undefined;
  const decoded = textOf(bytes);
  if (decoded.outcome === 'refused') return decoded;
  const { text, repairs, doubts } = decoded;
  const tooMuch = excess(text);
  if (tooMuch !== undefined) return refused(tooMuch);
  try {
    const raw = rawFeed(parseFeed(text));
    // The parser closes by itself what is open at the end.
    if (!/^\s*\{/.test(text) && !CLOSED.test(text.slice(-TAIL))) return refused(CUT_OFF);
    if (raw.posts.length > MAX_POSTS) return refused(TOO_MANY);
    return { outcome: 'read', feed: { ...feedOf(raw), repairs, doubts } };
  } catch (error) {
    if (error instanceof DetectError) return isCutOff(text) ? refused(CUT_OFF) : undefined;
    if (error instanceof MalformedError) return refused(CUT_OFF);
    if (error instanceof ParseError) return refused('The feed holds nothing that makes it one: no channel and no posts.');
    return refused(`The feed could not be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** Caches and counters add lines of their own behind the end. */
const TAIL = 4000;
const CLOSED = /<\/(?:[\w.-]+:)?(?:rss|feed|rdf)\s*>/i;

const refused = (reason: string): FeedRead => ({ outcome: 'refused', reason });
const CUT_OFF = 'The feed is cut off, or not in proper form: try again, or ask its publisher.';
const TOO_MANY = `The feed holds more than ${MAX_POSTS.toLocaleString('en')} posts: import them in pieces.`;

type Decoded = { outcome: 'text'; text: string; repairs: string[]; doubts: string[] } | { outcome: 'refused'; reason: string };

/** UTF-8 stays as it is: what is to be repaired in it is repaired, and listed, with each document. */
function textOf(bytes: Uint8Array): Decoded {
  try {
    return { outcome: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), repairs: [], doubts: [] };
  } catch {
    return decode(bytes);
  }
}

/** Why a text is not even parsed. */
function excess(text: string): string | undefined {
  if (text.length > MAX_CHARS) return `The feed is longer than ${MAX_CHARS.toLocaleString('en')} characters.`;
  if (/^\s*\{/.test(text)) return undefined;
  const [prolog = ''] = text.split(/<(?:[\w.-]+:)?(?:rss|feed|rdf)[\s>]/i, 1);
  if (/<!ENTITY\s/i.test(prolog))
    return 'The feed defines entities of its own: such feeds are not read, because they can grow without end.';
  if (count(text, /<(?:[\w.-]+:)?(?:item|entry)[\s/>]/gi) > MAX_POSTS) return TOO_MANY;
  if (count(text, /</g) > MAX_TAGS) return `The feed holds more than ${MAX_TAGS.toLocaleString('en')} tags.`;
  return /<[a-z][^<>]{20000}/i.test(text) ? 'The feed holds a tag of more than 20,000 characters.' : undefined;
}

const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;

/** JSON that nobody can parse, although it begins as a feed. */
function isCutOff(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch {
    return /^\s*\{/.test(text);
  }
}

function feedOf({ title, language, ttlMinutes, posts }: RawFeed): Omit<Feed, 'repairs' | 'doubts'> {
  const named = new Map<string, FeedPost>();
  for (const post of posts.map(feedPost)) if (!named.has(post.guid)) named.set(post.guid, post);
  return {
    title: (title && oneLine(title, MAX_TITLE)) || 'A feed without a title',
    language: /^[a-z]{2,3}(?:-[a-z\d]{2,8}){0,3}$/i.exec(language?.trim() ?? '')?.[0],
    ttlMs: ttlMinutes !== undefined && ttlMinutes > 0 ? ttlMinutes * 60_000 : undefined,
    posts: newestLast([...named.values()]),
  };
}

/** By date where every post has one; else feeds begin with the newest. */
function newestLast(posts: readonly FeedPost[]): FeedPost[] {
  const dated = posts.flatMap((post) => {
    const at = post.published ?? post.updated;
    return at === undefined ? [] : [{ post, at }];
  });
  const turned = dated.toReversed();
  return dated.length < posts.length
    ? posts.toReversed()
    : turned.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({ post }) => post);
}
