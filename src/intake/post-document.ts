import type { Feed } from '../content/import/feed.ts';
import type { FeedPost } from '../content/import/feed-post.ts';

/** A post as a document of its own, its title on top unless its text begins with it; the same post always makes the same bytes. */
export function postDocument({ title, content }: FeedPost, { language }: Pick<Feed, 'language'>): Uint8Array {
  const text = content?.text ?? '';
  const isHtml = content?.type === 'html';
  const opening = isHtml ? text.slice(0, 2000).replace(/<[^<>]*>|&#?\w+;/g, ' ') : text;
  const heading = title === undefined || folded(opening).startsWith(folded(title)) ? undefined : title;
  const document = isHtml
    ? page(text, { title, heading, language })
    : [heading, text].filter((one) => one !== undefined).join('\n\n');
  return new TextEncoder().encode(document);
}

const folded = (text: string): string =>
  text
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();

function page(
  content: string,
  { title, heading, language }: { title: string | undefined; heading: string | undefined; language: string | undefined },
): string {
  return [
    `<!doctype html>\n<html${language === undefined ? '' : ` lang="${language}"`}>`,
    `<head><meta charset="utf-8">${title === undefined ? '' : `<title>${escaped(title)}</title>`}</head>`,
    '<body><article>',
    ...(heading === undefined ? [] : [`<h1>${escaped(heading)}</h1>`]),
    content,
    '</article></body></html>\n',
  ].join('\n');
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
