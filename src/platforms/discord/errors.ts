import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import { OperatorError } from '../../errors.ts';

/** How a request to Discord ended badly. */
export type Failure =
  /** `mayHaveArrived`: Discord may have done it all the same. */
  | { type: 'later'; reason: string; afterSeconds?: number; mayHaveArrived: boolean }
  /** It is of no use to try again. */
  | { type: 'refused'; reason: string; code: number };

const UNAUTHORIZED = 401;
const TOO_MANY = 429;
const SERVER = 500;
/** Never left this machine. */
const NOT_SENT = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_CONNECT_TIMEOUT/;
const NETWORK = /^(E[A-Z]+|UND_ERR_[A-Z_]+)$/;

// https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
const REASONS: Partial<Record<number, string>> = {
  [RESTJSONErrorCodes.UnknownChannel]: 'the channel is gone',
  [RESTJSONErrorCodes.UnknownGuild]: 'the server is gone, or the bot is not in it',
  [RESTJSONErrorCodes.UnknownMessage]: 'the message is gone',
  [RESTJSONErrorCodes.MissingAccess]: 'the bot cannot see the channel',
  [RESTJSONErrorCodes.MissingPermissions]: 'the bot may not post in the channel',
  [RESTJSONErrorCodes.CannotSendMessagesToThisUser]: 'the bot may not write to this person',
  [RESTJSONErrorCodes.InvalidActionOnArchivedThread]: 'the thread is archived',
};

/** What went wrong with a request; anything that is none of Discord’s errors, nor of the network, is thrown again. */
export function failureOf(error: unknown): Failure {
  if (error instanceof RateLimitError)
    return { type: 'later', reason: TOO_FAST, afterSeconds: Math.ceil(error.retryAfter / 1000), mayHaveArrived: false };
  if (error instanceof DiscordAPIError) {
    if (error.status === TOO_MANY) return { type: 'later', reason: TOO_FAST, mayHaveArrived: false };
    if (isDeadToken(error)) return { type: 'later', reason: 'Discord does not accept the token', mayHaveArrived: false };
    const code = Number(error.code);
    return { type: 'refused', reason: REASONS[code] ?? `Discord answered “${error.message}” (${code})`, code };
  }
  if (error instanceof HTTPError) {
    const reason = `Discord answered with status ${error.status}`;
    return error.status >= SERVER
      ? { type: 'later', reason, mayHaveArrived: true }
      : { type: 'refused', reason, code: error.status };
  }
  const code = networkCode(error);
  if (code === undefined) throw error;
  return { type: 'later', reason: `Discord cannot be reached (${code})`, mayHaveArrived: !NOT_SENT.test(code) };
}

/** For the log: an error of the library carries the text that was sent, and tokens in its address. */
export function loggable(error: unknown): { reason: string } | { error: unknown } {
  try {
    return { reason: failureOf(error).reason };
  } catch {
    return { error };
  }
}

const TOO_FAST = 'Discord takes no more messages for now';

export const isRefusedWith = (error: unknown, ...codes: number[]): boolean =>
  error instanceof DiscordAPIError && codes.includes(Number(error.code));

export const isDeadToken = (error: unknown): boolean => error instanceof DiscordAPIError && error.status === UNAUTHORIZED;

export function tokenRefused(cause?: unknown): OperatorError {
  return new OperatorError(
    'Discord does not accept DISCORD_TOKEN: it is wrong, or was reset. Copy it again from “Bot” of the application at ' +
      'discord.com/developers/applications (“Reset Token”).',
    { cause },
  );
}

/** Of the innermost cause; undefined for what is no error of the network. */
function networkCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'ETIMEDOUT';
  if ('code' in error && typeof error.code === 'string' && NETWORK.test(error.code)) return error.code;
  if (error instanceof AggregateError) return error.errors.map(networkCode).find((code) => code !== undefined);
  return networkCode(error.cause);
}
