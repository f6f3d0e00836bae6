import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeAction, encodeAction } from '../../src/message/actions.ts';
import { actions, type Block, heading, line, type Message, note, open, run, text } from '../../src/message/document.ts';
import { toSlack } from '../../src/message/slack.ts';
import { arbitraryMessage, textSpan } from '../support/arbitrary-message.ts';
import { examples } from '../support/example-messages.ts';
import { slackProblems } from '../support/limits.ts';
import { firstLost, shownWords, slackWords, wordsOf } from '../support/payload-words.ts';

const encode = (action: { command: string; options: Record<string, string> }) => encodeAction(action) ?? 'stored';
const slack = (message: Message) => toSlack(message, encode);
const blocksOf = (...blocks: Block[]) => slack({ title: 'Title', blocks }).flatMap((message) => message.blocks);

describe('what commands answer looks right in Slack', () => {
  for (const [name, message] of Object.entries(examples)) {
    test(`a ${name} page`, async () => {
      const messages = slack(message);
      expect(messages.flatMap(slackProblems)).toEqual([]);
      await expect(`${JSON.stringify(messages, null, 2)}\n`).toMatchFileSnapshot(`golden/slack-${name}.json`);
    });
  }
});

test('a quote cannot ping a Slack channel or become formatting', () => {
  const blocks = blocksOf({ type: 'quote', words: [text('<!channel> *now*')], code: '', tags: [] });
  expect(JSON.stringify(blocks)).toContain('{"type":"text","text":"<!channel> *now*"}');
});

test('a heading that is too long for a header is shown whole, in bold', () => {
  const long = 'Is it working? '.repeat(20).trim();
  expect(blocksOf(heading(long))).toEqual([
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: long, style: { bold: true } }] }],
    },
  ]);
});

test('only web addresses become links or buttons; other ones are shown as text', () => {
  const blocks = blocksOf(actions(open('Run', 'javascript:alert(1)'), open('Source', 'https://policy.example/')));
  expect(JSON.stringify(blocks[0])).toContain('"text":"Run: javascript:alert(1)"');
  expect(blocks[1]).toMatchObject({ type: 'actions', elements: [{ url: 'https://policy.example/' }] });
  expect(blocks).toHaveLength(2);
});

test('a label that is too long for a button is also shown whole', () => {
  const label = 'Everything that anybody has ever said about the reform of the schools, newest first';
  const [said, row] = blocksOf(actions(run(label, 'brief')));
  expect(JSON.stringify(said)).toContain(label);
  expect(row).toMatchObject({ elements: [{ text: { text: expect.stringMatching(/^Everything .{1,65}…$/) } }] });
});

test('a button stands beside the line it belongs to', () => {
  const list: Block = {
    type: 'list',
    entries: [
      { spans: [text('One & two')], action: run('Brief', 'brief', { about: 'a' }) },
      { spans: [text('Three')], action: run('Brief', 'brief', { about: 'b' }) },
    ],
  };
  expect(blocksOf(list)).toMatchObject([
    {
      type: 'section',
      text: { type: 'plain_text', text: 'One &amp; two' },
      accessory: { value: 'brief|about|a', action_id: 'run:1' },
    },
    { type: 'section', text: { text: 'Three' }, accessory: { value: 'brief|about|b', action_id: 'run:2' } },
  ]);
});

test('a respondent’s name is not parted from the quote below it', () => {
  const filler = Array.from({ length: 49 }, () => note('filler'));
  const [first, second] = slack({
    title: 'Title',
    blocks: [...filler, line(text('Ana Torres', 'strong')), { type: 'quote', words: [text('Yes.')], code: '', tags: [] }],
  });
  expect(first!.blocks).toHaveLength(49);
  expect(JSON.stringify(second!.blocks[0])).toContain('Ana Torres');
});

const FOOTER = { blocks: blocksOf(line('Shared by Ada')), words: 'Shared by Ada' };

test.each([47, 48, 49, 50, 51, 98])('a footer ends every message, however full it is: %i blocks', (count) => {
  const filler = Array.from({ length: count }, (_, index) => note(`filler ${index}`));
  const messages = toSlack({ title: 'Title', blocks: filler }, encode, FOOTER);
  expect(messages.flatMap(slackProblems)).toEqual([]);
  expect(messages.map(({ blocks }) => blocks.at(-1))).toEqual(messages.map(() => FOOTER.blocks[0]));
  expect(messages.every(({ text: said }) => said.endsWith('Shared by Ada'))).toBe(true);
  expect(messages.flatMap(({ blocks }) => blocks.slice(0, -1))).toEqual(blocksOf(...filler));
});

