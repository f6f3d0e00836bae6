import type { Kysely } from 'kysely';
import type { Person, Question, QuestionAsked, QuestionToStore, Response, ResponseToStore } from '../content/question.ts';
import type { PersonFile, Publication } from '../content/schema.ts';
import { run } from './statement.ts';
import type { Tables } from './tables.ts';

/** Whole questions with their responses, publications and persons, in the order of the keys; keys that are gone are left out. */
export async function hydrate(db: Kysely<Tables>, keys: readonly number[]): Promise<Question[]> {
  const asked = await questionsAsked(db, keys);
  if (asked.length === 0) return [];
  const responses = await db
    .selectFrom('response')
    .select(['key', 'question', 'hash', 'text', 'doc'])
    .where('question', 'in', keys)
    .orderBy('key')
    .execute();
  const parsed = responses.map(({ doc, ...row }): { row: typeof row; doc: ResponseToStore } => ({ row, doc: JSON.parse(doc) }));
  const persons = await personsById(db, new Set(parsed.flatMap(({ doc }) => doc.respondents.map(({ person }) => person))));
  return asked.map((question) => ({
    ...question,
    responses: parsed.filter(({ row }) => row.question === question.key).map((one) => toResponse(one, persons)),
  }));
}

/** The questions alone. */
export async function questionsAsked(db: Kysely<Tables>, keys: readonly number[]): Promise<QuestionAsked[]> {
  if (keys.length === 0) return [];
  const rows = await db
    .selectFrom('question')
    .innerJoin('publication', 'publication.id', 'question.publication')
    .select(['question.key', 'question.doc', 'publication.doc as publication'])
    .where('question.key', 'in', keys)
    .execute();
  const questions = new Map(
    rows.map((row): [number, QuestionAsked] => {
      const doc: QuestionToStore = JSON.parse(row.doc);
      const publication: Publication = JSON.parse(row.publication);
      return [row.key, { ...doc, key: row.key, publication }];
    }),
  );
  return keys.map((key) => questions.get(key)).filter((question) => question !== undefined);
}

/** Keys of the questions whose code begins so. */
export async function keysCoded(db: Kysely<Tables>, start: string, limit: number): Promise<number[]> {
  // The plus keeps the planner to the index on the code: https://sqlite.org/optoverview.html#uplus
  const statement = 'select key from question where code >= ? and code < ? and +listed = 1 order by code limit ?';
  const rows = await run<{ key: number }>(db, statement, start, `${start}\u{10ffff}`, limit);
  return rows.map(({ key }) => key);
}

function toResponse(
  { row, doc }: { row: { key: number; hash: string; text: string }; doc: ResponseToStore },
  persons: Map<string, Person>,
): Response {
  const { quotable: _, ...rest } = doc;
  const respondents = doc.respondents.map(({ person, ...printed }) => {
    const known = persons.get(person) ?? { id: person, name: person, sort: person, variants: [] };
    return { ...printed, person: known, name: printed.name ?? known.name };
  });
  return { ...rest, key: row.key, hash: row.hash, text: row.text, respondents };
}

export async function personsById(db: Kysely<Tables>, ids: ReadonlySet<string>): Promise<Map<string, Person>> {
  if (ids.size === 0) return new Map();
  const rows = await db
    .selectFrom('person')
    .select(['id', 'doc'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(
    rows.map(({ id, doc }): [string, Person] => {
      const { name, sort, variants, note }: PersonFile = JSON.parse(doc);
      return [id, { id, name, sort: sort ?? name, variants: (variants ?? []).map((variant) => variant.name), note }];
    }),
  );
}
