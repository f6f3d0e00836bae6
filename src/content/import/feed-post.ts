import { parseHTML } from 'linkedom';
import { sha256 } from '../code.ts';
import type { RawPost, Words } from './feed-formats.ts';

/** One post of a feed. Who posted it is left out: markup of the page is no hint about who answered. */
export interface FeedPost {
  /** Names the post within its feed for good. */
  guid: string;
  /** One line of text. */
  title: string | undefined;
  /** As the feed gives it: it may be relative to the feed. */
  link: string | undefined;
  /** The instant (ISO) … */
  published: string | undefined;
  /** … and the day as printed there, in the feed’s own time zone. */
  day: string | undefined;
  updated: string | undefined;
  content: PostContent | undefined;
  /** Differs when the words of the post do. */
  hash: string;
}

export interface PostContent {
  type: 'html' | 'text';
  text: string;
  /** False: a teaser, whose whole is at the link. */
  isWhole: boolean;
}

const MAX_GUID = 500;
const MAX_TITLE = 300;
const MAX_LINK = 2048;
/** No Q&A is as short as this. */
const MIN_WHOLE = 400;
/** How much of the end tells whether a text is cut. */
const TAIL = 3000;

export function feedPost({ guid, title, link, published, updated, content, teaser }: RawPost): FeedPost {
  const shown = title === undefined ? undefined : oneLine(title, MAX_TITLE);
  const words = content ?? teaser;
  const made: PostContent | undefined = words && {
    type: words.html ? 'html' : 'text',
    text: words.html ? withFooter(words.text) : words.text,
    isWhole: content !== undefined && !isCut(content),
  };
  // The teaser of a page that was put right often stays as it was: its stamp tells.
  const stamp = made?.isWhole === true ? '' : (updated ?? '');
  const hash = sha256(JSON.stringify([shown, words?.text, stamp]));
  const name = guid?.trim() || link || hash;
  const address = link?.trim();
  return {
    guid: name.length > MAX_GUID ? sha256(name) : name,
    title: shown === '' ? undefined : shown,
    link: address === undefined || address === '' || address.length > MAX_LINK ? undefined : address,
    published: instant(published),
    day: dayPrinted(published),
    updated: instant(updated),
    content: made,
    hash,
  };
}

/** Text of one line without markup, nor anything that a terminal would obey. */
export function oneLine({ text, html }: Words, max: number): string {
  const read =
    html && /[<&]/.test(text)
      ? (parseHTML(`<p>${text.slice(0, 4 * max)}</p>`).document.querySelector('p')?.textContent ?? '')
      : text;
  const line = read
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= max ? line : `${line.slice(0, max)} […]`;
}

const CUT = /(?:…|\.{3}|\[[^\]]{0,20}(?:…|\.{3}|more|más|mais)\]|\((?:…|\.{3}|more)\))["”’»)\]]*$/iu;
const MORE =
  /(?:^|[….?!\]”"»)]\s*)\[?(?:read more|read on|read the (?:full|whole|rest|entire)|read (?:full|whole)|continue reading|keep reading|see more|view more|leer más|lee más|seguir leyendo|sigue leyendo|continuar leyendo|leer la (?:nota|entrada) completa|leia mais|ler mais|continue lendo|continue a ler|continuar lendo|saiba mais)\b[^\n]{0,300}$/iu;

/** A teaser is short, or ends in “…”, “[…]” or “Read more”. */
function isCut(words: Words): boolean {
  const text = plainText(words).replace(FIRST_ON_LINE, '').trim();
  if (text.length < MIN_WHOLE) return true;
  const last = text.slice(text.lastIndexOf('\n') + 1);
  return CUT.test(last) || MORE.test(last);
}

/** Roughly the words of a text, a line a block; exact enough at its end. */
function plainText({ text, html }: Words): string {
  if (!html) return text;
  const [start, tail] = [text.slice(0, -TAIL), text.slice(-TAIL)];
  const lines = (part: string) =>
    part.replace(/<(?:br|\/?(?:p|div|li|h[1-6]|blockquote|article|section|ul|ol))\b[^<>]*>/gi, '\n').replace(/<[^<>]*>/g, '');
  const ending = parseHTML(`<pre>${lines(tail)}</pre>`).document.querySelector('pre')?.textContent ?? '';
  return `${lines(start)}${ending}`.replace(/[ \t\u00a0]*\n\s*/g, '\n');
}

const FIRST_ON =
  '(?:the (?:post|article)|la entrada|el artículo|la publicación|o (?:post|conteúdo|artigo)|a publicação)\\b[^\\n]{0,1000}?(?:first appeared|appeared first|first published|apareció (?:primero|por primera vez)|se publicó (?:primero|por primera vez)|aparece(?:u)? primeiro|foi publicad[oa] primeiro)\\b[^\\n]{0,500}';
const FIRST_ON_LINE = new RegExp(`(?:^|\\n)${FIRST_ON}\\s*$`, 'iu');
const FIRST_ON_BLOCK = new RegExp(`<(p|div)\\b[^<>]*>\\s*${FIRST_ON}</\\1>\\s*$`, 'iu');

/** “The post … first appeared on …” is the feed’s line, not the page’s: marked as such, so that it ends no response. */
function withFooter(html: string): string {
  const start = html.slice(0, -TAIL);
  return `${start}${html.slice(-TAIL).replace(FIRST_ON_BLOCK, '<footer>$&</footer>')}`;
}

function instant(date: string | undefined): string | undefined {
  const at = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(at) || Math.abs(at) > 8e15 ? undefined : new Date(at).toISOString();
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

function dayPrinted(date: string | undefined): string | undefined {
  const iso = /^\s*(\d{4}-\d{2}-\d{2})(?!\d)/.exec(date ?? '')?.[1];
  const [, day = '', name = '', year = ''] =
    /(?:^|[\s,])(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?[\s-]+(\d{4})(?!\d)/i.exec(date ?? '') ?? [];
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  const printed = iso ?? (month === 0 ? '' : `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`);
  return instant(printed)?.startsWith(printed) === true && printed !== '' ? printed : undefined;
}
