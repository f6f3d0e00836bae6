import { PermissionFlagsBits, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import { z } from 'zod';
import type { Courier, Delivered, FindResult, SendResult } from '../../briefings/courier.ts';
import { escapeMarkdown } from '../../message/markdown.ts';
import { rendered } from './answers.ts';
import { type Listening, NO_SERVER } from './discord-bot.ts';
import { failureOf, isRefusedWith, loggable } from './errors.ts';
import { findPost, isForum, makePost } from './forum.ts';
import { located, messageLink, postId } from './message-link.ts';
import { edit, find, hashOf, type Mentions, type Posted, post, postSurely, soon } from './post.ts';

// https://docs.discord.com/developers/topics/rate-limits: 50 requests a second for the bot as a whole
const PER_SECOND = 25;

type Carrying = Pick<Listening, 'rest' | 'client' | 'store' | 'log' | 'now' | 'noticed'>;

const opened = z.object({ id: z.string() });

/** Digests as messages of the bot; each has its key as its nonce, and what it shows is remembered to find it again. */
export function discordCourier(carrying: Carrying): Courier {
  const { rest, client, store, log, now, noticed } = carrying;

  return {
    perSecond: PER_SECOND,
    perSecondInAll: PER_SECOND,

    send: (delivered) =>
      within(async () => {
        const { destination, key, message, tag } = delivered;
        const [first, ...rest_] = await messagesOf(delivered, carrying);
        if (!first) return { outcome: 'refused', reason: 'there is nothing to show' };
        await store.putPost(key, { hash: hashOf(first.embeds), at: now().getTime() });
        const channel = destination.thread ?? destination.channel;
        if (destination.thread === undefined && (await isForum(channel, carrying))) {
          const thread = await makePost(rest, channel, { message: first, title: message.title, tag });
          await continued(rest_, thread, key);
          return { outcome: 'sent', externalId: postId(thread) };
        }
        const id = await post(rest, channel, { message: first, key });
        await continued(rest_, channel, key);
        return { outcome: 'sent', externalId: id };
      }),

    async find({ workspace, channel, thread }, key): Promise<FindResult> {
      try {
        const sent = await store.post(key);
        // What a delivery shows is noted before it is sent.
        if (!sent) return { outcome: 'absent' };
        const author = client()?.user?.id;
        if (author === undefined) return { outcome: 'retry', reason: 'Discord is not connected' };
        if (workspace !== NO_SERVER && !mayRead(thread ?? channel, author))
          return { outcome: 'cannot', reason: 'the bot may not read the channel’s history' };
        const sought = { key, author, ...sent };
        if (thread === undefined && (await isForum(channel, carrying))) {
          const own = await findPost(rest, { guild: workspace, channel }, sought);
          return own === undefined ? { outcome: 'absent' } : { outcome: 'found', externalId: postId(own) };
        }
        const looked = await find(rest, thread ?? channel, sought);
        if (looked.outcome === 'not all seen')
          return { outcome: 'cannot', reason: 'more was written there since than can be looked through' };
        return looked.outcome === 'found' ? { outcome: 'found', externalId: looked.id } : looked;
      } catch (error) {
        noticed(error);
        const failure = failureOf(error);
        if (failure.type === 'refused') return { outcome: 'cannot', reason: failure.reason };
        const { reason, afterSeconds } = failure;
        return { outcome: 'retry', reason, ...(afterSeconds === undefined ? {} : { afterSeconds }) };
      }
    },

    edit: (externalId, delivered) =>
      within(async () => {
        const at = located(delivered.destination, externalId);
        const [first, ...more] = await messagesOf({ ...delivered, mention: undefined }, carrying);
        if (!first) return { outcome: 'refused', reason: 'there is nothing to show' };
        await editAnyhow(rest, at, first);
        await continued(more, at.channel, `${delivered.key}e`);
        return { outcome: 'sent', externalId };
      }),

    async tell(owner, { channel, thread }, message) {
      try {
        const messages = await rendered(message, store);
        const body = { recipient_id: owner };
        try {
          const direct = opened.parse(await rest.post(Routes.userChannels(), { body, signal: soon() }));
          for (const one of messages) await rest.post(Routes.channelMessages(direct.id), { body: one, signal: soon() });
        } catch (error) {
          if (!isRefusedWith(error, RESTJSONErrorCodes.CannotSendMessagesToThisUser)) throw error;
          const named = { content: `<@${owner}>`, allowed_mentions: { parse: [], users: [owner] } };
          for (const one of messages)
            await rest.post(Routes.channelMessages(thread ?? channel), { body: { ...one, ...named }, signal: soon() });
        }
      } catch (error) {
        noticed(error);
        log('warn', 'owner could not be told', loggable(error));
      }
    },

    linkTo: messageLink,
  };

  /** Rejects only where the bot itself is wrong. */
  async function within(work: () => Promise<SendResult>): Promise<SendResult> {
    try {
      return await work();
    } catch (error) {
      noticed(error);
      try {
        const failure = failureOf(error);
        if (failure.type === 'refused') return { outcome: 'refused', reason: failure.reason };
        const { reason, afterSeconds, mayHaveArrived } = failure;
        return { outcome: 'retry', reason, mayHaveArrived, ...(afterSeconds === undefined ? {} : { afterSeconds }) };
      } catch {
        log('error', 'briefing could not be sent', loggable(error));
        return { outcome: 'retry', reason: 'the bot itself failed', mayHaveArrived: true };
      }
    }
  }

  /** What has no room in one message comes below it; that the first one is there counts. */
  async function continued(messages: readonly Posted[], channel: string, key: string): Promise<void> {
    try {
      for (const [index, message] of messages.entries()) await postSurely(rest, channel, { message, key: `${key}${index + 2}` });
    } catch (error) {
      noticed(error);
      log('error', 'rest of a briefing could not be sent', loggable(error));
    }
  }

  /** Without this permission Discord shows an empty channel. */
  function mayRead(channel: string, bot: string): boolean {
    const known = client()?.channels.cache.get(channel);
    if (!known || !('permissionsFor' in known)) return false;
    return known.permissionsFor(bot)?.has(PermissionFlagsBits.ReadMessageHistory) ?? false;
  }
}

/** A post of a forum falls asleep after some days, and is woken for it. */
async function editAnyhow(rest: REST, at: { channel: string; message: string }, message: Posted): Promise<void> {
  try {
    await edit(rest, at, message);
  } catch (error) {
    if (!isRefusedWith(error, RESTJSONErrorCodes.InvalidActionOnArchivedThread)) throw error;
    await rest.patch(Routes.channel(at.channel), { body: { archived: false }, signal: soon() });
    await edit(rest, at, message);
  }
}

async function messagesOf({ message, mention }: Delivered, { store }: Carrying): Promise<Posted[]> {
  const messages: Posted[] = await rendered(message, store);
  const [first, ...rest] = messages;
  if (mention === undefined || !first) return messages;
  return [{ ...first, ...mentionOf(mention) }, ...rest];
}

/** A role, a person or everybody here as Discord writes them in a command: only these are pinged. Anything else is only text. */
function mentionOf(mention: string): { content: string; allowed_mentions: Mentions } {
  const [, kind, id] = /^<@([!&]?)(\d+)>$/.exec(mention) ?? [];
  if (id !== undefined)
    return { content: mention, allowed_mentions: { parse: [], ...(kind === '&' ? { roles: [id] } : { users: [id] }) } };
  const isAll = /^@(here|everyone)$/.test(mention);
  return { content: isAll ? mention : escapeMarkdown(mention), allowed_mentions: { parse: isAll ? ['everyone'] : [] } };
}
