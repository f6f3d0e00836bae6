import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { openDiscord } from '../../src/app.ts';
import type { DiscordConfig } from '../../src/config.ts';
import type { DiscordPlatform } from '../../src/platforms/discord/discord.ts';
import { openTestBot, type TestBot, type TestBotOptions } from './bot.ts';
import type { Json } from './discord-checks.ts';
import { type FakeDiscord, openFakeDiscord, type Shown, TOKEN } from './fake-discord.ts';

// A whole bot, sockets and hundreds of schemas: slow where much runs beside it.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const DATA = join(import.meta.dirname, '../../data');

export interface InDiscord extends TestBot {
  discord: FakeDiscord;
  platform: DiscordPlatform;
  /** Lines for the operator. */
  told: string[];
}

export interface InDiscordOptions {
  bot?: TestBotOptions;
  settings?: Partial<DiscordConfig>;
  managers?: string[];
  /** An earlier Discord, to which the bot comes back. */
  discord?: FakeDiscord;
  start?: boolean;
}

/** The whole bot in a small Discord; whatever it sends in the test must be what Discord takes. */
export async function openInDiscord(options: InDiscordOptions = {}): Promise<InDiscord> {
  const discord = options.discord ?? (await openFakeDiscord());
  const bot = await openTestBot(options.bot?.questions ? options.bot : { data: DATA, sample: false, ...options.bot });
  const told: string[] = [];
  const settings: DiscordConfig = {
    token: TOKEN,
    applicationId: undefined,
    guildId: undefined,
    apiUrl: discord.apiUrl,
    shards: 'auto',
    ...options.settings,
  };
  const platform = await openDiscord(bot.bot, {
    config: { discord: settings, briefings: { catchUpHours: 6, managers: options.managers ?? [] } },
    log: (level, event, fields) => bot.logged.push({ level, event, fields }),
    now: () => new Date(),
    say: (line) => told.push(line),
  });
  if (!platform) throw new Error('Discord is not configured');
  let closing: Promise<void> | undefined;
  const close = () =>
    (closing ??= (async () => {
      await platform.stop();
      await bot.close();
    })());
  onTestFinished(async () => {
    await close();
    await discord.close();
    expect(discord.problems).toEqual([]);
  });
  if (options.start !== false) await platform.start();
  return { ...bot, discord, platform, told, close };
}

/** Everything a reader sees of a message. */
export const wordsIn = ({ data }: Pick<Shown, 'data'>): string => JSON.stringify([data.content, data.embeds]);

export const isPrivate = ({ data }: Pick<Shown, 'data'>): boolean => (Number(data.flags ?? 0) & 64) !== 0;

export const labelsIn = ({ components = [] }: Json): string[] =>
  (components as { components: { label?: string }[] }[]).flatMap((row) => row.components.flatMap(({ label }) => label ?? []));
