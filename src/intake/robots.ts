import robotsParser from 'robots-parser';
import { type Fetcher, USER_AGENT } from './fetch.ts';

export interface Robots {
  /** Whether a host lets the address be visited by robots, and the milliseconds that it asks for between two visits. */
  rulesFor(url: URL): Promise<RobotsRules>;
}

export type RobotsRules =
  | { outcome: 'allowed'; delayMs: number }
  | { outcome: 'disallowed'; reason: string }
  /** The rules could not be read: nothing may be visited until they can. */
  | { outcome: 'unreachable'; reason: string };

// Its types tell of a default export, where the module itself is the function.
const parse: typeof robotsParser.default = 'default' in robotsParser ? robotsParser.default : robotsParser;

interface Known {
  rules: ReturnType<typeof parse> | 'everything' | 'nothing';
  until: number;
}

/** https://www.rfc-editor.org/rfc/rfc9309#section-2.4: no copy is used for longer than a day … */
const TTL_MS = 24 * 3_600_000;
/** … but while the file is unreachable, nothing may be visited, and the host is left alone for a while. */
const UNREACHABLE_MS = 15 * 60_000;
/** Section 2.5: at least this much of the file has to be read. */
const MAX_CHARS = 500 * 1024;
/** Hosts whose rules are kept in memory. */
const MAX_HOSTS = 500;
/** A host that asks for longer pauses is visited as if it asked for this one: no work waits for hours. */
const MAX_DELAY_MS = 5 * 60_000;

/**
 * The rules of robots.txt (RFC 9309), kept by host for a day. A file that is not there (4xx) allows everything; one that cannot be
 * reached (network, 5xx; also 429, which asks for fewer visits) forbids everything for now, unless an older copy is still known.
 */
export function createRobots({ fetcher, now }: { fetcher: Pick<Fetcher, 'get'>; now: () => Date }): Robots {
  const hosts = new Map<string, Known>();
  const asking = new Map<string, Promise<Known>>();

  async function ask(origin: string): Promise<Known> {
    const held = hosts.get(origin);
    const at = now().getTime();
    const result = await fetcher.get(`${origin}/robots.txt`, { anyType: true });
    if (result.outcome === 'fetched') {
      const text = new TextDecoder().decode(result.bytes).slice(0, MAX_CHARS);
      // Whom a redirect leads to answers for the host that was asked (section 2.3.1.2).
      return { rules: parse(`${origin}/robots.txt`, text), until: at + TTL_MS };
    }
    // Too large, or one that leads on and on: section 2.3.1.2 counts it as not there. What is not public is refused again with its page.
    if (result.outcome === 'refused') return { rules: 'everything', until: at + UNREACHABLE_MS };
    const status = result.outcome === 'failed' ? (result.status ?? 0) : 0;
    if (status >= 400 && status < 500 && status !== 429) return { rules: 'everything', until: at + TTL_MS };
    return { rules: held?.rules ?? 'nothing', until: at + UNREACHABLE_MS };
  }

  async function knownOf(origin: string): Promise<Known> {
    const held = hosts.get(origin);
    if (held && held.until > now().getTime()) return held;
    const pending = asking.get(origin) ?? ask(origin).finally(() => asking.delete(origin));
    asking.set(origin, pending);
    const known = await pending;
    hosts.delete(origin);
    hosts.set(origin, known);
    const [oldest] = hosts.keys();
    if (hosts.size > MAX_HOSTS && oldest !== undefined) hosts.delete(oldest);
    return known;
  }

  return {
    async rulesFor(url) {
      const { rules } = await knownOf(url.origin);
      if (rules === 'everything') return { outcome: 'allowed', delayMs: 0 };
      if (rules === 'nothing')
        return {
          outcome: 'unreachable',
          reason: `${url.hostname} cannot tell whether robots are welcome (its robots.txt cannot be read).`,
        };
      if (rules.isAllowed(url.href, USER_AGENT) === false)
        return { outcome: 'disallowed', reason: `The robots.txt of ${url.hostname} asks robots not to visit that address.` };
      const delay = rules.getCrawlDelay(USER_AGENT) ?? 0;
      return { outcome: 'allowed', delayMs: Math.min(Math.max(delay, 0) * 1000, MAX_DELAY_MS) };
    },
  };
}
