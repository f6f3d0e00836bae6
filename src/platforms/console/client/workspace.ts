import type { ChangesView, ChannelView, CommandView, MessagesView, MessageView, StateView } from '../wire.ts';

/** What this window knows, and how it changes. Pure: the same change applied twice changes nothing. */
export interface Workspace {
  channels: ChannelView[];
  commands: CommandView[];
  examples: string[];
  toReview: number;
  signedIn: boolean;
  version: string;
  current: string;
  /** By channel; a channel that was not opened yet has none. */
  feeds: Record<string, Feed>;
  waiting: Waiting[];
  unread: ReadonlySet<string>;
}

export interface Feed {
  messages: MessageView[];
  earlier: boolean;
}

/** A line or button on its way. */
export interface Waiting {
  id: string;
  channel: string;
  line: string;
  problem?: string | undefined;
}

export type Change =
  | { type: 'loaded'; state: StateView; current: string }
  | { type: 'opened'; channel: string }
  | { type: 'feed'; channel: string; shown: MessagesView }
  | { type: 'changed'; changes: ChangesView }
  | { type: 'asked'; waiting: Waiting }
  | { type: 'failed'; id: string; problem: string }
  | { type: 'dropped'; id: string };

export const nothingYet: Workspace = {
  channels: [],
  commands: [],
  examples: [],
  toReview: 0,
  signedIn: false,
  version: '',
  current: '',
  feeds: {},
  waiting: [],
  unread: new Set(),
};

export function change(before: Workspace, now: Change): Workspace {
  switch (now.type) {
    case 'loaded': {
      const { channels, commands, examples, toReview, signedIn, version } = now.state;
      return { ...nothingYet, channels, commands, examples, toReview, signedIn, version, current: now.current };
    }
    case 'opened': {
      const unread = new Set(before.unread);
      unread.delete(now.channel);
      return { ...before, current: now.channel, unread };
    }
    case 'feed': {
      const known = before.feeds[now.channel]?.messages ?? [];
      const feed = { messages: merged(known, now.shown.messages), earlier: now.shown.earlier };
      return { ...before, feeds: { ...before.feeds, [now.channel]: feed } };
    }
    case 'changed':
      return withChanges(before, now.changes);
    case 'asked':
      return { ...before, waiting: [...before.waiting.filter(({ id }) => id !== now.waiting.id), now.waiting] };
    case 'failed':
      return {
        ...before,
        waiting: before.waiting.map((one) => (one.id === now.id ? { ...one, problem: now.problem } : one)),
      };
    case 'dropped':
      return { ...before, waiting: before.waiting.filter(({ id }) => id !== now.id) };
  }
}

function withChanges(before: Workspace, { channels, messages, gone }: ChangesView): Workspace {
  const feeds = { ...before.feeds };
  const unread = new Set(before.unread);
  for (const [channel, feed] of Object.entries(feeds)) {
    const own = messages.filter((message) => message.channel === channel);
    const kept = feed.messages.filter(({ id }) => !gone.includes(id));
    if (own.length > 0 || kept.length < feed.messages.length) feeds[channel] = { ...feed, messages: merged(kept, own) };
  }
  for (const message of messages) if (message.channel !== before.current && !message.own) unread.add(message.channel);
  const arrived = new Set(messages.map(({ id }) => id));
  return {
    ...before,
    channels: mergedChannels(before.channels, channels),
    feeds,
    unread,
    waiting: before.waiting.filter(({ id }) => !arrived.has(id)),
  };
}

/** Of each message the newest version, in the order of the channel. */
function merged(known: readonly MessageView[], more: readonly MessageView[]): MessageView[] {
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of more) {
    if ((byId.get(message.id)?.revision ?? 0) <= message.revision) byId.set(message.id, message);
  }
  return [...byId.values()].sort((a, b) => a.position - b.position);
}

function mergedChannels(known: readonly ChannelView[], more: readonly ChannelView[]): ChannelView[] {
  const newer = new Map(more.map((channel) => [channel.id, channel]));
  const ids = new Set(known.map(({ id }) => id));
  return [...known.map((channel) => newer.get(channel.id) ?? channel), ...more.filter(({ id }) => !ids.has(id))];
}