test('the notification says what the message is and is cut visibly', () => {
  const [{ text: said } = { text: '' }] = slack({ title: 'A <title>', blocks: [line('Words & more. '.repeat(400))] });
  expect(said).toMatch(/^A &lt;title&gt;\nWords &amp; more\. /);
  expect(said).toMatch(/more\. \[…\]$/);
  expect(said.length).toBeLessThanOrEqual(3_000);
});

test('an empty message still says its title', () => {
  expect(slack({ title: 'Nothing', blocks: [] })).toMatchObject([{ text: 'Nothing', blocks: [{ type: 'header' }] }]);
  expect(slack({ title: ' ', blocks: [line('')] }).flatMap(slackProblems)).toEqual([]);
});

test('whatever is in a message, Slack takes it and no word is lost', () => {
  fc.assert(
    fc.property(arbitraryMessage, fc.boolean(), (message, isShared) => {
      const messages = toSlack(message, encode, isShared ? FOOTER : undefined);
      expect(messages.flatMap(slackProblems)).toEqual([]);
      if (isShared) expect(messages.map(({ blocks }) => blocks.at(-1))).toEqual(messages.map(() => FOOTER.blocks[0]));
      const own = messages.map((one) => ({ ...one, blocks: isShared ? one.blocks.slice(0, -1) : one.blocks }));
      const { words, labels } = slackWords(own);
      expect(firstLost(wordsOf(message), words)).toBeUndefined();
      for (const block of message.blocks) {
        for (const action of block.type === 'actions' ? block.actions : []) {
          const label = shownWords(action.label);
          expect(labels.includes(label) || words.includes(label), label).toBe(true);
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('long text is cut into blocks without losing or doubling a character', () => {
  fc.assert(
    fc.property(fc.array(textSpan, { maxLength: 5 }), (spans) => {
      fc.pre(spans.some((span) => shownWords(span.text) !== ''));
      const { words } = slackWords(slack({ title: '', blocks: [{ type: 'text', spans }] }));
      expect(words).toBe(spans.map((span) => shownWords(span.text)).join(''));
    }),
    { numRuns: 150 },
  );
});

test('long text is cut at a sentence where there is one, and never inside a letter', () => {
  const textsOf = (value: string) =>
    blocksOf(line(value)).map((block) => JSON.parse(JSON.stringify(block)).elements[0].elements[0].text as string);
  const sentences = textsOf('The U.S. delegation left at 5 p.m. on Monday. '.repeat(200));
  expect(sentences.every((one) => one.startsWith('The U.S.') && one.trimEnd().endsWith('Monday.'))).toBe(true);
  const letters = textsOf('a\u0301'.repeat(4_000));
  expect(letters.length).toBeGreaterThan(1);
  expect(letters.every((one) => one.startsWith('a') && one.endsWith('\u0301'))).toBe(true);
  expect(textsOf('👩‍👩‍👧'.repeat(1_000)).every((one) => /^(?:👩‍👩‍👧)+$/u.test(one))).toBe(true);
});

test('what a button does fits its id and reads back the same', () => {
  expect(encodeAction({ command: 'read', options: { question: 'k7m2p4x', page: '2' } })).toBe('read|question|k7m2p4x|page|2');
  expect(encodeAction({ command: 'brief', options: { about: 'x'.repeat(100) } })).toBeUndefined();
  expect(decodeAction('choose:1')).toBeUndefined();
  expect(decodeAction('brief|about')).toBeUndefined();
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ maxLength: 9 }), fc.string({ unit: 'binary', maxLength: 30 }), { maxKeys: 3 }),
      (options) => {
        const id = encodeAction({ command: 'read', options });
        if (id === undefined) return;
        expect(id.length).toBeLessThanOrEqual(100);
        expect(id).not.toMatch(/[&<>]/);
        expect(Object.entries(decodeAction(id)!.options)).toEqual(Object.entries(options));
      },
    ),
  );
});
