import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { OperatorError } from '../../src/errors.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { aQuestionFile, aResponseFile, persons } from '../support/bot.ts';
import { aCollection, aContentFolder, asOrdinary } from '../support/folder.ts';

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'briefdesk-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** The database file of a folder, with the tables of this version. */
async function aDatabase(folder = aFolder()): Promise<string> {
  const path = join(folder, 'archive.db');
  await (await openSqlite(path)).close();
  return path;
}

/** Opening it says this to the operator, and leaves every byte as it was. */
async function expectRefused(path: string, told: RegExp): Promise<void> {
  const before = readFileSync(path);
  await expect(openSqlite(path)).rejects.toThrow(told);
  await expect(openSqlite(path)).rejects.toThrow(OperatorError);
  expect(readFileSync(path).equals(before)).toBe(true);
}

test('a database is made with its folder, and kept', async () => {
  const folder = aFolder();
  const path = join(folder, 'var', 'deep', 'archive.db');
  const first = await openSqlite(path);
  await first.write.insertInto('meta').values({ key: 'kept', value: 'yes' }).execute();
  expect(await first.read.selectFrom('meta').select('value').where('key', '=', 'kept').execute()).toEqual([{ value: 'yes' }]);
  expect(existsSync(`${path}-wal`)).toBe(true);
  await first.close();
  const second = await openSqlite(path);
  expect(await second.read.selectFrom('meta').select('value').where('key', '=', 'kept').execute()).toEqual([{ value: 'yes' }]);
  await second.close();
  expect(readdirSync(join(folder, 'var', 'deep'))).toEqual(['archive.db']);
});

test('the reading connection cannot write', async () => {
  const database = await openSqlite(join(aFolder(), 'archive.db'));
  await expect(database.read.insertInto('meta').values({ key: 'a', value: 'b' }).execute()).rejects.toThrow(/readonly/);
  await database.close();
});

test('a database of a newer version is refused and stays as it is', async () => {
  const path = await aDatabase();
  const db = new Sqlite(path);
  db.prepare('insert into kysely_migration (name, timestamp) values (?, ?)').run('9999-later', '2030-01-01');
  db.pragma('journal_mode = DELETE');
  db.close();
  await expectRefused(path, /was written by a newer version of Briefdesk \(it knows “9999-later”\)\. .*BRIEFDESK_DB/);
});

test('the database of another program is refused and stays as it is', async () => {
  const path = join(aFolder(), 'other.db');
  const db = new Sqlite(path);
  db.exec('create table recipe (name text)');
  db.close();
  await expectRefused(path, /holds tables of another program\. Set BRIEFDESK_DB to a file of its own/);
});

test('a file that is no database is refused and stays as it is', async () => {
  const path = join(aFolder(), 'notes.txt');
  writeFileSync(path, 'These are my notes, and they are dear to me.\n'.repeat(400));
  await expectRefused(path, /cannot be used: .*not a database.*It was left as it is/);
});

test('a folder in place of the file is said to be none', async () => {
  const folder = aFolder();
  mkdirSync(join(folder, 'archive.db'));
  await expect(openSqlite(join(folder, 'archive.db'))).rejects.toThrow(/archive\.db cannot be used: .*BRIEFDESK_DB/);
});

test('a file in the place of its folder is told apart', async () => {
  const folder = aFolder();
  writeFileSync(join(folder, 'var'), '');
  await expect(openSqlite(join(folder, 'var', 'archive.db'))).rejects.toThrow(OperatorError);
});

