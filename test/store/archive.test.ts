import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { visibleQuestion } from '../../src/content/build.ts';
import type { QuestionFile } from '../../src/content/schema.ts';
import { rowsOf } from '../../src/search/index-rows.ts';
import { openTally } from '../../src/search/tally.ts';
import { tokens } from '../../src/search/tokens.ts';
import { openContentIndex } from '../../src/store/index-content.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { ContentIndex, Filter } from '../../src/store/store.ts';
import { aQuestionFile, aResponseFile, openTestBot, persons, type TestBot } from '../support/bot.ts';
import { aCollection, aContentFolder } from '../support/folder.ts';

const by = (person: string, text: string) => aResponseFile({ id: person, respondents: [{ person }], paragraphs: [text] });
const dated = (date: string, changed: Partial<QuestionFile> = {}): QuestionFile =>
  aQuestionFile({
    id: `digest/${date.replaceAll('?', '')}/q`,
    date,
    text: `What of ${date}?`,
    ...(date.includes('?') ? { dateBasis: { year: 'inferred' } } : {}),
    ...changed,
  });

async function datesOf({ bot }: TestBot, filter: Omit<Filter, 'sample'> & { sample?: boolean }): Promise<string[]> {
  const { questions, total } = await bot.store.questions({ sample: false, ...filter }, { limit: 50, offset: 0 });
  expect(total).toBe(questions.length);
  return questions.map(({ date }) => date);
}

test('topic, country, person and dates narrow what is read, alone and together', async () => {
  const bot = await openTestBot({
    persons,
    questions: [
      dated('2026-01-01', { topics: ['Trade', 'Énergie verte'], countries: ['CL', 'PE'] }),
      dated('2026-02-01', {
        topics: ['énergie VERTE'],
        countries: ['PE'],
        responses: [by('bo-sorensen', 'The north wind is free.')],
      }),
      dated('2026-03-01', { topics: ['Trade policy'], countries: [], responses: [by('bo-sorensen', 'The north wind is dear.')] }),
    ],
  });
  expect(await datesOf(bot, {})).toEqual(['2026-03-01', '2026-02-01', '2026-01-01']);
  expect(await datesOf(bot, { topic: 'trade' })).toEqual(['2026-01-01']);
  expect(await datesOf(bot, { topic: 'energie verte' })).toEqual(['2026-02-01', '2026-01-01']);
  expect(await datesOf(bot, { country: 'PE' })).toEqual(['2026-02-01', '2026-01-01']);
  expect(await datesOf(bot, { person: 'bo-sorensen' })).toEqual(['2026-03-01', '2026-02-01']);
  expect(await datesOf(bot, { country: 'PE', person: 'bo-sorensen', topic: 'Énergie verte' })).toEqual(['2026-02-01']);
  expect(await datesOf(bot, { person: 'ada-quill', since: '2026-02-01' })).toEqual([]);
  for (const [filter, count] of [
    [{}, 2],
    [{ topic: 'Énergie Verte' }, 1],
    [{ topic: 'energie' }, 0],
    [{ country: 'PE' }, 1],
    [{ person: 'bo-sorensen' }, 2],
    [{ person: 'ada-quill' }, 0],
    [{ until: '2026-02-28' }, 1],
    [{ since: '2026-02-02', until: '2026-03-01' }, 1],
  ] as const) {
    const hits = await bot.bot.store.matchSentences({ type: 'phrase', tokens: ['wind'] }, { sample: false, ...filter }, 9);
    expect(hits, JSON.stringify(filter)).toHaveLength(count);
  }
  await bot.close();
});

