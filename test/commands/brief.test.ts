import { afterEach, expect, test } from 'vitest';
import type { RespondentsFile } from '../../src/content/schema.ts';
import { aQuestionFile, aResponseFile, openTestBot, persons, type TestBot } from '../support/bot.ts';
import { exampleOf, lineOf, press, quotesOf, reply, runsOf, wordsOf } from '../support/follow.ts';

let bot: TestBot;
afterEach(() => bot.close());

const crowd: RespondentsFile = Object.fromEntries(
  Array.from({ length: 12 }, (_, n) => [`person-${n}`, { name: `Person Number${n}` }]),
);

test('when space is short it says how many respondents it shows and names the others', async () => {
  const responses = Object.keys(crowd).map((person) =>
    aResponseFile({
      id: person,
      respondents: [{ person }],
      paragraphs: [
        `The tariffs will hold, ${person} says, because nobody in any of the capitals that signed gains from lifting them.`,
      ],
    }),
  );
  bot = await openTestBot({ persons: crowd, questions: [aQuestionFile({ responses })] });
  const shown = await bot.say('/brief trade', 60);
  const [, count = '', of = ''] = /Also on file {2}(\d+) of (\d+) shown; the others:/.exec(shown) ?? [];
  const quoted = quotesOf(await bot.message('/brief trade'));
  expect(quoted).toHaveLength(Number(count));
  expect(of).toBe('12');
  for (const { name } of Object.values(crowd)) expect(shown.replace(/\s+/g, ' ')).toContain(name);
  expect(shown).toContain('12 of 12 known respondents on file');
});

test('co-signed, anonymous and translated responses say so', async () => {
  const responses = [
    aResponseFile({ respondents: [{ person: 'ada-quill' }, { person: 'bo-sorensen' }] }),
    aResponseFile({
      id: 'two',
      availability: 'anonymous',
      label: 'A senior official',
      paragraphs: ['They will not survive the year.'],
    }),
    aResponseFile({ id: 'three', language: 'es', respondents: [{ person: 'eva' }], paragraphs: ['No durarán.'] }),
    aResponseFile({
      id: 'four',
      translationOf: 'three',
      translatedBy: 'Ivo Lang',
      respondents: [{ person: 'eva' }],
      paragraphs: ['They are not going to last.'],
    }),
  ];
  for (const anonymous of responses.filter(({ availability }) => availability === 'anonymous')) delete anonymous.respondents;
  bot = await openTestBot({ persons: { ...persons, eva: { name: 'Eva Roth' } }, questions: [aQuestionFile({ responses })] });
  const shown = await bot.say('/brief trade', 200);
  expect(shown).toContain('Ada Quill and Bo Sørensen (one response)');
  expect(shown).toContain('A senior official (asked not to be named)');
  expect(shown).toContain('“They are not going to last.” [extracted] [translated by Ivo Lang into English]');
  expect(shown).not.toContain('durarán');
  expect(shown).toContain('3 of 3 known respondents on file');
});

test('absence is named by its reason, and is never a claim about what they said', async () => {
  const named = (id: string, availability: 'listed' | 'declined' | 'no-reply' | 'withdrawn', person: string) => ({
    id,
    availability,
    respondents: [{ person }],
  });
  const gone = {
    ...named('five', 'listed', 'person-4'),
    availability: 'text' as const,
    status: { is: 'retracted' as const, on: '2026-06-01', notice: 'Quoted in error.' },
  };
  const responses = [
    aResponseFile({ respondents: [{ person: 'person-0' }] }),
    named('two', 'listed', 'person-1'),
    named('three', 'listed', 'person-2'),
    named('four', 'declined', 'person-3'),
    gone,
  ];
  bot = await openTestBot({ persons: crowd, questions: [aQuestionFile({ responses })] });
  expect(await bot.say('/brief trade', 300)).toContain(
    'Not on file  Person Number1 · Person Number2 (named in the source); Person Number3 (declined); Person Number4 (retracted on June 1, 2026: Quoted in error.)',
  );
});

