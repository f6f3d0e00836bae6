import { setImmediate } from 'node:timers/promises';
import type { Log } from '../log.ts';
import type { BriefingStore, ClaimedDelivery, DeliveryKey } from '../store/briefings.ts';
import type { Store } from '../store/store.ts';
import { planCorrections } from './corrections.ts';
import type { Courier } from './courier.ts';
import { deliver } from './deliver.ts';
import { pauseBy } from './owner.ts';
import { type Broken, planDeliveries } from './plan.ts';
import { createRates } from './rates.ts';

/** A process that holds a delivery for longer is taken to be dead. */
const LEASE_MS = 2 * 60_000;
/** Claimed in one transaction, after which everybody else has a turn. */
const CLAIMS_A_TURN = 10;

export interface EngineOptions {
  store: Store;
  briefings: BriefingStore;
  couriers: ReadonlyMap<string, Courier>;
  log: Log;
  /** Names this process among others on the same database. */
  by: string;
  catchUpMs: number;
  now: () => Date;
  random: () => number;
  /** Embargoes lifted, before a digest is composed. */
  refresh: () => Promise<void>;
}

/** Sends what is due. The database decides what that is: a tick that comes late or twice costs nothing. */
export interface Engine {
  /** Plans, and starts as many deliveries as each workspace takes in the time since the last tick. */
  tick(): Promise<void>;
  /** Resolves when nothing is on its way any more. */
  idle(): Promise<void>;
}

export function createEngine(options: EngineOptions): Engine {
  const { store, briefings, couriers, log, now, refresh, by, catchUpMs, random } = options;
  const platforms = [...couriers].map(([platform, courier]) => ({ platform, courier, rates: createRates(courier) }));
  const flights = new Map<string, Promise<void>>();
  let ticking: Promise<void> | undefined;

  async function turn(): Promise<void> {
    await refresh();
    const at = now().getTime();
    await planDeliveries({ briefings, now: at, catchUpMs, pause });
    await planCorrections({ store, briefings, log, now: now() });
    for (const one of platforms) {
      await setImmediate();
      await startFlights(one, at);
    }
  }

  async function pause({ subscription, because }: Broken): Promise<void> {
    const courier = couriers.get(subscription.destination.platform);
    const paused = await pauseBy('schedule', subscription, because, { briefings, courier, log });
    if (!paused) return;
    const name = `telling ${subscription.id}`;
    const telling = paused.told.catch((error: unknown) =>
      log('error', 'telling an owner broke', { subscription: subscription.id, error }),
    );
    flights.set(
      name,
      telling.finally(() => flights.delete(name)),
    );
  }

  async function startFlights({ platform, courier, rates }: (typeof platforms)[number], at: number): Promise<void> {
    const allowed = rates.allowed(at);
    if (allowed.each < 1 || allowed.inAll < 1) return;
    const found = await briefings.claimable({ now: at, platform, ...allowed });
    // One that this process still holds after its lease, for the clock may have jumped, is left alone.
    const keys = found.filter((key) => !flights.has(nameOf(key)));
    while (keys.length > 0) {
      const turn = keys.splice(0, CLAIMS_A_TURN);
      for (const claimed of await briefings.claim(turn, { now: now().getTime(), by, leaseMs: LEASE_MS })) {
        await setImmediate();
        const { workspace } = claimed.subscription.destination;
        rates.started(workspace);
        const flight = fly(claimed, courier)
          .then((seconds) => rates.ended(workspace, now().getTime(), seconds))
          .finally(() => flights.delete(nameOf(claimed.delivery)));
        flights.set(nameOf(claimed.delivery), flight);
      }
    }
  }

  async function fly(claimed: ClaimedDelivery, courier: Courier): Promise<number | undefined> {
    const clock = () => now().getTime();
    const context = { store, briefings, log, now: now(), courier, by, leaseMs: LEASE_MS, catchUpMs, random, clock };
    try {
      return await deliver(claimed, context);
    } catch (error) {
      // Its lease runs out and it is tried again, after asking whether it arrived.
      const { subscription, slot } = claimed.delivery;
      log('error', 'delivery broke', { subscription, slot, error });
      return undefined;
    }
  }

  return {
    tick() {
      ticking ??= turn().finally(() => {
        ticking = undefined;
      });
      return ticking;
    },
    async idle() {
      await ticking;
      while (flights.size > 0) await Promise.all(flights.values());
    },
  };
}

const nameOf = ({ subscription, slot }: DeliveryKey): string => `${subscription}\n${slot}`;
