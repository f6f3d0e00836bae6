import type { KnownBlock } from '@slack/types';
import type { ActionEncoder } from './actions.ts';
import { chatBlocks, isBlank, oneLine, quoteSpans, rowLines } from './chat-blocks.ts';
import { type Block, type Message, plain, text } from './document.ts';
import { elementOf, escapeSlack, header, MAX_BUTTON_TEXT, MAX_BUTTON_URL, MAX_HEADER, preformatted } from './slack-elements.ts';
import { actionPieces, label, listPieces, notePieces, type Piece, rich } from './slack-pieces.ts';
import { pack, splitSpans } from './split.ts';

/** A message as chat.postMessage, a response_url or an ack takes it. */
export interface SlackMessage {
  text: string;
  blocks: KnownBlock[];
  unfurl_links: false;
  unfurl_media: false;
}

// https://docs.slack.dev/reference/block-kit/blocks
const MAX_BLOCKS = 50;
/**
 * Of the JSON of all blocks. About 13,000 are refused with msg_blocks_too_long; whether Slack counts words or JSON is not documented.
 * https://github.com/slackapi/bolt-js/issues/2509
 */
const MAX_ALL_BLOCKS = 9_000;
/** For notifications and screen readers; 40,000 are allowed, and the blocks hold everything. */
const MAX_SUMMARY = 3_000;
const LEFT_OUT = ' […]';
/** What an action_id adds to a button. */
const ACTION_ID_JSON = 32;

const BUTTON = {
  label: MAX_BUTTON_TEXT,
  href: MAX_BUTTON_URL,
  measure: (label: string) => escapeSlack(label).length,
};

/** What ends every message: its blocks, and what they say. */
export interface Footer {
  blocks: KnownBlock[];
  words: string;
}

/** As many Slack messages as the blocks need; nothing is dropped, and no text is read as markup. */
export function toSlack(message: Message, encode: ActionEncoder, footer: Footer = { blocks: [], words: '' }): SlackMessage[] {
  const pieces = chatBlocks(message, BUTTON).flatMap((block) => piecesOf(block, encode));
  const sized = (pieces.length > 0 ? pieces : rich([text('…')])).map((piece) => ({ ...piece, size: sizeOf(piece.block) }));
  return pack(sized, (page) => fits(page, footer)).map((page) => ({
    text: [summary(message.title, page), ...(footer.words === '' ? [] : [escapeSlack(footer.words)])].join('\n'),
    blocks: [...withActionIds(page.map(({ block }) => block)), ...footer.blocks],
    unfurl_links: false,
    unfurl_media: false,
  }));
}

/** No `default`: a new kind of block does not compile until it has a case here. */
function piecesOf(block: Block, encode: ActionEncoder): Piece[] {
  switch (block.type) {
    case 'heading':
      return escapeSlack(block.text).length <= MAX_HEADER
        ? [{ block: header(block.text), words: block.text, introduces: true }]
        : rich([text(block.text, 'strong')]);
    case 'text':
      return rich([...label(block), ...block.spans]);
    case 'list':
      return listPieces(block, encode);
    case 'quote':
      return rich(quoteSpans(block), (spans) => ({ type: 'rich_text_quote', elements: spans.map(elementOf) }));
    case 'table':
      return rowLines(block).flatMap((spans) => rich(spans));
    case 'note':
      return notePieces(block.spans);
    case 'copy':
      return rich([text(block.text)], preformatted);
    case 'divider':
      return [{ block: { type: 'divider' }, words: '', introduces: false }];
    case 'actions':
      return actionPieces(block.actions, encode);
  }
}

function fits(page: readonly (Piece & { size: number })[], { blocks }: Footer): boolean {
  const size = page.reduce((sum, piece) => sum + piece.size, JSON.stringify(blocks).length);
  return page.length + blocks.length <= MAX_BLOCKS && size <= MAX_ALL_BLOCKS;
}

const sizeOf = (block: KnownBlock): number => JSON.stringify(block).length + 1 + buttonsOf(block) * ACTION_ID_JSON;

function buttonsOf(block: KnownBlock): number {
  if (block.type === 'actions') return block.elements.length;
  return block.type === 'section' && block.accessory ? 1 : 0;
}

/** Every button gets an id of its own among these blocks; what it does is in its value. */
export function withActionIds(blocks: readonly KnownBlock[]): KnownBlock[] {
  let count = 0;
  const identified = <Element extends { type: string }>(element: Element): Element => {
    if (element.type !== 'button') return element;
    count += 1;
    return { ...element, action_id: `${'url' in element ? 'open' : 'run'}:${count}` };
  };
  return blocks.map((block) => {
    if (block.type === 'actions') return { ...block, elements: block.elements.map(identified) };
    if (block.type === 'section' && block.accessory) return { ...block, accessory: identified(block.accessory) };
    return block;
  });
}

function summary(title: string, page: readonly Piece[]): string {
  const words = page.map((piece) => piece.words).filter((one) => !isBlank(one));
  const first = oneLine(title);
  const all = [...(first === '' || words[0] === first ? [] : [first]), ...words].join('\n');
  const [start = []] = splitSpans([text(all)], MAX_SUMMARY - LEFT_OUT.length, (span) => escapeSlack(span.text).length);
  const shown = plain(start);
  return escapeSlack(shown.length < all.length ? `${shown.trimEnd()}${LEFT_OUT}` : shown) || '…';
}
