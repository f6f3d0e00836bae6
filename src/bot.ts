import { randomUUID } from 'node:crypto';
import type { Asks, Completion, Context, Invocation } from './command.ts';
import { commands } from './commands.ts';
import type { Config } from './config.ts';
import { shortCode } from './content/code.ts';
import { openContent } from './content/content.ts';
import type { ContentStatus, FileProblem } from './content/status.ts';
import { dispatch, type Reply, refusal } from './dispatch.ts';
import { CallerError } from './errors.ts';
import { type Bulk, type BulkOptions, takeQuestions } from './intake/bulk.ts';
import { type Desk, openDesk } from './intake/desk.ts';
import { findCommand, formatLine, parseLine } from './line.ts';
import type { Log } from './log.ts';
import { openArchive } from './store/archive.ts';
import { type BriefingStore, openBriefingStore } from './store/briefings.ts';
import { type ConsoleStore, openConsoleStore } from './store/console.ts';
import { type DiscordStore, openDiscordStore } from './store/discord.ts';
import { type FeedStore, openFeedStore } from './store/feeds.ts';
import { openContentIndex } from './store/index-content.ts';
import { openSlackStore, type SlackStore } from './store/slack.ts';
import { openSqlite } from './store/sqlite.ts';
import type { Store } from './store/store.ts';
import { version } from './version.ts';

export type From = Pick<Invocation, 'caller' | 'place'>;

const NOWHERE: From = { caller: { id: '', name: '' }, place: { platform: '', workspace: '', channel: '' } };
/** What is true on the operator’s own machine. */
const LOCAL: Asks = {
  mayManage: async () => true,
  channel: async (channel) => ({ outcome: 'found', channel: { channel } }),
  timeZone: async () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  linkTo: () => undefined,
};
const newId = (): string => shortCode(randomUUID(), 5);

/** How often changed content files are looked for. */
const WATCH_MS = 2000;

export interface Bot {
  store: Store;
  /** Channels and messages of the console. */
  consoleStore: ConsoleStore;
  slackStore: SlackStore;
  discordStore: DiscordStore;
  /** Feeds that are followed. */
  feedStore: FeedStore;
  problems(): readonly FileProblem[];
  briefings: BriefingStore;
  /** Where documents are taken in and reviewed. */
  desk: Desk;
  /** Takes in a file of questions in the archive’s own format. */
  takeQuestions(path: string, options: BulkOptions): Promise<Bulk>;
  invoke(invocation: Invocation, asks?: Asks): Promise<Reply>;
  /** A typed line, as Slack, the console and the terminal send it. */
  say(line: string, from: From, asks?: Asks): Promise<Reply>;
  complete(command: string, option: string, typed: string, from?: From, asks?: Asks): Promise<Completion[]>;
  /** Shows what may be shown by now. */
  refresh: () => Promise<void>;
  status: () => ContentStatus;
  /** A line for each command that works in this archive. */
  examples(): Promise<string[]>;
  /** Reads what changed in the content folder. */
  load(): Promise<void>;
  /** Follows the content folder until the bot is closed. */
  watch(): void;
  close(): Promise<void>;
}

export interface BotOptions {
  config: Pick<Config, 'data' | 'database' | 'sample'>;
  log: Log;
  now: () => Date;
}

/** Puts the pieces together over one archive. Throws OperatorError where the database or the content folder cannot be used. */
export async function openBot({ config, log, now }: BotOptions): Promise<Bot> {
  const database = await openSqlite(config.database);
  const store = openArchive(database);
  const index = await openContentIndex(database);
  const content = openContent({ folder: config.data, sample: config.sample, index, log });
  let watching: NodeJS.Timeout | undefined;
  let loading: Promise<void> | undefined;

  const briefings = openBriefingStore(database);

  async function context(from: From = NOWHERE, asks: Asks = LOCAL): Promise<Context> {
    const at = now();
    await content.refresh(at);
    const { caller, place } = from;
    return {
      store,
      briefings,
      caller,
      place,
      asks,
      now: at,
      log,
      commands,
      newId,
      content: { version, problems: content.problems() },
    };
  }

  const bot: Bot = {
    store,
    consoleStore: openConsoleStore(database),
    slackStore: openSlackStore(database),
    discordStore: openDiscordStore(database),
    feedStore: openFeedStore(database),
    problems: () => content.problems(),
    briefings,
    desk: openDesk({ folder: config.data, index, store, now }),
    takeQuestions: (path, options) => takeQuestions(path, { folder: config.data, index, store, now }, options),
    invoke: async (invocation, asks) => dispatch(invocation, await context(invocation, asks)),

    async say(line, { caller, place }, asks) {
      try {
        return await bot.invoke({ ...parseLine(line, commands), caller, place }, asks);
      } catch (error) {
        if (!(error instanceof CallerError)) throw error;
        const named = findCommand(line, commands)?.command.name ?? '';
        return {
          outcome: 'failed',
          answer: await refusal(new CallerError(error.message, { nearest: error.nearest }), named, await context()),
        };
      }
    },

    async complete(command, option, typed, from, asks) {
      return (await commands.get(command)?.complete?.[option]?.(typed, await context(from, asks))) ?? [];
    },

    refresh: () => content.refresh(now()),
    status: () => ({ version, problems: content.problems() }),

    async examples() {
      const given = await context();
      const lines = [...commands.values()].map(async ({ name, example }) =>
        example === undefined ? [] : [formatLine(name, await example(given), commands)],
      );
      return (await Promise.all(lines)).flat();
    },

    load: () => content.load(now()),

    watch() {
      watching ??= setInterval(() => {
        loading ??= content
          .load(now())
          .catch((error: unknown) => log('error', 'content folder cannot be read: the last good content stays in use', { error }))
          .finally(() => {
            loading = undefined;
          });
      }, WATCH_MS).unref();
    },

    async close() {
      clearInterval(watching);
      await loading;
      await database.close();
    },
  };
  try {
    await bot.load();
  } catch (error) {
    await bot.close();
    throw error;
  }
  return bot;
}
