import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type Reach, sourcesIn } from '../../../src/intake/sources.ts';
import { type HowToImport, importAll } from '../../../src/platforms/terminal/import.ts';
import { acceptWaiting, listWaiting, showWaiting } from '../../../src/platforms/terminal/review.ts';
import { aCollection, aContentFolder } from '../../support/folder.ts';

const DOCUMENT = `April 18, 2024

Question: Will importers carry the cost of the new port fees? Should small islands be exempt?

Ana Duarte, professor of economics at Example University: “Consumers will carry the cost within a season, as they did before.”
`;
const UNDATED = DOCUMENT.replace('April 18, 2024', 'April 18');
const NOWHERE: Reach = {
  standardInput: async () => Buffer.from(DOCUMENT),
  async *address(name) {
    yield { type: 'unread', name, reason: 'no network here' };
  },
  feed: () => undefined,
};

async function setUp(documents: Record<string, string> = {}) {
  const files = aContentFolder({ 'real/collection.yaml': aCollection() });
  const { bot, say } = await files.open();
  const root = dirname(files.folder);
  for (const [name, text] of Object.entries(documents)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const run = async (what: string, how: Partial<HowToImport> = {}, answers?: string[]) => {
    const out: string[] = [];
    const err: string[] = [];
    const asked: string[] = [];
    const person = answers && {
      width: 100,
      print: (text: string) => void out.push(text),
      ask: async (question: string) => {
        asked.push(question);
        return answers.shift();
      },
    };
    const code = await importAll(
      await sourcesIn(what === '-' || what.includes('://') ? what : join(root, what), NOWHERE),
      { decided: { publication: 'digest', topics: ['Ports'] }, write: false, json: false, ...how },
      {
        desk: bot.desk,
        bulk: bot.takeQuestions,
        print: (line) => out.push(line),
        tell: (line) => err.push(line),
        progress: { show: () => undefined, end: () => undefined },
        person,
        isStopped: () => false,
      },
    );
    return { code, out: out.join('\n'), err: err.join('\n').replaceAll(`${root}/`, ''), asked };
  };
  return { run, bot, say };
}

test('without --write a script gets the question file, and nothing is stored', async () => {
  const { run, bot } = await setUp({ 'post.txt': DOCUMENT });
  const { code, out, err } = await run('post.txt');
  expect(code).toBe(0);
  expect(out).toContain('id: digest/2024-04-18/will-importers-carry-the-cost-of-the-new-port-fees');
  expect(err).toContain('Outcome: ok');
  await bot.load();
  expect(await bot.store.collections()).toMatchObject([{ questions: 0 }]);
});

test('with --write it is stored, and the exit code tells how it ended', async () => {
  const { run, bot, say } = await setUp({ 'post.txt': DOCUMENT, 'undated.txt': UNDATED, 'empty.txt': ' ' });
  expect(await run('post.txt', { write: true })).toMatchObject({
    code: 0,
    err: 'post.txt: Stored: real/2024-04-18-will-importers-carry-the-cost-of-the-new-port-fees.yaml',
  });
  expect((await run('undated.txt', { write: true })).code).toBe(3);
  expect(await run('empty.txt', { write: true })).toMatchObject({
    code: 4,
    err: 'empty.txt: Refused: The document holds no text.',
  });
  await bot.load();
  expect(await say('/quotes by:duarte')).toContain('within a season');
});

test('standard input is read too', async () => {
  const { run } = await setUp();
  expect(await run('-', { write: true })).toMatchObject({ code: 0 });
});

test('a folder is taken in whole and counted; run again it finds all on file', async () => {
  const { run } = await setUp({
    'letters/a.txt': DOCUMENT,
    'letters/old/b.md': UNDATED,
    'letters/.hidden.txt': DOCUMENT,
    'letters/picture.png': 'no document',
  });
  expect((await run('letters', { write: true })).err).toContain('2 read: 1 stored, 1 for review.');
  expect((await run('letters', { write: true })).err).toContain('2 read: 1 on file already, 1 for review.');
});

test('--json prints a line for each question with what was assigned by which rule', async () => {
  const { run } = await setUp({ 'post.txt': DOCUMENT });
  const { out } = await run('post.txt', { json: true });
  const printed = JSON.parse(out);
  expect(printed).toMatchObject({
    outcome: 'ok',
    question: { topics: ['Ports'] },
    draft: { responses: [{ availability: 'text' }] },
  });
  expect(printed.draft.responses[0].begins).not.toBe('');
});

test('somebody at the terminal sees source and draft, completes it and stores it', async () => {
  const { run, bot, say } = await setUp({ 'post.txt': UNDATED });
  const { code, out, asked } = await run('post.txt', { decided: { publication: 'digest' } }, [
    '2024?-04-18',
    'Ports, Islands',
    'y',
  ]);
  expect(asked).toEqual([
    expect.stringContaining('Date of the Q&A'),
    expect.stringContaining('Topics'),
    expect.stringContaining('Store it?'),
  ]);
  expect(out).toMatch(/“Consumers will carry the cost.* │ response: Ana Duarte/);
  expect(out).toContain('Stored: real/2024-04-18-');
  expect(code).toBe(0);
  await bot.load();
  expect(bot.problems()).toEqual([]);
  expect(await say('/topics')).toContain('Islands');
});

test('somebody who leaves, or says nothing, has stored nothing', async () => {
  const { run, bot } = await setUp({ 'post.txt': DOCUMENT });
  expect((await run('post.txt', {}, [''])).out).toContain('Nothing was stored.');
  expect((await run('post.txt', {}, [])).out).toContain('Nothing was stored.');
  expect(await bot.desk.waiting()).toEqual([]);
});

test('whom an editor recognised once is asked about no more, and told', async () => {
  const week = (day: number) =>
    DOCUMENT.replace('April 18', `May ${day}`).replace('Will importers', `In week ${day}, will importers`);
  const { run, bot } = await setUp({ 'post.txt': DOCUMENT, 'a.txt': week(1), 'b.txt': week(2) });
  await run('post.txt', { write: true });
  await run('a.txt', { write: true });
  const listed: string[] = [];
  await listWaiting({ desk: bot.desk, print: (line) => void listed.push(line), width: 100 });
  expect(listed[0]).toMatch(/ {2}Ana Duarte is a name on file \(ana-duarte\): put ana-duarte in .{1,40} \[…\]$/);
  const decided: HowToImport['decided'] = { publication: 'digest', topics: ['Ports'], same: { 'Ana Duarte': 'ana-duarte' } };
  expect((await run('a.txt', { write: true, decided })).err).toContain('Stored');
  const { out, asked } = await run('b.txt', {}, ['', 'n']);
  expect(out).toContain('Recognised, as you decided before: Ana Duarte (ana-duarte)');
  expect(asked.join('\n')).not.toContain('Ana Duarte');
  expect((await run('b.txt')).err).toContain('Recognised, as you decided before: Ana Duarte (ana-duarte)');
});

test('a review is listed, shown side by side, and accepted once nothing is missing', async () => {
  const { run, bot } = await setUp({ 'post.txt': UNDATED });
  await run('post.txt', { write: true });
  const printed: string[] = [];
  const reviewing = { desk: bot.desk, print: (line: string) => void printed.push(line), width: 100 };
  await listWaiting(reviewing);
  const [key = ''] = printed.join('\n').split(' ');
  await showWaiting(key, reviewing);
  expect(printed.join('\n')).toContain('! The year of the date is missing.');
  expect(await acceptWaiting(key, {}, reviewing)).toBe(3);
  expect(printed.at(-1)).toContain('date is missing');
  const { text } = await bot.desk.waitingUnder(key);
  await bot.desk.rewrite(key, text.replace('question:\n', "question:\n  date: '2024-04-18'\n"));
  expect(await acceptWaiting(key, {}, reviewing)).toBe(0);
});

test('what an address or a document cannot give is said, whatever escape codes it holds', async () => {
  const { run } = await setUp({ 'post.txt': UNDATED.replace('Duarte', 'Du\u001b[2Jarte') });
  expect(await run('https://digest.example/')).toMatchObject({
    code: 4,
    err: expect.stringContaining('Refused: no network here'),
  });
  const { out } = await run('post.txt', {}, []);
  expect(out).not.toContain('\u001b');
});
