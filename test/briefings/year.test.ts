import { expect, test } from 'vitest';
import type { Engine } from '../../src/briefings/engine.ts';
import { nextSlots } from '../../src/briefings/schedule.ts';
import { openBriefedBot } from '../support/briefed-bot.ts';
import { TEN_ZONES, zoneYear } from '../support/zones.ts';

const MINUTE = 60_000;
const LATEST_TICK = 300 * MINUTE;
const TIMES: [string, number, string][] = [
  ['night', 150, '30 2 * * *'],
  ['midnight', 0, '0 0 * * *'],
  ['sunday', 90, '30 1 * * 0'],
];
const isSunday = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay() === 0;

/** The same numbers at every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

test.each([2011, 2018, 2026])(
  'through all of %i, with two processes, restarts and late ticks, each channel is briefed once for each of its local slots',
  async (year) => {
    const from = Date.UTC(year, 0, 2);
    const to = Date.UTC(year, 11, 30);
    const bot = await openBriefedBot({ now: new Date(from).toISOString() });
    const expected = new Map<string, number[]>();
    for (const [timeZone] of TEN_ZONES.filter(([, its]) => its === year)) {
      for (const [name, minutes, cron] of TIMES) {
        const id = `${timeZone} ${name}`;
        const schedule = { cron, timeZone };
        await bot.subscribe({ id, schedule, next: nextSlots(schedule, new Date(from), 1)[0]! });
        const moments = [...zoneYear(timeZone, year).moments(minutes)].filter(([date]) => name !== 'sunday' || isSunday(date));
        expected.set(
          id,
          moments.map(([, at]) => at).filter((at) => at > from && at <= to),
        );
      }
    }
    const random = seeded(year);
    let engines: Engine[] = [bot.newEngine('a'), bot.newEngine('b')];
    for (let tick = 1; bot.clock.now().getTime() < to; tick++) {
      bot.clock.set(Math.min(to, bot.clock.now().getTime() + 1000 + Math.floor(random() * (LATEST_TICK - 1000))));
      await Promise.all(engines.map((engine) => engine.tick()));
      await Promise.all(engines.map((engine) => engine.idle()));
      if (tick % 500 === 0) engines = [bot.newEngine(`a${tick}`), bot.newEngine(`b${tick}`)];
    }
    for (const [channel, moments] of expected) {
      const arrivals = bot.courier.received.filter(({ destination }) => destination.channel === channel).map(({ at }) => at);
      expect([channel, arrivals.length]).toEqual([channel, moments.length]);
      const late = arrivals.map((at, index) => at - moments[index]!);
      expect([channel, Math.min(...late) >= 0, Math.max(...late) <= LATEST_TICK]).toEqual([channel, true, true]);
    }
    expect(bot.logged.filter(({ level }) => level === 'error')).toEqual([]);
    await bot.close();
  },
  60_000,
);
