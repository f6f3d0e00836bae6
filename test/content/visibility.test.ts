import { readFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { QuestionFile, ResponseFile } from '../../src/content/schema.ts';
import { aQuestionFile, aResponseFile, persons, type TestBot } from '../support/bot.ts';
import { aCollection, aContentFolder, type ContentFolder } from '../support/folder.ts';
import { everythingShown } from '../support/probe.ts';

/** Words that are in nothing that may be shown. */
const HIDDEN = ['quillonite', 'marzipane', 'ferroleum'];
const TYPED = ['quillonite', 'ferroleum', 'zandria'];

const words = 'Whoever digs for quillonite will find marzipane under it in the end.';
const response: ResponseFile = aResponseFile({
  id: 'two',
  respondents: [{ person: 'ulva-zandria', role: 'Ferroleum Fellow' }],
  paragraphs: [words],
  lines: [{ part: 1, quote: 'marzipane under it' }],
  corrections: [{ on: '2026-05-09', what: 'A word was wrong.', was: 'ferroleum in the end', now: 'in the end' }],
});
const translation = aResponseFile({ id: 'dos', translationOf: 'two', language: 'es', paragraphs: ['Quillonite y marzipane.'] });
const open = aQuestionFile({ id: 'digest/2026-05-04/open', code: 'open1' });
const question: QuestionFile = aQuestionFile({
  id: 'digest/2026-06-01/own',
  code: 'own111',
  date: '2026-06-01',
  text: 'Will the tariffs on quillonite hold?',
  introduction: 'The ferroleum crisis.',
  corrections: [{ on: '2026-06-02', what: 'A word was wrong.', was: 'ferroleum', now: 'quillonite' }],
  repairs: ['marzipane joined'],
  responses: [aResponseFile(), response, translation],
  summary: {
    author: 'editor',
    date: '2026-06-02',
    sentences: [
      { text: 'One argues that they will hold.', quotes: [{ response: 'one', text: 'The tariffs will hold' }] },
      { text: 'One argues for ferroleum.', quotes: [{ response: 'two', text: 'marzipane under it' }] },
    ],
  },
});
/** Only the response holds the words. */
const around: QuestionFile = {
  ...question,
  text: 'Will the tariffs hold?',
  introduction: undefined,
  corrections: undefined,
  repairs: undefined,
};
const { paragraphs: _, lines: _lines, corrections: _corrections, ...bare } = response;

const withheld: QuestionFile = {
  ...question,
  topics: ['Ferroleum'],
  title: 'On Quillonite',
  headline: 'Marzipane?',
  status: { is: 'withheld' },
};
const retracted: QuestionFile = {
  ...question,
  status: { is: 'retracted', on: '2026-06-09', notice: 'Taken back by the publisher.' },
};
const responseWithheld: QuestionFile = {
  ...around,
  responses: [aResponseFile(), { ...response, status: { is: 'withheld' } }, translation],
};
const responseRetracted: QuestionFile = {
  ...around,
  responses: [
    aResponseFile(),
    {
      ...bare,
      respondents: [{ person: 'ulva-zandria' }],
      corrections: [{ on: '2026-05-09', what: 'A word was wrong.', was: 'ferroleum in the end' }],
      status: { is: 'retracted', on: '2026-06-09', notice: 'Taken back by the respondent.' },
    },
    translation,
  ],
  summary: undefined,
};

const files = (own: QuestionFile) => ({
  'real/collection.yaml': aCollection(),
  'real/respondents.yaml': { ...persons, 'ulva-zandria': { name: 'Ulva Zandria' } },
  'real/open.yaml': open,
  'real/own.yaml': own,
});

async function leaks(bot: TestBot, codes: string[] = []): Promise<string[]> {
  const refs = ['own111', 'digest/2026-06-01/own', ...codes];
  const shown = (await everythingShown(bot, { typed: TYPED, refs })).map((text) => text.toLowerCase());
  return shown.filter((text) => HIDDEN.some((word) => text.includes(word)));
}

const quoteCodes = async (bot: TestBot) => [
  ...new Set(
    JSON.stringify([await bot.message('/quotes quillonite'), await bot.message('/cite own111')]).match(/own111-[a-z0-9]{5}/g),
  ),
];

const cases = [
  ['a withheld question', withheld],
  ['a retracted question', retracted],
  ['a withheld response', responseWithheld],
  ['a retracted response', responseRetracted],
] as const;

test.each(cases)('no command, suggestion or completion shows a word of %s', async (_what, own) => {
  const bot = await aContentFolder(files(own)).open();
  expect(bot.bot.problems()).toEqual([]);
  expect(await leaks(bot)).toEqual([]);
});

test.each(cases)('what was shown before it became %s is gone, former quote codes included', async (_what, own) => {
  const content = aContentFolder(files(question));
  const bot = await content.open();
  const codes = await quoteCodes(bot);
  expect(codes.length).toBeGreaterThan(1);
  // That they would be seen at all is shown once.
  if (own === withheld) expect(await leaks(bot, codes)).not.toEqual([]);
  content.put({ 'real/own.yaml': own });
  await bot.bot.load();
  expect(bot.bot.problems()).toEqual([]);
  expect(await leaks(bot, codes)).toEqual([]);
  expect((await bot.bot.store.wordCounts(HIDDEN, false)).size).toBe(0);
  content.put({ 'real/own.yaml': question });
  await bot.bot.load();
  expect(await quoteCodes(bot)).toEqual(codes);
});

test.each(cases)('no table that is searched holds a word of %s', async (_what, own) => {
  const content = aContentFolder(files(question));
  const bot = await content.open();
  expect(searched(content)).toEqual(
    expect.arrayContaining(HIDDEN.slice(0, 2).map((word) => expect.stringContaining(word.slice(0, 7)))),
  );
  content.put({ 'real/own.yaml': own });
  await bot.bot.load();
  for (const text of searched(content)) expect(text).not.toMatch(/quillon|marzipan|ferroleum/i);
});

test('a retracted question keeps its id, its notice and its place in no list, count or completion', async () => {
  const bot = await aContentFolder(files(retracted)).open();
  expect(await bot.say('/brief own111')).toContain('Taken back by the publisher.');
  expect(await bot.say('/brief')).not.toContain('own111');
  expect(await bot.bot.store.collections()).toMatchObject([{ questions: 1, responses: 1 }]);
  expect(await bot.bot.store.names('topic', false)).toMatchObject([{ label: 'Trade', count: 1 }]);
  expect((await bot.bot.store.responsesOf('ada-quill', { limit: 9, offset: 0 })).total).toBe(1);
  expect(await bot.bot.complete('brief', 'about', 'own')).toEqual([]);
});

test('no table at all keeps a word of a withheld question', async () => {
  const content = aContentFolder(files(withheld));
  const bot = await content.open();
  await bot.bot.close();
  expect(readFileSync(content.database, 'latin1')).not.toMatch(/quillon|marzipan|ferroleum/i);
});

test('a withheld question is as if it were not there', async () => {
  const bot = await aContentFolder(files(withheld)).open();
  expect(await bot.bot.store.question('own111')).toBeUndefined();
  expect(await bot.say('/cite own111')).toContain('There is no quote or question “own111”');
  expect(await bot.say('/respondent ulva')).toContain('No respondent “ulva” is on file.');
});

test('a retracted response keeps its notice and its respondent', async () => {
  const bot = await aContentFolder(files(responseRetracted)).open();
  expect(await bot.say('/respondent ulva')).toContain('Ulva Zandria');
  expect(await bot.say('/brief own111')).toContain('retracted');
});

test('a sentence of the summary goes with the response it rests on', async () => {
  const bot = await aContentFolder(files(responseWithheld)).open();
  const shown = await bot.say('/brief own111');
  expect(shown).toContain('One argues that they will hold.');
  expect(shown).not.toContain('One argues for');
});

test('a problem in a file repeats no word of what the file says', async () => {
  const content = aContentFolder({
    'real/collection.yaml': aCollection(),
    'real/bad.jsonl': `quillonite\n{"id": quillonite}\n{"id": "a" marzipane}\n`,
    'real/bad.yaml': 'text: "quillonite" marzipane\n',
    'real/worse.yaml': 'text: >- quillonite\n  marzipane: [}ferroleum\n',
  });
  const bot = await content.open();
  expect(bot.bot.problems().length).toBeGreaterThan(4);
  expect(JSON.stringify([bot.bot.problems(), bot.logged, await bot.message('/briefdesk')])).not.toMatch(
    /quillon|marzipan|ferroleum/i,
  );
});

/** Every term of the full-text tables and every row of the tables that names, counts and answers come from. */
function searched({ database }: ContentFolder): string[] {
  const db = new Sqlite(database);
  const terms = ['question_words', 'sentence_words'].flatMap((table) => {
    db.exec(`create virtual table temp.vocabulary using fts5vocab(main, ${table}, row)`);
    const found = db.prepare<[], { term: string }>('select term from temp.vocabulary').all();
    db.exec('drop table temp.vocabulary');
    return found.map(({ term }) => term);
  });
  const rows = ['word', 'name', 'name_key', 'question', 'question_topic', 'response', 'response_person'].flatMap((table) =>
    db
      .prepare(`select * from ${table}`)
      .all()
      .map((row) => JSON.stringify(row)),
  );
  db.close();
  return [...terms, ...rows];
}
