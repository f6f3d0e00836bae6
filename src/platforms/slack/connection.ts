import type { Server } from 'node:http';
import { type App, type HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import { OperatorError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { createRetry } from '../retry.ts';
import { deadToken, failureOf } from './errors.ts';
import { portTaken, refuseTakenPort } from './receivers.ts';

/** Slack says hello as soon as it is connected. */
const HELLO_MS = 20_000;
const LAST_ANSWERS_MS = 10_000;
const IDLE_MS = 20;

interface Connecting {
  app: App;
  receiver: SocketModeReceiver | HTTPReceiver;
  port: number;
  /** Also listens at the port, for installations. */
  installs: boolean;
  log: Log;
  /** A line for the operator. */
  say: (line: string) => void;
  /** Called whenever Slack is connected. */
  connected: () => Promise<void>;
  /** Slack does not let the bot go on. */
  failed: (error: OperatorError) => void;
}

export interface Connection {
  /** Resolves when Slack is connected, or cannot be reached for now and is tried again. Throws OperatorError where trying again is of no use. */
  start(): Promise<void>;
  /** Takes what still comes until nothing is under way, then closes. */
  stop(underWay: () => Promise<void>): Promise<void>;
  /** Where HTTP arrives, once it listens. */
  port(): number | undefined;
}

/** Connects, says how that goes, and connects again whenever the connection is lost. */
export function createConnection({ app, receiver, port, installs, log, say, connected, failed }: Connecting): Connection {
  let isInitialised = false;
  let isStarted = false;
  let isConnecting = false;
  let stopping = false;
  let server: Server | undefined;
  const retry = createRetry({ platform: 'slack', connect, finalProblem, reasonOf, failed, log, say });

  if (receiver instanceof SocketModeReceiver) {
    receiver.client.on('disconnected', () => {
      if (isConnecting || stopping) return;
      log('info', 'slack closed the connection');
      void retry.keepTrying(0);
    });
  }

  /** One try, step by step; the steps that went well are not repeated. */
  async function connect(): Promise<void> {
    isConnecting = true;
    try {
      if (!isInitialised) {
        await app.init();
        isInitialised = true;
      }
      if (receiver instanceof SocketModeReceiver) await connectSocket(receiver);
      else if (!isStarted) await listen(receiver);
    } finally {
      isConnecting = false;
    }
    if (stopping) return;
    say(retry.isBack() ? 'Slack is connected again.' : 'Slack is connected.');
    await connected();
  }

  async function connectSocket(by: SocketModeReceiver): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const hello = isStarted ? by.client.start() : startOnce(by);
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error('Slack says no hello'));
        void by.client.disconnect();
      }, HELLO_MS);
    });
    // Both may still fail after the other did.
    for (const one of [hello, late]) one.catch(() => undefined);
    try {
      await Promise.race([hello, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async function startOnce(by: SocketModeReceiver): Promise<unknown> {
    if (installs) await refuseTakenPort(port);
    isStarted = true;
    return by.start();
  }

  async function listen(by: HTTPReceiver): Promise<void> {
    try {
      const listening = await by.start(port);
      if ('closeIdleConnections' in listening) server = listening;
      isStarted = true;
    } catch (error) {
      throw portTaken(port, error);
    }
  }

  return {
    async start() {
      try {
        await connect();
      } catch (error) {
        const final = finalProblem(error) ?? refusedAtStart(error);
        if (final) throw final;
        retry.lost(reasonOf(error));
        void retry.keepTrying(1);
      }
    },

    async stop(underWay) {
      stopping = true;
      retry.stop();
      let hurry: NodeJS.Timeout | undefined;
      await Promise.race([
        underWay(),
        new Promise((resolve) => {
          hurry = setTimeout(resolve, LAST_ANSWERS_MS);
        }),
      ]);
      clearTimeout(hurry);
      if (!isStarted) return;
      isStarted = false;
      // A connection whose answer has just ended would else be kept for the next request.
      const idle = setInterval(() => server?.closeIdleConnections(), IDLE_MS);
      if (receiver instanceof SocketModeReceiver) {
        await receiver.stop();
        await receiver.client.disconnect();
      } else await receiver.stop();
      clearInterval(idle);
    },

    port() {
      const address = server?.address();
      return typeof address === 'object' && address ? address.port : undefined;
    },
  };
}

/** What no further try can change; undefined for anything else. */
function finalProblem(error: unknown): OperatorError | undefined {
  if (error instanceof OperatorError) return error;
  const code = deadToken(error);
  return code === undefined ? undefined : tokenRefused(code, error);
}

/** At the start a refusal is a mistake of the settings, later a whim of Slack. */
function refusedAtStart(error: unknown): OperatorError | undefined {
  try {
    const failure = failureOf(error);
    return failure.type === 'refused' && !failure.code.startsWith('http_') ? tokenRefused(failure.code, error) : undefined;
  } catch {
    return undefined;
  }
}

export function tokenRefused(code: string, cause: unknown): OperatorError {
  return new OperatorError(
    `Slack does not accept the tokens (${code}). SLACK_BOT_TOKEN is the “Bot User OAuth Token” under “OAuth & Permissions” of the app at ` +
      'api.slack.com/apps; SLACK_APP_TOKEN is an app-level token with the scope connections:write under “Basic Information”. ' +
      'Copy them again, and run “briefdesk doctor” to see which one it is.',
    { cause },
  );
}

function reasonOf(error: unknown): string {
  try {
    return failureOf(error).reason;
  } catch {
    return error instanceof Error && error.message !== ''
      ? `Slack is not connected (${error.message})`
      : 'Slack closed the connection';
  }
}
