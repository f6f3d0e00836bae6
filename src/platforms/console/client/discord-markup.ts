import { shown } from './shown.ts';

/** Reads the part of Discord's Markdown that the renderer writes: quotes, small print, lists, fences, bold, masked links, backslashes. */

export type Inline = { type: 'text' | 'bold'; text: string } | { type: 'link'; text: string; href: string };

export interface Line {
  type: 'line' | 'quote' | 'small' | 'bullet' | 'fence';
  inlines: Inline[];
}

const MARKED = /\\(.)|\*\*((?:\\.|[^\\*])+)\*\*|\[((?:\\.|[^\\\]])+)\]\((https?:[^()\s]+)\)/gs;
const PREFIXES: [string, Line['type']][] = [
  ['> ', 'quote'],
  ['-# ', 'small'],
  ['- ', 'bullet'],
];

export function discordLines(description: string): Line[] {
  const lines: Line[] = [];
  for (const [index, part] of shown(description).split('```').entries()) {
    if (index % 2 === 1) {
      lines.push({ type: 'fence', inlines: [{ type: 'text', text: part.replace(/^\n|\n$/g, '') }] });
      continue;
    }
    const own = index === 0 ? part : part.replace(/^\n/, '');
    if (own.trim() !== '') lines.push(...own.replace(/\n$/, '').split('\n').map(lineOf));
  }
  return lines;
}

function lineOf(written: string): Line {
  const [prefix, type] = PREFIXES.find(([start]) => written.startsWith(start)) ?? ['', 'line' as const];
  return { type, inlines: inlinesOf(written.slice(prefix.length)) };
}

function inlinesOf(written: string): Inline[] {
  const inlines: Inline[] = [];
  const add = (text: string) => {
    const last = inlines.at(-1);
    if (text === '') return;
    if (last?.type === 'text') last.text += text;
    else inlines.push({ type: 'text', text });
  };
  let at = 0;
  for (const found of written.matchAll(MARKED)) {
    add(written.slice(at, found.index));
    at = found.index + found[0].length;
    const [, escaped, bold, label, href] = found;
    if (bold !== undefined) inlines.push({ type: 'bold', text: plain(bold) });
    else if (label !== undefined && href !== undefined) inlines.push({ type: 'link', text: plain(label), href });
    else add(escaped ?? '');
  }
  add(written.slice(at));
  return inlines;
}

export const plain = (written: string): string => written.replace(/\\(.)/gs, '$1');
