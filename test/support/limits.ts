import type { DiscordMessage } from '../../src/message/discord.ts';
import type { SlackMessage } from '../../src/message/slack.ts';

type Json = Record<string, unknown>;

const objects = (value: unknown): Json[] => {
  if (Array.isArray(value)) return value.flatMap(objects);
  return typeof value === 'object' && value !== null ? [value as Json, ...Object.values(value).flatMap(objects)] : [];
};
const lengthOf = (value: unknown): number => (typeof value === 'string' ? value.length : -1);
const blank = (value: unknown): boolean => typeof value !== 'string' || value.trim() === '';
const twice = (all: unknown[]): unknown[] => all.filter((one, index) => all.indexOf(one) !== index);

/** What Slack would refuse of a message, measured on the payload alone. */
export function slackProblems(message: SlackMessage): string[] {
  const problems: string[] = [];
  const check = (broken: boolean, what: string) => broken && problems.push(what);
  const blocks = message.blocks as unknown as Json[];
  const all = objects(blocks);
  const of = (type: string) => all.filter((one) => one.type === type);

  check(Object.keys(message).sort().join() !== 'blocks,text,unfurl_links,unfurl_media', 'unknown field');
  check(blank(message.text) || message.text.length > 40_000, `text of ${message.text.length}`);
  check(/[<>]|&(?!(?:amp|lt|gt);)/.test(message.text), 'text not escaped');
  check(blocks.length < 1 || blocks.length > 50, `${blocks.length} blocks`);
  check(JSON.stringify(blocks).length > 9_000, `${JSON.stringify(blocks).length} characters of blocks`);
  check(/\\ud[89a-f]/i.test(JSON.stringify(message)), 'half a character');
  for (const block of blocks) {
    const type = String(block.type);
    check(!['header', 'section', 'rich_text', 'context', 'actions', 'divider'].includes(type), `block ${type}`);
    const elements = Array.isArray(block.elements) ? block.elements.length : 0;
    if (type === 'context') check(elements < 1 || elements > 10, `${elements} in context`);
    if (type === 'actions') check(elements < 1 || elements > 5, `${elements} actions`);
    if (type === 'rich_text') check(elements < 1, 'empty rich_text');
    if (type === 'header') check(lengthOf((block.text as Json).text) > 150, 'header');
  }
  check(of('mrkdwn').length > 0, 'mrkdwn');
  for (const text of of('plain_text')) {
    check(lengthOf(text.text) < 1 || lengthOf(text.text) > 3_000 || blank(text.text), `plain_text of ${lengthOf(text.text)}`);
    check(text.emoji !== false, 'emoji');
    check(/[<>]|&(?!(?:amp|lt|gt);)/.test(String(text.text)), 'plain_text not escaped');
  }
  for (const text of of('text')) check(lengthOf(text.text) < 1 || lengthOf(text.text) > 3_000, `text of ${lengthOf(text.text)}`);
  for (const link of of('link')) {
    check(!/^https?:\/\//.test(String(link.url)) || lengthOf(link.url) > 3_000, `link ${String(link.url)}`);
    check(lengthOf(link.text) < 1, 'link without text');
  }
  for (const part of all.filter((one) => /^rich_text_/.test(String(one.type)))) {
    check((part.elements as unknown[]).length < 1, `empty ${String(part.type)}`);
  }
  const buttons = of('button');
  for (const button of buttons) {
    check(lengthOf((button.text as Json).text) > 75, 'button text');
    check(lengthOf(button.value) > 2_000, 'button value');
    check(lengthOf(button.url) > 3_000 || ('url' in button && !/^https?:\/\//.test(String(button.url))), 'button url');
    check(lengthOf(button.action_id) < 1 || lengthOf(button.action_id) > 255, 'action_id');
    check('url' in button === 'value' in button, 'button does nothing or two things');
  }
  check(twice(buttons.map((button) => button.action_id)).length > 0, 'action_id twice');
  return problems;
}

/** What Discord would refuse of a message, measured on the payload alone. */
export function discordProblems(message: DiscordMessage): string[] {
  const problems: string[] = [];
  const check = (broken: boolean, what: string) => broken && problems.push(what);
  const { embeds } = message;
  const rows = message.components as unknown as { type: number; components: Json[] }[];

  check(JSON.stringify(message.allowed_mentions) !== '{"parse":[]}', 'may mention');
  check((message.content ?? '').length > 2_000, 'content');
  check(embeds.length < 1 || embeds.length > 10, `${embeds.length} embeds`);
  let total = 0;
  for (const embed of embeds) {
    check(
      Object.keys(embed).some((key) => !['title', 'description'].includes(key)),
      'unknown part of an embed',
    );
    check(blank(embed.title) && blank(embed.description), 'empty embed');
    check('title' in embed && (blank(embed.title) || lengthOf(embed.title) > 256), `title of ${lengthOf(embed.title)}`);
    check('description' in embed && blank(embed.description), 'blank description');
    check(lengthOf(embed.description) > 4_096, `description of ${lengthOf(embed.description)}`);
    total += (embed.title ?? '').length + (embed.description ?? '').length;
  }
  check(total > 6_000, `${total} in embeds`);
  check(/\\ud[89a-f]/i.test(JSON.stringify(message)), 'half a character');
  check(rows.length > 5, `${rows.length} rows`);
  const ids: unknown[] = [];
  for (const { type, components } of rows) {
    check(type !== 1 || components.length < 1 || components.length > 5, `row of ${components.length}`);
    for (const component of components) {
      const id = component.custom_id;
      if (component.style === 5) {
        check(lengthOf(component.url) > 512 || !/^https?:\/\//.test(String(component.url)) || id !== undefined, 'link button');
      } else {
        check(lengthOf(id) < 1 || lengthOf(id) > 100, `custom_id ${String(id)}`);
        ids.push(id);
      }
      if (component.type === 2) {
        check(blank(component.label) || lengthOf(component.label) > 80, `label ${String(component.label)}`);
        continue;
      }
      check(component.type !== 3 || components.length !== 1, 'select beside others');
      const options = component.options as Json[];
      check(options.length < 1 || options.length > 25, `${options.length} options`);
      check(twice(options.map((option) => option.value)).length > 0, 'option twice');
      for (const { label, value, description } of options) {
        check(blank(label) || lengthOf(label) > 100 || lengthOf(value) < 1 || lengthOf(value) > 100, 'option');
        check(description !== undefined && (blank(description) || lengthOf(description) > 100), 'option description');
      }
    }
  }
  check(twice(ids).length > 0, 'custom_id twice');
  return problems;
}
