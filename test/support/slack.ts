import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { openSlack } from '../../src/app.ts';
import type { SlackConfig } from '../../src/config.ts';
import type { SlackPlatform } from '../../src/platforms/slack/slack.ts';
import { openTestBot, type TestBot, type TestBotOptions } from './bot.ts';
import { APP_TOKEN, type FakeSlack, openFakeSlack, SIGNING_SECRET } from './fake-slack.ts';
import type { Json } from './fake-slack-api.ts';

// A whole bot, sockets and a schema to compile: slow where much runs beside it.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const DATA = join(import.meta.dirname, '../../data');

export interface InSlack extends TestBot {
  slack: FakeSlack;
  platform: SlackPlatform;
  /** Lines for the operator. */
  told: string[];
}

export interface InSlackOptions {
  bot?: TestBotOptions;
  transport?: 'socket' | 'http';
  settings?: Partial<SlackConfig>;
  publicUrl?: string;
  managers?: string[];
  /** An earlier Slack, to which the bot comes back. */
  slack?: FakeSlack;
  start?: boolean;
}

/** The whole bot in a small Slack; whatever it sends in the test must be what Slack takes. */
export async function openInSlack(options: InSlackOptions = {}): Promise<InSlack> {
  const slack = options.slack ?? (await openFakeSlack());
  const bot = await openTestBot(options.bot?.questions ? options.bot : { data: DATA, sample: false, ...options.bot });
  const told: string[] = [];
  const isHttp = options.transport === 'http';
  const settings: SlackConfig = {
    transport: isHttp ? { type: 'http', signingSecret: SIGNING_SECRET } : { type: 'socket', appToken: APP_TOKEN },
    workspaces: { type: 'one', botToken: 'xoxb-1' },
    apiUrl: slack.apiUrl,
    port: 0,
    ...options.settings,
  };
  const platform = await openSlack(bot.bot, {
    config: {
      slack: settings,
      console: { host: '', port: 0, token: undefined, archivePublic: false, publicUrl: options.publicUrl },
      briefings: { catchUpHours: 6, managers: options.managers ?? [] },
    },
    log: (level, event, fields) => bot.logged.push({ level, event, fields }),
    now: () => new Date('2026-11-25T12:00:00Z'),
    say: (line) => told.push(line),
  });
  if (!platform) throw new Error('Slack is not configured');
  let closing: Promise<void> | undefined;
  const close = () =>
    (closing ??= (async () => {
      await platform.stop();
      await bot.close();
    })());
  onTestFinished(async () => {
    await close();
    await slack.close();
    expect(slack.problems).toEqual([]);
  });
  if (options.start !== false) {
    await platform.start();
    if (isHttp) slack.requestUrl = `http://127.0.0.1:${platform.port()}/slack/events`;
  }
  return { ...bot, slack, platform, told, close };
}

/** Every element of a message or a view with this action id. */
export function elements(view: unknown, actionId: RegExp): Json[] {
  if (Array.isArray(view)) return view.flatMap((one) => elements(one, actionId));
  if (typeof view !== 'object' || view === null) return [];
  const own = 'action_id' in view && actionId.test(String(view.action_id)) ? [view as Json] : [];
  return [...own, ...Object.values(view).flatMap((one) => elements(one, actionId))];
}
