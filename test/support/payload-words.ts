import type { DiscordMessage } from '../../src/message/discord.ts';
import type { Block, Message, Span } from '../../src/message/document.ts';
import type { SlackMessage } from '../../src/message/slack.ts';

const squeeze = (words: string): string => words.replace(/\s/g, '');

/** Text as every platform may show it: what cannot be shown is U+FFFD, white space does not count. */
export const shownWords = (words: string): string =>
  squeeze(
    words
      .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
      .replace(/[\t\v\f]/g, ' ')
      .replace(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu, '\ufffd'),
  );

/** Every piece of text of a message in the order of reading, without the labels of its actions. */
export function wordsOf({ blocks }: Message): string[] {
  const of = (spans: readonly Span[]) => spans.map(({ text }) => text);
  const wordsIn = (block: Block): string[] => {
    switch (block.type) {
      case 'heading':
      case 'copy':
        return [block.text];
      case 'text':
        return [block.label ?? '', ...of(block.spans)];
      case 'note':
        return of(block.spans);
      case 'quote':
        return [block.marker ?? '', '“', ...of(block.words), '”', ...block.tags, block.code];
      case 'list':
        return [block.label ?? '', ...block.entries.flatMap(({ marker, spans }) => [marker ?? '', ...of(spans)])];
      case 'table':
        return block.rows.flatMap((row) => row.flatMap(of));
      case 'actions':
      case 'divider':
        return [];
    }
  };
  return blocks.flatMap(wordsIn).map(shownWords);
}

/** The first of the words that is not found behind those before it; undefined if all are there in order. */
export function firstLost(expected: readonly string[], found: string): string | undefined {
  let at = 0;
  for (const one of expected) {
    const next = found.indexOf(one, at);
    if (next < 0) return one;
    at = next + one.length;
  }
  return undefined;
}

/** What a reader sees of Slack’s blocks. */
export function slackWords(messages: readonly SlackMessage[]): { words: string; labels: string[] } {
  const labels: string[] = [];
  const unescaped = (text: string) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
  const read = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(read).join('');
    if (typeof value !== 'object' || value === null) return '';
    const { type, text, ...rest } = value as Record<string, unknown>;
    if (type === 'button') labels.push(shownWords(unescaped((text as { text: string }).text)));
    if (type === 'button') return '';
    const own = typeof text === 'string' ? (type === 'plain_text' ? unescaped(text) : text) : read(text);
    return own + read(rest.elements) + read(rest.accessory);
  };
  return { words: squeeze(messages.map(({ blocks }) => read(blocks)).join('')), labels };
}

/** What a reader sees of Discord’s embeds, with each message as its own page. */
export function discordWords(messages: readonly DiscordMessage[]): { words: string; labels: string[] } {
  const parts = messages.flatMap(({ embeds }) => embeds.flatMap(({ title, description }) => [title ?? '', description ?? '']));
  const labels = messages.flatMap(({ components }) =>
    components.flatMap((row) =>
      row.components.flatMap((one) =>
        one.type === 2 ? [one.label ?? ''] : one.options.flatMap(({ label, description }) => [label, description ?? '']),
      ),
    ),
  );
  return { words: squeeze(parts.map((part) => displayed(part).text).join('')), labels: labels.map(shownWords) };
}

/**
 * What Discord displays of a text that uses bold, masked links, quotes, small print, bullets and fences; `active` is all markup left
 * beside these.
 */
export function displayed(markdown: string): { text: string; active: string[] } {
  const active: string[] = [];
  let fenced = false;
  const lines = markdown.split('\n').map((line) => {
    if (line === '```') {
      fenced = !fenced;
      return '';
    }
    return fenced ? line : displayedLine(line, active);
  });
  if (fenced) active.push('open fence');
  return { text: lines.join('\n'), active };
}

/** Control characters stand for what is not text: they cannot occur in it. */
const [OPEN, CLOSE, MARK] = ['\u0001', '\u0002', '\u0003'];
const ESCAPED = new RegExp(`${OPEN}(\\d+)${CLOSE}`, 'g');
const COLON = new RegExp(`:[^\\s${MARK}]`, 'g');
const LINE_START = new RegExp(`^[\\s${MARK}]*(?:#|-|\\d+\\.)`);

function displayedLine(line: string, active: string[]): string {
  const escapes: string[] = [];
  const bare = line
    .replace(/^(?:> |-# |- )/, '')
    .replace(/\\([^A-Za-z0-9\s])/gu, (_, one: string) => `${OPEN}${escapes.push(one) - 1}${CLOSE}`)
    .replace(/ \(\[link\]\(https?:\/\/[^\s()<>\\]+\)\)/g, MARK)
    .replace(/\[([^[\]]+)\]\(https?:\/\/[^\s()<>\\]+\)/g, `${MARK}$1${MARK}`)
    .replace(/\*\*((?:(?!\*).)+?)\*\*/g, `${MARK}$1${MARK}`);
  active.push(...(bare.match(/[*_~`|<>@[\]\\]/g) ?? []), ...(bare.match(COLON) ?? []), ...(bare.match(LINE_START) ?? []));
  return bare.replaceAll(MARK, '').replace(ESCAPED, (_, index: string) => escapes[Number(index)] ?? '');
}