test('newest come first, whatever the order in which they arrive; partial dates count from their first day', async () => {
  const bot = await openTestBot({ persons, questions: [dated('2019-04'), dated('2019-04-18'), dated('2019')] });
  await bot.write({
    'real/z.yaml': dated('2019?-04-17'),
    'real/a.yaml': dated('1999-12-31'),
    'real/m.yaml': dated('2020-01-01'),
  });
  const all = ['2020-01-01', '2019-04-18', '2019?-04-17', '2019-04', '2019', '1999-12-31'];
  expect(await datesOf(bot, {})).toEqual(all);
  expect(await datesOf(bot, { since: '2019-04-17', until: '2019-12-31' })).toEqual(['2019-04-18', '2019?-04-17']);
  expect(await datesOf(bot, { until: '2019-01-01' })).toEqual(['2019', '1999-12-31']);
  expect(await datesOf(bot, { since: '2019-04-01', until: '2019-04-01' })).toEqual(['2019-04']);
  expect(
    (await bot.bot.store.responsesOf('ada-quill', { limit: 9, offset: 0 })).responses.map(({ question }) => question.date),
  ).toEqual(all);
  const hits = await bot.bot.store.matchSentences({ type: 'phrase', tokens: ['tariff'] }, { sample: false }, 3);
  const found = await bot.bot.store.responsesByKey(hits.map(({ responseKey }) => responseKey));
  expect(found.map(({ question }) => question.date)).toEqual(all.slice(0, 3));
  await bot.write({ 'real/a.yaml': dated('2021-01-01') });
  expect(await datesOf(bot, {})).toEqual(['2021-01-01', ...all.slice(0, 5)]);
  await bot.close();
});

test('since: and until: in a command take in whole years and months', async () => {
  const bot = await openTestBot({
    persons,
    questions: ['2018-12-31', '2019-01-01', '2019-12-31', '2020-01-01'].map((date) => dated(date)),
  });
  const shown = async (line: string) =>
    [...(await bot.say(line, 200)).matchAll(/(January 1|December 31), (\d{4})/g)].map(([date]) => date);
  expect(new Set(await shown('/quotes tariffs since:2019 until:2019'))).toEqual(
    new Set(['January 1, 2019', 'December 31, 2019']),
  );
  expect(new Set(await shown('/quotes tariffs until:2018-12'))).toEqual(new Set(['December 31, 2018']));
  await bot.close();
});

test('the sample is apart in every read', async () => {
  const content = aContentFolder({
    'real/collection.yaml': aCollection(),
    'real/respondents.yaml': persons,
    'real/a.yaml': dated('2026-01-01'),
    'made/collection.yaml': aCollection({
      sample: true,
      publications: [{ id: 'fiction', name: 'Fiction', language: 'en', rights: 'whole' }],
    }),
    'made/a.yaml': dated('2026-01-01', { id: 'fiction/2026-01-01/q', topics: ['Dragons'] }),
    'made/b.yaml': dated('2026-06-01', { id: 'fiction/2026-06-01/q', topics: ['Dragons'] }),
  });
  const bot = await content.open();
  const { store } = bot.bot;
  const match = { type: 'phrase', tokens: ['tariff'] } as const;
  expect(await datesOf(bot, {})).toEqual(['2026-01-01']);
  expect(await datesOf(bot, { sample: true })).toEqual(['2026-06-01', '2026-01-01']);
  expect(await datesOf(bot, { sample: true, until: '2026-03-01' })).toEqual(['2026-01-01']);
  for (const [sample, count] of [
    [false, 1],
    [true, 2],
  ] as const) {
    expect(await store.matchSentences({ ...match, tokens: [...match.tokens] }, { sample }, 9)).toHaveLength(count);
    const topic = { type: 'phrase' as const, tokens: [sample ? 'dragon' : 'trade'] };
    const asked = async (person: string) => (await store.matchQuestions(topic, { sample, person }, 9)).length;
    expect([await asked('ada-quill'), await asked('bo-sorensen')]).toEqual([count, 0]);
    expect(await store.wordCounts(['tariffs'], sample)).toEqual(new Map([['tariffs', count]]));
    expect((await store.names('topic', sample)).map(({ label }) => label)).toEqual([sample ? 'Dragons' : 'Trade']);
    expect((await store.respondents({ sample })).map(({ questions }) => questions)).toEqual([count]);
    expect((await store.periods({ sample })).reduce((sum, { questions }) => sum + questions, 0)).toBe(count);
  }
});

