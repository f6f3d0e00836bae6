import { afterEach, expect, test } from 'vitest';
import { aQuestionFile, openTestBot, persons, type TestBot } from '../support/bot.ts';
import { lineOf, press, runsOf } from '../support/follow.ts';

let bot: TestBot;
afterEach(() => bot.close());

const questions = [
  aQuestionFile({ topics: ['Trade', 'ports'], countries: ['CL', 'PE'] }),
  aQuestionFile({ id: 'digest/2025-01/q', date: '2025-01', topics: ['Trade'], countries: ['PE'] }),
];

test('topics and countries are listed with counts and newest date, and each button briefs', async () => {
  bot = await openTestBot({ persons, questions });
  const shown = await bot.say('/topics');
  expect(shown).toContain('• Trade · 2 questions, newest May 4, 2026');
  expect(shown).toContain('• ports · 1 question, newest May 4, 2026');
  expect(shown).toContain('• Peru · 2 questions, newest May 4, 2026');
  for (const action of runsOf(await bot.message('/topics')))
    expect((await press(bot, action)).outcome, lineOf(action)).toBe('answered');
});

test('a country has its own topics with its own counts; a misspelt one is offered', async () => {
  bot = await openTestBot({ persons, questions });
  const shown = await bot.say('/topics chile');
  expect(shown).toContain('• Trade · 1 question, newest May 4, 2026');
  expect(shown).not.toContain('2025');
  const [offered] = runsOf(await bot.message('/topics chlie'));
  expect(offered && lineOf(offered)).toBe('/topics Chile');
});

test('withheld and embargoed questions are not counted', async () => {
  const hidden = [
    aQuestionFile({ id: 'digest/2026-05-05/a', date: '2026-05-05', topics: ['Secret'], status: { is: 'withheld' } }),
    aQuestionFile({
      id: 'digest/2026-05-06/b',
      date: '2026-05-06',
      topics: ['Later'],
      status: { is: 'embargoed', until: '2026-11-25T12:01:00Z' },
    }),
  ];
  bot = await openTestBot({ persons, questions: [...questions, ...hidden] });
  expect(await bot.say('/topics')).not.toMatch(/Secret|Later/);
  bot.setNow('2026-11-25T12:01:00Z');
  expect(await bot.say('/topics')).toContain('Later · 1 question');
});
