import { setTimeout as timer } from 'node:timers/promises';
import type { Fetcher, FetchResult, GetOptions } from './fetch.ts';
import { createRobots, type Robots, type RobotsRules } from './robots.ts';

export interface VisitorOptions {
  fetcher: Pick<Fetcher, 'get'>;
  now: () => Date;
  robots?: Robots;
  /** Resolves after some milliseconds; rejects when it is stopped. */
  wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export interface Visitor {
  /** Fetches as a guest does: where robots.txt allows it, one visit at a time to a host, with the pause that it asks for between two. */
  get(address: string, options?: GetOptions): Promise<FetchResult>;
}

/** Between two visits to a host that asks for no pause of its own. */
const PAUSE_MS = 1000;
const MAX_HOSTS = 500;

interface Host {
  /** Ends with the visit under way. */
  busy: Promise<unknown>;
  /** From when on it may be visited again, milliseconds. */
  free: number;
}

export function createVisitor({ fetcher, now, robots = createRobots({ fetcher, now }), wait = pause }: VisitorOptions): Visitor {
  const hosts = new Map<string, Host>();

  function hostNamed(name: string): Host {
    const host = hosts.get(name) ?? { busy: Promise.resolve(), free: 0 };
    hosts.delete(name);
    hosts.set(name, host);
    const [oldest] = hosts.keys();
    if (hosts.size > MAX_HOSTS && oldest !== undefined) hosts.delete(oldest);
    return host;
  }

  async function visit(url: URL, options: GetOptions, host: Host): Promise<FetchResult> {
    const rules = await robots.rulesFor(url);
    if (rules.outcome !== 'allowed') return refusal(rules);
    const early = host.free - now().getTime();
    if (early > 0) await wait(early, options.signal);
    const before = async (hop: URL) => {
      const there = hop.href === url.href ? rules : await robots.rulesFor(hop);
      return there.outcome === 'allowed' ? undefined : refusal(there);
    };
    const result = await fetcher.get(url.href, { ...options, before });
    host.free = now().getTime() + Math.max(rules.delayMs, PAUSE_MS);
    return result;
  }

  return {
    get(address, options = {}) {
      // What is no address of the web is refused by the fetcher, which asks nobody.
      if (!URL.canParse(address) || !/^https?:/i.test(address)) return fetcher.get(address, options);
      const url = new URL(address);
      url.hash = '';
      const host = hostNamed(url.hostname);
      const visited = host.busy
        .then(() => visit(url, options, host))
        .catch((error: unknown): FetchResult => {
          if (options.signal?.aborted === true) return { outcome: 'failed', reason: 'It was stopped.' };
          throw error;
        });
      host.busy = visited.catch(() => undefined);
      return visited;
    },
  };
}

const refusal = ({ outcome, reason }: Exclude<RobotsRules, { outcome: 'allowed' }>): FetchResult =>
  outcome === 'disallowed' ? { outcome: 'refused', reason } : { outcome: 'failed', reason };

const pause = (ms: number, signal?: AbortSignal): Promise<void> => timer(ms, undefined, signal === undefined ? {} : { signal });
