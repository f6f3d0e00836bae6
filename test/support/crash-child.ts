import { setTimeout as sleep } from 'node:timers/promises';
import type { Courier, FindResult, SendResult } from '../../src/briefings/courier.ts';
import { createEngine } from '../../src/briefings/engine.ts';
import { openArchive } from '../../src/store/archive.ts';
import { type BriefingStore, openBriefingStore } from '../../src/store/briefings.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { PLATFORM, type Round } from './crash-round.ts';

/** One process of the bot’s scheduled half, which kills itself at a step of delivery. Its clock moves at every tick. */
const round: Round = JSON.parse(process.argv[2] ?? '');
let now = round.start;
let left = round.kill?.nth ?? 0;

function passing(point: string): void {
  if (round.kill?.point === point && --left === 0) process.kill(process.pid, 'SIGKILL');
}

/** Before and after a step; `during` is right after it was begun. */
async function step<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  passing(`before ${name}`);
  const working = work();
  if (round.kill?.point === `during ${name}`) setTimeout(() => passing(`during ${name}`), 1);
  const result = await working;
  passing(`after ${name}`);
  return result;
}

const database = await openSqlite(round.database);
const store = openBriefingStore(database);
const briefings: BriefingStore = {
  ...store,
  plan: (planned) => step('plan', () => store.plan(planned)),
  claim: (keys, lease) => step('claim', () => store.claim(keys, lease)),
  sending: (delivery, lease) => step('sending', () => store.sending(delivery, lease)),
  record: (delivery) => step('record', () => store.record(delivery)),
  recordDigest: (delivery) => step('recordDigest', () => store.recordDigest(delivery)),
};

async function post(path: string, body: object): Promise<Response | undefined> {
  try {
    const signal = AbortSignal.timeout(80);
    return await fetch(`${round.url}${path}`, { method: 'POST', body: JSON.stringify(body), signal });
  } catch {
    return undefined;
  }
}

async function send(key: string): Promise<SendResult> {
  const response = await post('/send', { key });
  if (response?.status === 429) return { outcome: 'retry', reason: 'rate limited', afterSeconds: 2, mayHaveArrived: false };
  if (!response?.ok) return { outcome: 'retry', reason: 'no answer', mayHaveArrived: true };
  return { outcome: 'sent', externalId: await response.text() };
}

async function find(key: string): Promise<FindResult> {
  const response = await post('/find', { key });
  if (!response) return { outcome: 'retry', reason: 'no answer' };
  return response.ok ? { outcome: 'found', externalId: await response.text() } : { outcome: 'absent' };
}

const courier: Courier = {
  perSecond: 3,
  send: ({ key }) => step('send', () => send(key)),
  find: (_, key) => step('find', () => find(key)),
  edit: async (externalId) => ({ outcome: 'sent', externalId }),
  tell: async () => {},
  linkTo: () => undefined,
};

const engine = createEngine({
  store: openArchive(database),
  briefings,
  couriers: new Map([[PLATFORM, courier]]),
  log: (level, event, fields) => {
    if (level === 'error') process.stderr.write(`${event} ${String(fields?.error)}\n`);
  },
  by: `${process.pid}`,
  catchUpMs: 6 * 3_600_000,
  now: () => new Date(now),
  random: Math.random,
  refresh: async () => {},
});
for (let tick = 0; tick < round.ticks; tick++) {
  await engine.tick();
  await sleep(2);
  now += round.tickMs;
}
await engine.idle();
await database.close();
