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
const LOOKED_AT = 100;
const PAGES = 3;

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
      const found = failure.mayHaveArrived ? await find(client, where, key) : undefined;
      if (found !== undefined) return found;
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

/** The message that was posted under this key, among the newest of the channel or thread. */
export async function find(client: Client, where: Where, key: string): Promise<string | undefined> {
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const asked = {
      channel: where.channel,
      limit: LOOKED_AT,
      include_all_metadata: true,
      ...(cursor === undefined ? {} : { cursor }),
    };
    const { messages = [], response_metadata: more } =
      where.thread === undefined
        ? await client.conversations.history(asked)
        : await client.conversations.replies({ ...asked, ts: where.thread });
    const found = messages.find(({ metadata }) => metadata?.event_type === EVENT_TYPE && keyOf(metadata.event_payload) === key);
    if (found?.ts !== undefined) return found.ts;
    cursor = more?.next_cursor;
    if (cursor === undefined || cursor === '') return undefined;
  }
  return undefined;
}

const keyOf = (payload: unknown): unknown =>
  typeof payload === 'object' && payload !== null && 'key' in payload ? payload.key : undefined;
