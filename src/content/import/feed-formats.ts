import type { parseFeed } from 'feedsmith';

type Parsed = ReturnType<typeof parseFeed<string>>;
type Rss = Extract<Parsed, { format: 'rss' }>['feed'];
type Atom = Extract<Parsed, { format: 'atom' }>['feed'];
type Rdf = Extract<Parsed, { format: 'rdf' }>['feed'];
type Json = Extract<Parsed, { format: 'json' }>['feed'];

/** Words of a feed as its format gives them; `html` where they are markup. */
export interface Words {
  text: string;
  html: boolean;
}

/** A post as its format gives it. Authors are left out: who wrote or posted a page is not who answered in it. */
export interface RawPost {
  guid: string | undefined;
  title: Words | undefined;
  link: string | undefined;
  published: string | undefined;
  updated: string | undefined;
  content: Words | undefined;
  teaser: Words | undefined;
}

export interface RawFeed {
  title: Words | undefined;
  language: string | undefined;
  ttlMinutes: number | undefined;
  posts: RawPost[];
}

/** One shape for the four formats, in the order of the feed. */
export function rawFeed(parsed: Parsed): RawFeed {
  switch (parsed.format) {
    case 'rss':
      return rssFeed(parsed.feed);
    case 'rdf':
      return rdfFeed(parsed.feed);
    case 'atom':
      return atomFeed(parsed.feed);
    case 'json':
      return jsonFeed(parsed.feed);
  }
}

function rssFeed({ title, language, ttl, sy, dc, items = [] }: Rss): RawFeed {
  return {
    title: markup(title),
    language: language ?? dc?.languages?.[0],
    ttlMinutes: ttl ?? minutesOf(sy),
    posts: items.map((one) => ({
      guid: one.guid?.value ?? one.link,
      title: markup(one.title),
      link: one.link ?? (one.guid?.isPermaLink === false ? undefined : one.guid?.value) ?? alternate(one.atom?.links),
      published: one.pubDate ?? one.dc?.dates?.[0] ?? one.atom?.published,
      updated: one.atom?.updated ?? one.dcterms?.modified?.[0],
      content: markup(one.content?.encoded) ?? atomWords(one.atom?.content),
      teaser: markup(one.description) ?? atomWords(one.atom?.summary),
    })),
  };
}

function rdfFeed({ title, sy, dc, items = [] }: Rdf): RawFeed {
  return {
    title: markup(title),
    language: dc?.languages?.[0],
    ttlMinutes: minutesOf(sy),
    posts: items.map((one) => ({
      guid: one.rdf?.about ?? one.link,
      title: markup(one.title),
      link: one.link ?? one.rdf?.about,
      published: one.dc?.dates?.[0],
      updated: one.dcterms?.modified?.[0],
      content: markup(one.content?.encoded) ?? atomWords(one.atom?.content),
      teaser: markup(one.description),
    })),
  };
}

function atomFeed({ title, xml, sy, entries = [] }: Atom): RawFeed {
  return {
    title: atomWords(title),
    language: xml?.lang,
    ttlMinutes: minutesOf(sy),
    posts: entries.map((one) => ({
      guid: one.id ?? alternate(one.links),
      title: atomWords(one.title),
      link: alternate(one.links),
      published: one.published,
      updated: one.updated,
      content: atomWords(one.content),
      teaser: atomWords(one.summary),
    })),
  };
}

function jsonFeed({ title, language, items = [] }: Json): RawFeed {
  return {
    title: plain(title),
    language,
    ttlMinutes: undefined,
    posts: items.map((one) => ({
      guid: one.id ?? one.url,
      title: plain(one.title),
      link: one.url ?? one.external_url,
      published: one.date_published,
      updated: one.date_modified,
      content: one.content_html === undefined ? plain(one.content_text) : { text: one.content_html, html: true },
      teaser: plain(one.summary),
    })),
  };
}

const plain = (text: string | undefined): Words | undefined => (text === undefined ? undefined : { text, html: false });

/** RSS does not say what its words are: markup, unless they hold neither a tag nor an entity, but line breaks. */
const markup = (text: string | undefined): Words | undefined =>
  text === undefined ? undefined : { text, html: /<[a-z!/][^<>]*>|&(?:#\w+|\w+);/i.test(text) || !/\n/.test(text) };

/** https://www.rfc-editor.org/rfc/rfc4287#section-3.1.1: text, unless the type says otherwise; some leave the type out for markup. */
function atomWords(words: { value?: string; type?: string } | undefined): Words | undefined {
  if (words?.value === undefined) return undefined;
  const { value: text, type } = words;
  if (type === undefined) return { text, html: /<(?:p|br|div|h[1-6]|blockquote|ul|ol|strong|em|a)[\s/>]/i.test(text) };
  if (/^(?:x?html|text\/html|application\/xhtml\+xml)\b/i.test(type)) return { text, html: true };
  return /^text\b/i.test(type) ? { text, html: false } : undefined;
}

interface Link {
  href?: string | undefined;
  rel?: string | undefined;
  type?: string | undefined;
}

function alternate(links: readonly Link[] | undefined): string | undefined {
  const pages = (links ?? []).filter(({ rel }) => rel === undefined || rel === 'alternate');
  return (pages.find(({ type }) => type === undefined || /html/i.test(type)) ?? pages[0])?.href;
}

const PERIODS: Readonly<Record<string, number>> = { hourly: 60, daily: 1440, weekly: 10_080, monthly: 43_200, yearly: 525_600 };

/** https://web.resource.org/rss/1.0/modules/syndication/ */
function minutesOf(sy: { updatePeriod?: string; updateFrequency?: number } | undefined): number | undefined {
  const period = PERIODS[sy?.updatePeriod?.toLowerCase() ?? ''];
  const frequency = sy?.updateFrequency ?? 1;
  return period === undefined || !(frequency > 0) ? undefined : period / frequency;
}