test('a part that nobody’s line fits is “no matching line found”; “does not address” is an editor’s word', async () => {
  const parts = ['Will the tariffs hold?', 'Who pays for the ports?', 'Is a war near?'];
  const response = aResponseFile({ lines: [{ part: 1, quote: 'nobody gains from lifting them' }], doesNotAddress: [3] });
  bot = await openTestBot({ persons, questions: [aQuestionFile({ text: parts.join(' '), parts, responses: [response] })] });
  const shown = await bot.say('/brief trade');
  expect(shown).toContain('1 “nobody gains from lifting them” [mapped by the editor]');
  expect(shown).toContain('2 no matching line found');
  expect(shown).toContain('3 does not address this [recorded by the editor]');
});

test('who agrees is said from stances alone, with who says so', async () => {
  const held = (id: string, person: string, value: string, by: 'respondent' | 'editor') =>
    aResponseFile({ id, respondents: [{ person }], stances: [{ part: 1, value, by }] });
  const file = (responses: ReturnType<typeof held>[]) => ({ 'real/q.yaml': aQuestionFile({ code: 'qqqq', responses }) });
  bot = await openTestBot({ persons: crowd });
  await bot.write(file([held('one', 'person-0', 'Yes', 'respondent'), held('two', 'person-1', 'yes', 'editor')]));
  expect(await bot.say('/brief qqqq')).toMatch(/Agreement {2,}agree \(“Yes” 2\) \[as read by the editor\]/);
  await bot.write(file([held('one', 'person-0', 'Yes', 'respondent'), held('two', 'person-1', 'No', 'respondent')]));
  expect(await bot.say('/brief qqqq')).toMatch(/Agreement {2,}differ \(“Yes” 1 · “No” 1\)$/m);
  await bot.write(
    file([held('one', 'person-0', 'Yes', 'respondent'), aResponseFile({ id: 'two', respondents: [{ person: 'person-1' }] })]),
  );
  expect(await bot.say('/brief qqqq')).toMatch(/Agreement {2,}cannot be judged: one stance on file/);
});

test.each([
  ['2026-05-04', 'May 4, 2026 Chile'],
  ['2025-11-25', 'November 25, 2025 · 1 year old'],
  ['2025-11-26', 'November 26, 2025 Chile'],
  ['2025-06', 'June 2025 · 1 year old'],
  ['2019', '2019 · 6 years old'],
])('a question of %s is dated no more exactly than it is, with its age', async (date, shown) => {
  bot = await openTestBot({ persons, questions: [aQuestionFile({ id: `digest/${date}/q`, date })] });
  expect((await bot.say('/brief trade')).replace(/\s+/g, ' ')).toContain(`Policy Digest · ${shown}`);
});

test('inferred pieces of a date stand in brackets', async () => {
  const date = { id: 'digest/2026-02-11/q', date: '2026-02?-11?', dateBasis: { month: 'inferred', day: 'inferred' } } as const;
  bot = await openTestBot({ persons, questions: [aQuestionFile({ ...date })] });
  expect(await bot.say('/brief trade')).toContain('Policy Digest · [February 11], 2026');
});

test('of several matches the best is whole and the others one line each, with a button that answers', async () => {
  const questions = ['2026-05-01', '2026-05-02', '2026-05-03'].map((date) =>
    aQuestionFile({ id: `digest/${date}/q`, date, headline: `Tariffs on ${date}` }),
  );
  bot = await openTestBot({ persons, questions });
  const message = await bot.message('/brief trade');
  expect(message.title).toBe('Tariffs on 2026-05-03');
  const others = runsOf(message).filter(({ label }) => label === 'Brief');
  expect((await Promise.all(others.map((one) => bot.message(lineOf(one))))).map(({ title }) => title)).toEqual([
    'Tariffs on 2026-05-02',
    'Tariffs on 2026-05-01',
  ]);
});

