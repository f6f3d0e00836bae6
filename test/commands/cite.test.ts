import { afterEach, expect, test } from 'vitest';
import { aQuestionFile, aResponseFile, openTestBot, persons, type TestBot } from '../support/bot.ts';
import { lineOf, press, quotesOf, runsOf } from '../support/follow.ts';

let bot: TestBot;
afterEach(() => bot.close());

const SENTENCE = 'The tariffs will hold because nobody gains from lifting them.';
async function open(changed: Parameters<typeof aQuestionFile>[0] = {}): Promise<string> {
  bot = await openTestBot({ persons, questions: [aQuestionFile({ code: 'tariffs', ...changed })] });
  return quotesOf(await bot.message('/quotes lifting'))[0]?.code ?? '';
}
const copied = async (line: string) =>
  (await bot.message(line)).blocks.flatMap((block) => (block.type === 'copy' ? [block.text] : []));

test.each(['chicago', 'apa', 'memo', 'bibtex', 'csl-json'])(
  '%s holds quote, attribution and citation together, once',
  async (style) => {
    const code = await open();
    const [text = '', ...others] = await copied(`/cite ${code} style:${style}`);
    expect(others).toEqual([]);
    expect(text).toContain(SENTENCE);
    expect(text).toContain('Ada Quill, Fellow, Lantern Institute');
    expect(text).toContain('Policy Digest');
    expect(text).toContain('https://example.org/tariffs');
    expect((await bot.say(`/cite ${code} style:${style}`, 1000)).split(SENTENCE)).toHaveLength(2);
  },
);

test('a code is understood as it was pasted', async () => {
  const code = await open();
  for (const typed of [code.toUpperCase(), `“${code}”`, `${code}.`, code.replace('-', '–'), `"${code}"`]) {
    expect(await copied(`/cite ${typed}`), typed).toEqual(await copied(`/cite ${code}`));
  }
});

test('a question is cited without quotes, and its quotes lead to theirs', async () => {
  const code = await open();
  expect((await copied('/cite tariffs'))[0]).not.toContain(SENTENCE);
  expect((await copied('/cite digest/2026-05-04/tariffs'))[0]).toBe((await copied('/cite tariffs'))[0]);
  expect(runsOf(await bot.message('/cite tariffs')).map(lineOf)).toContain(`/cite ${code}`);
});

test('words lead to the question that they mean', async () => {
  await open();
  const [first] = runsOf(await bot.message('/cite lifting'));
  expect(first && lineOf(first)).toBe('/cite tariffs');
  expect(first && (await press(bot, first)).outcome).toBe('answered');
});

test('after a recorded correction the old code answers with the new reading', async () => {
  const old = await open();
  const now = 'The tariffs may hold because few gain from lifting them.';
  const corrections = [{ on: '2026-05-10', what: 'The respondent was misheard.', was: SENTENCE, now }];
  await bot.close();
  await open({ responses: [aResponseFile({ paragraphs: [now], corrections })] });
  const shown = await bot.say(`/cite ${old}`, 200);
  expect(shown).toContain('Corrected on May 10, 2026\nThe respondent was misheard. It now reads:\n  “The tariffs may hold');
  expect(shown).not.toContain('nobody gains');
});

test('after a file was changed the old code answers with the new reading', async () => {
  const old = await open();
  const changed = aResponseFile({ paragraphs: ['The tariffs will hold because nobody gains much from lifting them.'] });
  await bot.write({ 'real/digest-2026-05-04-tariffs.yaml': aQuestionFile({ code: 'tariffs', responses: [changed] }) });
  const shown = await bot.say(`/cite ${old}`, 200);
  expect(shown).toContain('Corrected on November 25, 2026');
  expect(shown).toContain('It now reads:\n  “The tariffs will hold because nobody gains much from lifting them.”');
  expect(shown).not.toContain(SENTENCE);
});

test('words that are gone from the response are said to be gone', async () => {
  const old = await open();
  const changed = aResponseFile({ paragraphs: ['I decline to guess about next year.'] });
  await bot.write({ 'real/digest-2026-05-04-tariffs.yaml': aQuestionFile({ code: 'tariffs', responses: [changed] }) });
  const shown = await bot.say(`/cite ${old}`, 200);
  expect(shown).toContain('These words are no longer in the response.');
  expect(shown).not.toContain('lifting');
});

test('what was withdrawn from view cannot be cited by its old code', async () => {
  const old = await open();
  for (const changed of [{ rights: 'link' as const }, { responses: [aResponseFile({ status: { is: 'withheld' } })] }]) {
    await bot.write({ 'real/digest-2026-05-04-tariffs.yaml': aQuestionFile({ code: 'tariffs', ...changed }) });
    const shown = await bot.say(`/cite ${old}`, 200);
    expect(shown).toContain(`There is no quote “${old}”`);
    expect(shown).not.toMatch(/gains|lifting/);
  }
});

test('inferred dates stay in brackets, unnamed respondents unnamed, re-posts say where', async () => {
  const { respondents: _, ...unnamed } = aResponseFile({ availability: 'unnamed', label: 'Author of the post' });
  const code = await open({
    id: 'digest/2019-05-04/tariffs',
    date: '2019?-05-04',
    dateBasis: { year: 'inferred' },
    source: { url: 'https://example.org/tariffs', site: 'example.org' },
    responses: [unnamed],
  });
  const [text = ''] = await copied(`/cite ${code} style:memo`);
  expect(text).toContain('[unnamed respondent]');
  expect(text).toContain('May 4, [2019]');
  expect(text).toContain('reproduced by example.org');
});
