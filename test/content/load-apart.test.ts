import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import type { FileToRead } from '../../src/content/prepare.ts';
import { prepareApart } from '../../src/content/prepare-apart.ts';
import type { CollectionFile, QuestionFile } from '../../src/content/schema.ts';
import { openContentIndex } from '../../src/store/index-content.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { FileStamp } from '../../src/store/store.ts';
import { pause } from '../../src/turns.ts';
import { aQuestionFile, aResponseFile, persons } from '../support/bot.ts';
import { aCollection, aContentFolder } from '../support/folder.ts';

const WORDS = ['copper', 'The port', 'U.S. trade', 'Piñera’s', 'lluvia', 'tariffs', 'no one', 'énergie'];

/** Some 6 kB of short sentences, other ones for each number. */
const prose = (number: number, person = 'ada-quill') => {
  const sentence = (n: number) => `${WORDS[(n * n + number) % WORDS.length]} of ${(n * number) % 97} ships waits w${n % 53}.`;
  const sentences = Array.from({ length: 180 }, (_, n) => sentence(n));
  return aResponseFile({ respondents: [{ person }], paragraphs: [sentences.join(' ')] });
};

const question = (number: number, changed: Partial<QuestionFile> = {}) => {
  const date = new Date(Date.UTC(2026, 0, number)).toISOString().slice(0, 10);
  return aQuestionFile({ id: `digest/${date}/q`, date, text: `What of ${number}?`, responses: [prose(number)], ...changed });
};

const lines = (...all: (QuestionFile | string)[]) =>
  all.map((one) => `${typeof one === 'string' ? one : JSON.stringify(one)}\n`).join('');

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);

/** In this order, each of them with less than a load reads at once. */
const FILES: Record<string, string | QuestionFile> = {
  'real/a.jsonl': lines(...numbers(1, 20).map((n) => question(n)), '{"id": "digest/2026-12-01/q"', ''),
  'real/b.jsonl': lines(...numbers(20, 40).map((n) => question(n)), question(3)),
  'real/c.yaml': question(40, { responses: [prose(40, 'nobody-known')] }),
  'real/d.yaml': question(41, { status: { is: 'embargoed', until: '2030-01-01T00:00:00Z' } }),
  'real/e.yaml': question(42, { code: 'same1' }),
  'real/f.yaml': question(43, { code: 'same1' }),
  'real/g.yaml': 'id: [',
};
const collection = { 'real/collection.yaml': aCollection(), 'real/respondents.yaml': persons };

/** Everything that a load writes. */
function rowsOf(database: string): Record<string, unknown[]> {
  const db = new Sqlite(database);
  db.exec("create virtual table temp.held using fts5vocab('main', 'sentence_words', 'instance')");
  const tables = ['question', 'question_topic', 'response', 'response_person', 'embargo', 'word', 'name', 'temp.held'];
  const rows = tables.map((table) => [table, db.prepare(`select * from ${table}`).safeIntegers().raw().all().map(String).sort()]);
  db.close();
  return Object.fromEntries(rows);
}

test('much content, read in a thread of its own, is stored as if it had come bit by bit', async () => {
  const bit = aContentFolder(collection);
  const slow = await bit.open();
  for (const [file, content] of Object.entries(FILES)) await slow.write({ [file]: content });
  const whole = aContentFolder({ ...collection, ...FILES });
  const fast = await whole.open();
  expect(fast.bot.problems()).toEqual(slow.bot.problems());
  expect(fast.bot.problems().map(({ file, wrong }) => `${file}: ${wrong}`)).toEqual([
    'real/a.jsonl: is not valid JSON',
    'real/b.jsonl: is also used in real/a.jsonl',
    'real/c.yaml: there is no person “nobody-known”',
    'real/f.yaml: “same1” is the code of digest/2026-02-11/q too',
    expect.stringMatching(/^real\/g.yaml: is not valid YAML/),
  ]);
  const [one, other] = [rowsOf(whole.database), rowsOf(bit.database)];
  expect(one.question).toHaveLength(40);
  expect(one).toEqual(other);
});

test('a change of one question among many leaves the others as they are', async () => {
  const content = aContentFolder({ ...collection, ...FILES });
  const bot = await content.open();
  const changed = numbers(1, 20).map((n) => (n === 7 ? question(n, { responses: [prose(99)] }) : question(n)));
  await bot.write({ 'real/a.jsonl': lines(...changed.slice(0, -1)), 'real/g.yaml': undefined });
  const anew = aContentFolder({ ...collection, ...FILES, 'real/a.jsonl': lines(...changed.slice(0, -1)), 'real/g.yaml': '' });
  await (await anew.open()).close();
  expect(rowsOf(content.database)).toEqual(rowsOf(anew.database));
});

test('what is under embargo in one file is not shown out of another, however many questions are between', async () => {
  const status = { is: 'embargoed' as const, until: '2030-01-01T00:00:00Z' };
  const content = aContentFolder({
    ...collection,
    'real/a.jsonl': lines(
      question(50, { status }),
      question(51, { code: 'same2', status }),
      ...numbers(1, 45).map((n) => question(n)),
    ),
    'real/b.yaml': question(50),
    'real/c.yaml': question(52, { code: 'same2' }),
  });
  const { bot } = await content.open();
  expect(bot.problems().map(({ file, wrong }) => `${file}: ${wrong}`)).toEqual([
    'real/b.yaml: is also used in real/a.jsonl',
    'real/c.yaml: “same2” is the code of digest/2026-02-20/q too',
  ]);
  expect(await bot.store.question('digest/2026-02-19/q')).toBeUndefined();
  expect(await bot.store.question('digest/2026-02-10/q')).toBeDefined();
});

test('a load that broke midway leaves nothing wrong to the next one', async () => {
  const content = aContentFolder(collection);
  await (await content.open()).close();
  content.put(FILES);
  const db = await openSqlite(content.database);
  const index = await openContentIndex(db);
  let isBroken = true;
  const options = {
    folder: content.folder,
    sample: false,
    log: () => undefined,
    now: Date.parse('2026-11-25T12:00:00Z'),
    index: {
      ...index,
      async putFile(stamp: FileStamp) {
        if (isBroken && stamp.path === 'real/b.jsonl') throw new Error('no room');
        await index.putFile(stamp);
      },
    },
  };
  await expect(loadContent(options)).rejects.toThrow('no room');
  isBroken = false;
  await loadContent(options);
  await db.close();
  const anew = aContentFolder({ ...collection, ...FILES });
  await (await anew.open()).close();
  expect(rowsOf(content.database)).toEqual(rowsOf(anew.database));
});

test('an error in the thread is an error of the load, wherever it comes', async () => {
  const content = aContentFolder(FILES);
  const about = (file: CollectionFile, path: string): FileToRead => ({
    found: { path, collection: 'real', kind: 'lines', size: 300_000, modified: 0 },
    path: content.path(path),
    collection: { name: 'real', file },
    known: new Map(),
  });
  const [whole, broken]: CollectionFile[] = [aCollection(), JSON.parse('{}')];
  const ends: string[] = [];
  for (const good of [0, 1, 2, 3, 4]) {
    const files = Array.from({ length: good }, () => about(whole!, 'real/a.jsonl'));
    const read = async () => {
      for await (const _batch of prepareApart([...files, about(broken!, 'real/b.jsonl')], 0)) await pause();
    };
    ends.push(await read().then(String, ({ name }: Error) => name));
  }
  expect(ends).toEqual(Array.from({ length: 5 }, () => 'TypeError'));
});
