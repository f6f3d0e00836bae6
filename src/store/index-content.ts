import { randomUUID } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { CollectionFile, PersonFile, Publication } from '../content/schema.ts';
import type { FileProblem } from '../content/status.ts';
import { addChanges, noWordChanges, openTally, type WordTally } from '../search/tally.ts';
import { pause } from '../turns.ts';
import { rebuildNames } from './names.ts';
import type { Database } from './sqlite.ts';
import { run } from './statement.ts';
import type { ContentIndex } from './store.ts';
import type { Tables } from './tables.ts';
import { applyWordChanges, recountWords, reindexWords } from './words.ts';
import { eraseQuestions, writeQuestions } from './writing.ts';

/** Marks that word counts are behind the index, and of whom; where that was anybody else, they are counted anew. */
const COUNTS_BEHIND = 'counts-behind';
const INDEX_VERSION = 'index-version';
/** Removed in one transaction, so that nobody waits for long. */
const QUESTIONS_A_STEP = 2;

/** The writing half of the store, over one database. */
export async function openContentIndex({ write: db }: Database): Promise<ContentIndex> {
  let words = noWordChanges();
  const own = randomUUID();
  /** The words at hand were counted of something that was then not written, or were written in part. */
  let spoilt = false;
  let behind = (await meta(COUNTS_BEHIND)) !== undefined;

  async function meta(key: string): Promise<string | undefined> {
    const row = await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst();
    return row?.value;
  }

  async function setMeta(key: string, value: string): Promise<void> {
    await db
      .insertInto('meta')
      .values({ key, value })
      .onConflict((conflict) => conflict.doUpdateSet({ value }))
      .execute();
  }

  async function markBehind(): Promise<void> {
    if (!behind) await setMeta(COUNTS_BEHIND, own);
    behind = true;
  }

  /** Keeps the counts of the words that are written or erased. */
  async function counted(write: (tally: WordTally) => Promise<void>): Promise<void> {
    await markBehind();
    const tally = openTally();
    try {
      await write(tally);
    } catch (error) {
      spoilt = true;
      throw error;
    }
    addChanges(words, tally.changes());
  }

  return {
    async files() {
      const rows = await db.selectFrom('file').selectAll().execute();
      return rows.map(({ problems, ...stamp }) => {
        const parsed: FileProblem[] = JSON.parse(problems);
        return { ...stamp, problems: parsed };
      });
    },

    async putFile({ problems, ...stamp }) {
      const row = { ...stamp, problems: JSON.stringify(problems) };
      await db
        .insertInto('file')
        .values(row)
        .onConflict((conflict) => conflict.doUpdateSet(row))
        .execute();
    },

    async removeFile(path) {
      await db.deleteFrom('file').where('path', '=', path).execute();
    },

    async collection(name) {
      const row = await db.selectFrom('collection').select('doc').where('name', '=', name).executeTakeFirst();
      if (!row) return undefined;
      const about: Omit<CollectionFile, 'publications'> = JSON.parse(row.doc);
      const publications = await db.selectFrom('publication').select('doc').where('collection', '=', name).execute();
      const persons = await db.selectFrom('person').select(['id', 'doc']).where('collection', '=', name).execute();
      return {
        name,
        file: { ...about, publications: publications.map(({ doc }): Publication => JSON.parse(doc)) },
        persons: new Map(persons.map(({ id, doc }): [string, PersonFile] => [id, JSON.parse(doc)])),
      };
    },

    async collectionNames() {
      const rows = await db.selectFrom('collection').select('name').execute();
      return rows.map(({ name }) => name);
    },

    async putCollection({ name, file, persons }) {
      const { publications, ...about } = file;
      await markBehind();
      await db.transaction().execute(async (tx) => {
        await abandon(tx, name);
        const row = { name, sample: file.sample ? 1 : 0, doc: JSON.stringify(about) };
        await tx
          .insertInto('collection')
          .values(row)
          .onConflict((conflict) => conflict.doUpdateSet(row))
          .execute();
        const held = {
          publication: publications.map((one): [string, string] => [one.id, JSON.stringify(one)]),
          person: [...persons].map(([id, person]): [string, string] => [id, JSON.stringify(person)]),
        };
        for (const table of ['publication', 'person'] as const) {
          const statement = `insert into ${table} (id, collection, doc) select value ->> 0, ?, value ->> 1 from json_each(?) where true
            on conflict do update set collection = excluded.collection, doc = excluded.doc`;
          await run(tx, statement, name, JSON.stringify(held[table]));
        }
      });
    },

    async removeCollection(name) {
      await markBehind();
      await db.transaction().execute(async (tx) => {
        await tx.deleteFrom('collection').where('name', '=', name).execute();
        await abandon(tx, name);
      });
    },

    async collectionOf(kind, id) {
      const [row] = await run<{ collection: string }>(db, `select collection from ${kind} where id = ?`, id);
      return row?.collection || undefined;
    },

    questionsOf(file) {
      return db.selectFrom('question').select(['id', 'hash']).where('file', '=', file).execute();
    },

    async owner(by) {
      const [column, value] = 'id' in by ? ['id', by.id] : ['code', by.code];
      const later = column === 'id' ? 'question_id' : 'code';
      const [found] = await run<{ id: string; file: string; hash: string | null }>(
        db,
        `select id, file, hash from question where ${column} = ?
         union all select question_id, file, null from embargo where ${later} = ? limit 1`,
        value,
        value,
      );
      return found;
    },

    async questionsOn(publication, date) {
      // “0” is the character after “/”: the ids between the two are those that begin with publication/date/.
      const range = [`${publication}/${date}/`, `${publication}/${date}0`];
      return run<{ id: string; file: string }>(
        db,
        `select id, file from question where id >= ? and id < ?
         union select question_id, file from embargo where question_id >= ? and question_id < ?`,
        ...range,
        ...range,
      );
    },

    async putQuestions(questions, today) {
      await counted((tally) => db.transaction().execute((tx) => writeQuestions(tx, questions, today, tally)));
    },

    addWords(changes) {
      if (changes === 'lost') spoilt = true;
      else addChanges(words, changes);
    },

    async removeQuestions(ids, today) {
      for (let start = 0; start < ids.length; start += QUESTIONS_A_STEP) {
        const gone = ids.slice(start, start + QUESTIONS_A_STEP).map((id) => ({ id, responses: [] }));
        await counted((tally) => db.transaction().execute((tx) => eraseQuestions(tx, gone, today, tally).then(() => undefined)));
        await pause();
      }
    },

    async putEmbargoes(file, embargoes) {
      await db.transaction().execute(async (tx) => {
        await tx.deleteFrom('embargo').where('file', '=', file).execute();
        for (const { questionId, lifted, ...rest } of embargoes) {
          const row = { ...rest, file, question_id: questionId, lifted: lifted ? 1 : 0 };
          await tx
            .insertInto('embargo')
            .values(row)
            .onConflict((conflict) => conflict.doUpdateSet(row))
            .execute();
        }
      });
    },

    async embargoes() {
      const rows = await db.selectFrom('embargo').selectAll().execute();
      return rows.map(({ question_id, lifted, ...rest }) => ({ ...rest, questionId: question_id, lifted: lifted === 1 }));
    },

    async finish() {
      if (!behind) return;
      // Left by a crash, or another process wrote meanwhile.
      const alone = !spoilt && (await meta(COUNTS_BEHIND)) === own;
      if (!alone) await setMeta(COUNTS_BEHIND, own);
      // Not in one transaction, which everybody would wait for: what is left half done is counted anew.
      spoilt = true;
      if (alone) await applyWordChanges(db, words);
      else await recountWords(db);
      words = noWordChanges();
      await forgetAbandoned(db);
      await rebuildNames(db);
      await db.deleteFrom('meta').where('key', '=', COUNTS_BEHIND).where('value', '=', own).execute();
      behind = false;
      spoilt = false;
    },

    reindex: () => counted(() => reindexWords(db)),

    indexVersion: () => meta(INDEX_VERSION),
    setIndexVersion: (version) => setMeta(INDEX_VERSION, version),
  };
}

/** Publications and persons of no collection are kept while a question, in its last good version, still shows them. */
async function abandon(tx: Transaction<Tables>, collection: string): Promise<void> {
  for (const table of ['publication', 'person'] as const)
    await tx.updateTable(table).set({ collection: '' }).where('collection', '=', collection).execute();
}

async function forgetAbandoned(db: Kysely<Tables>): Promise<void> {
  await sql`delete from publication where collection = ''
    and not exists (select 1 from question where question.publication = publication.id)`.execute(db);
  await sql`delete from person where collection = ''
    and not exists (select 1 from response_person where response_person.person = person.id)`.execute(db);
}
