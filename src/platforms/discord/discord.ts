import { Client, Events, GatewayIntentBits, Options, Partials, REST } from 'discord.js';
import type { AnyCommand } from '../../command.ts';
import type { DiscordConfig } from '../../config.ts';
import { OperatorError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Platform } from '../../platform.ts';
import type { DiscordStore } from '../../store/discord.ts';
import { createRecent } from '../slack/once.ts';
import { answerAutocomplete } from './autocomplete.ts';
import { answerPress } from './buttons.ts';
import { createConnection } from './connection.ts';
import { discordCourier } from './courier.ts';
import { type DiscordBot, type Listening, PLATFORM } from './discord-bot.ts';
import { failureOf, isDeadToken, tokenRefused } from './errors.ts';
import { listenForMembership } from './membership.ts';
import { register } from './register.ts';
import { registration } from './registration.ts';
import { answerCommand } from './slash.ts';
import { inTurns } from './turns.ts';

export interface DiscordOptions {
  settings: DiscordConfig;
  bot: DiscordBot;
  commands: ReadonlyMap<string, AnyCommand>;
  store: DiscordStore;
  managers: readonly string[];
  log: Log;
  now: () => Date;
  /** A line for the operator. */
  say: (line: string) => void;
}

export interface DiscordPlatform extends Platform {
  /** Resolves when Discord does not let the bot go on, with what to tell the operator. */
  ended: Promise<OperatorError>;
}

const LAST_ANSWERS_MS = 10_000;
const REGISTER_AGAIN_MS = 30_000;
/** Longer waits for the rate limit are left to whoever sends. */
const WAITED_MS = 5_000;

/** The bot in Discord, on discord.js; not yet connected. Throws where Discord would not take the commands. */
export function createDiscord(options: DiscordOptions): DiscordPlatform {
  const { settings, commands, store, log, say } = options;
  const registered = registration(commands);
  let end: (error: OperatorError) => void = () => undefined;
  const ended = new Promise<OperatorError>((resolve) => {
    end = resolve;
  });
  const flights = new Set<Promise<void>>();
  const recent = createRecent();
  const rest = createRest(settings);
  let registering: NodeJS.Timeout | undefined;
  const connection = createConnection({
    token: settings.token,
    log,
    say,
    failed: (error) => end(error),
    open() {
      const client = newClient(settings);
      client.on(Events.InteractionCreate, (interaction) => {
        if (!recent.isFirst(interaction.id)) return;
        const flight = answerTo();
        flights.add(flight);
        void flight.finally(() => flights.delete(flight));

        async function answerTo(): Promise<void> {
          if (interaction.isChatInputCommand()) return answerCommand(interaction, listening);
          if (interaction.isAutocomplete()) return answerAutocomplete(interaction, listening);
          if (interaction.isButton() || interaction.isStringSelectMenu()) return answerPress(interaction, listening);
        }
      });
      listenForMembership(client, listening);
      return client;
    },
    ready: (client) => registerNow(settings.applicationId ?? client.application.id),
  });
  const listening: Listening = {
    ...options,
    bot: inTurns(options.bot),
    rest,
    client: connection.client,
    noticed(error) {
      if (isDeadToken(error)) end(tokenRefused(error));
    },
  };

  async function registerNow(application: string): Promise<void> {
    try {
      if (await register(registered, { rest, store, application, guild: settings.guildId }))
        say(
          settings.guildId === undefined
            ? 'Discord knows the commands.'
            : `Discord knows the commands in server ${settings.guildId}.`,
        );
    } catch (error) {
      listening.noticed(error);
      const failure = failureOf(error);
      if (failure.type === 'refused') return end(notRegistered(failure.reason, settings, error));
      log('warn', 'commands are not registered yet', { reason: failure.reason });
      registering = setTimeout(() => void registerNow(application), REGISTER_AGAIN_MS).unref();
    }
  }

  return {
    name: PLATFORM,
    start: connection.start,
    async stop() {
      clearTimeout(registering);
      let hurry: NodeJS.Timeout | undefined;
      const late = new Promise((resolve) => {
        hurry = setTimeout(resolve, LAST_ANSWERS_MS);
      });
      await Promise.race([Promise.allSettled(flights), late]);
      clearTimeout(hurry);
      await connection.stop();
    },
    courier: discordCourier(listening),
    ended,
  };
}

/** For what is not an answer to an interaction. */
export function createRest({ token, apiUrl }: Pick<DiscordConfig, 'token' | 'apiUrl'>): REST {
  return new REST({
    ...restOptions(apiUrl),
    retries: 1,
    rejectOnRateLimit: ({ retryAfter }) => retryAfter > WAITED_MS,
  }).setToken(token);
}

const restOptions = (apiUrl: string | undefined) => ({
  version: '10',
  timeout: 10_000,
  ...(apiUrl === undefined ? {} : { api: apiUrl }),
});

function newClient({ apiUrl, shards }: DiscordConfig): Client {
  return new Client({
    // Channels and roles of servers, for permissions; no messages, no members.
    intents: [GatewayIntentBits.Guilds],
    // Threads and direct messages are known from the interaction alone.
    partials: [Partials.Channel],
    ...(shards === 'auto' ? { shards } : { shardCount: shards }),
    allowedMentions: { parse: [] },
    rest: restOptions(apiUrl),
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      UserManager: { maxSize: 100, keepOverLimit: (user) => user.id === user.client.user.id },
      GuildMemberManager: { maxSize: 50, keepOverLimit: (member) => member.id === member.client.user.id },
    }),
  });
}

export function notRegistered(reason: string, { guildId }: Pick<DiscordConfig, 'guildId'>, cause: unknown): OperatorError {
  const remedy =
    guildId === undefined
      ? 'Check that DISCORD_APPLICATION_ID is the id of the application that DISCORD_TOKEN belongs to.'
      : `Check DISCORD_GUILD_ID (${guildId}), and that the bot was added to that server: “briefdesk discord invite” prints the link.`;
  return new OperatorError(`Discord does not take the commands: ${reason}. ${remedy}`, { cause });
}
