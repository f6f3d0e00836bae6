import { type Kysely, sql } from 'kysely';
import { countryName, countryNames } from '../content/countries.ts';
import type { PersonFile } from '../content/schema.ts';
import { fold } from '../search/tokens.ts';
import { pause } from '../turns.ts';
import { run } from './statement.ts';
import type { Tables } from './tables.ts';

type NameRow = Tables['name'];

/*
 * SQLite gives the other columns of the very row that has max(q.key), as long as that is the one min or max: https://sqlite.org/lang_select.html#bareagg
 */

const PERSONS_A_STEP = 100;

/** Writes the names of all topics, countries and persons that are visible now, with their counts, for completion and resolution. */
export async function rebuildNames(db: Kysely<Tables>): Promise<void> {
  const persons = await db.selectFrom('person').select(['id', 'doc']).execute();
  const files = new Map(persons.map(({ id, doc }): [string, PersonFile] => [id, JSON.parse(doc)]));
  await pause();
  const names = [...(await topics(db)), ...(await countries(db))];
  await pause();
  const ids = [...files.keys()];
  for (let start = 0; start < ids.length; start += PERSONS_A_STEP) {
    names.push(...(await personsNamed(db, ids.slice(start, start + PERSONS_A_STEP), files)));
    await pause();
  }
  const keys = names.flatMap((name) => keysOf(name, files.get(name.ref)));
  await pause();
  await db.transaction().execute(async (tx) => {
    await run(tx, 'delete from name');
    await run(tx, 'delete from name_key');
    await run(tx, NAMES, JSON.stringify(names));
    await run(tx, KEYS, JSON.stringify(keys));
  });
}

const valuesOf = (columns: readonly string[]): string => columns.map((column) => `value ->> '${column}'`).join(', ');
const NAMES = `insert into name (kind, ref, sample, label, count, newest)
  select ${valuesOf(['kind', 'ref', 'sample', 'label', 'count', 'newest'])} from json_each(?)`;
const KEYS = `insert or ignore into name_key (key, whole, kind, ref, sample, count)
  select ${valuesOf(['key', 'whole', 'kind', 'ref', 'sample', 'count'])} from json_each(?)`;

async function topics(db: Kysely<Tables>): Promise<NameRow[]> {
  const rows = await sql<Omit<NameRow, 'kind'>>`
    select t.topic as ref, q.sample, t.label, count(*) as count, q.date as newest, max(q.key)
    from question_topic t join question q on q.key = t.question where q.listed = 1 group by t.topic, q.sample`.execute(db);
  return rows.rows.map(({ ref, sample, label, count, newest }) => ({ kind: 'topic', ref, sample, label, count, newest }));
}

async function countries(db: Kysely<Tables>): Promise<NameRow[]> {
  const rows = await sql<Omit<NameRow, 'kind' | 'label'>>`
    select c.country as ref, q.sample, count(*) as count, q.date as newest, max(q.key)
    from question_country c join question q on q.key = c.question where q.listed = 1 group by c.country, q.sample`.execute(db);
  return rows.rows.map(({ ref, sample, count, newest }) => ({
    kind: 'country',
    ref,
    sample,
    label: countryName(ref),
    count,
    newest,
  }));
}

async function personsNamed(db: Kysely<Tables>, ids: string[], files: Map<string, PersonFile>): Promise<NameRow[]> {
  const rows = await run<Omit<NameRow, 'kind' | 'label'>>(
    db,
    `select p.person as ref, q.sample, count(distinct q.key) as count, q.date as newest, max(q.key)
    from response_person p join question q on q.key = p.response >> 8
    where q.listed = 1 and p.person in (select value from json_each(?)) group by p.person, q.sample`,
    JSON.stringify(ids),
  );
  return rows.map(({ ref, sample, count, newest }) => ({
    kind: 'person',
    ref,
    sample,
    label: files.get(ref)?.name ?? ref,
    count,
    newest,
  }));
}

/** Every way a name may begin: from each of its words on, of each variant; `whole` marks a complete name. */
function keysOf({ kind, ref, sample, label, count }: NameRow, person: PersonFile | undefined): Tables['name_key'][] {
  const spellings = new Set(spellingsOf(kind, ref, label, person).map(fold));
  const keys = new Map<string, number>();
  for (const spelling of spellings) {
    const words = spelling.split(' ');
    for (const [index] of words.entries()) {
      const key = words.slice(index).join(' ');
      if (key !== '') keys.set(key, Math.max(keys.get(key) ?? 0, index === 0 ? 1 : 0));
    }
  }
  return [...keys].map(([key, whole]) => ({ key, whole, kind, ref, sample, count }));
}

function spellingsOf(kind: string, ref: string, label: string, person: PersonFile | undefined): string[] {
  if (kind === 'country') return countryNames(ref);
  if (!person) return [label];
  return [
    person.name,
    ref,
    ...(person.sort === undefined ? [] : [person.sort]),
    ...(person.variants ?? []).map(({ name }) => name),
  ];
}
