import { createEngine } from '../../src/briefings/engine.ts';
import type { Platform } from '../../src/platform.ts';
import type { TestBot } from './bot.ts';
import { createClock, type VirtualClock } from './fake-courier.ts';

/** The scheduled half of a bot on one platform: moves the clock, ticks, and waits until all that was started has ended. */
export function createTicks(
  { bot, setNow, logged }: TestBot,
  { name, courier }: Pick<Platform, 'name' | 'courier'>,
  clock: VirtualClock = createClock(0),
): (iso: string) => Promise<void> {
  const engine = createEngine({
    store: bot.store,
    briefings: bot.briefings,
    couriers: new Map([[name, courier]]),
    log: (level, event, fields) => logged.push({ level, event, fields }),
    by: 'here',
    catchUpMs: 6 * 3_600_000,
    now: clock.now,
    random: () => 0.5,
    refresh: bot.refresh,
  });
  return async (iso) => {
    clock.set(iso);
    setNow(iso);
    await engine.tick();
    await engine.idle();
  };
}
