import { type Client, Events, type Guild } from 'discord.js';
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
  client.on(Events.GuildCreate, (guild) => done(back(guild)));
  // What happened while the bot was down.
  client.on(Events.ClientReady, ({ guilds }) => done(Promise.all(guilds.cache.map(back))));

  /** What its removal has paused goes on from the next slot. */
  async function back({ id }: Pick<Guild, 'id'>): Promise<void> {
    const all = await bot.briefings.owned({ platform: PLATFORM, workspace: id });
    if (!all.some(({ status }) => status.is === 'paused' && status.because === REMOVED)) return;
    await resumeAt({ platform: PLATFORM, workspace: id }, { briefings: bot.briefings, now: now() });
  }
}
