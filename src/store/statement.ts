import { setImmediate } from 'node:timers/promises';
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

/** Long work goes on in steps, between which everybody else has a turn; never inside a transaction, which others would wait for. */
export const pause = (): Promise<void> => setImmediate();

const TURN_MS = 15;

export type Turns = () => Promise<void>;

/** For work of many small steps: gives everybody else a turn where the last one is long past. */
export function turns(): Turns {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < TURN_MS) return;
    await pause();
    since = performance.now();
  };
}
