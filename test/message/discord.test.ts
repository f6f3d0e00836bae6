import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeAction } from '../../src/message/actions.ts';
import { toDiscord } from '../../src/message/discord.ts';
import {
  type Action,
  actions,
  type Block,
  heading,
  line,
  link,
  type Message,
  note,
  run,
  text,
} from '../../src/message/document.ts';
import { escapeMarkdown } from '../../src/message/markdown.ts';
import { arbitraryMessage, textSpan, words } from '../support/arbitrary-message.ts';
import { examples } from '../support/example-messages.ts';
import { discordProblems } from '../support/limits.ts';
import { discordWords, displayed, firstLost, shownWords, wordsOf } from '../support/payload-words.ts';

const encode = (action: { command: string; options: Record<string, string> }) => encodeAction(action) ?? 'stored';
const discord = (message: Message) => toDiscord(message, encode);
const shown = (...blocks: Block[]) =>
  discord({ title: 'Title', blocks })
    .map(({ embeds }) =>
      embeds.map(({ title, description }) => [title, description].filter((one) => one !== undefined).join('\n')).join(),
    )
    .join('\n=====\n');

describe('what commands answer looks right in Discord', () => {
  for (const [name, message] of Object.entries(examples)) {
    test(`a ${name} page`, async () => {
      const messages = discord(message);
      expect(messages.flatMap(discordProblems)).toEqual([]);
      await expect(`${JSON.stringify(messages, null, 2)}\n`).toMatchFileSnapshot(`golden/discord-${name}.json`);
    });
  }
});

test('words of the archive cannot become formatting, a mention, an emoji or a link', () => {
  const quote: Block = {
    type: 'quote',
    words: [text('@everyone **now**\n# big <t:1>\n1. https://a.example :smile:')],
    code: '',
    tags: [],
  };
  expect(shown(quote)).toBe('> “\\@everyone \\*\\*now\\*\\*\n> \\# big \\<t\\:1\\>\n> 1\\. https\\://a.example \\:smile\\:”');
});

test('markup cannot be put together from neighbouring spans', () => {
  const href = 'https://a.example/';
  expect(shown(line(':', link('smile:@', href)))).toBe(`\\:smile\\:\\@ ([link](${href}))`);
  expect(shown(line('1', link('. one @', href)))).toBe(`1\\. one \\@ ([link](${href}))`);
  expect(shown(line('*', text('*', 'strong'), '*'))).toBe('\\***\\***\\*');
  expect(shown(line('[a]', link('(b@c)', href)))).toBe(`\\[a\\](b\\@c) ([link](${href}))`);
});

test('escaped text is displayed as it was written', () => {
  fc.assert(
    fc.property(words, (of) => {
      const written = escapeMarkdown(of);
      expect(written.replace(/\\([^A-Za-z0-9\s])/g, '$1')).toBe(of);
    }),
    { numRuns: 300 },
  );
});

test('only web addresses become links, and what could pass for another address stands before its link', () => {
  expect(shown(line(link('the source', 'https://a.example/x_(1)')))).toBe('[the source](https://a.example/x_%281%29)');
  expect(shown(line(link('https://b.example', 'https://a.example/')))).toBe('https\\://b.example ([link](https://a.example/))');
  expect(shown(line(link('click', 'javascript:alert(1)')))).toBe('click');
});

test('text to copy is fenced, or escaped where it holds a fence itself', () => {
  expect(shown({ type: 'copy', text: '@article{x,\n  y}' })).toBe('```\n@article{x,\n  y}\n```');
  expect(shown({ type: 'copy', text: 'a ``` b' })).toBe('a \\`\\`\\` b');
});

test('what does the same is offered once, and what does not fit one message goes to the next', () => {
  const many = Array.from({ length: 27 }, (_, index) => run(`Go ${index}`, 'brief', { about: String(index) }));
  const messages = discord({ title: 'Title', blocks: [line('Words'), actions(many[0], ...many)] });
  expect(messages.map(({ components }) => components.flatMap((row) => row.components).length)).toEqual([25, 2]);
});

test('a list of things that look alike comes as one choice', () => {
  const list: Block = {
    type: 'list',
    label: 'Also',
    entries: ['one', 'two'].map((name) => ({
      spans: [text(`Question ${name}`)],
      action: run('Brief', 'brief', { about: name }),
    })),
  };
  expect(discord({ title: '', blocks: [list] })[0]!.components).toEqual([
    {
      type: 1,
      components: [
        {
          type: 3,
          custom_id: 'choose:1',
          options: [
            { label: 'Question one', value: 'brief|about|one', description: 'Brief' },
            { label: 'Question two', value: 'brief|about|two', description: 'Brief' },
          ],
        },
      ],
    },
  ]);
});

test('a respondent’s name is not parted from the quote below it', () => {
  const filler = line('x'.repeat(4_000));
  const [first, second] = discord({
    title: 'Title',
    blocks: [
      heading('Title'),
      filler,
      line(text('Ana Torres', 'strong')),
      { type: 'quote', words: [text('Yes. '.repeat(20))], code: '', tags: [] },
    ],
  });
  expect(first!.embeds[0]!.description).not.toContain('Ana Torres');
  expect(second!.embeds[0]!.description).toMatch(/^\*\*Ana Torres\*\*\n> “Yes\./);
});

test('small print is small on every line', () => {
  expect(shown(note('one\ntwo'))).toBe('-# one\n-# two');
});

test('whatever is in a message, Discord takes it, nothing is active, and no word is lost', () => {
  fc.assert(
    fc.property(arbitraryMessage, (message) => {
      const messages = discord(message);
      expect(messages.flatMap(discordProblems)).toEqual([]);
      for (const { embeds } of messages) {
        for (const embed of embeds) {
          expect(displayed(embed.title ?? '').active).toEqual([]);
          expect(displayed(embed.description ?? '').active).toEqual([]);
        }
      }
      const { words: said, labels } = discordWords(messages);
      expect(firstLost(wordsOf(message), said)).toBeUndefined();
      const offered = message.blocks.flatMap((block) =>
        block.type === 'actions'
          ? block.actions
          : block.type === 'list'
            ? block.entries.flatMap(({ action }) => action ?? [])
            : [],
      );
      const idOf = (action: Action) => (action.type === 'run' ? encode(action) : action.href);
      for (const one of offered) {
        const names = offered.filter((other) => idOf(other) === idOf(one)).map(({ label }) => shownWords(label));
        expect(
          names.some((label) => labels.includes(label) || said.includes(label)),
          one.label,
        ).toBe(true);
      }
    }),
    { numRuns: 150 },
  );
});

test('long text is cut into messages without losing or doubling a character', () => {
  fc.assert(
    fc.property(fc.array(textSpan, { maxLength: 5 }), (spans) => {
      fc.pre(spans.some((span) => shownWords(span.text) !== ''));
      const { words: said } = discordWords(discord({ title: '', blocks: [{ type: 'text', spans }] }));
      expect(said).toBe(spans.map((span) => shownWords(span.text)).join(''));
    }),
    { numRuns: 150 },
  );
});
