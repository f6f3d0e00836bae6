/**
 * A message as every platform understands it: blocks of spans. All text is literal; a renderer escapes or quotes what its
 * platform would read as formatting, a mention or a link, and loses no word.
 */
export interface Message {
  /** One plain line that says what this is, for notifications and page titles. */
  title: string;
  blocks: Block[];
}

export type Block =
  | { type: 'heading'; text: string }
  /** A line or a paragraph; `label` is the short word printed before it, such as “Bottom line”. */
  | { type: 'text'; label?: string; spans: Span[] }
  | { type: 'list'; label?: string; entries: ListEntry[] }
  /** Exact words of a response, shown between quotation marks. `marker` is the number of the part; `tags` say who chose it. */
  | { type: 'quote'; marker?: string; words: Span[]; code: string; tags: string[] }
  | { type: 'table'; columns: string[]; rows: Span[][][] }
  /** Small print: provenance, counts, explanations of a rule. */
  | { type: 'note'; spans: Span[] }
  /** Text to copy as it stands, line breaks included. */
  | { type: 'copy'; text: string }
  | { type: 'divider' }
  | { type: 'actions'; actions: Action[] };

export interface ListEntry {
  marker?: string;
  spans: Span[];
  action?: Action;
}

export type Span =
  | { type: 'text'; text: string; style?: 'strong' | 'emphasis' | 'faint' | 'hit' }
  | { type: 'link'; text: string; href: string };

export type Action =
  | { type: 'run'; label: string; command: string; options: Record<string, string> }
  | { type: 'open'; label: string; href: string };

export const text = (value: string, style?: 'strong' | 'emphasis' | 'faint' | 'hit'): Span =>
  style === undefined ? { type: 'text', text: value } : { type: 'text', text: value, style };

export const link = (value: string, href: string): Span => ({ type: 'link', text: value, href });

export const heading = (value: string): Block => ({ type: 'heading', text: value });

/** A text block; plain strings become literal spans. */
export function line(...spans: (Span | string)[]): Block {
  return { type: 'text', spans: spans.map(asSpan) };
}

/** A text block with a label printed before it. */
export function labelled(label: string, ...spans: (Span | string)[]): Block {
  return { type: 'text', label, spans: spans.map(asSpan) };
}

export function note(...spans: (Span | string)[]): Block {
  return { type: 'note', spans: spans.map(asSpan) };
}

export function actions(...of: (Action | undefined)[]): Block {
  return { type: 'actions', actions: of.filter((action) => action !== undefined) };
}

export function run(label: string, command: string, options: Record<string, string> = {}): Action {
  return { type: 'run', label, command, options };
}

export const open = (label: string, href: string): Action => ({ type: 'open', label, href });

/** The plain words of spans. */
export const plain = (spans: readonly Span[]): string => spans.map((span) => span.text).join('');

function asSpan(value: Span | string): Span {
  return typeof value === 'string' ? text(value) : value;
}