test('since: and until: narrow it; what lies outside is offered', async () => {
  bot = await openTestBot({ persons, questions: [aQuestionFile({ id: 'digest/2019-12-31/q', date: '2019-12-31' })] });
  expect((await reply(bot, '/brief trade until:2019')).outcome).toBe('answered');
  expect((await reply(bot, '/brief trade since:2019-12-31 until:2019-12-31')).outcome).toBe('answered');
  for (const line of ['/brief trade since:2020', '/brief since:2020', '/brief until:2018']) {
    expect((await reply(bot, line)).outcome).toBe('failed');
    const [offered] = runsOf(await bot.message(line));
    expect(offered && (await press(bot, offered)).outcome, line).toBe('answered');
  }
});

test('words of which only some are found say so', async () => {
  bot = await openTestBot({ persons, questions: [aQuestionFile()] });
  for (const command of ['brief', 'views', 'read']) {
    expect(await bot.say(`/${command} tariffs zeppelins`)).toContain('Nothing holds all of “tariffs zeppelins”');
    expect(await bot.say(`/${command} tariffs hold`)).not.toContain('Nothing holds all');
  }
});

test('the quotes that words lead to are there; words of the question alone lead to none', async () => {
  bot = await openTestBot({
    persons,
    questions: [aQuestionFile({ text: 'Will the new tariffs last?', headline: 'Will they last?' })],
  });
  const [onQuotes] = runsOf(await bot.message('/brief lifting')).filter(({ label }) => label.startsWith('Quotes on'));
  expect(quotesOf(await bot.message(lineOf(onQuotes ?? { command: '', options: {} }))).map(wordsOf)).toEqual([
    'The tariffs will hold because nobody gains from lifting them.',
  ]);
  expect(await bot.say('/brief last')).not.toContain('Quotes on');
});

test('a respondent’s name leads to the respondent', async () => {
  bot = await openTestBot({ persons, questions: [aQuestionFile()] });
  const [first] = runsOf(await bot.message('/brief quill'));
  expect(first && lineOf(first)).toBe('/respondent ada-quill');
  expect(first && (await press(bot, first)).outcome).toBe('answered');
});

test('a retracted question answers with its notice and without its words', async () => {
  const status = { is: 'retracted', on: '2026-06-01', notice: 'The interview did not take place.' } as const;
  bot = await openTestBot({
    persons,
    questions: [aQuestionFile({ code: 'gone', status }), aQuestionFile({ id: 'digest/2026-01-01/q', date: '2026-01-01' })],
  });
  expect(await bot.say('/brief gone')).toContain('Retracted on June 1, 2026: The interview did not take place.');
  for (const line of ['/views gone', '/read gone', '/cite gone', '/quotes question:gone', '/cite gone-abcde']) {
    const shown = await bot.say(line);
    expect(shown, line).toContain('That question was retracted on June 1, 2026: The interview did not take place.');
    expect(await bot.say(exampleOf(shown) ?? ''), line).toContain('Retracted on June 1, 2026');
    expect(shown).not.toContain('gains');
  }
  expect(await bot.say('/brief trade')).toContain('January 1, 2026');
});

