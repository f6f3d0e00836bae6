import type { Kysely } from 'kysely';
import { changedRow, REMOVED, toRow, toSubscription } from './briefing-rows.ts';
import type { Subscriptions } from './briefings.ts';
import type { Tables } from './tables.ts';

export function openSubscriptions(db: Kysely<Tables>): Subscriptions {
  const subscriptions = () =>
    db
      .selectFrom('subscription')
      .selectAll()
      .where((eb) => eb.or([eb('paused_by', 'is', null), eb('paused_by', '!=', REMOVED)]));

  return {
    async add(subscription) {
      await db.insertInto('subscription').values(toRow(subscription)).execute();
    },

    async get(id) {
      const row = await db.selectFrom('subscription').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toSubscription(row);
    },

    async at({ platform, workspace, channel }) {
      const rows = await subscriptions()
        .where('platform', '=', platform)
        .where('workspace', '=', workspace)
        .where('channel', '=', channel)
        .orderBy('created_at')
        .execute();
      return rows.map(toSubscription);
    },

    async owned({ platform, workspace, owner }) {
      let query = subscriptions().where('platform', '=', platform).where('workspace', '=', workspace);
      if (owner !== undefined) query = query.where('owner_id', '=', owner);
      return (await query.orderBy('created_at').execute()).map(toSubscription);
    },

    async update(subscription) {
      const { numUpdatedRows } = await db
        .updateTable('subscription')
        .set(changedRow(subscription))
        .where('id', '=', subscription.id)
        .where('version', '=', subscription.version)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    remove: (id) =>
      db.transaction().execute(async (tx) => {
        await tx
          .updateTable('subscription')
          .set((eb) => ({ paused_by: REMOVED, next_slot: null, next_at: null, version: eb('version', '+', 1) }))
          .where('id', '=', id)
          .execute();
        // What may be on its way stays, so that its arrival is recorded.
        await tx
          .deleteFrom('delivery')
          .where('subscription', '=', id)
          .where('state', 'in', ['due', 'claimed'])
          .where('corrects', 'is', null)
          .execute();
        await tx.deleteFrom('briefed').where('subscription', '=', id).execute();
      }),

    async due(now, limit) {
      const rows = await db
        .selectFrom('subscription')
        .selectAll()
        .where('paused_by', 'is', null)
        .where('next_at', '<=', now)
        .orderBy('next_at')
        .limit(limit)
        .execute();
      return rows.map(toSubscription);
    },

    async pauseWorkspace(platform, workspace, because) {
      const { numUpdatedRows } = await db
        .updateTable('subscription')
        .set((eb) => ({ paused_by: 'destination', paused_because: because, version: eb('version', '+', 1) }))
        .where('platform', '=', platform)
        .where('workspace', '=', workspace)
        .where('paused_by', 'is', null)
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
  };
}
