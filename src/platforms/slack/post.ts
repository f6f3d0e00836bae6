import { setTimeout as wait } from 'node:timers/promises';
import type { MessageMetadata } from '@slack/types';
import type { SlackMessage } from '../../message/slack.ts';
import { failureOf } from './errors.ts';
import type { Client } from './slack-bot.ts';

const EVENT_TYPE = 'briefdesk_delivery';
const TRIES = 4;
const FIRST_WAIT_S = 1;
/** Whoever asked has gone elsewhere by then. */
const LONGEST_WAIT_S = 60;
const LOOKED_AT = 200;
const PAGES = 5;
/** Clocks may differ. */
const SKEW_MS = 24 * 3_600_000;

export interface Where {
  channel: string;
  thread?: string | undefined;
}

export const metadataOf = (key: string): MessageMetadata => ({ event_type: EVENT_TYPE, event_payload: { key } });

export const threadOf = ({ thread }: Where) => (thread === undefined ? {} : { thread_ts: thread });

/** Posts under a key once, however the first try ends: before another one the channel is asked. Resolves to the id of the message. */
export async function postOnce(
  client: Client,
  where: Where,
  { message, key }: { message: SlackMessage; key: string },
): Promise<string> {
  for (let tried = 1; ; tried++) {
    try {
      return await post(client, where, { message, key });
    } catch (error) {
      const failure = failureOf(error);
      if (failure.type === 'refused' || tried === TRIES) throw error;
      await wait(1000 * Math.min(LONGEST_WAIT_S, failure.afterSeconds ?? FIRST_WAIT_S * 2 ** (tried - 1)));
      const looked = failure.mayHaveArrived ? await find(client, where, { key }) : undefined;
      if (looked?.outcome === 'found') return looked.ts;
    }
  }
}

export async function post(
  client: Client,
  where: Where,
  { message, key }: { message: SlackMessage; key: string },
): Promise<string> {
  const { ts } = await client.chat.postMessage({
    ...message,
    channel: where.channel,
    ...threadOf(where),
    metadata: metadataOf(key),
  });
  if (ts === undefined) throw new Error('Slack told no id of a message');
  return ts;
}

export type Looked = { outcome: 'found'; ts: string } | { outcome: 'absent' } | { outcome: 'not all seen' };

/** The message that was posted under this key, among those of the channel or thread since a moment (ms), else among the newest. */
export async function find(client: Client, where: Where, { key, since }: { key: string; since?: number }): Promise<Looked> {
  const oldest = since === undefined ? {} : { oldest: String((since - SKEW_MS) / 1000) };
  let more: { cursor?: string } = {};
  for (let page = 0; page < PAGES; page++) {
    const asked = { channel: where.channel, limit: LOOKED_AT, include_all_metadata: true, ...oldest, ...more };
    const { messages = [], response_metadata } =
      where.thread === undefined
        ? await client.conversations.history(asked)
        : await client.conversations.replies({ ...asked, ts: where.thread });
    const own = messages.find(({ metadata }) => metadata?.event_type === EVENT_TYPE && keyOf(metadata.event_payload) === key);
    if (own?.ts !== undefined) return { outcome: 'found', ts: own.ts };
    const cursor = response_metadata?.next_cursor;
    if (cursor === undefined || cursor === '') return { outcome: 'absent' };
    more = { cursor };
  }
  return { outcome: 'not all seen' };
}

const keyOf = (payload: unknown): unknown =>
  typeof payload === 'object' && payload !== null && 'key' in payload ? payload.key : undefined;
