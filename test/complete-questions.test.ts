import { afterEach, expect, test } from 'vitest';
import { aQuestionFile, aResponseFile, openTestBot, persons, type TestBot } from './support/bot.ts';

let bot: TestBot;
afterEach(() => bot.close());

const SENTENCE = 'The tariffs will hold because nobody gains from lifting them.';
const day = (n: number) => `2026-01-${String(n).padStart(2, '0')}`;
const old = aQuestionFile({
  id: 'digest/2001-03-04/lithium',
  code: 'lithium',
  date: '2001-03-04',
  headline: 'Will Perú’s lithium last?',
});
const newer = Array.from({ length: 25 }, (_, n) =>
  aQuestionFile({ id: `digest/${day(n + 1)}/t${n}`, code: `grain${n}`, date: day(n + 1), headline: `What of grain ${n}?` }),
);
const open = async () => {
  bot = await openTestBot({ persons, questions: [old, ...newer] });
};
const values = async (command: string, option: string, typed: string) =>
  (await bot.bot.complete(command, option, typed)).map(({ value }) => value);

test('an old question is found by the beginning of its code, or of a word in it, with or without accents', async () => {
  await open();
  for (const typed of ['lith', 'LITHIUM', 'will lith', 'peru', 'Perú last', 'lith"*'])
    expect(await values('quotes', 'question', typed), typed).toEqual(['lithium']);
  expect(await values('brief', 'about', 'lith')).toEqual(['lithium']);
  expect(await values('quotes', 'question', 'lithiumx')).toEqual([]);
});

test('before the first letter the newest questions are offered, with a word that many share the newest of them', async () => {
  await open();
  for (const typed of ['', 'w', 'what of gra'])
    expect((await values('cite', 'of', typed)).slice(0, 3), typed).toEqual(['grain24', 'grain23', 'grain22']);
  expect(await values('brief', 'about', '')).toEqual(expect.arrayContaining(['Trade', 'grain24']));
});

test('once the code of a question is typed its quotes are offered, and narrowed by what follows', async () => {
  bot = await openTestBot({
    persons,
    questions: [aQuestionFile({ code: 'tariffs', responses: [aResponseFile({ paragraphs: [SENTENCE] })] })],
  });
  const [question, quote] = await bot.bot.complete('cite', 'of', 'Tariffs');
  expect(question?.value).toBe('tariffs');
  expect(quote?.label).toContain('Ada Quill: “The tariffs will hold');
  const code = quote?.value ?? '';
  for (const typed of ['tariffs-', code.slice(0, -2), code.toUpperCase()])
    expect(await values('cite', 'of', typed)).toEqual([code]);
  expect(await values('cite', 'of', 'tariffs-zzzzz')).toEqual([]);
  expect(await bot.say(`/cite ${code}`)).toContain(SENTENCE);
});
