import type { Mark } from './model.ts';

const MAX_NESTING = 6;
/** No paragraph is that long: beyond it the search for pairs takes too long. */
const MAX_CHARS = 50_000;
const INLINE =
  /\\([\\`*_{}[\]()#+\-.!|<>~])|!\[([^\]\n]{0,300})\]\([^)\n]{0,1000}\)|\[([^\]\n]{1,1000})\]\([^)\n]{0,1000}\)|<(https?:\/\/[^>\s]{1,500})>|<\/?[a-z][^>\n]{0,200}>|(\*\*|__)(?=\S)([\s\S]{1,2000}?\S)\5(?!\*)|(?<![\p{L}\p{N}*_])([*_])(?=\S)([^*_]{1,2000}?\S|\S)\7(?![\p{L}\p{N}*_])|&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|(amp|lt|gt|quot|nbsp|rsquo|lsquo|ldquo|rdquo|mdash|ndash|hellip));/giu;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: '\u00a0',
  rsquo: '’',
  lsquo: '‘',
  ldquo: '“',
  rdquo: '”',
  mdash: '—',
  ndash: '–',
  hellip: '…',
};

/** What inline Markdown shows, with its bold, italic and linked stretches. Hard breaks stay line breaks. */
export function inlineMarkdown(source: string): { text: string; marks: Mark[] } {
  if (source.length > MAX_CHARS) return { text: source, marks: [] };
  const marks: Mark[] = [];
  const text = show(source.replace(/(?: {2,}|\\)\n/g, '\n'), 0, marks, 0);
  return { text, marks };
}

function show(source: string, base: number, marks: Mark[], nesting: number): string {
  if (nesting > MAX_NESTING) return source;
  let text = '';
  let at = 0;
  for (const found of source.matchAll(INLINE)) {
    text += source.slice(at, found.index);
    at = found.index + found[0].length;
    const start = base + text.length;
    const [, escaped, , linked, address, , bold, , italic, decimal, hex, named] = found;
    const add = (type: Mark['type'], inner: string) => {
      text += show(inner, start, marks, nesting + 1);
      marks.push({ type, start, end: base + text.length });
    };
    if (escaped !== undefined) text += escaped;
    else if (linked !== undefined) add('link', linked);
    else if (address !== undefined) text += address;
    else if (bold !== undefined) add('bold', bold);
    else if (italic !== undefined) add('italic', italic);
    else if (decimal !== undefined || hex !== undefined)
      text += character(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal));
    else if (named !== undefined) text += ENTITIES[named.toLowerCase()] ?? found[0];
    else if (/^<br/i.test(found[0])) text += '\n';
  }
  return text + source.slice(at);
}

const character = (code: number): string =>
  code > 0 && code < 0x110000 && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
