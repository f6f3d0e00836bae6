import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openConsole, openDiscord, openSlack } from '../../src/app.ts';
import type { Config } from '../../src/config.ts';
import type { Platform } from '../../src/platform.ts';
import { openTestBot } from '../support/bot.ts';
import { openFakeDiscord, TOKEN } from '../support/fake-discord.ts';
import { APP_TOKEN, openFakeSlack } from '../support/fake-slack.ts';
import { shownWords } from '../support/payload-words.ts';
import { openWindow } from './console/requests.ts';

// Whole bots, and processes of their own.
vi.setConfig({ testTimeout: 60_000 });

const root = join(import.meta.dirname, '../..');
const QUOTE = 'reminder of the failure of the Trump administration’s strategy on Venezuela';

/** One bot over one archive, on every platform, as “start” puts it together. */
async function openTogether() {
  const [slack, discord] = [await openFakeSlack(), await openFakeDiscord()];
  const { bot, logged, close } = await openTestBot({ data: join(root, 'data'), sample: false });
  const config: Pick<Config, 'slack' | 'discord' | 'console' | 'briefings'> = {
    slack: {
      transport: { type: 'socket', appToken: APP_TOKEN },
      workspaces: { type: 'one', botToken: 'xoxb-1' },
      apiUrl: slack.apiUrl,
      port: 0,
    },
    discord: { token: TOKEN, applicationId: undefined, guildId: undefined, apiUrl: discord.apiUrl, shards: 'auto' },
    console: { host: '127.0.0.1', port: 0, token: undefined, archivePublic: false, publicUrl: undefined },
    briefings: { catchUpHours: 6, managers: [] },
  };
  const told: string[] = [];
  const shared = {
    config,
    log: (level: string, event: string, fields?: Record<string, unknown>) => void logged.push({ level, event, fields }),
    now: () => new Date(),
    say: (line: string) => void told.push(line),
  };
  const desk = await openConsole(bot, { settings: config.console, log: shared.log, now: shared.now });
  const chats = [await openSlack(bot, shared), await openDiscord(bot, shared)].flatMap((one) => one ?? []);
  const platforms: Platform[] = [desk, ...chats];
  let stopping: Promise<void> | undefined;
  const stop = () =>
    (stopping ??= (async () => {
      for (const platform of platforms.toReversed()) await platform.stop();
      await close();
    })());
  onTestFinished(async () => {
    await stop();
    await Promise.all([slack.close(), discord.close()]);
    expect([...slack.problems, ...discord.problems]).toEqual([]);
  });
  const ask = {
    slack: async () => shownWords(JSON.stringify((await slack.slash('/brief venezuela')).body)),
    discord: async () => shownWords(JSON.stringify((await discord.slash('brief', { about: 'venezuela' })).data)),
    async console() {
      const { routes } = desk;
      const window = await openWindow({ url: '', routes, post: async () => undefined, stop: async () => undefined });
      return shownWords(JSON.stringify((await window.say('/brief venezuela')).message));
    },
  };
  return { bot, slack, discord, desk, platforms, ask, stop, told, logged };
}

async function startAll(platforms: readonly Platform[]): Promise<void> {
  for (const platform of platforms) await platform.start();
}

test('Slack, Discord and the console answer side by side from one archive', async () => {
  const { platforms, ask } = await openTogether();
  expect(platforms.map(({ name }) => name)).toEqual(['console', 'slack', 'discord']);
  await startAll(platforms);
  const answers = await Promise.all([ask.slack(), ask.discord(), ask.console()]);
  for (const answer of answers) {
    expect(answer).toContain(shownWords(QUOTE));
    expect(answer).toContain(shownWords('1 of 5 known respondents on file'));
  }
});

test('while Discord is away Slack and the console go on, and the other way round', async () => {
  const { platforms, slack, discord, ask, logged, told } = await openTogether();
  const away = Array.from({ length: 4 }, () => ({ type: 'status', status: 503 }) as const);
  discord.fail('GET /gateway/bot', ...away);
  await startAll(platforms);
  expect(told).toContain('Discord answered with status 503: trying again until it works.');
  for (const answer of [await ask.slack(), await ask.console()]) expect(answer).toContain(shownWords(QUOTE));
  await discord.until(() => told.includes('Discord is connected.'));
  expect(await ask.discord()).toContain(shownWords(QUOTE));

  for (const socket of slack.sockets) socket.terminate();
  for (const answer of [await ask.discord(), await ask.console()]) expect(answer).toContain(shownWords(QUOTE));
  await slack.until(() => slack.sockets.some((socket) => socket.readyState === socket.OPEN));
  expect(await ask.slack()).toContain(shownWords(QUOTE));
  expect(logged.filter(({ level }) => level === 'error')).toEqual([]);
});