test('a file or folder that may only be read is told apart at the start, with what to do', async () => {
  const folder = aFolder();
  const path = await aDatabase(folder);
  chmodSync(folder, 0o777);
  chmodSync(path, 0o444);
  const before = readFileSync(path);
  await asOrdinary(() => expect(openSqlite(path)).rejects.toThrow(/cannot be written: give the process write permission/));
  chmodSync(path, 0o666);
  chmodSync(folder, 0o555);
  await asOrdinary(() => expect(openSqlite(path)).rejects.toThrow(/cannot be written: give the process write permission/));
  await asOrdinary(() => expect(openSqlite(join(folder, 'new.db'))).rejects.toThrow(/cannot be written: give the process/));
  await asOrdinary(() =>
    expect(openSqlite(join(folder, 'var', 'new.db'))).rejects.toThrow(/cannot be written: give the process/),
  );
  chmodSync(folder, 0o755);
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('damage that shows only later is told to the operator, and nothing is deleted', async () => {
  const responses = Array.from({ length: 200 }, (_, n) =>
    aResponseFile({ id: `r${n}`, paragraphs: [`Line ${n}. ${'word '.repeat(400)}`] }),
  );
  const content = aContentFolder({
    'real/collection.yaml': aCollection(),
    'real/respondents.yaml': persons,
    'real/a.yaml': aQuestionFile({ responses }),
  });
  await (await content.open()).close();
  const pages = new Sqlite(content.database);
  const root = Number(
    pages.prepare<[], { rootpage: number }>("select rootpage from sqlite_master where name = 'response'").get()?.rootpage,
  );
  const size = Number(pages.pragma('page_size', { simple: true }));
  pages.close();
  const bytes = readFileSync(content.database);
  bytes.fill(0xee, (root - 1) * size, root * size);
  writeFileSync(content.database, bytes);
  const bot = await content.open();
  await expect(bot.bot.store.question('digest/2026-05-04/tariffs')).rejects.toThrow(OperatorError);
  await expect(bot.bot.store.question('digest/2026-05-04/tariffs')).rejects.toThrow(/malformed.*put a backup in its place/);
  expect(await bot.say('/brief digest/2026-05-04/tariffs')).toContain('Something broke');
  content.put({ 'real/a.yaml': aQuestionFile() });
  await expect(bot.bot.load()).rejects.toThrow(/put a backup in its place/);
  await bot.close();
  await expect(content.open()).rejects.toThrow(OperatorError);
  expect(statSync(content.database).size).toBe(bytes.length);
});

test('two bots may take in the same files one after the other, and both see all', async () => {
  const content = aContentFolder({
    'real/collection.yaml': aCollection(),
    'real/respondents.yaml': persons,
    'real/a.yaml': aQuestionFile(),
  });
  const one = await content.open();
  const two = await content.open();
  content.put({ 'real/b.yaml': aQuestionFile({ id: 'digest/2026-05-05/copper', date: '2026-05-05', text: 'Copper?' }) });
  await one.bot.load();
  expect(await two.say('/brief digest/2026-05-05/copper')).toContain('Copper?');
  content.put({ 'real/a.yaml': undefined });
  await two.bot.load();
  await one.bot.load();
  for (const bot of [one, two]) {
    expect((await bot.bot.store.questions({ sample: false }, { limit: 9, offset: 0 })).total).toBe(1);
    expect(await bot.bot.store.wordCounts(['tariffs'], false)).toEqual(new Map([['tariffs', 1]]));
  }
});

const STARTS = `
import { openBot } from ${JSON.stringify(new URL('../../src/bot.ts', import.meta.url).href)};
const [data, database] = process.argv.slice(1);
const bot = await openBot({ config: { data, database, sample: true }, log: () => {}, now: () => new Date('2026-11-25T12:00:00Z') });
const { total } = await bot.store.questions({ sample: false }, { limit: 1, offset: 0 });
const words = await bot.store.wordCounts(['tariffs'], false);
process.stdout.write(JSON.stringify([total, words.get('tariffs')]));
await bot.close();
`;

test('two processes may start on one new file at once', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_, n) => [`real/q${n}.yaml`, aQuestionFile({ id: `digest/2026-05-04/q${n}` })]),
  );
  const content = aContentFolder({ 'real/collection.yaml': aCollection(), 'real/respondents.yaml': persons, ...files });
  const starting = [1, 2].map(async () => {
    const child = spawn(process.execPath, [
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      STARTS,
      content.folder,
      content.database,
    ]);
    let printed = '';
    child.stdout.on('data', (data) => (printed += data));
    child.stderr.on('data', (data) => (printed += data));
    await once(child, 'close');
    return printed;
  });
  for (const printed of await Promise.all(starting)) expect(printed).toMatch(/^\[40,/);
  const bot = await content.open();
  expect(await bot.bot.store.wordCounts(['tariffs'], false)).toEqual(new Map([['tariffs', 40]]));
}, 30_000);
