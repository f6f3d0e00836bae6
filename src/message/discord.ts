import type {
  APIActionRowComponent,
  APIButtonComponentWithCustomId,
  APIButtonComponentWithURL,
  APIEmbed,
  APIStringSelectComponent,
} from 'discord-api-types/v10';
import type { ActionEncoder } from './actions.ts';
import { chatBlocks, clip, isBlank, oneLine, quoteSpans, rowLines } from './chat-blocks.ts';
import { type Choice, componentRows, MAX_LABEL, MAX_URL, rowsFit } from './discord-components.ts';
import { type Action, type Block, type ListEntry, link, type Message, plain, type Span, text } from './document.ts';
import { escapeMarkdown, markdownLines, weighMarkdown } from './markdown.ts';
import { isIntroduction, pack, splitSpans } from './split.ts';

type Row = APIActionRowComponent<APIButtonComponentWithCustomId | APIButtonComponentWithURL | APIStringSelectComponent>;

/** A message as a channel, an interaction response or a follow-up takes it; nothing in it can ping. */
export interface DiscordMessage {
  content?: string;
  embeds: APIEmbed[];
  components: Row[];
  allowed_mentions: { parse: [] };
}

/** Some lines, what stands before them on the page, and what can be done. */
interface Piece {
  lines: string;
  gap: '\n' | '\n\n';
  introduces: boolean;
  buttons: Action[];
  choices: Choice[];
}

// https://docs.discord.com/developers/resources/message#embed-object-embed-limits
const MAX_TITLE = 256;
const MAX_DESCRIPTION = 4_096;
const FENCE = '```';
const RULE = '─'.repeat(12);
const BUTTON = { label: MAX_LABEL, href: MAX_URL, measure: (label: string) => label.length };

/** As many Discord messages as the blocks need, one embed each; nothing is dropped, and no text is read as markup. */
export function toDiscord(message: Message, encode: ActionEncoder): DiscordMessage[] {
  const [first, ...rest] = chatBlocks(message, BUTTON);
  const title = first?.type === 'heading' ? escapeMarkdown(first.text) : undefined;
  const titled = title !== undefined && title.length <= MAX_TITLE;
  const blocks = titled || !first ? rest : [first, ...rest];
  const pieces = blocks.flatMap((block, index) => piecesOf(block, blocks[index - 1]));
  const pages = pack(pieces, (page) => descriptionLength(page) <= MAX_DESCRIPTION && rowsFit(page, encode));
  return (pages.length > 0 ? pages : [[]]).map((page, index) => {
    const said = description(page);
    const shown: APIEmbed = { ...(titled && index === 0 ? { title } : {}), ...(isBlank(said) ? {} : { description: said }) };
    return {
      embeds: [Object.keys(shown).length > 0 ? shown : { description: escapeMarkdown(shortTitle(message)) }],
      components: componentRows(page, encode),
      allowed_mentions: { parse: [] },
    };
  });
}

/** No `default`: a new kind of block does not compile until it has a case here. */
function piecesOf(block: Block, before: Block | undefined): Piece[] {
  switch (block.type) {
    case 'heading':
      return written([text(block.text, 'strong')]);
    case 'text': {
      const follows = block.label !== undefined && before?.type === 'text' && before.label !== undefined;
      return written([...label(block), ...block.spans], { gap: follows ? '\n' : '\n\n' });
    }
    case 'list':
      return listPieces(block);
    case 'quote':
      return written(quoteSpans(block), { prefix: '> ', gap: '\n' });
    case 'table':
      return rowLines(block).flatMap((spans) => written(spans));
    case 'note':
      return written(block.spans, { prefix: '-# ', gap: '\n' });
    case 'copy':
      return copyPieces(block.text);
    case 'divider':
      return [{ ...nothing, lines: RULE }];
    case 'actions':
      return block.actions.map((action) => ({ ...nothing, buttons: [action] }));
  }
}

const nothing: Piece = { lines: '', gap: '\n', introduces: false, buttons: [], choices: [] };

/** Spans as lines in one piece, or in several where they are too long for a message. */
function written(spans: readonly Span[], { prefix = '', gap = '\n\n' }: { prefix?: string; gap?: Piece['gap'] } = {}): Piece[] {
  const chunks = splitSpans(spans, MAX_DESCRIPTION - prefix.length, weighMarkdown(prefix)).filter(
    (chunk) => !isBlank(plain(chunk)),
  );
  return chunks.map((chunk) => ({ ...nothing, lines: markdownLines(chunk, prefix), gap, introduces: isIntroduction(chunk) }));
}

/** Nothing can be escaped inside a fence: text that holds one is shown as escaped lines, so that what is copied stays as it is. */
function copyPieces(copied: string): Piece[] {
  if (copied.includes(FENCE)) return written([text(copied)]);
  const room = MAX_DESCRIPTION - 2 * (FENCE.length + 1);
  const chunks = splitSpans([text(copied)], room, (span) => span.text.length)
    .map(plain)
    .filter((chunk) => !isBlank(chunk));
  return chunks.map((chunk) => ({ ...nothing, lines: `${FENCE}\n${chunk.replace(/\n$/, '')}\n${FENCE}`, gap: '\n\n' }));
}

/** A line for each entry; what entries do comes as buttons, or as choices where buttons would be many or look alike. */
function listPieces({ label: name, entries }: Extract<Block, { type: 'list' }>): Piece[] {
  const [only] = entries;
  const labelSpans = label(name === undefined ? {} : { label: name });
  const labels = entries.flatMap(({ action }) => (action?.type === 'run' ? [action.label] : []));
  const asButtons = labels.length <= 5 && new Set(labels).size === labels.length;
  const lead = entries.length === 1 ? [] : written(labelSpans.slice(0, 1));
  const lines = entries.flatMap((entry): Piece[] => {
    const before = entries.length === 1 ? labelSpans : [];
    const own = entrySpans(entry);
    const marked = entry.marker === undefined ? own : [text(entry.marker, 'strong'), text('  '), ...own];
    const prefix = entry.marker === undefined && only !== undefined && entries.length > 1 ? '- ' : '';
    const [first = nothing, ...more] = written([...before, ...marked], {
      prefix,
      gap: lead.length === 0 && entry === only ? '\n\n' : '\n',
    });
    if (entry.action?.type !== 'run') return [first, ...more];
    const { action } = entry;
    const done = asButtons ? { buttons: [action] } : { choices: [{ label: plain(own).trim() || action.label, action }] };
    return [{ ...first, ...done }, ...more];
  });
  return [...lead, ...lines];
}

/** An address belongs into the line. */
function entrySpans({ spans, action }: ListEntry): Span[] {
  if (action?.type !== 'open') return spans;
  const opens = link(action.label, action.href);
  return isBlank(plain(spans)) ? [opens] : [...spans, text(' '), opens];
}

const label = ({ label: name }: { label?: string }): Span[] => (name === undefined ? [] : [text(name, 'strong'), text('  ')]);

function description(page: readonly Piece[]): string {
  const shown = page.filter(({ lines }) => lines !== '');
  return shown.map(({ lines, gap }, index) => (index === 0 ? lines : gap + lines)).join('');
}

/** Of the description or one more: the first gap is not written. */
const descriptionLength = (page: readonly Piece[]): number =>
  page.reduce((sum, { lines, gap }) => sum + (lines === '' ? 0 : lines.length + gap.length), -'\n'.length);

/** For a message of buttons alone, which Discord refuses to take without words. */
const shortTitle = ({ title }: Message): string => clip(oneLine(title), MAX_TITLE, (words) => words.length) || '…';
