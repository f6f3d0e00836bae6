import { type Block, Message } from 'slack-blocks-to-jsx';
import library from 'slack-blocks-to-jsx/dist/style.css?inline';
import type { SlackMessage } from '../../../message/slack.ts';
import { avatar } from './avatar.ts';
import { Shadow } from './shadow.tsx';
import { shown } from './shown.ts';
import own from './style/slack.css?inline';

const sheet = new CSSStyleSheet();
sheet.replaceSync(library + own);

/** What the library would read as marks, and characters of private use that it does not know. */
const MARKS = '*_~`<>:';
const STAND_INS = [...MARKS].map((_, index) => String.fromCodePoint(0xe0f0 + index)).join('');

export function SlackView({ payloads, at }: { payloads: SlackMessage[]; at: Date }) {
  const theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  return (
    <Shadow sheet={sheet} settle={restore}>
      <div class={`slack ${theme}`}>
        {payloads.map(({ blocks }, index) => (
          <Message key={index} blocks={drawable(blocks)} logo={avatar} name="Briefdesk" time={at} theme={theme} />
        ))}
      </div>
    </Shadow>
  );
}

/** Slack shows plain_text as it is; the library reads marks in it, so stand-ins take their place until it has drawn. */
function drawable(blocks: SlackMessage['blocks']): Block[] {
  return JSON.parse(JSON.stringify(blocks), (_, value: unknown) => {
    if (typeof value === 'string') return shown(value);
    if (typeof value !== 'object' || value === null || !('type' in value) || value.type !== 'plain_text') return value;
    const written = 'text' in value && typeof value.text === 'string' ? value.text : '';
    return { ...value, text: swapped(written, MARKS, STAND_INS) };
  });
}

function restore(root: ShadowRoot): void {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const written = text.nodeValue ?? '';
    const meant = swapped(written, STAND_INS, MARKS);
    if (meant !== written) text.nodeValue = meant;
  }
}

const swapped = (text: string, these: string, those: string): string =>
  [...text].map((one) => those[these.indexOf(one)] ?? one).join('');