test('a broken answer on one platform leaves the others as they are', async () => {
  const { platforms, discord, ask, logged } = await openTogether();
  await startAll(platforms);
  discord.fail('POST /callback', { type: 'status', status: 404, body: { code: 10062, message: 'Unknown interaction' } });
  discord.send({ type: 2, data: { id: '5', name: 'topics', type: 1 } });
  await discord.until(() => discord.callsOf('POST /callback').length === 1);
  for (const which of ['slack', 'console', 'discord'] as const) expect(await ask[which]()).toContain(shownWords(QUOTE));
  expect(logged.filter(({ level }) => level === 'error').map(({ event }) => event)).toEqual(['answer could not be sent']);
});

test('the end finishes the answers under way on every platform and leaves nothing open', async () => {
  const { platforms, slack, discord, desk, bot, stop, logged } = await openTogether();
  await startAll(platforms);
  let release: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => {
    release = resolve;
  });
  let asked = 0;
  const { invoke, say } = bot;
  const held = <Asked extends unknown[], Answer>(answer: (...asked: Asked) => Promise<Answer>) => {
    return async (...given: Asked): Promise<Answer> => {
      asked++;
      await slow;
      return answer(...given);
    };
  };
  bot.invoke = held(invoke);
  bot.say = held(say);
  const answers = [slack.slash('/topics'), discord.slash('topics')];
  await vi.waitFor(() => expect(asked).toBe(2));
  const stopped = stop();
  release();
  await Promise.all([stopped, ...answers]);
  for (const fake of [slack, discord])
    await fake.until(() => fake.sockets.length > 0 && fake.sockets.every((socket) => socket.readyState === socket.CLOSED));
  await expect(fetch(desk.address())).rejects.toThrow();
  expect(logged.filter(({ level }) => level === 'error')).toEqual([]);
});

/** Paths of the libraries that the built command has loaded when it ends. */
async function loadedBy(env: Record<string, string>, isReady: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'briefdesk-test-'));
  const watch = `import { createRequire } from 'node:module';
    const { cache } = createRequire(${JSON.stringify(import.meta.url)});
    process.on('exit', () => console.log(Object.keys(cache).join('\\n')));`;
  const child = spawn(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(watch)}`, join(root, 'dist/src/cli.js'), 'start'],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { PATH: process.env.PATH, BRIEFDESK_DATA: join(root, 'data'), PORT: '0', ...env },
    },
  );
  const ended = new Promise((resolve) => child.once('close', resolve));
  let said = '';
  let isTold = false;
  child.stdout.on('data', (more: Buffer) => {
    said += String(more);
    if (isTold || !said.includes(isReady) || !said.includes('Briefdesk is at')) return;
    isTold = true;
    child.kill('SIGTERM');
  });
  const [, code] = await Promise.all([text(child.stdout), ended]);
  rmSync(folder, { recursive: true });
  expect(code).toBe(0);
  return [...new Set(said.match(/node_modules\/(@slack\/bolt|discord\.js)(?=\/)/g) ?? [])];
}

test('without a platform’s settings its library is not loaded', async () => {
  const [slack, discord] = [await openFakeSlack(), await openFakeDiscord()];
  onTestFinished(async () => {
    await Promise.all([slack.close(), discord.close()]);
  });
  const inSlack = { SLACK_APP_TOKEN: APP_TOKEN, SLACK_BOT_TOKEN: 'xoxb-1', SLACK_API_URL: slack.apiUrl };
  const inDiscord = { DISCORD_TOKEN: TOKEN, DISCORD_API_URL: discord.apiUrl };
  expect(await loadedBy({}, 'Briefdesk is at')).toEqual([]);
  expect(await loadedBy(inSlack, 'Slack')).toEqual(['node_modules/@slack/bolt']);
  expect(await loadedBy(inDiscord, 'Discord is connected')).toEqual(['node_modules/discord.js']);
});
