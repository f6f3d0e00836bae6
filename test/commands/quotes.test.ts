import { afterEach, expect, test } from 'vitest';
import type { QuestionFile } from '../../src/content/schema.ts';
import { aQuestionFile, aResponseFile, openTestBot, persons, type TestBot } from '../support/bot.ts';
import { lineOf, pages, press, quotesOf, runsOf, wordsOf } from '../support/follow.ts';

let bot: TestBot;
afterEach(() => bot.close());

const day = (n: number) => `2026-05-${String(n).padStart(2, '0')}`;
function dated(date: string, words: string[], changed: Partial<QuestionFile> = {}): QuestionFile {
  const name = changed.code ?? 'one';
  return aQuestionFile({ id: `digest/${date}/${name}`, date, responses: [aResponseFile({ paragraphs: words })], ...changed });
}
const found = async (line: string) => (await pages(bot, line)).flatMap(quotesOf).map(wordsOf);

test.each([
  ['Sorensen', 'Bo Sørensen spoke.'],
  ['łódź', 'The mills of Lodz are closing.'],
  ['dakovica', 'Buses to Đakovica are full.'],
  ['strasse', 'The Straße was closed again.'],
  ['AERO', 'An ærø ferry ran aground.'],
  ['pinera', 'Piñera has called for unity.'],
])('“%s” finds it whatever the accents and the case', async (typed, sentence) => {
  bot = await openTestBot({ persons, questions: [dated(day(1), [sentence])] });
  expect(await found(`/quotes ${typed}`)).toEqual([sentence]);
});

test.each([
  ['en', 'negotiation', 'They are negotiating in the dark.'],
  ['es', 'elecciones', 'La elección será en mayo.'],
  ['pt', 'eleições', 'A eleição será em maio.'],
])('words are found by their stem in the language of the response: %s', async (language, typed, sentence) => {
  bot = await openTestBot({ persons, questions: [dated(day(1), [sentence], { language })] });
  expect(await found(`/quotes ${typed}`)).toEqual([sentence]);
});

test('phrases, -words and OR act on one quote', async () => {
  const sentences = ['Banks lend to states.', 'States lend to banks.', 'Banks tax imports.', 'Ports tax exports.'];
  bot = await openTestBot({ persons, questions: [dated(day(1), [sentences.join(' ')])] });
  expect(await found('/quotes "lend to banks"')).toEqual(['States lend to banks.']);
  expect(await found('/quotes banks -lend')).toEqual(['Banks tax imports.']);
  expect((await found('/quotes imports OR exports')).sort()).toEqual(['Banks tax imports.', 'Ports tax exports.']);
  expect(await found('/quotes tax -"tax imports"')).toEqual(['Ports tax exports.']);
});

test('what is left out is left out of quotes that no words were asked for', async () => {
  const questions = [
    dated(day(1), ['Banks lend to states.'], { code: 'aaaa' }),
    dated(day(2), ['Ports tax exports.'], { code: 'bbbb' }),
  ];
  bot = await openTestBot({ persons, questions });
  expect(await found('/quotes topic:trade')).toEqual(['Ports tax exports.', 'Banks lend to states.']);
  expect(await found('/quotes topic:trade -banks')).toEqual(['Ports tax exports.']);
});

test('where no quote has all of the words, those with some of them are shown and said to be so', async () => {
  bot = await openTestBot({ persons, questions: [dated(day(1), ['Banks lend to states. Ports tax exports.'])] });
  const shown = await bot.say('/quotes banks exports');
  expect(shown).toContain('No quote has all of the words; 2 with some of them');
  expect(shown).toContain('Banks lend to states.');
});

test('quotes with all of the words come first, then those with some, marked', async () => {
  bot = await openTestBot({ persons, questions: [dated(day(1), ['Banks lend to ports. Ports tax exports. Banks rest.'])] });
  const shown = await bot.say('/quotes banks ports');
  expect(shown).toContain('1 quote with all of the words; 2 with some of them');
  expect(shown.indexOf('Banks lend to ports.')).toBeLessThan(shown.indexOf('These hold only some of the words:'));
  expect(shown.indexOf('Banks rest.')).toBeGreaterThan(shown.indexOf('These hold only some of the words:'));
});

