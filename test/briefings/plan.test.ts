import { afterEach, expect, test } from 'vitest';
import { createEngine } from '../../src/briefings/engine.ts';
import { planDeliveries } from '../../src/briefings/plan.ts';
import { nextSlots } from '../../src/briefings/schedule.ts';
import { type BriefedBot, openBriefedBot, PLATFORM } from '../support/briefed-bot.ts';

const SLOT = Date.parse('2026-11-26T08:00:00Z');
const NEVER = '0 0 31 2 *';
const open: BriefedBot[] = [];
afterEach(async () => {
  for (const bot of open.splice(0)) await bot.close();
});
async function briefed(): Promise<BriefedBot> {
  const bot = await openBriefedBot();
  open.push(bot);
  return bot;
}
/** As it was stored long ago: its next slot comes at 08:00. */
const stored = (bot: BriefedBot, id: string, cron: string, timeZone = 'UTC') =>
  bot.subscribe({ id, schedule: { cron, timeZone }, next: { slot: '2026-11-26T08:00+00:00', at: SLOT } });
const statusOf = async (bot: BriefedBot, id: string) => (await bot.bot.briefings.get(id))?.status;

test.each([
  ['never come round', NEVER, 'UTC', 'its times (0 0 31 2 *) never come round again'],
  ['cannot be read', '61 8 * * *', 'UTC', 'its times (61 8 * * *) cannot be read'],
  ['are no times at all', 'now and then', 'UTC', 'its times (now and then) cannot be read'],
  [
    'are of a zone that is known no more',
    '0 8 * * *',
    'Mars/Olympus',
    'its times cannot be computed any more: the time zone Mars/Olympus is not known here',
  ],
])('a briefing that was stored with times that %s pauses, says why, and tells its owner once', async (_, cron, zone, because) => {
  const bot = await briefed();
  await stored(bot, 'a', cron, zone);
  await stored(bot, 'b', '0 8 * * *');
  await bot.tickUntil('2026-11-26T08:00:00Z', 4 * 3_600_000);
  await bot.tickUntil('2026-11-26T08:00:03Z');
  expect(await statusOf(bot, 'a')).toEqual({ is: 'paused', because, by: 'schedule' });
  expect(bot.courier.told).toEqual([
    {
      owner: 'owner',
      words: `The briefings of #a are paused: ${because}. They go on once other times, or another time zone, are set with /briefings edit.`,
    },
  ]);
  expect([bot.readIn('a').length, bot.readIn('b').length]).toEqual([0, 1]);
});

test('an owner who cannot be reached holds nobody up', async () => {
  const bot = await briefed();
  await stored(bot, 'a', NEVER);
  await stored(bot, 'b', '0 8 * * *');
  bot.courier.tell = () => bot.clock.later(60_000);
  await bot.startAt(SLOT);
  expect(bot.readIn('b')).toHaveLength(1);
  bot.clock.advance(60_000);
  await bot.engine.idle();
});

test('it pauses too where its platform is not configured any more', async () => {
  const bot = await briefed();
  await stored(bot, 'a', NEVER);
  const engine = createEngine({
    store: bot.bot.store,
    briefings: bot.bot.briefings,
    couriers: new Map(),
    log: () => {},
    by: 'here',
    catchUpMs: 0,
    now: () => new Date(SLOT),
    random: () => 0.5,
    refresh: async () => {},
  });
  await engine.tick();
  expect(await statusOf(bot, 'a')).toMatchObject({ is: 'paused', by: 'schedule' });
});

test('however many are broken, or stay due although they were planned, planning ends and reaches all others', async () => {
  const bot = await briefed();
  for (let n = 0; n < 40; n++) await stored(bot, `broken${n}`, NEVER);
  for (let n = 0; n < 40; n++) await stored(bot, `stuck${n}`, '0 8 * * *');
  await stored(bot, 'well', '0 8 * * *');
  const { briefings } = bot.bot;
  const planned: string[] = [];
  const broken: string[] = [];
  await planDeliveries({
    briefings: {
      ...briefings,
      async plan(all) {
        planned.push(...all.map(({ subscription }) => subscription.id));
        await briefings.plan(all.filter(({ subscription }) => subscription.id === 'well'));
      },
    },
    now: SLOT,
    catchUpMs: 0,
    pause: async ({ subscription }) => void broken.push(subscription.id),
  });
  expect([broken.length, planned.length, new Set(planned).size]).toEqual([40, 41, 41]);
  expect((await briefings.ledger('well', 10)).map(({ state }) => state)).toEqual(['due']);
});

test.each([
  ['every twenty minutes', '*/20 * * * *', '2026-11-25T15:40+00:00'],
  ['every hour', '0 * * * *', '2026-11-24T07:00+00:00'],
  ['every day', '0 8 * * *', '2026-10-08T08:00+00:00'],
])('of an absence of years the fifty newest slots are recorded, and the very last is sent (%s)', async (_, cron, oldest) => {
  const bot = await briefed();
  const schedule = { cron, timeZone: 'UTC' };
  await bot.subscribe({ id: 'a', schedule, next: nextSlots(schedule, new Date('2021-01-01T00:30Z'), 1)[0] });
  await bot.tickAt('2026-11-26T08:00:00Z');
  const slots = (await bot.bot.briefings.ledger('a', 100)).reverse();
  expect(slots).toHaveLength(50);
  expect(slots[0]).toMatchObject({ slot: oldest, state: 'skipped', reason: expect.stringContaining('like all before it') });
  expect(slots.at(-1)).toMatchObject({ slot: '2026-11-26T08:00+00:00', state: 'sent', late: false });
  expect(bot.courier.received.map(({ destination }) => destination.platform)).toEqual([PLATFORM]);
});

test('a leap day comes round, once in years, and is waited for', async () => {
  const bot = await briefed();
  const schedule = { cron: '0 8 29 2 *', timeZone: 'UTC' };
  await bot.subscribe({ id: 'a', schedule });
  await bot.tickAt('2028-02-29T08:00:00Z');
  expect(bot.readIn('a')).toHaveLength(1);
  expect((await bot.bot.briefings.get('a'))?.next?.slot).toBe('2032-02-29T08:00+00:00');
});
