import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliveryKey } from '../../src/briefings/deliver.ts';
import { nextSlots } from '../../src/briefings/schedule.ts';
import { openBriefingStore } from '../../src/store/briefings.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { aQuestionFile, openTestBot, persons } from '../support/bot.ts';
import { KILL_POINTS, PLATFORM, type Round } from '../support/crash-round.ts';

const SUBSCRIPTIONS = 30;
const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 36);
const STEP = 20 * 60_000;
const START = Date.parse('2026-11-25T12:00:00Z');
const schedule = { cron: '*/20 * * * *', timeZone: 'UTC' };
const folder = mkdtempSync(join(tmpdir(), 'briefdesk-crash-'));
const database = join(folder, 'crash.db');

/** Every message that was written, copies included, by its key. */
const received = new Map<string, number>();
let requests = 0;
let platform: Server;

/** It writes and does not answer, fails before or after writing, asks for patience; mostly it writes and answers. */
function statusFor(path: string | undefined, key: string): number | undefined {
  if (path === '/find') return received.has(key) ? 200 : 404;
  requests++;
  const kind = requests % 10;
  if (kind === 3) return 429;
  if (kind === 7) return 503;
  received.set(key, (received.get(key) ?? 0) + 1);
  if (kind === 9) return undefined;
  return kind === 5 ? 500 : 200;
}

beforeAll(async () => {
  platform = createServer((request, response) => {
    text(request)
      .then((body) => {
        const { key }: { key: string } = JSON.parse(body);
        const status = statusFor(request.url, key);
        if (status !== undefined) response.writeHead(status).end(key);
      })
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => platform.listen(0, '127.0.0.1', resolve));
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: join(import.meta.dirname, '../support/crash-child.ts'),
      outDir: join(import.meta.dirname, '../../node_modules/.cache/crash'),
    },
  });
}, 60_000);

afterAll(() => {
  platform.closeAllConnections();
  platform.close();
  rmSync(folder, { recursive: true });
});

/** Resolves to how the process ended. */
async function run(round: Round): Promise<{ signal: NodeJS.Signals | null; code: number | null; complaints: string }> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../../node_modules/.cache/crash/crash-child.js'), JSON.stringify(round)],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<{ signal: NodeJS.Signals | null; code: number | null }>((resolve) => {
    child.on('exit', (code, signal) => resolve({ signal, code }));
  });
  const complaints = await text(child.stderr);
  return { ...(await ended), complaints };
}

/** Deliveries that a process had begun and not ended. */
async function heldByTheDead(): Promise<number> {
  const { read, close } = await openSqlite(database);
  const rows = await read.selectFrom('delivery').select('slot').where('claimed_by', 'is not', null).execute();
  await close();
  return rows.length;
}

test('killed at every step of delivery, over and over, with two processes on one database, nothing is lost and nothing comes twice', async () => {
  const bot = await openTestBot({ database, persons, questions: [aQuestionFile()] });
  for (let n = 0; n < SUBSCRIPTIONS; n++) {
    await bot.bot.briefings.add({
      id: `s${n}`,
      destination: { platform: PLATFORM, workspace: `w${n % 3}`, channel: `c${n}` },
      channelName: `#c${n}`,
      owner: { id: 'o', name: 'Olga' },
      filter: { topics: [], countries: [], persons: [] },
      schedule,
      max: 3,
      whenEmpty: 'note',
      sample: false,
      status: { is: 'active' },
      createdAt: START,
      next: nextSlots(schedule, new Date(START - 1), 1)[0],
      version: 1,
    });
  }
  await bot.close();

  const { port } = platform.address() as AddressInfo;
  let interrupted = 0;
  const ends: Awaited<ReturnType<typeof run>>[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const common = { database, url: `http://127.0.0.1:${port}`, start: START + round * STEP };
    // Each point in turn, early and late among the deliveries of its round; now and then nobody dies, or what is old would be given up.
    const kill = (shift: number) => ({
      point: KILL_POINTS[(round + shift) % KILL_POINTS.length]!,
      nth: 1 + ((round + shift) % 4),
    });
    const dying = [0, 7].map((shift): Round => ({ ...common, ticks: 9, tickMs: 1000, kill: kill(shift) }));
    const rounds = round % 7 === 6 || round === ROUNDS ? [{ ...common, ticks: 60, tickMs: 10_000 }] : dying;
    ends.push(...(await Promise.all(rounds.map(run))));
    interrupted += await heldByTheDead();
  }
  expect(ends.filter(({ signal, code, complaints }) => complaints !== '' || (signal !== 'SIGKILL' && code !== 0))).toEqual([]);
  expect(ends.filter(({ signal }) => signal === 'SIGKILL').length).toBeGreaterThan(ROUNDS);
  expect(interrupted).toBeGreaterThan(ROUNDS * 6);

  const after = await openSqlite(database);
  const wrong: string[] = [];
  let sent = 0;
  for (let n = 0; n < SUBSCRIPTIONS; n++) {
    const ledger = await openBriefingStore(after).ledger(`s${n}`, 10_000);
    const slots = nextSlots(schedule, new Date(START - 1), ROUNDS + 1).map(({ slot }) => slot);
    expect(ledger.map(({ slot }) => slot).reverse()).toEqual(slots);
    for (const { slot, state } of ledger) {
      const copies = received.get(deliveryKey({ subscription: `s${n}`, slot })) ?? 0;
      if (state === 'sent') sent++;
      // Skipped is a slot for which both processes died before they could plan it, and the next one was sent.
      if (copies !== (state === 'sent' ? 1 : 0) || !['sent', 'skipped'].includes(state))
        wrong.push(`s${n} ${slot} ${state} ${copies}`);
    }
  }
  await after.close();
  expect(wrong).toEqual([]);
  expect(sent).toBeGreaterThan(SUBSCRIPTIONS * ROUNDS * 0.8);
}, 240_000);
