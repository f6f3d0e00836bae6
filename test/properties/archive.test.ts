import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { QuestionFile } from '../../src/content/schema.ts';
import type { Message } from '../../src/message/document.ts';
import { arbitraryQuestion, people } from '../support/arbitrary-archive.ts';
import { openTestBot, type TestBot } from '../support/bot.ts';
import { lineOf, pages, quotesOf, reply, runsOf, wordsOf } from '../support/follow.ts';
import { PATIENCE, runs } from '../support/runs.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await openTestBot({ persons: people });
});
afterAll(() => bot.close());

/** What is on file after only these were written. */
async function archive(files: QuestionFile[]) {
  await bot.write(Object.fromEntries(files.map((file, index) => [`real/q${index}.yaml`, JSON.stringify(file)])));
  expect(bot.bot.problems()).toEqual([]);
  const { questions } = await bot.bot.store.questions({ sample: false }, { limit: 10, offset: 0 });
  return questions;
}

const COMMANDS = [
  '/brief code0',
  '/views code0',
  '/quotes question:code0',
  '/quotes tariffs OR the',
  '/quotes by:bak',
  '/quotes topic:trade',
  '/respondent bak',
];

const quotedIn = (message: Message): string[] => [
  ...quotesOf(message).map(wordsOf),
  ...message.blocks.flatMap((block) =>
    block.type === 'table'
      ? block.rows.flatMap((row) =>
          row.slice(1).flatMap((cell) => {
            const open = cell.findIndex((span) => span.text === '“');
            const close = cell.findLastIndex((span) => span.text === '”');
            return open < 0
              ? []
              : [
                  cell
                    .slice(open + 1, close)
                    .map((span) => span.text)
                    .join(''),
                ];
          }),
        )
      : [],
  ),
];

test(
  'every quote of every answer is an exact piece of a response on file, and its code cites it',
  async () => {
    let quoted = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryQuestion(0, fc.constantFrom('whole', 'quotes', 'link')), async (file) => {
        const questions = await archive([file]);
        const texts = questions.flatMap(({ responses }) => responses.map(({ text }) => text));
        for (const line of COMMANDS) {
          const message = await bot.message(line);
          expect(message.title).not.toContain('Something broke');
          for (const words of quotedIn(message)) {
            quoted += 1;
            expect(
              texts.some((text) => text.includes(words)),
              `${line}: ${words}`,
            ).toBe(true);
            expect(file.rights).not.toBe('link');
          }
          const [first] = quotesOf(message);
          if (!first) continue;
          const copied = (await bot.message(`/cite ${first.code}`)).blocks.flatMap((block) =>
            block.type === 'copy' ? [block.text] : [],
          );
          expect(copied.some((text) => text.includes(wordsOf(first)))).toBe(true);
        }
      }),
      runs(25),
    );
    expect(quoted).toBeGreaterThan(20);
  },
  PATIENCE,
);

test(
  'every word of every response that may be read whole is reached through /read, in order',
  async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryQuestion(0, fc.constant('whole')), async (file) => {
        const [question] = await archive([file]);
        const held = question?.responses.filter(({ text }) => text !== '') ?? [];
        if (held.length === 0) return;
        const said = (await pages(bot, '/read code0')).flatMap(({ blocks }) =>
          blocks.flatMap((block) => (block.type === 'text' && block.label === undefined ? block.spans : [])),
        );
        // Names stand in bold before the words.
        const words = said.flatMap((span) => (span.type === 'text' && span.style === 'strong' ? [] : [span.text]));
        expect(words.join('').replace(/\s/g, '')).toBe(held.map(({ text }) => text.replace(/\s/g, '')).join(''));
      }),
      runs(40),
    );
  },
  PATIENCE,
);

test(
  'every button of every answer is answered or refused in words, never broken',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(arbitraryQuestion(0, fc.constant('whole')), arbitraryQuestion(1, fc.constantFrom('whole', 'quotes', 'link'))),
        async (files) => {
          await archive(files);
          for (const line of [...COMMANDS, '/briefdesk', '/topics', '/brief', '/read code0', '/cite code1']) {
            const { outcome, answer } = await reply(bot, line);
            for (const action of runsOf(answer.message).filter(({ command }) => command !== 'briefings')) {
              const typed = lineOf(action);
              const next = await reply(bot, typed);
              expect(next.answer.message.title, typed).not.toContain('Something broke');
              if (outcome === 'answered')
                expect(next.outcome, `${line} → ${typed}: ${next.answer.message.title}`).toBe('answered');
            }
          }
        },
      ),
      runs(10),
    );
  },
  PATIENCE,
);
