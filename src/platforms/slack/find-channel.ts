import type { ChannelFound } from '../../command.ts';
import { channelNamed, type NamedChannel } from '../channel-names.ts';
import { isRefusedWith } from './errors.ts';
import { type Client, channelName, type From } from './slack-bot.ts';

interface Looking {
  client: Client;
  /** Who asks, and where. */
  from: From;
  /** Undefined where Slack does not let the bot know. */
  asked<Value>(ask: () => Promise<Value>): Promise<Value | undefined>;
}

const MENTION = /^<#([A-Z0-9]+)(?:\|[^>]*)?>$/;
const ID = /^[CGD][A-Z0-9]+$/;
const LINK = /^<?https:\/\/[\w.-]+\/archives\/([A-Z0-9]+)(?:\/p(\d+)(\d{6})(?:\?[^>|]*?\bthread_ts=(\d+\.\d+))?)?[^>]*>?$/;
// https://docs.slack.dev/reference/methods/conversations.list
const A_PAGE = 1000;
const PAGES = 5;

/** A channel by its id, as Slack writes it, by a link to it or to a message whose thread is meant, or a public one by its name. */
export async function findChannel(typed: string, looking: Looking): Promise<ChannelFound> {
  const [, linked, seconds, fraction, thread] = LINK.exec(typed) ?? [];
  const id = MENTION.exec(typed)?.[1] ?? linked ?? (ID.test(typed) ? typed : undefined);
  if (id === undefined) return findByName(typed, looking);
  return findById(id, thread ?? (seconds === undefined ? undefined : `${seconds}.${fraction}`), looking);
}

async function findById(id: string, thread: string | undefined, looking: Looking): Promise<ChannelFound> {
  const { from } = looking;
  const isHere = id === from.place.channel;
  const seen = await describe(id, looking);
  if (!seen || seen.outcome === 'unseen') {
    // Where Slack tells nothing of this very channel, the first message will show whether the bot may post here.
    if (isHere && !seen) return found(id, thread, from.place.channelName);
    return unknown(isHere ? 'Briefdesk is not in this conversation, so it cannot post here' : UNSEEN);
  }
  const { about } = seen;
  if (about.is_im) {
    const isOwn = isHere || ('user' in about && about.user === from.caller.id);
    return isOwn ? found(id, thread, channelName('directmessage')) : unknown(UNSEEN);
  }
  if (about.is_private && !isHere && !(await isMember(id, looking))) return unknown(UNSEEN);
  const name = channelName(about.name);
  if (about.is_archived) return unknown(`${name ?? 'That channel'} is archived`);
  if (about.is_member === false)
    return unknown(`Briefdesk is not in ${name ?? 'that channel'} yet: type /invite @Briefdesk there first`);
  return found(id, thread, name);
}

const UNSEEN = 'Briefdesk does not see that channel: type /invite @Briefdesk there first';
const unknown = (reason: string): ChannelFound => ({ outcome: 'unknown', reason, nearest: [] });

/** `unseen`: there is no such channel, or the bot may not know of it. */
const describe = (channel: string, { client, asked }: Looking) =>
  asked(async () => {
    try {
      const { channel: about = {} } = await client.conversations.info({ channel });
      return { outcome: 'seen' as const, about };
    } catch (error) {
      if (!isRefusedWith(error, 'channel_not_found')) throw error;
      return { outcome: 'unseen' as const };
    }
  });

const found = (channel: string, thread: string | undefined, name: string | undefined): ChannelFound => ({
  outcome: 'found',
  channel: { channel, thread, name },
});

/** Who is not in a private channel learns nothing of it. */
async function isMember(channel: string, { client, from, asked }: Looking): Promise<boolean> {
  const ask = (more: More) => asked(() => client.conversations.members({ channel, limit: A_PAGE, ...more }));
  for await (const { members } of pages(ask)) if (members?.includes(from.caller.id)) return true;
  return false;
}

/** Private channels are found only as Slack writes them, which it does for their members. */
async function findByName(typed: string, looking: Looking): Promise<ChannelFound> {
  const { client, asked } = looking;
  const ask = (more: More) =>
    asked(() => client.conversations.list({ types: 'public_channel', exclude_archived: true, limit: A_PAGE, ...more }));
  const channels: NamedChannel[] = [];
  for await (const page of pages(ask)) {
    for (const { id, name } of page.channels ?? [])
      if (id !== undefined && name !== undefined) channels.push({ known: { channel: id }, name, value: id });
  }
  const named = channelNamed(typed, channels);
  return named.outcome === 'found' ? findById(named.channel.channel, undefined, looking) : named;
}

interface More {
  cursor?: string;
}

/** What Slack tells in pages, as far as it tells. */
async function* pages<Page extends { response_metadata?: { next_cursor?: string } }>(
  ask: (more: More) => Promise<Page | undefined>,
): AsyncGenerator<Page> {
  let more: More = {};
  for (let count = 0; count < PAGES; count++) {
    const page = await ask(more);
    if (!page) return;
    yield page;
    const cursor = page.response_metadata?.next_cursor;
    if (cursor === undefined || cursor === '') return;
    more = { cursor };
  }
}
