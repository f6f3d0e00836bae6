const MAX_CHARS = 200_000;
const FEED_TYPE = /^application\/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json)$/i;

/** Addresses of the feeds that a page names in its head, the page’s own first. */
export function feedsOf(html: string, base: string): string[] {
  const found = [...html.slice(0, MAX_CHARS).matchAll(/<link\b([^<>]{1,2000})>/gi)].flatMap(([, attributes = '']) => {
    const href = attribute(attributes, 'href');
    const isFeed =
      /(?:^|\s)alternate(?:\s|$)/i.test(attribute(attributes, 'rel') ?? '') &&
      FEED_TYPE.test(attribute(attributes, 'type') ?? '');
    return isFeed && href !== undefined && URL.canParse(href, base) ? [new URL(href, base).href] : [];
  });
  // Feeds of comments are not what is looked for.
  const sorted = found.toSorted((a, b) => Number(/comments?\b/i.test(a)) - Number(/comments?\b/i.test(b)));
  return [...new Set(sorted)].filter((url) => /^https?:/.test(url)).slice(0, 5);
}

function attribute(tag: string, name: string): string | undefined {
  const [, double, single, bare] =
    new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag) ?? [];
  return (double ?? single ?? bare)?.replaceAll('&amp;', '&').trim();
}
