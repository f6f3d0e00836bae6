import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aQuestionFile, persons } from '../test/support/bot.ts';
import { type BriefedBot, openBriefedBot, PLATFORM } from '../test/support/briefed-bot.ts';

const DUE = Date.parse('2026-11-26T08:00:00Z');
const MINUTE = 60_000;

export interface Drain {
  name: string;
  /** Seconds of the virtual clock, and the least that the limits allow. */
  seconds: number;
  leastSeconds: number;
  lost: number;
  twice: number;
  rateLimited: number;
  /** Longest time (ms) for which the event loop was blocked. */
  blockMs: number;
  cpuMsEach: number;
}

export interface BriefingResults {
  drains: Drain[];
  /** CPU of a minute of ticks with so many subscriptions and nothing due. */
  idleMsAMinute: number;
}

interface Load {
  name: string;
  workspaces: number;
  perSecond: number;
  perSecondInAll?: number;
  /** One message in so many is answered with “429, after 1 s”. */
  limitEvery: number;
}

/** Published limits: performance guide, section 6. */
const LOADS: Load[] = [
  { name: 'one workspace at 300 a minute', workspaces: 1, perSecond: 5, limitEvery: 400 },
  { name: '100 workspaces at 300 a minute', workspaces: 100, perSecond: 5, limitEvery: 2000 },
  { name: 'one bot at 50 a second, 1,000 servers', workspaces: 1000, perSecond: 50, perSecondInAll: 50, limitEvery: 400 },
];

/** So many subscriptions due in the same minute, drained under a virtual clock. */
export async function benchBriefings(subscriptions = 10_000): Promise<BriefingResults> {
  const drains: Drain[] = [];
  let idleMsAMinute = Number.NaN;
  for (const load of LOADS) {
    const folder = mkdtempSync(join(tmpdir(), 'briefdesk-bench-'));
    const bot = await openBriefedBot({ ...load, database: join(folder, 'bench.db'), persons, questions: [aQuestionFile()] });
    await subscribe(bot, subscriptions, load);
    if (Number.isNaN(idleMsAMinute)) idleMsAMinute = await idle(bot);
    drains.push(await drain(bot, subscriptions, load));
    await bot.close();
    rmSync(folder, { recursive: true });
  }
  return { drains, idleMsAMinute };
}

async function subscribe(bot: BriefedBot, count: number, { workspaces }: Load): Promise<void> {
  for (let n = 0; n < count; n++) {
    const destination = { platform: PLATFORM, workspace: `w${n % workspaces}`, channel: `c${n}` };
    await bot.subscribe({ id: `s${n}`, destination });
  }
}

async function idle(bot: BriefedBot): Promise<number> {
  const minutes = 5;
  const before = cpuMs();
  for (let tick = 0; tick < minutes * 60; tick++) await bot.tickAt(DUE - 10 * MINUTE + tick * 1000);
  return (cpuMs() - before) / minutes;
}

async function drain(
  bot: BriefedBot,
  count: number,
  { name, workspaces, perSecond, perSecondInAll, limitEvery }: Load,
): Promise<Drain> {
  let sends = 0;
  let rateLimited = 0;
  bot.courier.behave = () => {
    if (++sends % limitEvery !== 0) return 'accept';
    rateLimited++;
    return { rateLimit: 1 };
  };
  const leastSeconds = Math.max(count / workspaces / perSecond, count / (perSecondInAll ?? Number.POSITIVE_INFINITY));
  const before = cpuMs();
  const blockMs = await longestBlock(async () => {
    bot.clock.set(DUE - 1000);
    while (bot.courier.received.length < count && bot.clock.now().getTime() < DUE + 3 * leastSeconds * 1000)
      await bot.tickAt(bot.clock.now().getTime() + 1000);
  });
  const copies = new Map<string, number>();
  for (const { key } of bot.courier.received) copies.set(key, (copies.get(key) ?? 0) + 1);
  return {
    name,
    seconds: ((bot.courier.received.at(-1)?.at ?? Number.NaN) - DUE) / 1000,
    leastSeconds,
    lost: count - copies.size,
    twice: [...copies.values()].filter((times) => times > 1).length,
    rateLimited,
    blockMs,
    cpuMsEach: (cpuMs() - before) / count,
  };
}

/** Runs the work and returns the longest time (ms) for which it kept a timer of 1 ms from its turn; the time that other processes took is left out. */
async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  let last = { wall: performance.now(), cpu: cpuMs() };
  let longest = 0;
  const ticker = setInterval(() => {
    const now = { wall: performance.now(), cpu: cpuMs() };
    longest = Math.max(longest, Math.min(now.wall - last.wall, now.cpu - last.cpu));
    last = now;
  }, 1);
  await work();
  clearInterval(ticker);
  return longest;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The results as rows of a table: what, figure, goal, verdict. */
export function briefingRows({ drains, idleMsAMinute }: BriefingResults): string[][] {
  const verdict = (passes: boolean) => (passes ? 'pass' : 'MISS');
  return [
    ...drains.flatMap(({ name, seconds, leastSeconds, lost, twice, rateLimited, blockMs, cpuMsEach }) => [
      [
        '9',
        `10,000 briefings, ${name}, ${rateLimited} × 429: ${seconds.toFixed(0)} s of ${leastSeconds.toFixed(0)} s`,
        `${(seconds / leastSeconds).toFixed(3)} ×`,
        '≤ 1.05 ×',
        verdict(seconds <= leastSeconds * 1.05),
      ],
      ['9', `… lost, twice`, `${lost}, ${twice}`, '0, 0', verdict(lost === 0 && twice === 0)],
      [
        '5',
        `… longest block (${cpuMsEach.toFixed(2)} ms CPU each)`,
        `${blockMs.toFixed(0)} ms`,
        '≤ 50 ms',
        verdict(blockMs <= 50),
      ],
    ]),
    [
      '',
      'idle CPU a minute with 10,000 subscriptions',
      `${idleMsAMinute.toFixed(0)} ms`,
      '≤ 50 ms',
      verdict(idleMsAMinute <= 50),
    ],
  ];
}
