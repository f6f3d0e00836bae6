import type { BaseInteraction, Client, REST } from 'discord.js';
import type { AnyCommand, Asks, Completion, Invocation } from '../../command.ts';
import type { Reply } from '../../dispatch.ts';
import type { Log } from '../../log.ts';
import type { BriefingStore } from '../../store/briefings.ts';
import type { DiscordStore } from '../../store/discord.ts';

export type From = Pick<Invocation, 'caller' | 'place'>;

/** What Discord needs of the bot. */
export interface DiscordBot {
  briefings: BriefingStore;
  invoke(invocation: Invocation, asks?: Asks): Promise<Reply>;
  complete(command: string, option: string, typed: string, from?: From, asks?: Asks): Promise<Completion[]>;
}

/** What every listener works with. */
export interface Listening {
  bot: DiscordBot;
  commands: ReadonlyMap<string, AnyCommand>;
  store: DiscordStore;
  /** For what is not an answer to an interaction. */
  rest: REST;
  /** The connection of now: there is a new one after a failed start. */
  client(): Client | undefined;
  /** Members who may manage the briefings of every channel. */
  managers: readonly string[];
  log: Log;
  now: () => Date;
  /** Told of every error of Discord, so that a token that was taken back ends the bot. */
  noticed(error: unknown): void;
}

export const PLATFORM = 'discord';
/** Direct messages belong to no server; Discord’s own links call them so. */
export const NO_SERVER = '@me';

/** Who asks, and where. A thread is named together with the channel it is in. */
export function fromInteraction({ user, guildId, channel, channelId }: BaseInteraction): From {
  const place = { platform: PLATFORM, workspace: guildId ?? NO_SERVER };
  const caller = { id: user.id, name: user.displayName };
  if (channel?.isThread() && channel.parentId !== null)
    return { caller, place: { ...place, channel: channel.parentId, thread: channel.id, channelName: `#${channel.name}` } };
  const name =
    guildId === null ? 'a direct message' : channel && 'name' in channel && channel.name ? `#${channel.name}` : undefined;
  return { caller, place: { ...place, channel: channelId ?? '', ...(name === undefined ? {} : { channelName: name }) } };
}
