import {
  type BaseInteraction,
  ChannelFlags,
  ChannelType,
  DiscordjsError,
  type Guild,
  type GuildBasedChannel,
  PermissionFlagsBits,
} from 'discord.js';
import type { ChannelFound, KnownChannel } from '../../command.ts';
import { CallerError } from '../../errors.ts';
import { channelNamed, type NamedChannel } from '../channel-names.ts';
import { failureOf } from './errors.ts';

const MENTION = /^<#(\d+)>$/;
const ID = /^\d+$/;
/** Ids that were given since 2015; what is shorter is still being typed. */
const SHORTEST_ID = 15;
// Of a channel, of a thread, or of a message in one.
const LINK = /^<?https:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/[\d@me]+\/(\d+)(?:\/\d+)?\/?>?$/;

/** A channel or thread of this server by its id, as Discord writes it, by a link, or by its name. */
export async function findChannel(typed: string, interaction: BaseInteraction): Promise<ChannelFound> {
  const { guild, channelId, user } = interaction;
  const id = MENTION.exec(typed)?.[1] ?? LINK.exec(typed)?.[1] ?? (ID.test(typed) ? typed : undefined);
  // In a direct message, and in servers that the bot itself is not in, there is no other channel.
  if (!guild) return id === channelId ? { outcome: 'found', channel: { channel: channelId } } : channelNamed(typed, []);
  const isSeen = (channel: GuildBasedChannel) =>
    isPosted(channel) && (isSeenBy(user.id, channel) || isHere(channel, interaction));
  const channels = guild.channels.cache.filter(isSeen).map(asNamed);
  if (id === undefined) {
    const named = channelNamed(typed, channels);
    const channel = named.outcome === 'found' ? guild.channels.cache.get(idOf(named.channel)) : undefined;
    return channel ? usable(channel) : named;
  }
  const channel = guild.channels.cache.get(id) ?? (await fetched(id, guild));
  // Of a thread what counts is the thread: the channel that it is in may be closed to the bot.
  if (channel && interaction.channel?.isThread() && id === interaction.channel.parentId) return found(channel);
  return channel && isSeen(channel) ? usable(channel) : channelNamed(typed, channels);
}

/** Where the bot may not post, it says so at once. */
function usable(channel: GuildBasedChannel): ChannelFound {
  const bot = channel.client.user.id;
  const { ViewChannel, SendMessages, SendMessagesInThreads } = PermissionFlagsBits;
  const needed = [ViewChannel, channel.isThread() ? SendMessagesInThreads : SendMessages];
  if (channel.permissionsFor(bot)?.has(needed) === false) {
    const what = channel.isThread() ? 'Send Messages in Threads' : channel.isThreadOnly() ? 'Create Posts' : 'Send Messages';
    return {
      outcome: 'unknown',
      reason: `Briefdesk may not post in #${channel.name}: give it “View Channel” and “${what}” there`,
      nearest: [],
    };
  }
  return found(channel);
}

const found = (channel: GuildBasedChannel): ChannelFound => ({ outcome: 'found', channel: asNamed(channel).known });

const isPosted = (channel: GuildBasedChannel): boolean => channel.isTextBased() || channel.isThreadOnly();

/** A private thread is for those in it alone. */
const isSeenBy = (caller: string, channel: GuildBasedChannel): boolean =>
  channel.type !== ChannelType.PrivateThread && (channel.permissionsFor(caller)?.has(PermissionFlagsBits.ViewChannel) ?? false);

const isHere = ({ id }: GuildBasedChannel, { channelId, channel }: BaseInteraction): boolean =>
  id === channelId || (channel?.isThread() === true && id === channel.parentId);

const idOf = ({ channel, thread }: KnownChannel): string => thread ?? channel;

function asNamed(channel: GuildBasedChannel): NamedChannel {
  const { id, name, parent } = channel;
  const about = parent ? { about: parent.name } : {};
  if (channel.isThread())
    return { known: { channel: channel.parentId ?? id, thread: id, name: `#${name}` }, name, value: id, ...about };
  const tags = channel.isThreadOnly()
    ? { tags: { names: channel.availableTags.map((tag) => tag.name), isRequired: channel.flags.has(ChannelFlags.RequireTag) } }
    : {};
  return { known: { channel: id, name: `#${name}`, ...tags }, name, value: id, ...about };
}

/** A thread that nobody has written in for a while is not known by itself. */
async function fetched(id: string, guild: Guild): Promise<GuildBasedChannel | undefined> {
  if (id.length < SHORTEST_ID) return undefined;
  try {
    return (await guild.channels.fetch(id)) ?? undefined;
  } catch (error) {
    // Of another server.
    if (error instanceof DiscordjsError) return undefined;
    const failure = failureOf(error);
    if (failure.type === 'refused') return undefined;
    throw new CallerError(`${failure.reason}, so that channel cannot be looked up. Try again in a minute.`);
  }
}
