import { type ExpressionBuilder, type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { BriefingFilter, Subscription } from '../briefings/subscription.ts';
import { fold } from '../search/tokens.ts';
import type { BriefedStore } from './briefings.ts';
import { questionKeys } from './keys.ts';
import type { Tables } from './tables.ts';

export function openBriefedStore(db: Kysely<Tables>): BriefedStore {
  function matching(filter: BriefingFilter, sample: boolean): SelectQueryBuilder<Tables, 'question', Record<never, never>> {
    const { from, to } = questionKeys({ sample });
    return db
      .selectFrom('question')
      .where('question.key', '>=', from)
      .where('question.key', '<=', to)
      .where('question.listed', '=', 1)
      .where((eb) => eb.and(tests(filter, eb)));
  }

  const neverBriefed = ({ id, filter, sample }: Subscription) =>
    matching(filter, sample)
      .select('question.id')
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('briefed')
              .select('briefed.slot')
              .where('subscription', '=', id)
              .whereRef('briefed.question_id', '=', 'question.id'),
          ),
        ),
      )
      .orderBy('question.key', 'desc');

  return {
    async newestArrival() {
      const row = await db
        .selectFrom('arrival')
        .select((eb) => eb.fn.max('sequence').as('newest'))
        .executeTakeFirst();
      return Number(row?.newest ?? 0);
    },

    async arrived(subscription, after, limit = Number.MAX_SAFE_INTEGER) {
      const rows = await neverBriefed(subscription)
        .innerJoin('arrival', 'arrival.question_id', 'question.id')
        .where('arrival.sequence', '>', after)
        .limit(limit)
        .execute();
      return rows.map((row) => row.id);
    },

    async fromArchive(subscription, before) {
      const never = await neverBriefed(subscription).limit(1).executeTakeFirst();
      if (never) return never.id;
      const row = await matching(subscription.filter, subscription.sample)
        .innerJoin('briefed', (join) =>
          join.onRef('briefed.question_id', '=', 'question.id').on('briefed.subscription', '=', subscription.id),
        )
        .select('question.id')
        .where('briefed.briefed_at', '<', before)
        .orderBy('briefed.briefed_at')
        .orderBy('question.key', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.id;
    },

    async countMatching(filter, sample) {
      const { total } = await matching(filter, sample)
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return total;
    },

    async questionHash(id) {
      const row = await db.selectFrom('question').select('hash').where('id', '=', id).executeTakeFirst();
      return row?.hash;
    },

    async changedSinceBriefed(subscription) {
      const rows = await db
        .selectFrom('briefed')
        .leftJoin('question', 'question.id', 'briefed.question_id')
        .select(['briefed.question_id', 'briefed.hash', 'briefed.state'])
        .where('briefed.subscription', '=', subscription)
        .where('briefed.hash', '!=', (eb) => eb.fn.coalesce('question.hash', sql<string>`'gone'`))
        .execute();
      return rows.map(({ question_id, hash, state }) => ({ questionId: question_id, hash, state }));
    },

    async stalePosts(limit) {
      const changed = await db.selectFrom('changed_question').select('question_id').limit(1).executeTakeFirst();
      if (!changed) return [];
      const rows = await db
        .selectFrom('changed_question')
        .innerJoin('posted', 'posted.question_id', 'changed_question.question_id')
        .leftJoin('question', 'question.id', 'posted.question_id')
        .select(['posted.subscription', 'posted.slot', 'posted.question_id', 'posted.hash', 'posted.state'])
        .where('posted.hash', '!=', (eb) => eb.fn.coalesce('question.hash', sql<string>`'gone'`))
        .limit(limit)
        .execute();
      if (rows.length < limit) await forgetCurrent(db);
      return rows.map(({ question_id: questionId, ...post }) => ({ questionId, ...post }));
    },
  };
}

/** In one statement: a question may change again at any moment. */
async function forgetCurrent(db: Kysely<Tables>): Promise<void> {
  await sql`delete from changed_question where not exists (
    select 1 from posted p left join question q on q.id = p.question_id
    where p.question_id = changed_question.question_id and p.hash != coalesce(q.hash, 'gone'))`.execute(db);
}

function tests({ topics, countries, persons }: BriefingFilter, eb: ExpressionBuilder<Tables, 'question'>) {
  const all = [];
  if (topics.length > 0) {
    const held = eb.selectFrom('question_topic').select('question').where('topic', 'in', topics.map(fold));
    all.push(eb('question.key', 'in', held));
  }
  if (countries.length > 0) {
    const held = eb.selectFrom('question_country').select('question').where('country', 'in', countries);
    all.push(eb('question.key', 'in', held));
  }
  if (persons.length > 0) {
    const held = eb.selectFrom('response_person').innerJoin('response', 'response.key', 'response_person.response');
    all.push(eb('question.key', 'in', held.select('response.question').where('response_person.person', 'in', persons)));
  }
  return all;
}
