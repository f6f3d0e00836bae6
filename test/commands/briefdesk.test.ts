import { afterEach, expect, test } from 'vitest';
import { commands } from '../../src/commands.ts';
import { aQuestionFile, openTestBot, persons, type TestBot } from '../support/bot.ts';
import { lineOf, reply, runsOf } from '../support/follow.ts';

let bot: TestBot;
afterEach(() => bot.close());

test('every command is shown with an example that answers in this archive', async () => {
  bot = await openTestBot({ persons, questions: [aQuestionFile()] });
  const lines = runsOf(await bot.message('/briefdesk')).map(lineOf);
  const others = [...commands.keys()].filter((name) => name !== 'briefdesk');
  expect(lines.map((line) => line.slice(1).split(' ')[0])).toEqual(others);
  for (const line of lines) expect((await reply(bot, line)).outcome, line).toBe('answered');
});

test('what is loaded is counted, with its newest date', async () => {
  bot = await openTestBot({ persons, questions: [aQuestionFile()] });
  expect(await bot.say('/briefdesk')).toContain('• Real · 1 question, 1 response · newest May 4, 2026');
});

test('a bad file is told with its place, and the last good version stays in use', async () => {
  bot = await openTestBot({ persons, questions: [aQuestionFile({ code: 'tariffs' })] });
  await bot.write({ 'real/digest-2026-05-04-tariffs.yaml': { ...aQuestionFile(), language: 'English' } });
  const shown = await bot.say('/briefdesk', 200);
  expect(shown).toMatch(/Problems {2}• real\/digest-2026-05-04-tariffs\.yaml:\d+ language /);
  expect(shown).toContain('The last good version of these stays in use.');
  expect(await bot.say('/brief tariffs')).toContain('nobody gains from lifting them');
});

test('a command that nothing in this archive could answer is shown without an example', async () => {
  bot = await openTestBot({ persons });
  const shown = runsOf(await bot.message('/briefdesk')).map(({ command }) => command);
  expect(shown).not.toContain('brief');
  expect(shown).not.toContain('respondent');
});
