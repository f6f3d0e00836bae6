import { type SelectQueryBuilder, sql } from 'kysely';
import type { CollectionFile } from '../content/schema.ts';
import { fold } from '../search/tokens.ts';
import { periodsOf, publicationsIn, respondentsIn } from './counts.ts';
import { hydrate, keysCoded, personsById, questionsAsked } from './hydrate.ts';
import { questionKeys, questionOfResponse, responseKeys, SENTENCE_SHIFT, sentenceKeys } from './keys.ts';
import { toFts5 } from './match.ts';
import type { Database } from './sqlite.ts';
import type { Filter, Name, NameKind, ResponseInQuestion, SentenceHit, Store } from './store.ts';
import type { Tables } from './tables.ts';

const SENTENCE_MASK = 2 ** SENTENCE_SHIFT - 1;

/** The reading half of the store, over one database. */
export function openArchive({ read: db }: Database): Store {
  return {
    async question(ref) {
      const row = await db
        .selectFrom('question')
        .select('key')
        .where((eb) => eb.or([eb('id', '=', ref), eb('code', '=', ref)]))
        .executeTakeFirst();
      return row && (await hydrate(db, [row.key]))[0];
    },

    async questions(filter, page) {
      const { keys, total } = await this.matching(filter, page);
      return { questions: await hydrate(db, keys), total };
    },

    async matching(filter, { limit, offset }) {
      const fitting = matchingFilter(filter);
      const rows = await fitting.select('question.key').orderBy('question.key', 'desc').limit(limit).offset(offset).execute();
      const { total } = await fitting.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
      return { keys: rows.map(({ key }) => key), total };
    },

    questionsCoded: (start, limit) => keysCoded(db, start, limit),
    questionsByKey: (keys) => hydrate(db, keys),
    questionsAsked: (keys) => questionsAsked(db, keys),

    async matchQuestions(match, filter, limit) {
      const { from, to } = questionKeys(filter);
      // A person is no word of a question: matched on the joined rows instead.
      const { person, ...words } = filter;
      const byPerson =
        person === undefined
          ? sql``
          : sql`and exists (select 1 from response_person p where p.person = ${person}
        and p.response between question_words.rowid << 8 and (question_words.rowid << 8) + 255)`;
      const { rows } = await sql<{ key: number }>`select rowid as key from question_words
        where question_words match ${toFts5(match, words)} and rowid between ${BigInt(from)} and ${BigInt(to)} ${byPerson}
        order by rowid desc limit ${limit}`.execute(db);
      return rows.map(({ key }) => key);
    },

    async matchSentences(match, filter, limit) {
      const { from, to } = sentenceKeys(responseKeys(questionKeys(filter)));
      const { rows } = await sql<SentenceHit>`
        select rowid >> ${sql.lit(SENTENCE_SHIFT)} as "responseKey", rowid & ${sql.lit(SENTENCE_MASK)} as sentence from sentence_words
        where sentence_words match ${toFts5(match, filter)} and rowid between ${from} and ${to} order by rowid desc limit ${limit}`.execute(
        db,
      );
      return rows;
    },

    async responseTexts(keys) {
      if (keys.length === 0) return new Map();
      const rows = await db
        .selectFrom('response')
        .select(['key', 'text', 'language', 'sentences'])
        .where('key', 'in', keys)
        .execute();
      return new Map(
        rows.map(({ key, text, language, sentences }) => {
          const offsets: number[] = JSON.parse(sentences);
          return [key, { text, language, sentences: offsets }];
        }),
      );
    },

    async responsesByKey(keys) {
      const questions = await hydrate(db, [...new Set(keys.map(questionOfResponse))]);
      const byKey = new Map(
        questions.flatMap((question) =>
          question.responses.map((response): [number, ResponseInQuestion] => [response.key, { question, response }]),
        ),
      );
      return keys.map((key) => byKey.get(key)).filter((found) => found !== undefined);
    },

    async responsesOf(person, { limit, offset }) {
      const rows = await db
        .selectFrom('response_person')
        .select('response')
        .where('person', '=', person)
        .orderBy('response', 'desc')
        .limit(limit)
        .offset(offset)
        .execute();
      const { total } = await db
        .selectFrom('response_person')
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .where('person', '=', person)
        .executeTakeFirstOrThrow();
      return { responses: await this.responsesByKey(rows.map((row) => row.response)), total };
    },

    async person(id) {
      return (await personsById(db, new Set([id]))).get(id);
    },

    respondents: (filter) => respondentsIn(db, matchingFilter(filter).select('question.key')),

    periods: (filter) => periodsOf(db, matchingFilter(filter).select('question.key')),

    async namesStarting(folded, kinds, limit) {
      if (kinds.length === 0) return [];
      if (folded === '') {
        const rows = await db
          .selectFrom('name')
          .selectAll()
          .where('kind', 'in', kinds)
          .orderBy('sample')
          .orderBy('count', 'desc')
          .limit(limit)
          .execute();
        return rows.map(toName);
      }
      const keys = db
        .selectFrom('name_key')
        .select(['kind', 'ref', 'sample', (eb) => eb.fn.max('whole').as('whole')])
        .where('key', '>=', folded)
        .where('key', '<', `${folded}\u{10ffff}`)
        .where('kind', 'in', kinds)
        .groupBy(['kind', 'ref', 'sample'])
        .orderBy('sample')
        .orderBy('whole', 'desc')
        .orderBy((eb) => eb.fn.max('count'), 'desc')
        .limit(limit)
        .as('found');
      const rows = await db
        .selectFrom(keys)
        .innerJoin('name', (join) =>
          join
            .onRef('name.kind', '=', 'found.kind')
            .onRef('name.ref', '=', 'found.ref')
            .onRef('name.sample', '=', 'found.sample'),
        )
        .selectAll('name')
        .orderBy('name.sample')
        .orderBy('found.whole', 'desc')
        .orderBy('name.count', 'desc')
        .execute();
      return rows.map(toName);
    },

    async namesEqual(folded, kinds) {
      if (kinds.length === 0) return [];
      const rows = await db
        .selectFrom('name_key')
        .innerJoin('name', (join) =>
          join
            .onRef('name.kind', '=', 'name_key.kind')
            .onRef('name.ref', '=', 'name_key.ref')
            .onRef('name.sample', '=', 'name_key.sample'),
        )
        .selectAll('name')
        .where('name_key.key', '=', folded)
        .where('name_key.whole', '=', 1)
        .where('name_key.kind', 'in', kinds)
        .orderBy('name.sample')
        .orderBy('name.count', 'desc')
        .execute();
      return rows.map(toName);
    },

    async names(kind, sample) {
      const rows = await db
        .selectFrom('name')
        .selectAll()
        .where('kind', '=', kind)
        .where('sample', '=', sample ? 1 : 0)
        .orderBy('count', 'desc')
        .orderBy(sql`label collate nocase`)
        .execute();
      return rows.map(toName);
    },

    async topicsOf(country, sample) {
      const { rows } = await sql<Omit<Tables['name'], 'kind'>>`
        select t.topic as ref, t.label, q.sample, count(*) as count, q.date as newest, max(q.key)
        from question_country c join question_topic t on t.question = c.question join question q on q.key = c.question
        where c.country = ${country} and q.sample = ${sample ? 1 : 0} and q.listed = 1 group by t.topic order by count(*) desc, label`.execute(
        db,
      );
      return rows.map((row) => toName({ ...row, kind: 'topic' }));
    },

    async wordCounts(words, sample) {
      if (words.length === 0) return new Map();
      const rows = await db
        .selectFrom('word')
        .select(['word', 'count'])
        .where('word', 'in', words)
        .where('sample', '=', sample ? 1 : 0)
        .execute();
      return new Map(rows.map(({ word, count }) => [word, count]));
    },

    async wordsLike({ first, minLength, maxLength }, sample) {
      if (first.length === 0) return [];
      return db
        .selectFrom('word')
        .select(['word', 'count'])
        .where('sample', '=', sample ? 1 : 0)
        .where((eb) => eb.or(first.map((letter) => eb.and([eb('word', '>=', letter), eb('word', '<', `${letter}\u{10ffff}`)]))))
        .where(sql<number>`length(word)`, '>=', minLength)
        .where(sql<number>`length(word)`, '<=', maxLength)
        .execute();
    },

    async languages() {
      const rows = await sql<{ language: string }>`
        with recursive found(language) as (
          select min(language) from response
          union all select (select min(language) from response where language > found.language) from found where found.language is not null)
        select language from found where language is not null`.execute(db);
      return rows.rows.map(({ language }) => language);
    },

    async formerTexts(questionId) {
      const rows = await db
        .selectFrom('former_text')
        .selectAll()
        .where('question_id', '=', questionId)
        .orderBy('replaced_on', 'desc')
        .execute();
      return rows.map((row) => ({ responseId: row.response_id, text: row.text, replacedOn: row.replaced_on }));
    },

    publications: () => publicationsIn(db),

    async collections() {
      const { rows } = await sql<{
        name: string;
        sample: number;
        doc: string;
        questions: number;
        responses: number;
        newest: string | null;
      }>`
        select c.name, c.sample, c.doc, count(q.key) as questions, q.date as newest, max(q.key),
          (select count(*) from question own cross join response r on r.question = own.key where own.collection = c.name and own.listed = 1) as responses
        from collection c left join question q on q.collection = c.name and q.listed = 1 group by c.name order by c.sample, c.name`.execute(
        db,
      );
      return rows.map(({ name, sample, doc, questions, responses, newest }) => {
        const { name: label, about }: CollectionFile = JSON.parse(doc);
        return { name: label || name, about, sample: sample === 1, questions, responses, newest: newest ?? undefined };
      });
    },
  };

  function matchingFilter(filter: Filter): SelectQueryBuilder<Tables, 'question', Record<never, never>> {
    const { from, to } = questionKeys(filter);
    let query = db
      .selectFrom('question')
      .where('question.key', '>=', from)
      .where('question.key', '<=', to)
      .where('question.listed', '=', 1);
    const { topic, country, person } = filter;
    if (topic !== undefined) {
      query = query.where('question.key', 'in', (eb) =>
        eb.selectFrom('question_topic').select('question').where('topic', '=', fold(topic)),
      );
    }
    if (country !== undefined) {
      query = query.where('question.key', 'in', (eb) =>
        eb.selectFrom('question_country').select('question').where('country', '=', country),
      );
    }
    if (person !== undefined) {
      query = query.where('question.key', 'in', (eb) =>
        eb.selectFrom('response_person').select(sql<number>`response >> 8`.as('question')).where('person', '=', person),
      );
    }
    return query;
  }
}

function toName({ kind, ref, label, count, newest, sample }: Tables['name']): Name {
  return { kind: asKind(kind), ref, label, count, newest, sample: sample === 1 };
}

function asKind(kind: string): NameKind {
  if (kind === 'topic' || kind === 'country' || kind === 'person') return kind;
  throw new Error(`unknown kind of name: ${kind}`);
}
