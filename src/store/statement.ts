import { setImmediate } from 'node:timers/promises';
import { CompiledQuery } from 'kysely';
import type { AnyDatabase } from './writing.ts';

/** Runs one statement as it is written, for where thousands follow each other: building it anew would cost more than running it. */
export async function run<Row>(db: AnyDatabase, statement: string, ...parameters: unknown[]): Promise<Row[]> {
  const { rows } = await db.executeQuery<Row>({ ...CompiledQuery.raw(statement, parameters) });
  return rows;
}

/** Long work goes on in steps, between which everybody else has a turn; never inside a transaction, which others would wait for. */
export const pause = (): Promise<void> => setImmediate();
