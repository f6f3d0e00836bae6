import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, Migrator, sql } from 'kysely';
import { OperatorError } from '../errors.ts';
import { provider } from './migrations.ts';
import { dialectOf } from './sqlite-dialect.ts';
import type { Tables } from './tables.ts';

export interface Database {
  /** One connection writes … */
  write: Kysely<Tables>;
  /** … and another reads meanwhile (WAL). */
  read: Kysely<Tables>;
  close(): Promise<void>;
}

/**
 * Opens or creates the database file and brings its tables up to date.
 * Throws OperatorError, and touches nothing, where the file is not ours, corrupt, read-only, or from a newer version.
 */
export async function openSqlite(path: string): Promise<Database> {
  const writer = connect(path, { readonly: false });
  const write = toKysely(writer, path);
  try {
    await refuseUnknown(write, path);
    // Responses of some 3 kB would leave a quarter of smaller pages empty.
    writer.pragma('page_size = 16384');
    writer.pragma('journal_mode = WAL');
    writer.pragma('synchronous = NORMAL');
    // As much as by default with pages of 4 kB: whoever commits waits for it.
    writer.pragma('wal_autocheckpoint = 100');
    await migrate(write, path);
    if (path === ':memory:') return { write, read: write, close: () => write.destroy() };
    const read = toKysely(connect(path, { readonly: true }), path);
    return {
      write,
      read,
      async close() {
        await read.destroy();
        await write.destroy();
      },
    };
  } catch (error) {
    await write.destroy();
    throw explained(error, path);
  }
}

function connect(path: string, { readonly }: { readonly: boolean }): Sqlite.Database {
  try {
    if (!readonly) mkdirSync(dirname(path), { recursive: true });
    return new Sqlite(path, { readonly, timeout: 5000 });
  } catch (error) {
    throw explained(error, path);
  }
}

function toKysely(database: Sqlite.Database, path: string): Kysely<Tables> {
  const explain = (error: unknown) =>
    error instanceof Sqlite.SqliteError && OPERATORS.test(error.code) ? explained(error, path) : error;
  return new Kysely({ dialect: dialectOf(database, { explain }) });
}

/** Before anything is written. */
async function refuseUnknown(db: Kysely<Tables>, path: string): Promise<void> {
  const known = new Set(Object.keys(await provider.getMigrations()));
  const newer = (await appliedMigrations(db)).filter((name) => !known.has(name));
  if (newer.length === 0) return;
  throw new OperatorError(
    `The database ${path} was written by a newer version of Briefdesk (it knows “${newer.at(-1)}”). ` +
      'Start that version, or set BRIEFDESK_DB to another file. Nothing was changed.',
  );
}

/** All or nothing, and one process at a time: a second one that starts now waits, and finds it done. */
async function migrate(db: Kysely<Tables>, path: string): Promise<void> {
  await sql`begin immediate`.execute(db);
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  await sql.raw(error ? 'rollback' : 'commit').execute(db);
  if (error) throw explained(error, path);
  // A file that can only be read says so here, not at the first change of content.
  await sql`update meta set value = value`.execute(db);
}

async function appliedMigrations(db: Kysely<Tables>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (tables.length > 0 && !tables.some((table) => table.name === 'kysely_migration')) {
    throw new OperatorError('it holds tables of another program');
  }
  if (tables.length === 0) return [];
  const rows = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  return rows.map((row) => row.name).sort();
}

/** Says what is wrong with the file and what to do; it is never deleted here. */
function explained(error: unknown, path: string): Error {
  if (error instanceof OperatorError && error.message.startsWith('The database')) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = error instanceof Error ? error.message : String(error);
  const advice =
    ADVICE.find(([pattern]) => pattern.test(`${code} ${reason}`))?.[1] ?? 'Set BRIEFDESK_DB to a file that can be written.';
  return new OperatorError(`The database ${path} cannot be used: ${reason}. ${advice}`, { cause: error });
}

/** What the operator can put right, whenever it shows. */
const OPERATORS = /^SQLITE_(NOTADB|CORRUPT|READONLY|CANTOPEN|IOERR|FULL|BUSY|LOCKED)/;

const ADVICE: [RegExp, string][] = [
  [
    /NOTADB|CORRUPT|malformed/,
    'It is not a database or is damaged: put a backup in its place, or set BRIEFDESK_DB to a new file. It was left as it is.',
  ],
  [
    /READONLY|CANTOPEN|EACCES|EROFS|EPERM/,
    'It cannot be written: give the process write permission on the file and its folder, or set BRIEFDESK_DB to another place.',
  ],
  [/BUSY|LOCKED/, 'Another process holds it: end that process, or wait and start again.'],
  [/another program/, 'Set BRIEFDESK_DB to a file of its own.'],
  [/FULL|ENOSPC/, 'The disk is full: make room and start again.'],
];
