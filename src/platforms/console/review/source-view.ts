import type { ImportRecord } from '../../../intake/record.ts';
import { withQuery } from '../archive/address.ts';
import { bdi, type Html, html, shortName } from '../archive/markup.ts';
import { type Doubt, type Piece, type Run, type SourceLine, sourceParts } from './source.ts';
import { linesInWords, reviewHref, roleInWords, toneOf } from './words.ts';

type Read = ImportRecord['draft'];

/** So many pieces of page furniture in a row are folded away. */
const FOLDED = 4;
/** Characters that are not seen, or turn the direction of what follows. */
const UNSEEN = /[^\P{Cc}\t]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

export interface SourceView {
  of: Html;
  parts: number;
}

/** One part of the source as it was read: line numbers, roles and rules, doubts at their lines, and whose words are whose. */
export function sourceView(draft: Read, key: string, part: number): SourceView {
  const parts = sourceParts(draft);
  const shown = parts[part - 1] ?? [];
  const context: Context = { draft, numbered: new Set(), begun: new Set() };
  const of = html`${shown.length === 0 ? html`<p class="absent">The source holds no text.</p>` : folded(shown).map((group) => grouped(group, context))}${turns(key, part, parts.length)}`;
  return { of, parts: parts.length };
}

interface Context {
  draft: Read;
  /** Lines and responses that have their anchor already. */
  numbered: Set<number>;
  begun: Set<number>;
}

/** Runs of page furniture together, all else one by one. */
function folded(pieces: readonly Piece[]): Piece[][] {
  const groups: Piece[][] = [];
  for (const piece of pieces) {
    const before = groups.at(-1);
    if (isPlainFurniture(piece) && before?.every(isPlainFurniture)) before.push(piece);
    else groups.push([piece]);
  }
  return groups.flatMap((group) => (group.length < FOLDED ? group.map((piece) => [piece]) : [group]));
}

const isPlainFurniture = ({ role, by, lines }: Piece): boolean =>
  role === 'furniture' && by.length === 0 && lines.every(({ doubts }) => doubts.length === 0);

function grouped(group: readonly Piece[], context: Context): Html {
  const all = html`${group.map((piece) => pieceView(piece, context))}`;
  if (group.length === 1) return all;
  const [first, last] = [group[0]?.lines[0]?.number ?? 1, group.at(-1)?.lines.at(-1)?.number ?? 1];
  return html`<details class="folded"><summary>${group.length} pieces of page furniture, ${linesInWords(first, last)}</summary>${all}</details>`;
}

function pieceView({ role, rule, by, lines }: Piece, context: Context): Html {
  const [only, ...others] = by;
  const tone = only === undefined || others.length > 0 ? '' : ` ${toneOf(only)}`;
  return html`<div class="piece role-${/^[a-z-]+$/.test(role) ? role : 'unread'}${tone}">
<p class="mark"><span class="role-name">${roleInWords(role)}</span>${by.map((place) => chip(place, context))}${rule === undefined ? '' : html` <span class="rule">${bdi(rule)}</span>`}</p>
${lines.map((line) => lineView(line, context))}
</div>`;
}

function chip(place: number, { draft, begun }: Context): Html {
  const anchor = begun.has(place) ? '' : html` id="source-response-${place + 1}"`;
  begun.add(place);
  return html` <a class="chip ${toneOf(place)}" href="#said-${place + 1}"${anchor}><span class="number">${place + 1}</span> ${bdi(shortName(draft.responses[place]?.by ?? ''))}</a>`;
}

function lineView({ number, runs, doubts }: SourceLine, { numbered }: Context): Html {
  const anchor = numbered.has(number) ? '' : html` id="source-${number}"`;
  numbered.add(number);
  return html`<div class="row"${anchor}><span class="no">${number}</span><span class="text" dir="auto">${runs.map(runView)}</span></div>${doubts.map(doubtView)}`;
}

function runView({ text, by, doubted }: Run): Html {
  const words = by === undefined ? html`${visible(text)}` : html`<span class="said ${toneOf(by)}">${visible(text)}</span>`;
  return doubted ? html`<mark class="doubted">${words}</mark>` : words;
}

const doubtView = ({ index, message, weight }: Doubt): Html =>
  html`<p class="doubt doubt-${weight}" id="doubt-${index + 1}"><strong>${weight === 'review' ? 'Doubt' : 'Note'}</strong> ${bdi(message)}</p>`;

/** Text with a mark in the place of each character that would not be seen; it is not copied with the text. */
function visible(text: string): (string | Html)[] {
  const pieces: (string | Html)[] = [];
  let at = 0;
  for (const { 0: character, index } of text.matchAll(UNSEEN)) {
    const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    pieces.push(text.slice(at, index), html`<span class="unseen" data-code="${code}"></span>`);
    at = index + character.length;
  }
  return [...pieces, text.slice(at)];
}

function turns(key: string, part: number, parts: number): Html {
  if (parts < 2) return html``;
  const link = (to: number, words: string) =>
    html`<a class="turn" href="${withQuery(`${reviewHref(key)}/source`, { part: to })}">${words}</a>`;
  return html`<nav class="pager" aria-label="Parts of the source">
${part > 1 ? link(part - 1, '← Before') : html`<span></span>`}
<span>Part ${part} of ${parts} of a long source</span>
${part < parts ? link(part + 1, 'After →') : html`<span></span>`}
</nav>`;
}
