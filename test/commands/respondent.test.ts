import { afterEach, expect, test } from 'vitest';
import { aQuestionFile, aResponseFile, openTestBot, persons, type TestBot } from '../support/bot.ts';
import { lineOf, pages, runsOf } from '../support/follow.ts';

let bot: TestBot;
afterEach(() => bot.close());

const held = (date: string, role: string, affiliation = 'Lantern Institute') =>
  aQuestionFile({
    id: `digest/${date}/q`,
    date,
    headline: `Asked on ${date}`,
    responses: [aResponseFile({ respondents: [{ person: 'ada-quill', role, affiliation }] })],
  });

test('roles are shown as printed over time, the newest first, and each quote has the role of its day', async () => {
  bot = await openTestBot({
    persons,
    questions: [
      held('2022-01-10', 'Fellow'),
      held('2023-01-10', 'Fellow'),
      held('2026-01-10', 'Minister of Trade', 'Government'),
    ],
  });
  const shown = await bot.say('/respondent quill', 120);
  expect(shown).toContain(`As printed     • Minister of Trade, Government · January 10, 2026
               • Fellow, Lantern Institute · January 10, 2022 to January 10, 2023`);
  expect(shown).toContain('— Ada Quill, Minister of Trade, Government · Policy Digest · January 10, 2026');
  expect(shown).toContain('— Ada Quill, Fellow, Lantern Institute · Policy Digest · January 10, 2023');
  expect(shown).toContain('On file        named in 3 questions, 3 responses with words on file');
});

test('two responses to one question are two responses in one question', async () => {
  bot = await openTestBot({
    persons,
    questions: [aQuestionFile({ responses: [aResponseFile(), aResponseFile({ id: 'two' })] })],
  });
  expect(await bot.say('/respondent quill')).toContain('named in 1 question, 2 responses with words on file');
});

test('somebody named without words has no quote and no button to quotes', async () => {
  const { paragraphs: _, ...listed } = aResponseFile({ availability: 'listed', respondents: [{ person: 'bo-sorensen' }] });
  bot = await openTestBot({ persons, questions: [aQuestionFile({ responses: [listed] })] });
  const shown = await bot.say('/respondent sorensen');
  expect(shown).toContain('named in 1 question, no text on file');
  expect(shown).not.toMatch(/“|\/quotes/);
});

test.each(['quill', 'Ada Quill', 'Quill, Ada', 'ÁDA', 'ada-quill', 'Ada K. Quill'])('“%s” finds her', async (typed) => {
  const ada = { 'ada-quill': { name: 'Ada Quill', sort: 'Quill, Ada', variants: [{ name: 'Ada K. Quill' }] } };
  bot = await openTestBot({ persons: ada, questions: [aQuestionFile()] });
  expect((await bot.message(`/respondent ${typed}`)).title).toBe('Ada Quill');
});

test('two persons of one name are asked apart by what an editor noted, and never merged', async () => {
  const twins = { 'ana-a': { name: 'Ana Luz', note: 'Economist' }, 'ana-b': { name: 'Ana Luz', note: 'Lawyer' } };
  const of = (person: string, date: string) =>
    aQuestionFile({ id: `digest/${date}/q`, date, responses: [aResponseFile({ respondents: [{ person }] })] });
  bot = await openTestBot({
    persons: twins,
    questions: [of('ana-a', '2026-01-01'), of('ana-b', '2026-01-02'), of('ana-b', '2026-01-03')],
  });
  const asked = await bot.message('/respondent ana luz');
  expect(asked.title).toBe('Which one of 2?');
  expect(runsOf(asked).map(({ label }) => label)).toEqual(['Lawyer', 'Economist']);
  const shown = await Promise.all(runsOf(asked).map((action) => bot.say(lineOf(action))));
  expect(shown[0]).toContain('named in 2 questions');
  expect(shown[1]).toContain('named in 1 question,');
});

test('all responses are listed, newest first, page by page', async () => {
  const dates = Array.from({ length: 23 }, (_, n) => `2026-05-${String(n + 1).padStart(2, '0')}`);
  bot = await openTestBot({ persons, questions: dates.map((date) => held(date, 'Fellow')) });
  const listed = (await pages(bot, '/respondent quill')).flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.type === 'list' && block.label === 'Responses' ? block.entries : [])),
  );
  const shown = listed.map(({ spans }) => spans[0]?.text.slice(-'2026'.length - 'May 23, '.length).trim());
  expect(listed).toHaveLength(23);
  expect(listed[0]?.spans[0]?.text).toContain('Asked on 2026-05-23');
  expect(new Set(listed.map(({ spans }) => spans[0]?.text)).size).toBe(shown.length);
  expect(await bot.say('/respondent quill page:4')).toContain('There are only 3 pages.');
});
