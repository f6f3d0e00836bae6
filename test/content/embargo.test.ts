import { utimesSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { QuestionFile, ResponseFile } from '../../src/content/schema.ts';
import { aQuestionFile, aResponseFile, persons, type TestBot } from '../support/bot.ts';
import { aCollection, aContentFolder } from '../support/folder.ts';
import { everythingShown } from '../support/probe.ts';

const UNTIL = '2027-01-15T06:00:00-05:00';
const BEFORE = '2027-01-15T10:59:59.999Z';
const AFTER = '2027-01-15T11:00:00Z';
const embargoed = { is: 'embargoed' as const, until: UNTIL };
/** Words that are nowhere but under the embargo. */
const HIDDEN = ['Quillonite', 'Marzipane', 'Ferroleum', 'Zandria', 'Ulva'];

const open = aQuestionFile({ id: 'digest/2026-05-04/open', code: 'open1' });
const question: QuestionFile = aQuestionFile({
  id: 'digest/2026-06-01/later',
  code: 'later1',
  date: '2026-06-01',
  title: 'On Quillonite',
  headline: 'Will quillonite pay?',
  text: 'Will quillonite pay?',
  topics: ['Ferroleum'],
  countries: ['TV'],
  responses: [
    aResponseFile({
      respondents: [{ person: 'ulva-zandria', role: 'Marzipane Fellow' }],
      paragraphs: ['Whoever digs for quillonite will find marzipane under it in the end.'],
    }),
  ],
  status: embargoed,
});
const response: ResponseFile = aResponseFile({
  id: 'two',
  respondents: [{ person: 'ulva-zandria', role: 'Ferroleum Fellow' }],
  paragraphs: ['Whoever digs for quillonite will find marzipane under it in the end.'],
  lines: [{ part: 1, quote: 'marzipane under it' }],
  status: embargoed,
});
const withResponse: QuestionFile = aQuestionFile({
  id: 'digest/2026-06-01/later',
  code: 'later1',
  date: '2026-06-01',
  responses: [
    aResponseFile(),
    response,
    aResponseFile({ id: 'dos', translationOf: 'two', language: 'es', paragraphs: ['Quillonite y marzipane.'] }),
  ],
  summary: {
    author: 'editor',
    date: '2026-06-02',
    sentences: [{ text: 'One argues for ferroleum.', quotes: [{ response: 'two', text: 'marzipane under it' }] }],
  },
});

const files = (own: QuestionFile, kind: 'yaml' | 'jsonl') => ({
  'real/collection.yaml': aCollection(),
  'real/respondents.yaml': { ...persons, 'ulva-zandria': { name: 'Ulva Zandria' } },
  ...(kind === 'yaml'
    ? { 'real/open.yaml': open, 'real/own.yaml': own }
    : { 'real/all.jsonl': `${JSON.stringify(open)}\n${JSON.stringify(own)}\n` }),
});

const isShown = async (bot: TestBot) => JSON.stringify(await bot.message('/quotes quillonite')).includes('marzipane');

async function leaks(bot: TestBot): Promise<string[]> {
  const [quote = ''] = JSON.stringify(await bot.message('/quotes quillonite')).match(/later1-[a-z0-9]{5}/) ?? [];
  const shown = await everythingShown(bot, {
    typed: ['quillonite', 'ferroleum', 'zandria'],
    refs: ['later1', 'digest/2026-06-01/later', ...(quote ? [quote] : [])],
  });
  return HIDDEN.filter((word) => shown.some((text) => text.toLowerCase().includes(word.toLowerCase())));
}

test.each([
  ['question', 'yaml', question],
  ['question', 'jsonl', question],
  ['response', 'yaml', withResponse],
  ['response', 'jsonl', withResponse],
] as const)('a %s under embargo (in %s) is nowhere until its very minute, then everywhere', async (_what, kind, own) => {
  const bot = await aContentFolder(files(own, kind)).open({ now: BEFORE });
  expect(bot.bot.problems()).toEqual([]);
  expect(await leaks(bot)).toEqual([]);
  const counts = await bot.bot.store.questions({ sample: false }, { limit: 9, offset: 0 });
  expect(counts.questions.flatMap(({ responses }) => responses)).toHaveLength(own === question ? 1 : 2);
  expect((await bot.bot.store.wordCounts(['quillonite', 'marzipane'], false)).size).toBe(0);
  bot.setNow(AFTER);
  expect(await isShown(bot)).toBe(true);
  expect(await bot.bot.store.wordCounts(['marzipane'], false)).toEqual(new Map([['marzipane', own === question ? 1 : 2]]));
  expect(await bot.bot.complete('respondent', 'name', 'ulv')).toMatchObject([{ value: 'Ulva Zandria' }]);
});

test.each([
  ['question', question],
  ['response', withResponse],
])('where the clock goes back before it, an embargoed %s is hidden again', async (_what, own) => {
  const bot = await aContentFolder(files(own, 'yaml')).open({ now: AFTER });
  expect(await isShown(bot)).toBe(true);
  const shownAs = JSON.stringify(await bot.message('/quotes quillonite')).match(/later1-[a-z0-9]{5}/)?.[0] ?? '';
  bot.setNow(BEFORE);
  expect(await leaks(bot)).toEqual([]);
  expect(JSON.stringify(await bot.message(`/cite ${shownAs}`))).not.toContain('marzipane');
  bot.setNow(AFTER);
  expect(await isShown(bot)).toBe(true);
});

test.each([
  ['question', question],
  ['response', withResponse],
])('an embargo on a %s that ends, or begins again, while no bot runs is obeyed at the next start', async (_what, own) => {
  const content = aContentFolder(files(own, 'yaml'));
  for (const [now, shown] of [
    [BEFORE, false],
    [AFTER, true],
    [BEFORE, false],
  ] as const) {
    const bot = await content.open({ now });
    expect(await isShown(bot)).toBe(shown);
    await bot.close();
  }
  expect(await leaks(await content.open({ now: BEFORE }))).toEqual([]);
});

test('a file that is touched around the end of its embargo is shown as its clock says', async () => {
  const content = aContentFolder(files(withResponse, 'yaml'));
  const bot = await content.open({ now: BEFORE });
  for (const [now, shown] of [
    [AFTER, true],
    [BEFORE, false],
    [AFTER, true],
  ] as const) {
    bot.setNow(now);
    utimesSync(content.path('real/own.yaml'), 1, shown ? 1 : 2);
    await bot.bot.load();
    expect(await isShown(bot)).toBe(shown);
  }
});

test('an embargo that is put off, put on, or taken off counts from the next look at the files', async () => {
  const content = aContentFolder(files(question, 'yaml'));
  const bot = await content.open({ now: BEFORE });
  content.put({ 'real/own.yaml': { ...question, status: { ...embargoed, until: '2027-02-01T00:00:00Z' } } });
  await bot.bot.load();
  bot.setNow(AFTER);
  expect(await isShown(bot)).toBe(false);
  content.put({ 'real/own.yaml': { ...question, status: undefined } });
  await bot.bot.load();
  expect(await isShown(bot)).toBe(true);
  content.put({ 'real/own.yaml': { ...question, status: { ...embargoed, until: '2027-02-01T00:00:00Z' } } });
  await bot.bot.load();
  expect(await leaks(bot)).toEqual([]);
  content.put({ 'real/own.yaml': undefined });
  await bot.bot.load();
  bot.setNow('2027-02-01T00:00:00Z');
  expect(await isShown(bot)).toBe(false);
});

test('a bad line keeps the embargo of its last good version', async () => {
  const content = aContentFolder(files(question, 'jsonl'));
  const bot = await content.open({ now: BEFORE });
  content.put({ 'real/all.jsonl': `${JSON.stringify({ ...question, topics: [] })}\nnonsense\n` });
  await bot.bot.load();
  expect(await isShown(bot)).toBe(false);
  bot.setNow(AFTER);
  expect(await isShown(bot)).toBe(true);
});

test('two embargoes of one question end one after the other', async () => {
  const first = { is: 'embargoed' as const, until: '2027-01-01T00:00:00Z' };
  const bot = await aContentFolder(files({ ...withResponse, status: first }, 'yaml')).open({ now: '2026-12-31T23:59:00Z' });
  expect(await bot.say('/brief later1')).not.toContain('tariffs');
  bot.setNow('2027-01-01T00:00:00Z');
  expect(await bot.say('/brief later1')).toContain('The tariffs will hold');
  expect(await leaks(bot)).toEqual([]);
  bot.setNow(AFTER);
  expect(await isShown(bot)).toBe(true);
});
