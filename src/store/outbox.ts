import { setImmediate } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { Delivery, ShownState, Subscription } from '../briefings/subscription.ts';
import { toDelivery, toSubscription } from './briefing-rows.ts';
import type { DeliveryKey, Outbox, Planned, SlotToPlan, StalePost } from './briefings.ts';
import type { Tables } from './tables.ts';
import type { AnyDatabase } from './writing.ts';

type Writer = AnyDatabase;

/** Looked at without giving anybody else a turn. */
const WORKSPACES_A_TURN = 100;

export function openOutbox(db: Kysely<Tables>): Outbox {
  const deliveries = () => db.selectFrom('delivery').selectAll();

  return {
    plan: (planned) =>
      db.transaction().execute(async (tx) => {
        for (const one of planned) {
          if (await moveOn(tx, one)) await insertSlots(tx, one.subscription, one.slots);
        }
      }),

    planNow: (subscription, slot) => insertSlots(db, subscription, [slot]),

    planCorrection: (posts, stand, edit) =>
      db.transaction().execute(async (tx) => {
        const moved: StalePost[] = [];
        for (const post of posts) if (await moveToState(tx, post, stand)) moved.push(post);
        // Of some of them another process may take note at the same time: the edit shows everything as it is by then.
        const [post] = moved;
        if (edit === undefined || !post) return post !== undefined;
        const { platform, workspace, channel } = await tx
          .selectFrom('delivery')
          .select(['platform', 'workspace', 'channel'])
          .where('subscription', '=', post.subscription)
          .where('slot', '=', post.slot)
          .executeTakeFirstOrThrow();
        const destination = { platform, workspace, channel };
        await insertSlots(tx, { id: post.subscription, destination }, [{ ...edit, state: 'due' }], post.slot);
        return true;
      }),

    async claimable({ now, platform, each, without, inAll }) {
      const open = sql`state in ('due', 'claimed', 'sending') and platform = ${platform}`;
      const ready = sql`${open} and not_before <= ${now} and (lease_until is null or lease_until <= ${now})`;
      // From one workspace to the next through the index, however many deliveries wait in each.
      const { rows: found } = await sql<{ workspace: string }>`with recursive held (workspace) as (
          select min(workspace) from delivery indexed by delivery_open where ${open}
          union all
          select (select min(workspace) from delivery indexed by delivery_open where ${open} and workspace > held.workspace)
          from held where held.workspace is not null)
        select workspace from (
          select held.workspace as workspace, (select due_at from delivery indexed by delivery_open
            where ${ready} and workspace = held.workspace order by due_at limit 1) as oldest
          from held)
        where oldest is not null order by oldest`.execute(db);
      const workspaces = found.filter(({ workspace }) => !without.includes(workspace));
      const keys: DeliveryKey[] = [];
      for (const [index, { workspace }] of workspaces.entries()) {
        if (keys.length >= inAll) break;
        if (index % WORKSPACES_A_TURN === 0) await setImmediate();
        // More than are wanted, for some may go to one channel.
        const { rows } = await sql<DeliveryKey & { channel: string }>`select subscription, slot, channel
          from delivery d indexed by delivery_open where ${ready} and workspace = ${workspace}
            and not exists (select 1 from delivery e indexed by delivery_waiting
              where e.state in ('due', 'claimed', 'sending') and e.subscription = d.subscription and e.due_at <= d.due_at
                and (e.due_at < d.due_at or e.slot < d.slot) and e.corrects is d.corrects)
          order by due_at limit ${4 * each + 20}`.execute(db);
        keys.push(...onePerChannel(rows).slice(0, each));
      }
      return keys.slice(0, inAll);
    },

    claim: (keys, { now, by, leaseMs }) =>
      db.transaction().execute(async (tx) => {
        const claimed = [];
        for (const { subscription: id, slot } of keys) {
          const before = await tx
            .selectFrom('delivery')
            .innerJoin('subscription', 'subscription.id', 'delivery.subscription')
            .selectAll('subscription')
            .select('delivery.state')
            .where('delivery.subscription', '=', id)
            .where('slot', '=', slot)
            .where('state', 'in', ['due', 'claimed', 'sending'])
            .where('not_before', '<=', now)
            .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
            .executeTakeFirst();
          if (!before) continue;
          const wasSending = before.state === 'sending';
          const row = await tx
            .updateTable('delivery')
            .set((eb) => ({
              state: wasSending ? 'sending' : 'claimed',
              claimed_by: by,
              lease_until: now + leaseMs,
              attempts: eb('attempts', '+', 1),
            }))
            .where('subscription', '=', id)
            .where('slot', '=', slot)
            .returningAll()
            .executeTakeFirstOrThrow();
          claimed.push({ delivery: toDelivery(row), subscription: toSubscription(before), wasSending });
        }
        return claimed;
      }),

    async sending({ subscription, slot, attempts, digest, late }, { now, by, leaseMs }) {
      const { numUpdatedRows } = await db
        .updateTable('delivery')
        .set({ state: 'sending', digest: asText(digest), late: late ? 1 : 0, lease_until: now + leaseMs })
        .where('subscription', '=', subscription)
        .where('slot', '=', slot)
        .where('claimed_by', '=', by)
        .where('attempts', '=', attempts)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async record(delivery) {
      await recordDelivery(db, delivery);
    },

    recordDigest: (delivery) =>
      db.transaction().execute(async (tx) => {
        const isLatest = await recordDelivery(tx, delivery);
        if (isLatest && delivery.digest) await remember(tx, delivery, delivery.digest);
      }),

    async delivery(subscription, slot) {
      const row = await deliveries().where('subscription', '=', subscription).where('slot', '=', slot).executeTakeFirst();
      return row && toDelivery(row);
    },

    async ledger(subscription, limit) {
      const rows = await deliveries().where('subscription', '=', subscription).orderBy('due_at', 'desc').limit(limit).execute();
      return rows.map(toDelivery);
    },
  };
}

function onePerChannel(rows: readonly (DeliveryKey & { channel: string })[]): DeliveryKey[] {
  const first = new Map<string, DeliveryKey>();
  for (const { channel, subscription, slot } of rows) if (!first.has(channel)) first.set(channel, { subscription, slot });
  return [...first.values()];
}

async function moveOn(db: Writer, { subscription, next }: Planned): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('subscription')
    .set({ next_slot: next?.slot ?? null, next_at: next?.at ?? null })
    .where('id', '=', subscription.id)
    .where('version', '=', subscription.version)
    .where('next_slot', '=', subscription.next?.slot ?? '')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function insertSlots(
  db: Writer,
  { id, destination: { platform, workspace, channel } }: Pick<Subscription, 'id' | 'destination'>,
  slots: readonly SlotToPlan[],
  corrects?: string,
): Promise<void> {
  if (slots.length === 0) return;
  const same = { subscription: id, platform, workspace, channel, attempts: 0, late: 0, corrects: corrects ?? null };
  const rows = slots.map(({ slot, at, state, reason }) => ({
    ...same,
    slot,
    due_at: at,
    not_before: at,
    state,
    reason: reason ?? null,
  }));
  await db
    .insertInto('delivery')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function moveToState(db: Writer, { subscription, slot, questionId, hash }: StalePost, stand: readonly ShownState[]) {
  const now = stand.find((one) => one.questionId === questionId);
  if (!now) return false;
  const { numUpdatedRows } = await db
    .updateTable('posted')
    .set({ hash: now.hash, state: now.state })
    .where('subscription', '=', subscription)
    .where('slot', '=', slot)
    .where('question_id', '=', questionId)
    .where('hash', '=', hash)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Only while the try that this reports is the latest one. */
async function recordDelivery(
  db: Writer,
  { subscription, slot, attempts, state, notBefore, digest, externalId, sentAt, reason }: Delivery,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('delivery')
    .set({
      state,
      not_before: notBefore,
      digest: asText(digest),
      external_id: externalId ?? null,
      sent_at: sentAt ?? null,
      reason: reason ?? null,
      claimed_by: null,
      lease_until: null,
    })
    .where('subscription', '=', subscription)
    .where('slot', '=', slot)
    .where('attempts', '=', attempts)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** What the channel knows from now on, and which message shows what. */
async function remember(
  db: Writer,
  { subscription, slot, dueAt, externalId }: Delivery,
  { knownUpTo, stood }: NonNullable<Delivery['digest']>,
): Promise<void> {
  await db.updateTable('subscription').set({ known_up_to: knownUpTo }).where('id', '=', subscription).execute();
  for (const { questionId, hash, state } of stood) {
    const row = { subscription, question_id: questionId, slot, hash, state };
    await db
      .insertInto('briefed')
      .values({ ...row, briefed_at: dueAt })
      .onConflict((conflict) => conflict.doUpdateSet({ slot, hash, state, briefed_at: dueAt }))
      .execute();
    if (externalId !== undefined) await db.insertInto('posted').values(row).execute();
  }
  // What changed between the making of the message and its arrival.
  await sql`insert or ignore into changed_question select p.question_id from posted p left join question q on q.id = p.question_id
    where p.subscription = ${subscription} and p.slot = ${slot} and p.hash != coalesce(q.hash, 'gone')`.execute(db);
}

const asText = (digest: Delivery['digest']): string | null => (digest === undefined ? null : JSON.stringify(digest));
