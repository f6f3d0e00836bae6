import { lookup } from 'node:dns/promises';
import { Agent, fetch, type Response } from 'undici';
import type { SourceType } from '../content/import/model.ts';
import { version } from '../version.ts';
import { checkAddress, hostOf } from './address.ts';
import { type AllowedHosts, NO_HOSTS } from './allowed-hosts.ts';
import { checkedConnector, type Resolve } from './checked-connector.ts';
import { failureOf } from './fetch-failure.ts';
import { ACCEPT, typeOf } from './media-type.ts';
import { ageOf, retryAfterOf } from './response-headers.ts';

export interface FetcherOptions {
  /** What the operator opens of what is not public. */
  allow?: AllowedHosts;
  now: () => Date;
  /** Every address that a name has; the system’s own where left out. */
  resolve?: Resolve;
  limits?: Partial<FetchLimits>;
}

export interface FetchLimits {
  /** Milliseconds for the whole of a request, redirects and body. */
  ms: number;
  /** Bytes of the body once it is unpacked. */
  bytes: number;
  redirects: number;
}

const LIMITS: FetchLimits = { ms: 30_000, bytes: 20 * 1024 * 1024, redirects: 5 };

/** How Briefdesk is called by those whom it visits: also the name that robots.txt may give. */
export const USER_AGENT = `Briefdesk/${version}`;

export interface GetOptions {
  /** Of the copy that is here already: what has not changed since is not sent again. */
  etag?: string | undefined;
  lastModified?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Takes a body of any type, for what is not a document. */
  anyType?: boolean;
  /** Is asked before each hop, and may refuse it with a reason. */
  before?: (url: URL) => Promise<FetchResult | undefined>;
}

export type FetchResult =
  | {
      outcome: 'fetched';
      bytes: Uint8Array;
      type: SourceType;
      /** After redirects. */
      url: string;
      etag: string | undefined;
      lastModified: string | undefined;
      maxAgeMs: number | undefined;
    }
  | { outcome: 'unchanged'; maxAgeMs: number | undefined }
  /** It will be no different the next time. */
  | { outcome: 'refused'; reason: string }
  | { outcome: 'failed'; reason: string; status?: number; retryAfterMs?: number | undefined };

export interface Fetcher {
  /** The document at an address. Never throws; reasons name the host, never the rest of the address nor what was answered. */
  get(address: string, options?: GetOptions): Promise<FetchResult>;
  close(): Promise<void>;
}

/**
 * Fetches documents from public hosts only: every hop and every address that a name leads to is checked when it connects, and size,
 * time and type are bounded. No proxy is used, no cookie kept, no password sent.
 */
export function openFetcher({ allow = NO_HOSTS, now, resolve = resolveAll, limits }: FetcherOptions): Fetcher {
  const bounds = { ...LIMITS, ...limits };
  const tooLarge = `The document is larger than ${(bounds.bytes / 1024 / 1024).toLocaleString('en')} MB.`;
  const agent = new Agent({
    connect: checkedConnector(resolve, { allowed: allow, ms: bounds.ms }),
    maxResponseSize: bounds.bytes,
  });

  async function hop(url: URL, { etag, lastModified }: GetOptions, signal: AbortSignal): Promise<Response> {
    return fetch(url, {
      dispatcher: agent,
      redirect: 'manual',
      signal,
      headers: {
        'user-agent': USER_AGENT,
        accept: ACCEPT,
        ...(etag === undefined ? {} : { 'if-none-match': etag }),
        ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
      },
    });
  }

  async function follow(address: string, options: GetOptions, signal: AbortSignal): Promise<FetchResult> {
    let next = address;
    for (let hops = 0; hops <= bounds.redirects; hops += 1) {
      const checked = checkAddress(next, allow);
      if (checked.outcome === 'refused')
        return hops === 0 ? checked : { ...checked, reason: `It leads elsewhere. ${checked.reason}` };
      const { url } = checked;
      const stopped = await options.before?.(url);
      if (stopped) return stopped;
      try {
        const response = await hop(url, options, signal);
        const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null;
        if (location === null) return await resultOf(response, url, options);
        await response.body?.cancel();
        next = URL.canParse(location, url.href) ? new URL(location, url).href : location;
      } catch (error) {
        return failureOf(error, { host: hostOf(url), ms: bounds.ms, tooLarge, isStopped: options.signal?.aborted === true });
      }
    }
    return { outcome: 'refused', reason: `The address leads on more than ${bounds.redirects} times.` };
  }

  async function resultOf(response: Response, url: URL, options: GetOptions): Promise<FetchResult> {
    const { status, headers } = response;
    const maxAgeMs = ageOf(headers.get('cache-control'));
    if (status !== 200) await response.body?.cancel();
    if (status === 304 && (options.etag ?? options.lastModified) !== undefined) return { outcome: 'unchanged', maxAgeMs };
    if (status !== 200) {
      const retryAfterMs = retryAfterOf(headers.get('retry-after'), now());
      return { outcome: 'failed', reason: `${hostOf(url)} ${inWords(status)}.`, status, retryAfterMs };
    }
    const typed = options.anyType === true ? ({ outcome: 'read', type: 'text' } as const) : typeOf(headers.get('content-type'));
    if (typed.outcome === 'refused') {
      await response.body?.cancel();
      return typed;
    }
    const bytes = await bodyOf(response, bounds.bytes);
    if (bytes === undefined) return { outcome: 'refused', reason: tooLarge };
    return {
      outcome: 'fetched',
      bytes,
      type: typed.type,
      url: url.href,
      etag: kept(headers.get('etag')),
      lastModified: kept(headers.get('last-modified')),
      maxAgeMs,
    };
  }

  return {
    async get(address, options = {}) {
      const ending = new AbortController();
      const late = setTimeout(() => ending.abort(new DOMException('late', 'TimeoutError')), bounds.ms);
      const stop = () => ending.abort();
      options.signal?.addEventListener('abort', stop);
      if (options.signal?.aborted === true) stop();
      try {
        return await follow(address, options, ending.signal);
      } finally {
        clearTimeout(late);
        options.signal?.removeEventListener('abort', stop);
      }
    },
    close: () => agent.destroy(),
  };
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MAX_VALIDATOR = 1000;

const resolveAll: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

const kept = (validator: string | null): string | undefined =>
  validator === null || validator.length > MAX_VALIDATOR ? undefined : validator;

function inWords(status: number): string {
  if (status === 401 || status === 403 || status === 407) return `does not give it to everybody (${status})`;
  if (status === 404) return 'has nothing at that address (404)';
  if (status === 410) return 'has taken it away for good (410)';
  if (status === 429) return 'asks for fewer visits (429)';
  return `answers with status ${status}`;
}

/** The body, unpacked; undefined where it grows beyond the limit: the rest of it is not taken. */
async function bodyOf({ body }: Response, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    if (!(chunk instanceof Uint8Array)) throw new Error('the body is not made of bytes');
    size += chunk.byteLength;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
