import type { Span } from './document.ts';
import type { Weigh } from './split.ts';

/** What Discord reads as markup anywhere; a colon unless white space follows (addresses, emoji names). */
// https://support.discord.com/hc/en-us/articles/210298617
const ANYWHERE = /[\\*_~`|<>@[\]]|:(?!\s)/g;
const LINE_START = /^([^\S\n]*)([#-])/gm;
/** Digits may stand in the span before. */
const NUMBERED_LINE = /^([^\S\n]*\d*)\./gm;
/** Discord shows a masked link as it is written if its text could pass for another address, a mention or an emoji. */
const PLAIN_WORDS = /^[\p{Script=Latin}\p{Nd} ,.'’“”&–—-]+$/u;
const LINK_WORD = 'link';
const BOLD = '**';

/** Literal text: backslashes before everything that Discord would read as markup, a mention, an emoji or a link. Displayed, it is the text. */
export function escapeMarkdown(text: string): string {
  return text.replace(ANYWHERE, '\\$&').replace(LINE_START, '$1\\$2').replace(NUMBERED_LINE, '$1\\.');
}

/** Spans as lines, each behind `prefix`; only what is bold or a link is markup. */
export function markdownLines(spans: readonly Span[], prefix = ''): string {
  const lines: string[][] = [[]];
  for (const { words, bold, href } of runsOf(spans)) {
    for (const [index, part] of words.split('\n').entries()) {
      if (index > 0) lines.push([]);
      lines.at(-1)?.push(href === undefined ? marked(part, bold) : linked(part, href));
    }
  }
  return lines.map((line) => prefix + line.join('')).join('\n');
}

/** Never less than the span takes in `markdownLines`, wherever it stands. */
export function weighMarkdown(prefix: string): Weigh {
  return ({ text, ...span }) => {
    const lines = text.split('\n').length;
    const markable = text.match(/[\\*_~`|<>@[\]:#.-]/g)?.length ?? 0;
    const markup = span.type === 'link' ? encodeUrl(span.href).length + LINK_WORD.length + '[]() ()'.length : 2 * BOLD.length;
    return text.length + markable + lines * (prefix.length + markup);
  };
}

interface Run {
  words: string;
  bold: boolean;
  href: string | undefined;
}

/** Neighbours that look alike become one, so that no markup can arise between them. */
function runsOf(spans: readonly Span[]): Run[] {
  const runs: Run[] = [];
  for (const span of spans) {
    const bold = span.type === 'text' && (span.style === 'strong' || span.style === 'hit');
    const href = span.type === 'link' ? span.href : undefined;
    const last = runs.at(-1);
    if (last && last.bold === bold && last.href === href) last.words += span.text;
    else runs.push({ words: span.text, bold, href });
  }
  return runs;
}

function marked(words: string, bold: boolean): string {
  const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(words) ?? [];
  return bold && inner !== '' ? `${before}${BOLD}${escapeMarkdown(inner)}${BOLD}${after}` : escapeMarkdown(words);
}

function linked(words: string, href: string): string {
  if (words.trim() === '') return words;
  const url = encodeUrl(href);
  return PLAIN_WORDS.test(words) && !/^\s*(?:-|\d+\.)/.test(words)
    ? `[${words}](${url})`
    : `${escapeMarkdown(words)} ([${LINK_WORD}](${url}))`;
}

/** Nothing in it can end a masked link. */
const encodeUrl = (href: string): string =>
  href.replace(/[()<>\\\s"']/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
