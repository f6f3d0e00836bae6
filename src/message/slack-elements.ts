import type {
  Button,
  KnownBlock,
  PlainTextElement,
  RichTextBlock,
  RichTextElement,
  RichTextPreformatted,
  RichTextSection,
  RichTextText,
} from '@slack/types';
import type { ActionEncoder } from './actions.ts';
import type { Action, Span } from './document.ts';
import type { Weigh } from './split.ts';

// https://docs.slack.dev/reference/block-kit/blocks/header-block
export const MAX_HEADER = 150;
// https://docs.slack.dev/reference/block-kit/composition-objects/text-object
const MAX_TEXT_OBJECT = 3_000;
// https://docs.slack.dev/reference/block-kit/block-elements/button-element
export const MAX_BUTTON_TEXT = 75;
export const MAX_BUTTON_URL = 3_000;
/** Of one block, as JSON. Rich text has no documented limit of its own; this is the one of a section. */
export const MAX_BLOCK_TEXT = MAX_TEXT_OBJECT;

/** Slack reads & < > as markup everywhere but in rich text. */
// https://docs.slack.dev/messaging/formatting-message-text#escaping
export const escapeSlack = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** `emoji: false`: a name between colons stays as it is written. */
export const plainText = (text: string): PlainTextElement => ({ type: 'plain_text', text: escapeSlack(text), emoji: false });

/** Text elements of rich text are literal: nothing in them is markup, a mention or a link. */
export function elementOf(span: Span): RichTextElement {
  if (span.type === 'link') return { type: 'link', url: span.href, text: span.text };
  const style = span.style ?? 'faint';
  switch (style) {
    case 'strong':
    case 'hit':
      return { type: 'text', text: span.text, style: { bold: true } };
    case 'emphasis':
      return { type: 'text', text: span.text, style: { italic: true } };
    case 'faint':
      return { type: 'text', text: span.text };
  }
}

const bareElement = (span: Span): RichTextText => ({ type: 'text', text: span.text });

export const richText = (...elements: RichTextBlock['elements']): RichTextBlock => ({ type: 'rich_text', elements });

export const section = (spans: readonly Span[]): RichTextSection => ({
  type: 'rich_text_section',
  elements: spans.map(elementOf),
});

export const preformatted = (spans: readonly Span[]): RichTextPreformatted => ({
  type: 'rich_text_preformatted',
  elements: spans.map(bareElement),
});

export const header = (text: string): KnownBlock => ({ type: 'header', text: plainText(text) });

/** A button; its action_id is given when it is known beside which others it stands. */
export function buttonOf(action: Action, encode: ActionEncoder): Button {
  const text = plainText(action.label);
  return action.type === 'open' ? { type: 'button', text, url: action.href } : { type: 'button', text, value: encode(action) };
}

export const weighRich: Weigh = (span) => JSON.stringify(elementOf(span)).length + 1;
export const weighPlain: Weigh = (span) => JSON.stringify(escapeSlack(span.text)).length;
