import { html as template } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** A piece of a page. */
export type Html = HtmlEscapedString;

/** Markup with what is put into it escaped, unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...values: unknown[]): Html {
  const made = template(strings, ...values);
  if (made instanceof Promise) throw new Error('a piece of a page was not waited for');
  return made;
}

const CUT_CHARS = 600;
const NAME_CHARS = 160;

/** Archive text inside a line: its direction and any bidi marks in it end with it. */
export const bdi = (text: string): Html => html`<bdi>${text}</bdi>`;

/** An address that may be linked: http and https alone. */
export function webAddress(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  return /^https?:$/.test(new URL(url).protocol) ? url : undefined;
}

/** A link out of the archive, or its words alone where the address is not one of the web. */
export function outward(url: string | undefined, words: string): Html {
  const href = webAddress(url);
  return href === undefined ? bdi(words) : html`<a href="${href}" rel="noreferrer external">${bdi(words)}</a>`;
}

/** Text for titles and attributes, where nothing isolates: without marks that turn the direction of what follows. */
export const flat = (text: string): string =>
  text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').replace(/\s+/g, ' ');

/** Without what neither HTML nor XML can hold: control characters, and halves of surrogate pairs. */
export const sound = (text: string): string => text.replace(/[^\P{Cc}\n\t]|\p{Cs}|[\ufffe\uffff]/gu, '');

/** A text visibly cut between words where it is too long for a list; the whole is one link away. */
export function shortened(text: string, max = CUT_CHARS): string {
  if (text.length <= max) return text;
  const space = text.lastIndexOf(' ', max);
  return `${text.slice(0, space > max / 2 ? space : max)} […]`;
}

export const shortName = (text: string): string => shortened(text, NAME_CHARS);

/** “1 question”, “3 questions”. */
export const counted = (count: number, what: string): string => `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;

/** The paragraphs of a text, each with its own direction. */
export const paragraphs = (text: string): Html[] =>
  text.split(/\n\s*\n/).map((paragraph) => html`<p dir="auto">${paragraph}</p>`);

/** Pieces in a row with middle dots between them. */
export function dotted(pieces: readonly (Html | string | undefined)[]): Html {
  const shown = pieces.filter((piece) => piece !== undefined);
  return html`${shown.map((piece, index) => html`${index === 0 ? '' : html` <span class="dot" aria-hidden="true">·</span> `}${piece}`)}`;
}

/** A region that may be wider than the screen: scrolled by itself, with the keyboard too. */
export const wide = (label: string, of: Html): Html =>
  html`<div class="wide" role="region" aria-label="${label}" tabindex="0">${of}</div>`;
