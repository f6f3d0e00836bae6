import '@skyra/discord-components-core/discord-action-row.js';
import '@skyra/discord-components-core/discord-attachments.js';
import '@skyra/discord-components-core/discord-button.js';
import '@skyra/discord-components-core/discord-embed.js';
import '@skyra/discord-components-core/discord-embed-description.js';
import '@skyra/discord-components-core/discord-message.js';
import '@skyra/discord-components-core/discord-messages.js';
import { createElement as h } from 'preact';
import type { DiscordMessage } from '../../../message/discord.ts';
import { avatar } from './avatar.ts';
import { discordLines, type Inline, type Line, plain } from './discord-markup.ts';

type Embed = DiscordMessage['embeds'][number];
type Row = DiscordMessage['components'][number];
type Component = Row['components'][number];

/** Embeds and components put by hand into what draws them; every avatar is our own. */
export function DiscordView({ payloads, at }: { payloads: DiscordMessage[]; at: Date }) {
  const lightTheme = !matchMedia('(prefers-color-scheme: dark)').matches;
  return h(
    'discord-messages',
    { lightTheme },
    payloads.map((payload, index) =>
      h(
        'discord-message',
        { key: index, author: 'Briefdesk', avatar, bot: true, timestamp: at, lightTheme },
        payload.embeds.map((embed, place) => embedOf(embed, place, lightTheme)),
        payload.components.length === 0
          ? null
          : h(
              'discord-attachments',
              { slot: 'components' },
              payload.components.map((row, place) => h('discord-action-row', { key: place }, row.components.map(componentOf))),
            ),
      ),
    ),
  );
}

function embedOf({ title, description }: Embed, key: number, lightTheme: boolean) {
  return h(
    'discord-embed',
    { key, slot: 'embeds', lightTheme, ...(title === undefined ? {} : { embedTitle: plain(title) }) },
    description === undefined
      ? null
      : h('discord-embed-description', { slot: 'description' }, discordLines(description).map(lineOf)),
  );
}

const CLASSES: Record<Line['type'], string> = {
  line: 'd-line',
  quote: 'd-line d-quote',
  small: 'd-line d-small',
  bullet: 'd-line d-bullet',
  fence: 'd-fence',
};

function lineOf({ type, inlines }: Line, key: number) {
  return h(type === 'fence' ? 'pre' : 'div', { key, class: CLASSES[type] }, inlines.map(inlineOf));
}

function inlineOf(inline: Inline, key: number) {
  switch (inline.type) {
    case 'text':
      return h('span', { key }, inline.text);
    case 'bold':
      return h('strong', { key }, inline.text);
    case 'link':
      return h('a', { key, href: inline.href, target: '_blank', rel: 'noreferrer noopener' }, inline.text);
  }
}

function componentOf(component: Component, key: number) {
  if (!('style' in component)) {
    return h('span', { key, class: 'd-select' }, component.placeholder ?? 'Choose');
  }
  const label = 'label' in component ? component.label : '';
  return 'url' in component
    ? h('discord-button', { key, url: component.url, type: 'secondary' }, label)
    : h('discord-button', { key, type: 'secondary' }, label);
}
