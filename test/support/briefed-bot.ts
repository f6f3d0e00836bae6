import { setImmediate } from 'node:timers/promises';
import { createEngine, type Engine } from '../../src/briefings/engine.ts';
import { nextSlots } from '../../src/briefings/schedule.ts';
import type { Subscription } from '../../src/briefings/subscription.ts';
import type { Message } from '../../src/message/document.ts';
import { toTerminal } from '../../src/message/terminal.ts';
import { openTestBot, type TestBot, type TestBotOptions } from './bot.ts';
import { createClock, createFakeCourier, type FakeCourier, type VirtualClock } from './fake-courier.ts';

export const PLATFORM = 'fake';

export interface BriefedBot extends TestBot {
  clock: VirtualClock;
  courier: FakeCourier;
  /** The engine of this process; `restart` puts a new one in its place. */
  engine: Engine;
  /** Draws the jitter. */
  random: () => number;
  newEngine(by: string): Engine;
  restart(): void;
  /** Adds a subscription of weekdays at 08:00 UTC, changed where the test needs it; its channel has its id. */
  subscribe(changed?: Partial<Subscription>): Promise<Subscription>;
  /** Moves the clock, ticks, and lets what was started go as far as the platform. */
  startAt(at: string | number): Promise<void>;
  /** Moves the clock, ticks, and waits until all that was started has ended. */
  tickAt(at: string | number): Promise<void>;
  /** Ticks every `step` ms until a moment. */
  tickUntil(at: string | number, step?: number): Promise<void>;
  /** Words of the messages that a channel got. */
  readIn(channel: string): string[];
  words(message: Message): string;
}

/** A bot whose briefings go to a fake platform, over a real database, under a virtual clock that starts on Wednesday, 25 November 2026 at noon UTC. */
export async function openBriefedBot(
  options: TestBotOptions & { perSecond?: number; perSecondInAll?: number } = {},
): Promise<BriefedBot> {
  const clock = createClock(options.now ?? '2026-11-25T12:00:00Z');
  const bot = await openTestBot({ ...options, now: clock.now().toISOString() });
  const courier = createFakeCourier(clock, {
    perSecond: options.perSecond ?? 1000,
    ...(options.perSecondInAll === undefined ? {} : { perSecondInAll: options.perSecondInAll }),
  });
  let count = 0;
  const newEngine = (by: string): Engine =>
    createEngine({
      store: bot.bot.store,
      briefings: bot.bot.briefings,
      couriers: new Map([[PLATFORM, courier]]),
      log: (level, event, fields) => bot.logged.push({ level, event, fields }),
      by,
      catchUpMs: 6 * 3_600_000,
      now: clock.now,
      random: () => own.random(),
      refresh: async () => {
        bot.setNow(clock.now().toISOString());
        await bot.bot.refresh();
      },
    });

  const own: Omit<BriefedBot, keyof TestBot> = {
    clock,
    courier,
    random: () => 0.5,
    engine: newEngine('first'),
    newEngine,
    restart() {
      own.engine = newEngine(`restarted ${++count}`);
    },

    async subscribe(changed: Partial<Subscription> = {}) {
      const schedule = changed.schedule ?? { cron: '0 8 * * 1-5', timeZone: 'UTC' };
      const id = changed.id ?? `s${++count}`;
      const subscription: Subscription = {
        id,
        destination: { platform: PLATFORM, workspace: 'w', channel: id },
        channelName: `#${id}`,
        owner: { id: 'owner', name: 'Olga' },
        filter: { topics: [], countries: [], persons: [] },
        schedule,
        max: 3,
        whenEmpty: 'note',
        sample: false,
        status: { is: 'active' },
        createdAt: clock.now().getTime(),
        next: changed.next ?? nextSlots(schedule, clock.now(), 1)[0],
        version: 1,
        ...changed,
      };
      await bot.bot.briefings.add(subscription);
      return subscription;
    },

    async startAt(at: string | number) {
      clock.set(at);
      await own.engine.tick();
      for (let turn = 0; turn < 10; turn++) await setImmediate();
    },

    async tickAt(at: string | number) {
      clock.set(at);
      await own.engine.tick();
      await own.engine.idle();
    },

    async tickUntil(at: string | number, step = 1000) {
      const until = new Date(at).getTime();
      while (clock.now().getTime() < until) await own.tickAt(Math.min(until, clock.now().getTime() + step));
    },

    readIn: (channel: string) =>
      courier.received.filter(({ destination }) => destination.channel === channel).map(({ message }) => own.words(message)),

    words: (message: Message) => toTerminal(message, { width: 200, colour: false }, new Map()),
  };
  return Object.assign(own, bot);
}
