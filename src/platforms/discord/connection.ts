import { type Client, DiscordjsError, DiscordjsErrorCodes, Events, GatewayCloseCodes } from 'discord.js';
import { OperatorError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { createRetry } from '../retry.ts';
import { failureOf, isDeadToken, loggable, tokenRefused } from './errors.ts';

/** Discord is ready within seconds; until then the other platforms wait. */
const READY_MS = 20_000;

interface Connecting {
  /** A new client with its listeners: one that failed to start is of no further use. */
  open: () => Client;
  token: string;
  /** Once it is connected for the first time. */
  ready: (client: Client<true>) => Promise<void>;
  log: Log;
  /** A line for the operator. */
  say: (line: string) => void;
  /** Discord does not let the bot go on. */
  failed: (error: OperatorError) => void;
}

export interface Connection {
  client(): Client | undefined;
  /** Resolves when Discord is connected, or cannot be reached for now and is tried again. Throws OperatorError where trying again is of no use. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Connects, says how that goes, and connects again whenever the connection is lost. */
export function createConnection({ open, token, ready, log, say, failed }: Connecting): Connection {
  let client: Client | undefined;
  let stopping = false;
  const retry = createRetry({ platform: 'discord', connect, finalProblem, reasonOf, failed, log, say });

  /** One try. Resolves when it is ready, or late but still trying; rejects where this client is of no further use. */
  async function connect(): Promise<void> {
    const current = open();
    client = current;
    let timer: NodeJS.Timeout | undefined;
    const isReady = new Promise<'ready'>((resolve, reject) => {
      current.once(Events.ClientReady, (connected) => {
        retry.isBack();
        say('Discord is connected.');
        resolve('ready');
        void ready(connected).catch((error: unknown) => log('error', 'start in discord broke', loggable(error)));
      });
      current.on(Events.ShardDisconnect, ({ code }) => {
        const problem = closed(code);
        reject(problem);
        failed(problem);
      });
      current.once(Events.Invalidated, () => reject(tokenRefused()));
    });
    const isLate = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, READY_MS, 'late');
    });
    const login = current.login(token);
    for (const one of [isReady, login]) one.catch(() => undefined);
    current.on(Events.ShardReconnecting, (shard) => stopping || log('info', 'discord closed the connection', { shard }));
    current.on(Events.ShardResume, (shard) => log('info', 'discord is connected again', { shard }));
    current.on(Events.ShardError, (error, shard) => log('warn', 'discord connection', { ...loggable(error), shard }));
    current.on(Events.Error, (error) => log('error', 'discord client', loggable(error)));
    current.on(Events.Warn, (reason) => log('warn', 'discord client', { reason }));
    try {
      const outcome = await Promise.race([isReady, isLate, login.then(() => isReady)]);
      if (outcome === 'late') retry.lost('Discord is not ready yet');
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    client: () => client,

    async start() {
      try {
        await connect();
      } catch (error) {
        const final = finalProblem(error);
        if (final) {
          await client?.destroy();
          throw final;
        }
        retry.lost(reasonOf(error));
        void retry.keepTrying(1);
      }
    },

    async stop() {
      stopping = true;
      retry.stop();
      await client?.destroy();
    },
  };
}

/** What no further try can change; undefined for anything else. */
function finalProblem(error: unknown): OperatorError | undefined {
  if (error instanceof OperatorError) return error;
  const isInvalid = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
  return isInvalid || isDeadToken(error) ? tokenRefused(error) : undefined;
}

/** Closed for good. https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
function closed(code: number): OperatorError {
  if (code === GatewayCloseCodes.AuthenticationFailed) return tokenRefused();
  return new OperatorError(
    `Discord closed the connection for good (${code}): ${CLOSED[code] ?? 'it gives no reason; update Briefdesk'}.`,
  );
}

const CLOSED: Record<number, string> = {
  [GatewayCloseCodes.InvalidShard]: 'the number of connections is not valid. Set DISCORD_SHARDS to auto',
  [GatewayCloseCodes.ShardingRequired]: 'the bot is in too many servers for so few connections. Set DISCORD_SHARDS to auto',
  [GatewayCloseCodes.InvalidAPIVersion]: 'this version of the API is no longer served. Update Briefdesk',
  [GatewayCloseCodes.InvalidIntents]: 'the intents are not valid. Update Briefdesk',
  [GatewayCloseCodes.DisallowedIntents]:
    'the application is not allowed the intents it asks for. Briefdesk asks for Guilds only: see “Bot” of the application at discord.com/developers/applications',
};

function reasonOf(error: unknown): string {
  try {
    return failureOf(error).reason;
  } catch {
    return error instanceof Error ? `Discord is not connected (${error.message})` : 'Discord is not connected';
  }
}
