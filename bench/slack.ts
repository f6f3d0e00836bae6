import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { openSlack } from '../src/app.ts';
import type { Bot } from '../src/bot.ts';
import { percentiles, type Times } from './measure.ts';

export interface SlackTimes {
  own: Times & { perSecond: number };
  /** Bolt with a handler that acknowledges and does nothing else. */
  empty: Times & { perSecond: number };
  /** Commands that nobody has asked before. */
  anew: Times;
  /** The slowest of a burst of commands, ms. */
  burst: { commands: number; slowestMs: number };
}

const SECRET = 'a-signing-secret-of-the-bench';
const TOKEN = 'xoxb-bench';
const LINES = ['chile', 'venezuela', 'brazil', 'norway', 'japan', 'peru', 'canada', 'poland'].map((one) => `/brief ${one}`);
const SEQUENTIAL = 1_000;
const ROUNDS = 5;
const IN_FLIGHT = 32;
const TOGETHER = 1_500;
const BURST = 200;
const ANEW = 200;

/** Slash commands over HTTP on loopback: the whole bot beside Bolt’s empty handler, in turns, so that noise meets both. */
export async function measureSlack(bot: Bot): Promise<SlackTimes> {
  const api = await slackApi();
  const empty = await emptyBolt(api.url);
  const own = await openSlack(bot, {
    config: {
      slack: {
        transport: { type: 'http', signingSecret: SECRET },
        workspaces: { type: 'one', botToken: TOKEN },
        apiUrl: api.url,
        port: 0,
      },
      console: { host: '', port: 0, token: undefined, archivePublic: false, publicUrl: undefined },
      briefings: { catchUpHours: 6, managers: [] },
    },
    log: () => undefined,
    now: () => new Date('2026-11-25T12:00:00Z'),
    say: () => undefined,
  });
  if (!own) throw new Error('Slack is not configured');
  await own.start();
  const ports = { own: own.port() ?? 0, empty: empty.port };
  const agent = new Agent({ keepAlive: true, maxSockets: BURST });
  try {
    for (const port of Object.values(ports)) await sequential(port, agent, SEQUENTIAL / ROUNDS);
    const times = { own: [] as number[], empty: [] as number[] };
    const rates = { own: [] as number[], empty: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const which of ['empty', 'own'] as const)
        times[which].push(...(await sequential(ports[which], agent, SEQUENTIAL / ROUNDS)));
      for (const which of ['empty', 'own'] as const) rates[which].push(await together(ports[which], agent));
    }
    const anew: number[] = [];
    for (let index = 0; index < ANEW; index++) anew.push(await timedCommand(ports.own, agent, index, ` until:${3000 + index}`));
    const burst = await Promise.all(
      Array.from({ length: BURST }, (_, index) => timedCommand(ports.own, agent, index, ` until:${4000 + index}`)),
    );
    return {
      own: { ...percentiles(times.own), perSecond: median(rates.own) },
      empty: { ...percentiles(times.empty), perSecond: median(rates.empty) },
      anew: percentiles(anew),
      burst: { commands: BURST, slowestMs: Math.max(...burst) },
    };
  } finally {
    agent.destroy();
    await own.stop();
    await empty.stop();
    api.server.close();
  }
}

/** Goal 4 of the performance guide, and that no command of a burst misses Slack’s 3 seconds. */
export function slackGoals({ own, empty, anew, burst }: SlackTimes): string[][] {
  const verdict = (passes: boolean) => (passes ? 'pass' : 'MISS');
  const [p50, p99, rate] = [own.p50 / empty.p50, own.p99 / empty.p99, own.perSecond / empty.perSecond];
  const cell = (figure: number) => figure.toFixed(2);
  return [
    [
      '4',
      `slash command p50 ${cell(own.p50)} ms; Bolt’s empty handler ${cell(empty.p50)}`,
      `${cell(p50)} ×`,
      '≤ 1.5 ×',
      verdict(p50 <= 1.5),
    ],
    ['4', `slash command p99 ${cell(own.p99)} ms; empty ${cell(empty.p99)}`, `${cell(p99)} ×`, '≤ 3 ×', verdict(p99 <= 3)],
    [
      '4',
      `commands/s with ${IN_FLIGHT} in flight ${own.perSecond.toFixed(0)}; empty ${empty.perSecond.toFixed(0)}`,
      `${cell(rate)} ×`,
      '≥ 0.6 ×',
      verdict(rate >= 0.6),
    ],
    [
      '',
      'the same where nobody has asked it before, p50/p95/p99',
      `${cell(anew.p50)}/${cell(anew.p95)}/${cell(anew.p99)} ms`,
      '',
      '',
    ],
    [
      '',
      `slowest of ${burst.commands} commands at once`,
      `${burst.slowestMs.toFixed(0)} ms`,
      '< 3000 ms',
      verdict(burst.slowestMs < 3_000),
    ],
  ];
}

async function sequential(port: number, agent: Agent, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index++) times.push(await timedCommand(port, agent, index));
  return times;
}

/** Commands answered in a second with many on their way. */
async function together(port: number, agent: Agent): Promise<number> {
  let left = TOGETHER;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async () => {
      while (left-- > 0) await timedCommand(port, agent, left);
    }),
  );
  return (TOGETHER / (performance.now() - started)) * 1000;
}

let counter = 0;

async function timedCommand(port: number, agent: Agent, index: number, more = ''): Promise<number> {
  const body = commandBody(index, more);
  const started = performance.now();
  await post(port, agent, body);
  return performance.now() - started;
}

function commandBody(index: number, more: string): string {
  const [command = '', ...words] = (LINES[index % LINES.length] ?? '').split(' ');
  return new URLSearchParams({
    command,
    text: `${words.join(' ')}${more}`,
    team_id: 'T1',
    channel_id: 'C1',
    channel_name: 'general',
    user_id: 'U1',
    user_name: 'ada',
    response_url: 'http://127.0.0.1:1/',
    trigger_id: String(++counter),
  }).toString();
}

function post(port: number, agent: Agent, body: string): Promise<void> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const hash = createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        port,
        host: '127.0.0.1',
        agent,
        method: 'POST',
        path: '/slack/events',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': `v0=${hash}`,
        },
      },
      (response) => {
        if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
        response.resume().on('end', resolve);
      },
    );
    sent.on('error', reject).end(body);
  });
}

/** Says yes to everything. */
async function slackApi(): Promise<{ url: string; server: Server }> {
  const server = createServer((asked, answer) => {
    asked.resume();
    answer.setHeader('content-type', 'application/json');
    answer.end(JSON.stringify({ ok: true, team_id: 'T1', user_id: 'UBOT', bot_id: 'B1' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`, server };
}

async function emptyBolt(apiUrl: string): Promise<{ port: number; stop(): Promise<void> }> {
  const receiver = new HTTPReceiver({ signingSecret: SECRET, endpoints: ['/slack/events'], logLevel: LogLevel.ERROR });
  const app = new App({ receiver, token: TOKEN, clientOptions: { slackApiUrl: apiUrl }, logLevel: LogLevel.ERROR });
  app.command(/^\//, async ({ ack }) => ack());
  const server = await receiver.start(0);
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      await receiver.stop();
    },
  };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
