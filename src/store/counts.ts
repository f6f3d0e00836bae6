import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { Publication } from '../content/schema.ts';
import { personsById } from './hydrate.ts';
import type { PeriodCount, RespondentCount } from './store.ts';
import type { Tables } from './tables.ts';

type Keys = SelectQueryBuilder<Tables, 'question', { key: number }>;

/** Persons who responded to, or are named in, the questions of these keys. */
export async function respondentsIn(db: Kysely<Tables>, keys: Keys): Promise<RespondentCount[]> {
  // SQLite gives q.date of the very row that has max(q.key): https://sqlite.org/lang_select.html#bareagg
  const { rows } = await sql<{ person: string; questions: number; withWords: number; newest: string }>`
    select p.person, count(distinct q.key) as questions, q.date as newest, max(q.key),
      count(distinct case when r.text <> '' then q.key end) as "withWords"
    from response_person p join response r on r.key = p.response join question q on q.key = r.question
    where q.key in ${keys} group by p.person`.execute(db);
  const persons = await personsById(db, new Set(rows.map(({ person }) => person)));
  return rows.flatMap(({ person: id, questions, withWords, newest }) => {
    const person = persons.get(id);
    return person ? [{ person, questions, withWords, newest }] : [];
  });
}

/** Questions and responses with words by month, else by year where that is all that is known; oldest first. */
export async function periodsOf(db: Kysely<Tables>, keys: Keys): Promise<PeriodCount[]> {
  const { rows } = await sql<PeriodCount>`
    select substr(replace(q.date, '?', ''), 1, 7) as period, count(distinct q.key) as questions,
      count(case when r.text <> '' and json_extract(r.doc, '$.translationOf') is null then 1 end) as responses
    from question q left join response r on r.question = q.key
    where q.key in ${keys} group by period order by period`.execute(db);
  return rows;
}

/** Publications of what is loaded, by name, real ones first. */
export async function publicationsIn(db: Kysely<Tables>): Promise<(Publication & { sample: boolean })[]> {
  const rows = await db
    .selectFrom('publication')
    .innerJoin('collection', 'collection.name', 'publication.collection')
    .select(['publication.doc', 'collection.sample'])
    .execute();
  const all = rows.map(({ doc, sample }): Publication & { sample: boolean } => ({ ...JSON.parse(doc), sample: sample === 1 }));
  return all.sort((a, b) => Number(a.sample) - Number(b.sample) || a.name.localeCompare(b.name, 'en'));
}
