import { CompiledQuery } from 'kysely';
import type { AnyDatabase } from './writing.ts';

/** Runs one statement as it is written, for where thousands follow each other: building it anew would cost more than running it. */
export async function run<Result>(db: AnyDatabase, statement: string, ...parameters: unknown[]): Promise<Result[]> {
  const { rows } = await db.executeQuery<Result>({ ...CompiledQuery.raw(statement, parameters) });
  return rows;
}

export type Row = readonly unknown[];

/** Inserts rows into a table with its columns, such as “meta (key, value)”. */
export async function insertRows(db: AnyDatabase, into: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  await db.executeQuery(CompiledQuery.raw(`insert into ${into} values (${first.map(() => '?').join(', ')})`, [...rows]));
}
