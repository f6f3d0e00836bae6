import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../../src/commands.ts';
import { toTerminal } from '../../src/message/terminal.ts';
import { findQuestions } from '../../src/search/find-questions.ts';
import { findSentences } from '../../src/search/find-quotes.ts';
import { parseQuery } from '../../src/search/query.ts';
import { openTestBot, type TestBot } from '../support/bot.ts';
import { reply } from '../support/follow.ts';
import { PATIENCE, runs } from '../support/runs.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await openTestBot({ data: join(import.meta.dirname, '..', '..', 'data') });
});
afterAll(() => bot.close());

const names = [...commands.keys()];
const keys = [...new Set([...commands.values()].flatMap(({ options }) => Object.keys(options.shape)))];
const piece = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    '"',
    '-',
    '--',
    '-"',
    'OR',
    '|',
    '*',
    '^',
    'NEAR',
    'AND',
    'NOT',
    '(',
    ')',
    '“',
    'sanctions',
    'venezuela',
    'ma7dygg',
    'ma7dygg-rpp4h',
  ),
  fc.tuple(fc.constantFrom(...keys, 'foo', 'share'), fc.string({ maxLength: 12 })).map(([key, value]) => `${key}:${value}`),
  fc
    .tuple(fc.constantFrom('since', 'until', 'page'), fc.constantFrom('2019', '2019-02-30', '0', '9999', '1e3', '-1', '2019/4'))
    .map(([key, value]) => `${key}:${value}`),
);
const typed = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .tuple(fc.constantFrom(...names, 'brif', ''), fc.array(piece, { maxLength: 5 }))
    .map(([name, pieces]) => `/${name} ${pieces.join(' ')}`),
);

test(
  'any line typed gets an answer that says something, and nothing breaks',
  async () => {
    await fc.assert(
      fc.asyncProperty(typed, async (line) => {
        const { answer } = await reply(bot, line);
        expect(answer.message.title).not.toContain('Something broke');
        expect(toTerminal(answer.message, { width: 60, colour: false }, commands).trim()).not.toBe('');
      }),
      runs(),
    );
    expect(bot.logged.filter(({ level }) => level === 'error')).toEqual([]);
  },
  PATIENCE,
);

test(
  'any options sent by a platform get an answer, and nothing breaks',
  async () => {
    const from = { caller: { id: 'c', name: 'c' }, place: { platform: 't', workspace: 'w', channel: 'c' } };
    const options = fc.dictionary(
      fc.constantFrom(...keys, 'foo', '__proto__', 'constructor'),
      fc.oneof(piece, fc.string({ minLength: 490, maxLength: 510 })),
      { maxKeys: 4 },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names, 'nope'), options, async (command, given) => {
        const { answer } = await bot.bot.invoke({ command, options: given, ...from });
        expect(answer.message.title).not.toContain('Something broke');
      }),
      runs(),
    );
  },
  PATIENCE,
);

test(
  'any words can be searched for',
  async () => {
    const { store } = bot.bot;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece).map((pieces) => pieces.join(' ')),
        ),
        fc.boolean(),
        async (words, sample) => {
          const query = parseQuery(words);
          const { hits } = await findSentences(store, query, { sample });
          await findQuestions(store, query, { sample });
          for (const { start, end } of hits) expect(end).toBeGreaterThan(start);
        },
      ),
      runs(),
    );
  },
  PATIENCE,
);
