import { type Action, type Block, type ListEntry, type Message, plain, type Span, text } from './document.ts';
import { literal } from './literal.ts';
import { splitSpans } from './split.ts';

/** What a platform allows of a button; `measure` is how it counts. */
export interface ButtonLimits {
  label: number;
  href: number;
  measure: (label: string) => number;
}

/** Longer addresses are shown as text, which can be split; a row of buttons with shorter ones fits a message. */
const MAX_LINK = 1_000;

/**
 * The blocks of a message as a chat platform can show them: text literal, nothing blank, only http addresses as links, and every label
 * short enough for a button; what a button cannot hold is said in text before it. A message without blocks shows its title.
 */
export function chatBlocks(message: Message, limits: ButtonLimits): Block[] {
  const blocks = message.blocks.flatMap((block) => prepared(block, limits));
  return blocks.length > 0 ? blocks : prepared({ type: 'heading', text: message.title }, limits);
}

/** Each row as lines: the first cell in bold, below it the other cells behind the name of their column. */
export function rowLines({ columns, rows }: Extract<Block, { type: 'table' }>): Span[][] {
  if (rows.length === 0) return [[text(columns.join(' · '), 'strong')]];
  return rows.map((row) => {
    const lines = row.map((cell, index) => {
      const name = columns[index];
      const words = index === 0 ? cell.map(strong) : cell;
      return name === undefined || name === '' || (index === 0 && plain(cell) !== '')
        ? words
        : [text(`${name}: `, 'faint'), ...words];
    });
    return lines.filter((one) => plain(one) !== '').flatMap((one, index) => (index === 0 ? one : [text('\n'), ...one]));
  });
}

/** A quote between its marks, with the number of its part before it, who chose it and its code behind it. */
export function quoteSpans({ marker, words, tags, code }: Extract<Block, { type: 'quote' }>): Span[] {
  const before = marker === undefined || isBlank(marker) ? [] : [text(marker, 'strong'), text('  ')];
  const after = [...tags.map((tag) => `[${tag}]`), code].filter((one) => !isBlank(one)).map((one) => text(` ${one}`, 'faint'));
  return [...before, text('“'), ...words, text('”'), ...after];
}

export const isBlank = (value: string): boolean => value.trim() === '';

/** The start of a label that fits, with “…” where the rest was left out. */
export function clip(label: string, max: number, measure: (label: string) => number): string {
  if (measure(label) <= max) return label;
  const [start = []] = splitSpans([text(label)], max - 1, (span) => measure(span.text));
  return `${plain(start).trimEnd()}…`;
}

function prepared(block: Block, limits: ButtonLimits): Block[] {
  switch (block.type) {
    case 'heading': {
      const words = oneLine(block.text);
      return words === '' ? [] : [{ type: 'heading', text: words }];
    }
    case 'text': {
      const { label, spans } = { label: oneLine(block.label ?? ''), spans: literalSpans(block.spans) };
      if (label === '' && isBlank(plain(spans))) return [];
      return [{ type: 'text', ...(label === '' ? {} : { label }), spans }];
    }
    case 'list': {
      const label = oneLine(block.label ?? '');
      const entries = block.entries.map((entry) => preparedEntry(entry, limits)).filter(hasContent);
      return label === '' && entries.length === 0 ? [] : [{ type: 'list', ...(label === '' ? {} : { label }), entries }];
    }
    case 'quote': {
      const marker = block.marker === undefined ? {} : { marker: oneLine(block.marker) };
      return [
        { type: 'quote', ...marker, words: literalSpans(block.words), code: oneLine(block.code), tags: block.tags.map(oneLine) },
      ];
    }
    case 'table': {
      const rows = block.rows.map((row) => row.map(literalSpans)).filter((row) => row.some((cell) => !isBlank(plain(cell))));
      const columns = block.columns.map(oneLine);
      return rows.length === 0 && columns.every(isBlank) ? [] : [{ type: 'table', columns, rows }];
    }
    case 'note': {
      const spans = literalSpans(block.spans);
      return isBlank(plain(spans)) ? [] : [{ type: 'note', spans }];
    }
    case 'copy': {
      const copied = literal(block.text.replace(/\t/g, '  '));
      return isBlank(copied) ? [] : [{ type: 'copy', text: copied }];
    }
    case 'divider':
      return [block];
    case 'actions':
      return preparedActions(block.actions, limits);
  }
}

function preparedActions(actions: readonly Action[], limits: ButtonLimits): Block[] {
  const all = actions.map((action) => button(action, limits));
  const said: Block[] = all.filter(({ inText }) => inText !== '').map(({ inText }) => ({ type: 'text', spans: [text(inText)] }));
  const shown = all.flatMap(({ action }) => action ?? []);
  return shown.length === 0 ? said : [...said, { type: 'actions', actions: shown }];
}

function preparedEntry({ marker, spans, action }: ListEntry, limits: ButtonLimits): ListEntry {
  const shown = action === undefined ? { inText: '', action: undefined } : button(action, limits);
  const own = literalSpans(spans);
  const number = oneLine(marker ?? '');
  return {
    ...(number === '' ? {} : { marker: number }),
    spans: shown.inText === '' ? own : [...own, text(isBlank(plain(own)) ? shown.inText : ` ${shown.inText}`)],
    ...(shown.action === undefined ? {} : { action: shown.action }),
  };
}

const hasContent = ({ marker, spans, action }: ListEntry): boolean =>
  marker !== undefined || action !== undefined || !isBlank(plain(spans));

/** An action with a label that fits its button, and what must be said in text because the button cannot hold it. */
function button(
  action: Action,
  { label: max, href: maxHref, measure }: ButtonLimits,
): { inText: string; action: Action | undefined } {
  const given = oneLine(action.label);
  const label = given === '' ? oneLine(action.type === 'open' ? action.href : `/${action.command}`) : given;
  const href = action.type === 'open' ? httpAddress(action.href) : undefined;
  if (action.type === 'open' && (href === undefined || href.length > Math.min(maxHref, MAX_LINK))) {
    const address = oneLine(action.href);
    return { inText: label === address ? label : `${label}: ${address}`, action: undefined };
  }
  const short = clip(label, max, measure);
  return {
    inText: short === label ? '' : label,
    action: action.type === 'open' ? { type: 'open', label: short, href: href ?? '' } : { ...action, label: short },
  };
}

function literalSpans(spans: readonly Span[]): Span[] {
  return spans.map(literalSpan).filter((span) => span.text !== '');
}

function literalSpan(span: Span): Span {
  if (span.type === 'text') return { ...span, text: literal(span.text) };
  const words = literal(span.text).replaceAll('\n', ' ');
  const href = httpAddress(span.href);
  if (href === undefined) return text(words);
  if (href.length > MAX_LINK) return text(`${words} (${href})`);
  return { type: 'link', text: isBlank(words) ? href : words, href };
}

/** The address as a browser would write it; undefined unless it is http or https. */
function httpAddress(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined;
  const { protocol, href: written } = new URL(href);
  return protocol === 'http:' || protocol === 'https:' ? written : undefined;
}

const strong = (span: Span): Span => (span.type === 'text' && span.style === undefined ? { ...span, style: 'strong' } : span);
/** Literal, without line breaks or doubled spaces. */
export const oneLine = (value: string): string => literal(value).replace(/\s+/g, ' ').trim();
