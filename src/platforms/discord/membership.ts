import {
  type Client,
  type DMChannel,
  Events,
  type Guild,
  type NonThreadGuildBasedChannel,
  PermissionFlagsBits,
} from 'discord.js';
import { resumeAt } from '../../briefings/resume.ts';
import { type Listening, PLATFORM } from './discord-bot.ts';
import { loggable } from './errors.ts';

const REMOVED = 'the bot was removed from the server';

/** Removed from a server, and back in one. */
export function listenForMembership(client: Client, listening: Listening): void {
  const { bot, now, log } = listening;
  const done = (work: Promise<unknown>) => void work.catch((error: unknown) => log('error', 'membership broke', loggable(error)));

  // An outage of Discord does not come here, only a server that the bot has left.
  client.on(Events.GuildDelete, ({ id }) => {
    log('info', 'removed from a server', { server: id });
    done(bot.briefings.pauseWorkspace(PLATFORM, id, REMOVED));
  });
  // Only for a server that is new to the bot: whatever was paused because it was not there goes on.
  client.on(Events.GuildCreate, ({ id }) => done(resume({ workspace: id })));
  client.on(Events.ChannelUpdate, (before, after) => {
    if (after.isDMBased() || mayPost(before) || !mayPost(after)) return;
    done(resume({ workspace: after.guildId, channel: after.id }));
  });
  // What happened while the bot was down.
  client.on(Events.ClientReady, ({ guilds }) => done(Promise.all(guilds.cache.map(back))));

  /** What its removal has paused. */
  async function back({ id }: Pick<Guild, 'id'>): Promise<void> {
    const all = await bot.briefings.owned({ platform: PLATFORM, workspace: id });
    if (!all.some(({ status }) => status.is === 'paused' && status.because === REMOVED)) return;
    await resume({ workspace: id });
  }

  /** What did not take messages goes on from its next slot. */
  async function resume(at: { workspace: string; channel?: string }): Promise<void> {
    await resumeAt({ platform: PLATFORM, ...at }, { briefings: bot.briefings, now: now() });
  }
}

function mayPost(channel: DMChannel | NonThreadGuildBasedChannel): boolean {
  const needed = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages];
  return !channel.isDMBased() && (channel.permissionsFor(channel.client.user.id)?.has(needed) ?? false);
}