test.each([
  ['/quotes tariffs since:04/18/2019', 'since: write a year, a month or a day, such as 2019, 2019-04 or 2019-04-18.'],
  ['/quotes tariffs since:2019-02-30', 'since: write a year'],
  ['/brief trade until:soon', 'until: write a year'],
  ['/quotes tariffs page:0', 'page: pages start at 1.'],
  ['/quotes tariffs page:two', 'page: write a whole number.'],
  ['/quotes tariffs page:1.5', 'page: write a whole number.'],
  ['/read trade page:-1', 'page: pages start at 1.'],
  ['/cite tariffs style:chigago', 'style: choose one of chicago, apa, memo, bibtex, csl-json.'],
  ['/quotes tariffs form:quill', '/quotes has no option “form:”'],
  ['/brief zzzzzz', 'Nothing matches “zzzzzz”.'],
  ['/views', 'Say which question or topic.'],
  ['/read', 'Say which question.'],
  ['/cite', 'Say which quote or question.'],
  ['/cite nothing-here', 'There is no quote or question “nothing-here”.'],
  ['/respondent', 'Say whom.'],
  ['/respondent zzzzzz', 'No respondent “zzzzzz” is on file.'],
  ['/topics narnia', 'Nothing on “narnia” yet.'],
  ['/brif trade', 'There is no command “/brif”.'],
])('%s is answered with what is wrong in one line and an example that works here', async (line, wrong) => {
  bot = await openTestBot({ persons, questions: [aQuestionFile({ code: 'tariffs' })] });
  const { outcome, answer } = await reply(bot, line);
  expect(outcome).toBe('failed');
  const shown = await bot.say(line, 1000);
  expect(shown.split('\n')[0]).toContain(wrong);
  expect(answer.message.title).not.toContain('\n');
  expect((await reply(bot, exampleOf(shown) ?? '/nothing')).outcome, exampleOf(shown)).toBe('answered');
  for (const action of runsOf(answer.message)) expect((await press(bot, action)).outcome, lineOf(action)).toBe('answered');
});

test.each([
  ['/cite tariffs style:APA', '/cite tariffs style:apa'],
  ['/cite tariffs style:chigago', '/cite tariffs style:chicago'],
  ['/quotes tariffs page:0', '/quotes tariffs'],
])('%s offers %s', async (line, nearest) => {
  bot = await openTestBot({ persons, questions: [aQuestionFile({ code: 'tariffs' })] });
  expect(runsOf(await bot.message(line)).map(lineOf)).toContain(nearest);
});

test('a date with its year first is understood however its pieces are joined', async () => {
  bot = await openTestBot({ persons, questions: [aQuestionFile()] });
  for (const date of ['2026/5/4', '2026.05.04', '2026-5-4', '2026–05']) {
    expect((await reply(bot, `/brief trade since:${date}`)).outcome, date).toBe('answered');
    expect((await reply(bot, `/brief trade until:${date}`)).outcome, date).toBe('answered');
  }
  expect((await reply(bot, '/brief trade since:2026/5/5')).outcome).toBe('failed');
});

test('an empty archive says so, and its example works', async () => {
  bot = await openTestBot({ persons });
  for (const line of [
    '/brief',
    '/brief trade',
    '/quotes trade',
    '/topics',
    '/views trade',
    '/read trade',
    '/cite trade',
    '/respondent quill',
  ]) {
    const shown = await bot.say(line);
    expect(exampleOf(shown), line).toBe('/briefdesk');
  }
  expect((await reply(bot, '/briefdesk')).outcome).toBe('answered');
});

test('an archive of links alone gives examples that work', async () => {
  bot = await openTestBot({ persons, questions: [aQuestionFile({ code: 'tariffs', rights: 'link', topics: ['Trade'] })] });
  for (const line of ['/read tariffs', '/quotes lifting', '/quotes question:tariffs', '/cite x', '/views zzzz']) {
    const shown = await bot.say(line);
    expect((await reply(bot, exampleOf(shown) ?? '')).outcome, line).toBe('answered');
    expect(shown).not.toContain('gains');
  }
  expect(await bot.say('/brief tariffs')).toContain('The rights on file allow a link only. Respondents: Ada Quill');
  expect(await bot.say('/brief tariffs')).not.toContain('gains');
});

test('where nobody’s words are on file, no button leads to words', async () => {
  const { paragraphs: _, ...listed } = aResponseFile({ availability: 'listed' });
  bot = await openTestBot({ persons, questions: [aQuestionFile({ code: 'tariffs', responses: [listed] })] });
  expect(runsOf(await bot.message('/brief tariffs')).map(lineOf)).toEqual(['/cite tariffs']);
  expect(runsOf(await bot.message('/views tariffs')).map(lineOf)).toEqual(['/brief tariffs']);
});
