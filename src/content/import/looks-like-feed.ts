/** How far a feed’s opening is looked at: comments and style sheets may stand before its root. */
const HEAD = 64 * 1024;
const ROOT = /^<(?:[a-z_][\w.-]*:)?(rss|feed|rdf)[\s/>]/i;
const JSON_FEED = /"version"\s*:\s*"https?:(?:\\?\/){2}(?:www\.)?jsonfeed\.org\\?\/version/i;
const RDF_FEED = /purl\.org\/(?:rss|net\/rss)|my\.netscape\.com\/rdf/i;

/** Whether bytes call themselves a feed (RSS, Atom, RDF, JSON Feed), whatever their name; cheap, so that everything can be asked. */
export function looksLikeFeed(bytes: Uint8Array): boolean {
  const head = opening(bytes);
  if (/^\s*\{/.test(head)) return JSON_FEED.test(head);
  const root = ROOT.exec(afterProlog(head))?.[1]?.toLowerCase();
  return root === 'rss' || root === 'feed' || (root === 'rdf' && RDF_FEED.test(head));
}

function opening(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes.subarray(0, HEAD));
}

/** What follows the XML declaration, comments and the document type. */
function afterProlog(head: string): string {
  let at = 0;
  for (;;) {
    at += /^\s*/.exec(head.slice(at, at + 1000))?.[0].length ?? 0;
    const end = head.startsWith('<?', at)
      ? head.indexOf('?>', at) + 2
      : head.startsWith('<!--', at)
        ? head.indexOf('-->', at) + 3
        : /^<!doctype/i.test(head.slice(at, at + 9))
          ? (/[^[>]*(?:\[[^\]]*\]\s*)?>/y.exec(head.slice(at))?.[0].length ?? -at) + at
          : at;
    if (end <= at) return head.slice(at);
    at = end;
  }
}
