import { expect, test } from 'vitest';
import { escapeMarkdown, markdownLines } from '../../../src/message/markdown.ts';
import { discordLines } from '../../../src/platforms/console/client/discord-markup.ts';

const words = (description: string) => discordLines(description).map(({ inlines }) => inlines.map(({ text }) => text).join(''));

test('what the renderer escapes is read back as it was', () => {
  for (const text of [
    '*not bold* _nor this_',
    '<@1> #general',
    '[a](b) `c` ~~d~~ \\e',
    '- no list',
    '1. no list',
    'https://x.example/a_b',
  ]) {
    expect(words(escapeMarkdown(text))).toEqual([text]);
  }
});

test('bold words, links, quotes, small print and fences are told apart', () => {
  const written = `${markdownLines([{ type: 'text', text: 'Bottom line', style: 'strong' }])} *x*`.replaceAll(' *x*', ' \\*x\\*');
  expect(
    discordLines(
      `${written}\n> said\n-# small\n- one\n[venezuelablog.org](https://venezuelablog.org/a)\n\`\`\`\ncopy *me*\n\`\`\`\nend`,
    ),
  ).toEqual([
    {
      type: 'line',
      inlines: [
        { type: 'bold', text: 'Bottom line' },
        { type: 'text', text: ' *x*' },
      ],
    },
    { type: 'quote', inlines: [{ type: 'text', text: 'said' }] },
    { type: 'small', inlines: [{ type: 'text', text: 'small' }] },
    { type: 'bullet', inlines: [{ type: 'text', text: 'one' }] },
    { type: 'line', inlines: [{ type: 'link', text: 'venezuelablog.org', href: 'https://venezuelablog.org/a' }] },
    { type: 'fence', inlines: [{ type: 'text', text: 'copy *me*' }] },
    { type: 'line', inlines: [{ type: 'text', text: 'end' }] },
  ]);
});
