import { webApi } from '@slack/bolt';

/** How a request to Slack ended badly. */
export type Failure =
  /** `mayHaveArrived`: Slack may have done it all the same. */
  | { type: 'later'; reason: string; afterSeconds?: number; mayHaveArrived: boolean }
  /** It is of no use to try again. */
  | { type: 'refused'; reason: string; code: string };

/** Answers that say: not now. https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const LATER = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
  'accesslimited',
]);
/** The token is of no use any more. */
const TOKEN_IS_DEAD = new Set([
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
  'account_inactive',
  'user_removed_from_team',
  'team_disabled',
]);
/** Never left this machine. */
const NOT_SENT = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH/;

/** What went wrong with a call; anything that is none of Slack’s errors is thrown again. */
export function failureOf(error: unknown): Failure {
  if (error instanceof webApi.WebAPIRateLimitedError)
    return {
      type: 'later',
      reason: 'Slack takes no more messages for now',
      afterSeconds: error.retryAfter,
      mayHaveArrived: false,
    };
  if (error instanceof webApi.WebAPIHTTPError) {
    const reason = `Slack answered with status ${error.statusCode}`;
    return error.statusCode >= 500
      ? { type: 'later', reason, mayHaveArrived: true }
      : { type: 'refused', reason, code: `http_${error.statusCode}` };
  }
  if (error instanceof webApi.WebAPIRequestError) {
    const code = codeOf(error.original);
    return { type: 'later', reason: `Slack cannot be reached (${code})`, mayHaveArrived: !NOT_SENT.test(code) };
  }
  if (error instanceof webApi.WebAPIPlatformError) {
    const code = String(error.data.error);
    if (code === 'ratelimited' || code === 'rate_limited')
      return { type: 'later', reason: 'Slack takes no more messages for now', mayHaveArrived: false };
    if (LATER.has(code)) return { type: 'later', reason: `Slack answered ${code}`, mayHaveArrived: true };
    return { type: 'refused', reason: REASONS[code] ?? `Slack answered ${code}`, code };
  }
  throw error;
}

/** The code of an answer that says the token is of no use; undefined for anything else. */
export function deadToken(error: unknown): string | undefined {
  if (!(error instanceof webApi.WebAPIPlatformError)) return undefined;
  const code = String(error.data.error);
  return TOKEN_IS_DEAD.has(code) ? code : undefined;
}

export const isRefusal = (error: unknown): boolean => error instanceof webApi.SlackError && failureOf(error).type === 'refused';

export const isRefusedWith = (error: unknown, code: string): boolean =>
  error instanceof webApi.WebAPIPlatformError && error.data.error === code;

const REASONS: Record<string, string> = {
  channel_not_found: 'the channel is gone, or the bot was never invited',
  not_in_channel: 'the bot is not in the channel',
  is_archived: 'the channel is archived',
  restricted_action: 'this workspace does not let the bot post in the channel',
  account_inactive: 'the bot was removed from the workspace',
  token_revoked: 'the bot was removed from the workspace',
  team_access_not_granted: 'the organisation does not let the bot into this workspace',
};

/** Of the innermost cause. */
function codeOf(error: Error): string {
  const { cause } = error;
  if (cause instanceof Error) return codeOf(cause);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name === 'Error' ? error.message : error.name;
}
