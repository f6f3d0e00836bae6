import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { readAllowedHosts } from '../../src/intake/allowed-hosts.ts';
import { type Fetcher, type FetchLimits, openFetcher } from '../../src/intake/fetch.ts';

export interface Site {
  port: number;
  /** The address of a path under any host name: a test’s own lookup leads it here. */
  at(path: string, host?: string): string;
  /** Method and path of every request, in order, with its headers. */
  asked: { path: string; headers: IncomingMessage['headers'] }[];
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A web server on loopback that is gone when the test is over. */
export async function aSite(answer: Answer, address = '127.0.0.1'): Promise<Site> {
  const asked: Site['asked'] = [];
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', headers: request.headers });
    answer(request, response);
  });
  server.listen(0, address);
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const bound = server.address();
  const port = bound !== null && typeof bound === 'object' ? bound.port : 0;
  return { port, asked, at: (path, host = 'news.example') => `http://${host}:${port}${path}` };
}

/** A fetcher whose names all lead to loopback. */
export function aLocalFetcher(now: () => Date, limits: Partial<FetchLimits> = {}): Fetcher {
  const allow = readAllowedHosts('127.0.0.0/8');
  if (!allow) throw new Error('no list');
  const fetcher = openFetcher({ allow, now, resolve: async () => ['127.0.0.1'], limits });
  onTestFinished(() => fetcher.close());
  return fetcher;
}

export interface Virtual {
  now: () => Date;
  /** Moves on by itself, as long as it is asked to. */
  wait: (ms: number) => Promise<void>;
  /** How long it was waited, in order. */
  waits: number[];
  pass(ms: number): void;
}

/** A clock that moves only when somebody waits. */
export function aClock(iso = '2026-11-25T12:00:00Z'): Virtual {
  let at = Date.parse(iso);
  const waits: number[] = [];
  return {
    now: () => new Date(at),
    waits,
    async wait(ms) {
      waits.push(ms);
      at += ms;
    },
    pass(ms) {
      at += ms;
    },
  };
}

/** Answers with a body of a type. */
export const sends =
  (body: string | Uint8Array, type = 'text/html; charset=utf-8', headers: Record<string, string> = {}): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': type, ...headers });
    response.end(body);
  };

/** Answers by path; 404 elsewhere. */
export const byPath =
  (paths: Record<string, Answer | undefined>): Answer =>
  (request, response) => {
    const found = paths[request.url ?? ''];
    if (found) return found(request, response);
    response.writeHead(404).end();
  };