test('each quote has respondent, role as printed, publication, date, source and a way to cite it', async () => {
  bot = await openTestBot({ persons, questions: [dated('2019-04-18', ['Banks lend.'], { code: 'bank' })] });
  expect(await bot.say('/quotes banks', 140)).toMatch(
    /“Banks lend\.”\n {2}— Ada Quill, Fellow, Lantern Institute · Policy Digest · April 18, 2019 · 7 years old · source <https:\/\/example\.org\/tariffs>\s+Cite \w{5} {2}\/cite bank-\w{5}$/,
  );
});

test('the hit is highlighted as it stands in the text', async () => {
  bot = await openTestBot({ persons, questions: [dated(day(1), ['Piñera has called for unity.'])] });
  const [quote] = quotesOf(await bot.message('/quotes pinera'));
  expect(quote?.words).toEqual([
    { type: 'text', text: 'Piñera', style: 'hit' },
    { type: 'text', text: ' has called for unity.' },
  ]);
});

test('until:2019 includes all of 2019, since:2020 begins after it; partial dates count from their first day', async () => {
  const questions = ['2019-01-01', '2019-12-31', '2020-01-01', '2019', '2019-07'].map((date) =>
    dated(date, [`Said in ${date}.`]),
  );
  bot = await openTestBot({ persons, questions });
  expect((await found('/quotes said until:2019')).sort()).toEqual(
    ['2019', '2019-01-01', '2019-07', '2019-12-31'].map((date) => `Said in ${date}.`).sort(),
  );
  expect(await found('/quotes said since:2020')).toEqual(['Said in 2020-01-01.']);
  expect(await found('/quotes said since:2019-12 until:2019-12-31')).toEqual(['Said in 2019-12-31.']);
  expect(await found('/quotes since:2020')).toEqual(['Said in 2020-01-01.']);
});

test('paging to the end gives every match once, also far beyond what is ranked at once', async () => {
  const questions = Array.from({ length: 25 }, (_, n) =>
    dated(day(n + 1), [Array.from({ length: 20 }, (__, i) => `Tariff ${n} and ${i} hold.`).join(' ')], { code: `code${n}` }),
  );
  bot = await openTestBot({ persons, questions });
  const all = await found('/quotes tariff');
  expect(all.length).toBe(500);
  expect(new Set(all).size).toBe(500);
  expect(await bot.say('/quotes tariff')).toMatch(/\d00 quotes, the newest that match, best first/);
  expect(await found('/quotes tariff -5')).toHaveLength(500 - 25 - 19);
});

test('paging through the quotes of a topic gives each once, one of every respondent before a second of any', async () => {
  const lines = ['Ports close.', 'Ports open.'].map((quote) => ({ part: 1, quote }));
  const one = aResponseFile({ paragraphs: ['Ports close. Ports open.'], lines });
  const questions = [1, 2, 3].map((n) =>
    dated(day(n), [], { code: `code${n}`, responses: [one, { ...one, id: 'two', respondents: [{ person: 'bo-sorensen' }] }] }),
  );
  bot = await openTestBot({ persons, questions });
  const shown = await pages(bot, '/quotes topic:trade');
  expect(shown.map((message) => quotesOf(message).length)).toEqual([5, 5, 2]);
  expect(shown.flatMap(quotesOf).slice(0, 4).map(wordsOf)).toEqual([
    'Ports close.',
    'Ports close.',
    'Ports open.',
    'Ports open.',
  ]);
  expect(new Set(shown.flatMap(quotesOf).map(({ code }) => code)).size).toBe(12);
});

test('a page beyond the last says how many there are and leads to the last, never that nothing is on file', async () => {
  bot = await openTestBot({ persons, questions: [dated(day(1), ['Ports close. Ports open.'])] });
  for (const line of ['/quotes ports page:9', '/quotes by:quill page:9', '/quotes topic:trade page:2']) {
    expect(await bot.say(line), line).toContain('There is only one page.');
    const [last] = runsOf(await bot.message(line));
    expect(last && (await press(bot, last)).outcome).toBe('answered');
  }
});

