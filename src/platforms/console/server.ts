import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { AnyCommand } from '../../command.ts';
import { OperatorError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Platform } from '../../platform.ts';
import type { ConsoleStore } from '../../store/console.ts';
import type { ConsoleBot } from './answers.ts';
import { openAssets } from './assets.ts';
import { consoleCourier } from './courier.ts';
import { createWindows } from './events.ts';
import { type Caller, consoleRoutes } from './routes.ts';
import { type ConsoleSettings, checkExposure } from './security.ts';

const PORTS_TRIED = 20;
const LAST_ANSWERS_MS = 10_000;
const IDLE_MS = 20;
const FIRST_CHANNEL = 'general';

export interface ConsolePlatformOptions {
  settings: ConsoleSettings;
  bot: ConsoleBot;
  commands: ReadonlyMap<string, AnyCommand>;
  store: ConsoleStore;
  review: Hono;
  archive: Hono;
  /** Folder of the built pages. */
  assets: string;
  log: Log;
  now: () => Date;
}

export interface ConsolePlatform extends Platform {
  /** Where it listens, once started. */
  address(): string;
  /** Answers requests without a port. */
  routes: Hono<Caller>;
}

/** The local console: chat and archive pages on one port. Throws OperatorError where it would be open to others, or is not built. */
export async function createConsole(options: ConsolePlatformOptions): Promise<ConsolePlatform> {
  const { settings, bot, commands, store, review, archive, log, now } = options;
  checkExposure(settings);
  const assets = openAssets(options.assets);
  const windows = createWindows(store);
  let server: Server | undefined;
  let address = '';
  const changed = () => windows.changed();
  const courier = consoleCourier({ store, now, changed, address: () => settings.publicUrl ?? address });
  const answering = { bot, commands, store, now, changed, linkTo: courier.linkTo };
  const routes = consoleRoutes({ settings, answering, windows, assets, review, archive, log });
  if ((await store.channels()).length === 0) await store.createChannel({ id: randomUUID(), name: FIRST_CHANNEL, at: now() });

  return {
    name: 'console',
    routes,
    address: () => address,

    async start() {
      server = await listen(routes.fetch, settings, log);
      const bound = server.address();
      const port = typeof bound === 'object' && bound ? bound.port : settings.port;
      const host = settings.host.includes(':') ? `[${settings.host.replace(/^\[|\]$/g, '')}]` : settings.host;
      address = `http://${host}:${port}`;
      log('info', 'console listens', { address });
    },

    async stop() {
      windows.close();
      const closing = server;
      server = undefined;
      if (!closing) return;
      const hurry = setTimeout(() => closing.closeAllConnections(), LAST_ANSWERS_MS);
      // A connection whose answer has just ended would else be kept for the next request.
      const idle = setInterval(() => closing.closeIdleConnections(), IDLE_MS);
      await new Promise<void>((resolve) => {
        closing.close(() => resolve());
      });
      clearInterval(idle);
      clearTimeout(hurry);
    },

    courier,
  };
}

type Fetch = Hono<Caller>['fetch'];

/** The port of the settings, or the next free one. */
async function listen(fetch: Fetch, { host, port }: ConsoleSettings, log: Log): Promise<Server> {
  for (let tried = port; tried < port + PORTS_TRIED && tried <= 65_535; tried++) {
    const server = createServer(fetch);
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(tried, host.replace(/^\[|\]$/g, ''), () => {
          server.off('error', reject);
          resolve();
        });
      });
      return server;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code !== 'EADDRINUSE') {
        throw new OperatorError(`The console cannot listen on ${host}:${tried}: ${String(error)}. Change HOST or PORT.`, {
          cause: error,
        });
      }
      log('warn', 'port taken: the next one is tried', { port: tried });
    }
  }
  throw new OperatorError(`The ports ${port} to ${port + PORTS_TRIED - 1} are all taken. Set PORT to a free one.`);
}

function createServer(fetch: Fetch): Server {
  const server = createAdaptorServer({ fetch });
  if (!('closeIdleConnections' in server)) throw new Error('the console is served over HTTP/1.1');
  server.headersTimeout = 20_000;
  server.requestTimeout = 30_000;
  return server;
}
