import type {
  BriefingFilter,
  Delivery,
  DeliveryState,
  DigestContent,
  Subscription,
  WhenEmpty,
} from '../briefings/subscription.ts';
import type { Tables } from './tables.ts';

export function toRow(subscription: Subscription): Tables['subscription'] {
  const {
    id,
    destination,
    channelName,
    owner,
    filter,
    schedule,
    max,
    whenEmpty,
    mention,
    tag,
    sample,
    status,
    createdAt,
    knownUpTo,
    next,
    version,
  } = subscription;
  return {
    id,
    platform: destination.platform,
    workspace: destination.workspace,
    channel: destination.channel,
    thread: destination.thread ?? '',
    channel_name: channelName,
    owner_id: owner.id,
    owner_name: owner.name,
    filter: JSON.stringify(filter),
    cron: schedule.cron,
    time_zone: schedule.timeZone,
    max,
    when_empty: whenEmpty,
    mention: mention ?? null,
    tag: tag ?? null,
    sample: sample ? 1 : 0,
    paused_by: status.is === 'paused' ? status.by : status.is === 'removed' ? REMOVED : null,
    paused_because: status.is === 'paused' ? status.because : null,
    created_at: createdAt,
    known_up_to: knownUpTo ?? null,
    next_slot: next?.slot ?? null,
    next_at: next?.at ?? null,
    version,
  };
}

export function toSubscription(row: Tables['subscription']): Subscription {
  const filter: BriefingFilter = JSON.parse(row.filter);
  return {
    id: row.id,
    destination: {
      platform: row.platform,
      workspace: row.workspace,
      channel: row.channel,
      thread: row.thread === '' ? undefined : row.thread,
    },
    channelName: row.channel_name,
    owner: { id: row.owner_id, name: row.owner_name },
    filter,
    schedule: { cron: row.cron, timeZone: row.time_zone },
    max: row.max,
    whenEmpty: asWhenEmpty(row.when_empty),
    mention: row.mention ?? undefined,
    tag: row.tag ?? undefined,
    sample: row.sample === 1,
    status: toStatus(row),
    createdAt: row.created_at,
    knownUpTo: row.known_up_to ?? undefined,
    next: row.next_slot === null || row.next_at === null ? undefined : { slot: row.next_slot, at: row.next_at },
    version: row.version,
  };
}

/** In `paused_by` of a subscription that is kept only so that corrections still reach what it sent. */
export const REMOVED = 'removed';

function toStatus({ paused_by: by, paused_because: because }: Tables['subscription']): Subscription['status'] {
  if (by === null) return { is: 'active' };
  if (by === REMOVED) return { is: 'removed' };
  return { is: 'paused', because: because ?? '', by: by === 'destination' || by === 'schedule' ? by : 'caller' };
}

export function toDelivery(row: Tables['delivery']): Delivery {
  const digest: DigestContent | null = row.digest === null ? null : JSON.parse(row.digest);
  return {
    subscription: row.subscription,
    slot: row.slot,
    dueAt: row.due_at,
    state: asState(row.state),
    notBefore: row.not_before,
    attempts: row.attempts,
    late: row.late === 1,
    digest: digest ?? undefined,
    externalId: row.external_id ?? undefined,
    sentAt: row.sent_at ?? undefined,
    reason: row.reason ?? undefined,
    corrects: row.corrects ?? undefined,
  };
}

function asWhenEmpty(text: string): WhenEmpty {
  return text === 'note' || text === 'skip' ? text : 'archive';
}

const STATES: ReadonlySet<string> = new Set<DeliveryState>([
  'due',
  'claimed',
  'sending',
  'sent',
  'nothing',
  'skipped',
  'unclear',
  'refused',
  'failed',
]);
const isState = (text: string): text is DeliveryState => STATES.has(text);

function asState(text: string): DeliveryState {
  if (isState(text)) return text;
  throw new Error(`unknown state of a delivery: ${text}`);
}

/** What a change of a subscription writes: what its channel knows is written by deliveries alone. */
export function changedRow(subscription: Subscription) {
  const { known_up_to: _, ...row } = toRow(subscription);
  return { ...row, version: subscription.version + 1 };
}