test('a collection that is declared a sample, or no longer one, changes sides', async () => {
  const bot = await openTestBot({ persons, questions: [dated('2026-01-01')] });
  for (const sample of [true, false]) {
    await bot.write({ 'real/collection.yaml': aCollection({ sample }) });
    expect([await datesOf(bot, { sample }), await datesOf(bot, { sample: !sample })]).toEqual([['2026-01-01'], []]);
    const counts = [await bot.bot.store.wordCounts(['tariffs'], sample), await bot.bot.store.wordCounts(['tariffs'], !sample)];
    expect(counts.map(({ size }) => size)).toEqual([1, 0]);
  }
  await bot.close();
});

test('a topic is called as its newest question calls it, with the date of that one', async () => {
  const bot = await openTestBot({
    persons,
    questions: [
      dated('2020-01-01', { topics: ['TRADE'] }),
      dated('2026-01-01', { topics: ['Trade'] }),
      dated('2023-01-01', { topics: ['trade'] }),
    ],
  });
  const newest = { label: 'Trade', count: 3, newest: '2026-01-01' };
  expect(await bot.bot.store.names('topic', false)).toMatchObject([newest]);
  expect(await bot.bot.store.topicsOf('CL', false)).toMatchObject([newest]);
  await bot.close();
});

/** In how many sentences of the responses on file each word occurs, counted by hand. */
async function counted({ bot }: TestBot): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const { questions } = await bot.store.questions({ sample: false }, { limit: 99, offset: 0 });
  for (const { text, language } of questions.flatMap(({ responses }) => responses)) {
    for (const sentence of text.split(/(?<=\.) /)) {
      for (const word of new Set(tokens(sentence, language).map((token) => token.word)))
        counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return counts;
}

const WORDS = ['tariffs', 'copper', 'gains', 'walnut', 'the', 'will', 'because'];
const onFile = async ({ bot }: TestBot) => {
  const shape = { first: 'abcdefghijklmnopqrstuvwxyz0123456789'.split(''), minLength: 1, maxLength: 40 };
  return new Map((await bot.store.wordsLike(shape, false)).map(({ word, count }) => [word, count]));
};

test('words are counted as they are on file after every change', async () => {
  const bot = await openTestBot({ persons, questions: [dated('2026-01-01'), dated('2026-02-01')] });
  const copper = dated('2026-02-01', {
    responses: [by('ada-quill', 'Copper will rise. Copper will fall. Walnut too.'), by('bo-sorensen', 'Copper.')],
  });
  for (const files of [
    {},
    { 'real/c.yaml': dated('2026-03-01') },
    { 'real/digest-2026-02-01-q.yaml': copper },
    { 'real/digest-2026-02-01-q.yaml': { ...copper, status: { is: 'withheld' as const } } },
    { 'real/digest-2026-02-01-q.yaml': copper, 'real/c.yaml': undefined },
    { 'real/digest-2026-01-01-q.yaml': undefined, 'real/digest-2026-02-01-q.yaml': undefined },
  ]) {
    await bot.write(files);
    const counts = await counted(bot);
    expect(await onFile(bot)).toEqual(counts);
    expect(await bot.bot.store.wordCounts(WORDS, false)).toEqual(
      new Map(WORDS.flatMap((word) => (counts.has(word) ? [[word, counts.get(word)]] : []))),
    );
  }
  expect((await onFile(bot)).size).toBe(0);
  await bot.close();
});

/** Every word of every sentence in the full-text table, with its place. */
function indexed(database: string): unknown[] {
  const db = new Sqlite(database);
  db.exec("create virtual table temp.held using fts5vocab('main', 'sentence_words', 'instance')");
  const rows = db.prepare('select term, doc, offset from temp.held order by term, doc, offset').safeIntegers().all();
  db.close();
  return rows;
}

test('what is indexed after any change is what would be indexed anew', async () => {
  const content = aContentFolder({ 'real/collection.yaml': aCollection(), 'real/respondents.yaml': persons });
  const bot = await content.open();
  const index = await openContentIndex(await openSqlite(content.database));
  const wind = (text: string) => ({ responses: [by('ada-quill', text), by('bo-sorensen', 'The wind. The WIND? Énergie!')] });
  for (const files of [
    {
      'real/a.yaml': dated('2026-03-01', wind('The north wind is free.')),
      'real/b.yaml': dated('2026-01-01', wind('So is rain.')),
    },
    { 'real/a.yaml': dated('2026-03-01', wind('The south wind. It is dear.')), 'real/c.yaml': dated('2025-01-01', wind('No.')) },
    { 'real/a.yaml': dated('2026-03-01', { ...wind('The south wind. It is dear.'), topics: ['Weather'], countries: ['PE'] }) },
    { 'real/b.yaml': dated('2026-02-01', wind('So is rain.')), 'real/c.yaml': undefined },
    { 'real/collection.yaml': aCollection({ sample: true }) },
    { 'real/b.yaml': { ...dated('2026-02-01', wind('So is rain.')), status: { is: 'withheld' as const } } },
  ]) {
    await bot.write(files);
    const [held, counts] = [indexed(content.database), await bot.bot.store.wordCounts(WORDS, true)];
    await index.reindex();
    await index.finish();
    expect(held.length).toBeGreaterThan(0);
    expect(held).toEqual(indexed(content.database));
    expect(counts).toEqual(await bot.bot.store.wordCounts(WORDS, true));
  }
  await bot.write({ 'real/a.yaml': undefined, 'real/b.yaml': undefined });
  expect(indexed(content.database)).toEqual([]);
});

test('counts and names that a crash left behind are made good at the next start', async () => {
  const content = aContentFolder({
    'real/collection.yaml': aCollection(),
    'real/respondents.yaml': persons,
    'real/a.yaml': dated('2026-01-01'),
  });
  await (await content.open()).close();
  const db = new Sqlite(content.database);
  db.exec(
    `insert into meta values ('counts-behind', '1'); update word set count = 99; insert into word values ('ghost', 0, 3); delete from name`,
  );
  db.close();
  const bot = await content.open();
  expect(await onFile(bot)).toEqual(await counted(bot));
  expect(await bot.bot.store.names('topic', false)).toHaveLength(1);
});

test('two processes that change the archive in turns do not count a word twice', async () => {
  const content = aContentFolder({ 'real/collection.yaml': aCollection(), 'real/respondents.yaml': persons });
  const bot = await content.open();
  const write = async (index: ContentIndex, date: string) => {
    const question = visibleQuestion(dated(date), { collection: 'real', sample: false, rights: 'whole' }, 0);
    const tally = openTally();
    const rows = question ? [rowsOf(question, { file: `real/${date}.yaml`, hash: date }, tally)] : [];
    await index.putQuestions(rows, '2026-06-01');
    index.addWords(tally.changes());
  };
  const [one, two] = [await openSqlite(content.database), await openSqlite(content.database)];
  const first = await openContentIndex(one);
  const early = await openContentIndex(two);
  await write(first, '2026-01-01');
  await write(early, '2026-02-01');
  // Opened between a write and its counts, as after a crash.
  const late = await openContentIndex(two);
  await write(late, '2026-03-01');
  for (const index of [late, first, early]) await index.finish();
  expect(await onFile(bot)).toEqual(await counted(bot));
  await one.close();
  await two.close();
});

test('the words that a response had are kept, newest first, also when its question goes', async () => {
  const said = (text: string) => dated('2026-01-01', { responses: [by('ada-quill', text)] });
  const bot = await openTestBot({ persons, questions: [], now: '2026-06-01T12:00:00Z' });
  const former = async () =>
    (await bot.bot.store.formerTexts('digest/2026-01-01/q')).map(({ text, replacedOn }) => `${replacedOn} ${text}`);
  await bot.write({ 'real/a.yaml': said('First.') });
  expect(await former()).toEqual([]);
  bot.setNow('2026-06-02T12:00:00Z');
  await bot.write({ 'real/a.yaml': said('Second.') });
  await bot.write({ 'real/a.yaml': { ...said('Second.'), topics: ['Other'] } });
  expect(await former()).toEqual(['2026-06-02 First.']);
  bot.setNow('2026-06-03T12:00:00Z');
  await bot.write({ 'real/a.yaml': undefined });
  expect(await former()).toEqual(['2026-06-03 Second.', '2026-06-02 First.']);
  await bot.write({ 'real/a.yaml': said('Second.') });
  expect(await bot.say('/brief digest/2026-01-01/q')).not.toContain('First.');
  await bot.close();
});