test('quotes that stand for a translated response are shown once, in the language of the question', async () => {
  const original = aResponseFile({ language: 'es', paragraphs: ['Los aranceles van a durar muchos años más.'] });
  const translation = aResponseFile({
    id: 'two',
    translationOf: 'one',
    translatedBy: 'Eva Roth',
    paragraphs: ['The tariffs are going to last for many more years.'],
  });
  bot = await openTestBot({ persons, questions: [aQuestionFile({ responses: [original, translation] })] });
  const shown = await bot.say('/quotes by:quill', 200);
  expect(shown).toContain('“The tariffs are going to last for many more years.”');
  expect(shown).toContain('translated by Eva Roth into English');
  expect(shown).not.toContain('aranceles');
  expect(await bot.say('/quotes aranceles')).toContain('“Los aranceles van a durar muchos años más.”');
});

test('two persons of one name are asked apart, and each choice gives the words of that one alone', async () => {
  const twins = { 'ana-a': { name: 'Ana Luz', note: 'Economist' }, 'ana-b': { name: 'Ana Luz', note: 'Lawyer' } };
  const of = (person: string, words: string, date: string) =>
    dated(date, [], { responses: [aResponseFile({ respondents: [{ person }], paragraphs: [words] })] });
  bot = await openTestBot({ persons: twins, questions: [of('ana-a', 'Banks lend.', day(1)), of('ana-b', 'Ports tax.', day(2))] });
  const asked = await bot.message('/quotes by:"ana luz"');
  expect(quotesOf(asked)).toEqual([]);
  expect(
    runsOf(asked)
      .map(({ label }) => label)
      .sort(),
  ).toEqual(['Economist', 'Lawyer']);
  const answers = await Promise.all(runsOf(asked).map((action) => found(lineOf(action))));
  expect(answers.flat().sort()).toEqual(['Banks lend.', 'Ports tax.']);
});

test('somebody named without words gets no quote, with words asked for or without', async () => {
  const listed = aResponseFile({ id: 'two', availability: 'listed', respondents: [{ person: 'bo-sorensen' }] });
  const { paragraphs: _, ...nameOnly } = listed;
  bot = await openTestBot({ persons, questions: [aQuestionFile({ responses: [aResponseFile(), nameOnly] })] });
  for (const line of ['/quotes by:sorensen', '/quotes tariffs by:sorensen']) {
    expect(await bot.say(line)).toContain('Bo Sørensen is named in 1 question');
    expect(quotesOf(await bot.message(line))).toEqual([]);
  }
});

test('where only a link may be shown, its words are not quoted, found or suggested', async () => {
  bot = await openTestBot({ persons, questions: [aQuestionFile({ code: 'tariffs', rights: 'link' })] });
  for (const line of ['/quotes nobody', '/quotes nobdy', '/quotes by:quill', '/quotes topic:trade', '/quotes question:tariffs']) {
    expect(await bot.say(line), line).not.toMatch(/gains|lifting|Did you mean/);
  }
  expect(await bot.say('/quotes question:tariffs')).toContain('The rights on file allow only a link');
});

test('what is offered instead of nothing answers', async () => {
  bot = await openTestBot({ persons, questions: [dated('2019-04-18', ['Sanctions bind banks. Sanctions bind ports.'])] });
  for (const [line, offered] of [
    ['/quotes sanctons', 'sanctions'],
    ['/quotes sanctions -banks -ports', 'sanctions'],
    ['/quotes sanctions since:2024', 'at any time'],
    ['/quotes quill', 'by Ada Quill'],
    ['/quotes by:qiull', 'Ada Quill'],
    ['/quotes topic:trad', 'Trade'],
  ] as const) {
    const [first] = runsOf(await bot.message(line));
    expect(first?.label, line).toBe(offered);
    expect(first && (await press(bot, first)).outcome, line).toBe('answered');
  }
});

test('without anything to look for it asks for it', async () => {
  bot = await openTestBot({ persons, questions: [aQuestionFile()] });
  for (const line of ['/quotes', '/quotes page:2', '/quotes -tariffs'])
    expect(await bot.say(line)).toMatch(/^Say what to look for/);
});
