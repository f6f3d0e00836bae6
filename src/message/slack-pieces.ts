import type { KnownBlock, RichTextBlock } from '@slack/types';
import type { ActionEncoder } from './actions.ts';
import { isBlank } from './chat-blocks.ts';
import { type Action, type Block, type ListEntry, plain, type Span, text } from './document.ts';
import { buttonOf, escapeSlack, MAX_BLOCK_TEXT, plainText, richText, section, weighPlain, weighRich } from './slack-elements.ts';
import { isIntroduction, splitSpans, type Weigh } from './split.ts';

/** A block and what it says in plain words. */
export interface Piece {
  block: KnownBlock;
  words: string;
  introduces: boolean;
}

/** 25 are allowed; more than a row are hard to read. */
const BUTTONS_A_ROW = 5;

/** Spans as one block, or as several where they are too long for one. */
export function rich(
  spans: readonly Span[],
  element: (chunk: Span[], index: number) => RichTextBlock['elements'][number] = section,
): Piece[] {
  return split(spans, weighRich).map((chunk, index) => ({
    block: richText(element(chunk, index)),
    words: plain(chunk),
    introduces: isIntroduction(chunk),
  }));
}

/** Small print; links need rich text. */
export function notePieces(spans: readonly Span[]): Piece[] {
  if (spans.some(({ type }) => type === 'link')) return rich(spans);
  return split([text(plain(spans))], weighPlain).map((chunk) => {
    const words = plain(chunk);
    return { block: { type: 'context', elements: [plainText(words)] }, words, introduces: false };
  });
}

/** Bullets for entries without a marker, a line for each with one, a button beside an entry that has an action. */
export function listPieces(block: Extract<Block, { type: 'list' }>, encode: ActionEncoder): Piece[] {
  const { entries } = block;
  const [only] = entries;
  if (only && entries.length === 1)
    return entryPieces({ ...only, spans: [...label(block), ...markerOf(only), ...only.spans] }, encode);
  const pieces = rich(title(block));
  for (const entry of entries) {
    const last = pieces.at(-1);
    const joined = last && entry.action === undefined ? joinedTo(last, entry) : undefined;
    if (joined) pieces.splice(-1, 1, joined);
    else if (entry.action) pieces.push(...entryPieces({ ...entry, spans: [...markerOf(entry), ...entry.spans] }, encode));
    else if (entry.marker !== undefined) pieces.push(...rich([...markerOf(entry), ...entry.spans]));
    else pieces.push(...rich(entry.spans, (chunk, index) => (index === 0 ? bullet(chunk) : section(chunk))));
  }
  return pieces;
}

/** The block with one entry more; undefined if it is of another kind or full. */
function joinedTo({ block, words }: Piece, { marker, spans }: ListEntry): Piece | undefined {
  if (block.type !== 'rich_text') return undefined;
  const before = block.elements.at(-1);
  const rest = block.elements.slice(0, -1);
  const joined =
    marker === undefined
      ? before?.type === 'rich_text_list'
        ? richText(...rest, { ...before, elements: [...before.elements, section(spans)] })
        : richText(...block.elements, bullet(spans))
      : before?.type === 'rich_text_section'
        ? richText(...rest, {
            ...before,
            elements: [...before.elements, ...section([text('\n'), ...markerOf({ marker }), ...spans]).elements],
          })
        : richText(...block.elements, section([...markerOf({ marker }), ...spans]));
  if (JSON.stringify(joined).length > MAX_BLOCK_TEXT) return undefined;
  return { block: joined, words: `${words.trimEnd()}\n${marker ?? '•'} ${plain(spans)}`, introduces: false };
}

function entryPieces({ spans, action }: ListEntry, encode: ActionEncoder): Piece[] {
  if (!action) return rich(spans);
  const words = plain(spans);
  const needsRichText = spans.some((span) => span.type === 'link' || span.style === 'hit');
  if (needsRichText || isBlank(words) || JSON.stringify(escapeSlack(words)).length > MAX_BLOCK_TEXT) {
    return [...rich(spans), ...actionPieces([action], encode)];
  }
  const block: KnownBlock = { type: 'section', text: plainText(words), accessory: buttonOf(action, encode) };
  return [{ block, words: `${words} [${action.label}]`, introduces: false }];
}

export function actionPieces(actions: readonly Action[], encode: ActionEncoder): Piece[] {
  const rows = Array.from({ length: Math.ceil(actions.length / BUTTONS_A_ROW) }, (_, row) =>
    actions.slice(row * BUTTONS_A_ROW, (row + 1) * BUTTONS_A_ROW),
  );
  return rows.map((row) => ({
    block: { type: 'actions', elements: row.map((action) => buttonOf(action, encode)) },
    words: row.map((action) => `[${action.label}]`).join(' '),
    introduces: false,
  }));
}

const bullet = (spans: readonly Span[]): RichTextBlock['elements'][number] => ({
  type: 'rich_text_list',
  style: 'bullet',
  elements: [section(spans)],
});

/** A label on a line of its own. */
const title = ({ label: name }: { label?: string }): Span[] => (name === undefined ? [] : [text(name, 'strong')]);
export const label = ({ label: name }: { label?: string }): Span[] =>
  name === undefined ? [] : [text(name, 'strong'), text('  ')];
const markerOf = ({ marker }: { marker?: string }): Span[] => (marker === undefined ? [] : [text(marker, 'strong'), text('  ')]);

const split = (spans: readonly Span[], weigh: Weigh): Span[][] =>
  splitSpans(spans, MAX_BLOCK_TEXT, weigh).filter((chunk) => !isBlank(plain(chunk)));
