import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { DiscordMessage } from '../../message/discord.ts';
import { failureOf } from './errors.ts';

// https://docs.discord.com/developers/resources/message#create-message-jsonform-params
const MAX_NONCE = 25;
/** No request takes longer, its repetitions included. */
const REQUEST_MS = 25_000;
const TRIES = 3;
const FIRST_WAIT_S = 1;
const LONGEST_WAIT_S = 5;
const LOOKED_AT = 100;
const PAGES = 10;
/** Clocks may differ. */
const SKEW_MS = 10 * 60_000;
// https://docs.discord.com/developers/reference#snowflakes
const DISCORD_EPOCH = 1_420_070_400_000n;
const TIME_SHIFT = 22n;

/** What may be pinged; by itself nothing. */
export interface Mentions {
  parse: 'everyone'[];
  roles?: string[];
  users?: string[];
}

export type Posted = Omit<DiscordMessage, 'allowed_mentions'> & { allowed_mentions: Mentions };

const made = z.object({ id: z.string() });

/** Posts under a key; within some minutes Discord itself tells a second copy by it. Resolves to the id of the message. */
export async function post(rest: REST, channel: string, { message, key }: { message: Posted; key: string }): Promise<string> {
  const body = { ...message, nonce: nonceOf(key), enforce_nonce: true };
  return made.parse(await rest.post(Routes.channelMessages(channel), { body, signal: soon() })).id;
}

const nonceOf = (key: string): string =>
  key.length <= MAX_NONCE ? key : createHash('sha256').update(key).digest('base64url').slice(0, MAX_NONCE);

/** Tries again where it is not known whether it arrived: the key keeps Discord from showing it twice. */
export async function postSurely(rest: REST, channel: string, what: { message: Posted; key: string }): Promise<string> {
  for (let tried = 1; ; tried++) {
    try {
      return await post(rest, channel, what);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.type === 'refused' || tried === TRIES) throw error;
      await wait(1000 * Math.min(LONGEST_WAIT_S, failure.afterSeconds ?? FIRST_WAIT_S));
    }
  }
}

/** A post of its own in a forum; resolves to the id of its thread, which is that of its first message too. */
export async function postInForum(
  rest: REST,
  forum: string,
  { message, name, tags }: { message: Posted; name: string; tags: string[] },
): Promise<string> {
  const body = { name, message, applied_tags: tags };
  return made.parse(await rest.post(Routes.threads(forum), { body, signal: soon() })).id;
}

export async function edit(rest: REST, at: { channel: string; message: string }, message: Posted): Promise<void> {
  // Without content the mention above it stays.
  const { content: _, ...body } = message;
  await rest.patch(Routes.channelMessage(at.channel, at.message), { body, signal: soon() });
}

export const soon = (): AbortSignal => AbortSignal.timeout(REQUEST_MS);

const found = z.array(
  z.object({
    id: z.string(),
    nonce: z.union([z.string(), z.number()]).optional(),
    author: z.object({ id: z.string() }),
    embeds: z.array(z.object({ title: z.string().optional(), description: z.string().optional() })),
  }),
);

export interface Sought {
  key: string;
  /** Of the words that each try was to show. */
  hashes: readonly string[];
  /** When it was first sent, ms. */
  at: number;
  /** Id of the bot. */
  author: string;
}

export type Looked = { outcome: 'found'; id: string } | { outcome: 'absent' } | { outcome: 'not all seen' };

/** The bot’s own message that shows the same words, among those since it was first sent. */
export async function find(rest: REST, channel: string, { key, hashes, at, author }: Sought): Promise<Looked> {
  let after = firstIdSince(at);
  for (let page = 0; page < PAGES; page++) {
    const query = new URLSearchParams({ limit: String(LOOKED_AT), after });
    const messages = found.parse(await rest.get(Routes.channelMessages(channel), { query, signal: soon() }));
    const own = messages.find(
      (one) => one.author.id === author && (String(one.nonce) === key || hashes.includes(hashOf(one.embeds))),
    );
    if (own) return { outcome: 'found', id: own.id };
    const [newest] = messages.map(({ id }) => BigInt(id)).sort((a, b) => (a < b ? 1 : -1));
    if (messages.length < LOOKED_AT || newest === undefined) return { outcome: 'absent' };
    after = String(newest);
  }
  return { outcome: 'not all seen' };
}

/** The first id that Discord gives since a moment, clocks being as they are. */
export const firstIdSince = (at: number): string => {
  const since = BigInt(at - SKEW_MS) - DISCORD_EPOCH;
  return String(since > 0n ? since << TIME_SHIFT : 0n);
};

/** Of what embeds say; Discord changes white space and adds parts of its own. */
export function hashOf(embeds: readonly { title?: string | undefined; description?: string | undefined }[]): string {
  const words = embeds.map(({ title = '', description = '' }) => `${title} ${description}`.replace(/\s+/g, ' ').trim());
  return createHash('sha256').update(JSON.stringify(words)).digest('base64url');
}
