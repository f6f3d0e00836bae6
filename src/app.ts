import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { schedule } from 'node-cron';
import { type Bot, type BotOptions, openBot } from './bot.ts';
import { createEngine } from './briefings/engine.ts';
import { commands } from './commands.ts';
import { type Config, loadConfig } from './config.ts';
import { OperatorError } from './errors.ts';
import { startFeeds } from './feeds.ts';
import { createLog } from './log.ts';
import type { Platform } from './platform.ts';
import { archiveRoutes } from './platforms/console/archive/routes.ts';
import { reviewRoutes } from './platforms/console/review/routes.ts';
import { type ConsolePlatform, createConsole } from './platforms/console/server.ts';
import type { DiscordPlatform } from './platforms/discord/discord.ts';
import type { SlackPlatform } from './platforms/slack/slack.ts';
import { askOnce, chatHere } from './platforms/terminal/terminal.ts';

/** The console over a bot, not yet listening. */
export function openConsole(
  bot: Bot,
  { settings, log, now }: { settings: Config['console'] } & Pick<BotOptions, 'log' | 'now'>,
): Promise<ConsolePlatform> {
  const { store, refresh, status, desk, load } = bot;
  const archive = archiveRoutes({ store, now, refresh, publicUrl: settings.publicUrl, status, log });
  const review = reviewRoutes({ desk, store, load, status, log });
  return createConsole({ settings, bot, commands, store: bot.consoleStore, review, archive, assets: builtPages(), log, now });
}

/** The bot in Slack, not yet connected; undefined where it is not configured. Only then is its library loaded. */
export async function openSlack(
  bot: Bot,
  {
    config,
    log,
    now,
    say,
  }: { config: Pick<Config, 'slack' | 'console' | 'briefings'>; say: (line: string) => void } & Pick<BotOptions, 'log' | 'now'>,
): Promise<SlackPlatform | undefined> {
  if (!config.slack) return undefined;
  const { createSlack } = await import('./platforms/slack/slack.ts');
  return createSlack({
    settings: config.slack,
    bot,
    commands,
    store: bot.slackStore,
    managers: config.briefings.managers,
    publicUrl: config.console.publicUrl,
    log,
    now,
    say,
  });
}

/** The bot in Discord, not yet connected; undefined where it is not configured. Only then is its library loaded. */
export async function openDiscord(
  bot: Bot,
  {
    config,
    log,
    now,
    say,
  }: { config: Pick<Config, 'discord' | 'briefings'>; say: (line: string) => void } & Pick<BotOptions, 'log' | 'now'>,
): Promise<DiscordPlatform | undefined> {
  if (!config.discord) return undefined;
  const { createDiscord } = await import('./platforms/discord/discord.ts');
  return createDiscord({
    settings: config.discord,
    bot,
    commands,
    store: bot.discordStore,
    managers: config.briefings.managers,
    log,
    now,
    say,
  });
}

/** Runs the bot on every platform that is configured until the process is told to end; the console is always there. */
export async function start(): Promise<void> {
  const config = loadConfig();
  const log = createLog(config.logLevel);
  const now = () => new Date();
  const bot = await openBot({ config, log, now });
  const stops: (() => Promise<void>)[] = [() => bot.close()];
  try {
    const console = await openConsole(bot, { settings: config.console, log, now });
    const say = (line: string) => void process.stdout.write(`${line}\n`);
    const chats = [await openSlack(bot, { config, log, now, say }), await openDiscord(bot, { config, log, now, say })].flatMap(
      (platform) => platform ?? [],
    );
    const platforms: Platform[] = [console, ...chats];
    const told = new Promise<NodeJS.Signals>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
    });
    for (const platform of platforms) {
      await platform.start();
      stops.unshift(() => platform.stop());
    }
    bot.watch();
    const stopBriefings = startBriefings(bot, { platforms, config, log, now });
    stops.unshift(stopBriefings, startFeeds(bot, { config, log, now }));
    say(`Briefdesk is at ${console.address()}`);
    const ending = await Promise.race([told, ...chats.map(({ ended }) => ended)]);
    if (ending instanceof OperatorError) throw ending;
    log('info', 'ending', { signal: ending });
  } finally {
    for (const stop of stops) await stop();
  }
}

/** Looks every second for briefings that are due, on all platforms; the clock is node-cron’s, the database decides. */
function startBriefings(
  bot: Bot,
  { platforms, config, log, now }: { platforms: Platform[]; config: Config } & Pick<BotOptions, 'log' | 'now'>,
): () => Promise<void> {
  const engine = createEngine({
    store: bot.store,
    briefings: bot.briefings,
    couriers: new Map(platforms.map(({ name, courier }) => [name, courier])),
    log,
    by: randomUUID(),
    catchUpMs: config.briefings.catchUpHours * 3_600_000,
    now,
    random: Math.random,
    refresh: bot.refresh,
  });
  const clock = schedule(
    '* * * * * *',
    () => engine.tick().catch((error: unknown) => log('error', 'tick of the briefings broke', { error })),
    { noOverlap: true },
  );
  return async () => {
    await clock.stop();
    await engine.idle();
  };
}

/** The browser's half is built beside the server's; run from the source, it is in the folder of the last build. */
function builtPages(): string {
  const beside = join(import.meta.dirname, '../console');
  return existsSync(beside) ? beside : join(import.meta.dirname, '../dist/console');
}

/** The bot for somebody at this terminal. */
export async function openTerminal(): Promise<{
  chat(): Promise<void>;
  ask(line: string, options: { json: boolean }): Promise<0 | 1>;
}> {
  const config = loadConfig();
  const bot = await openBot({ config, log: createLog(config.terminalLogLevel), now: () => new Date() });
  const options = { bot, commands, colour: config.colour };
  return {
    async chat() {
      bot.watch();
      await chatHere(options, config.database);
      await bot.close();
    },
    async ask(line, { json }) {
      const code = await askOnce(line, options, { json });
      await bot.close();
      return code;
    },
  };
}
