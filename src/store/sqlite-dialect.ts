import type Sqlite from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely';

/** Statements that are kept prepared: preparing costs more than running most of them. */
const MAX_PREPARED = 300;

type Explain = (error: unknown) => unknown;

/** A connection of better-sqlite3 for Kysely; what SQLite throws, at any time, is thrown as `explain` tells it. */
export function dialectOf(database: Sqlite.Database, { explain }: { explain: Explain }): Dialect {
  const config = { database: explaining(database, explain) };
  const dialect = new SqliteDialect(config);
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => (database.readonly ? dialect.createDriver() : new WritingDriver(config)),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

/** Transactions take the right to write when they begin: one that first reads would fail if another process wrote in between. */
class WritingDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

function explaining(database: Sqlite.Database, explain: Explain): SqliteDatabase {
  const explained = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw explain(error);
    }
  };
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql): SqliteStatement {
      const known = prepared.get(sql);
      if (known) return known;
      const statement = explained(() => database.prepare<[readonly unknown[]]>(sql));
      const explaining: SqliteStatement = {
        reader: statement.reader,
        all: (parameters) => explained(() => statement.all(parameters)),
        run: (parameters) => explained(() => runEach(statement, parameters)),
        iterate: (parameters) => explained(() => statement.iterate(parameters)),
      };
      if (prepared.size >= MAX_PREPARED) prepared.clear();
      prepared.set(sql, explaining);
      return explaining;
    },
  };
}

/** Once, or once for each of the rows that stand in place of parameters: one by one through Kysely would cost as much again. */
function runEach(statement: Sqlite.Statement<[readonly unknown[]]>, parameters: readonly unknown[]): Sqlite.RunResult {
  const rows = parameters.length > 0 && parameters.every(Array.isArray) ? parameters : [parameters];
  return rows.map((row) => statement.run(row)).at(-1) ?? { changes: 0, lastInsertRowid: 0 };
}
