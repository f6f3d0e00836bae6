import { RespondError, type RespondFn, webApi } from '@slack/bolt';
import type { Client } from './slack-bot.ts';

/** A workspace that the bot is in. */
export interface Workspace {
  client: Client;
  /** Of the team that the token belongs to. */
  teamId: string | undefined;
  /** “https://acme.slack.com/” */
  url: string | undefined;
}

/** Clients for what is not an answer to Slack’s own request. */
export interface Clients {
  /** Undefined where the bot is not installed. */
  of(workspace: string): Promise<Workspace | undefined>;
  /** Without asking Slack. */
  urlOf(workspace: string): string | undefined;
  forget(workspace: string): void;
  /** Answers to the address that came with an earlier request. */
  respondTo(url: string): RespondFn;
}

/** Where tokens of workspaces are found; with a string, one token is good for the only workspace. */
export type Tokens = string | ((workspace: string) => Promise<string | undefined>);

/** What Slack tells of a workspace is asked once. */
export function createClients(tokens: Tokens, options: webApi.WebClientOptions): Clients {
  const keyOf = (workspace: string) => (typeof tokens === 'string' ? 'the only one' : workspace);
  const known = new Map<string, Workspace & { token: string }>();
  return {
    async of(workspace) {
      const token = typeof tokens === 'string' ? tokens : await tokens(workspace);
      if (token === undefined) return undefined;
      const before = known.get(keyOf(workspace));
      if (before?.token === token) return before;
      const client = new webApi.WebClient(token, options);
      const { team_id: teamId, url } = await client.auth.test();
      const made = { client, token, teamId, url };
      known.set(keyOf(workspace), made);
      return made;
    },
    urlOf: (workspace) => known.get(keyOf(workspace))?.url,
    forget: (workspace) => void known.delete(keyOf(workspace)),
    respondTo: (url) => async (message) => {
      const body = JSON.stringify(typeof message === 'string' ? { text: message } : message);
      const response = await timedFetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      if (!response.ok) throw new RespondError(`The answer was refused with status ${response.status}`, response.status);
      return response;
    },
  };
}

/** No request to Slack takes longer. */
export const REQUEST_MS = 10_000;

/** `fetch` that gives up in time; Bolt’s own answers have no limit. */
export const timedFetch: webApi.FetchFunction = (url, init = {}) =>
  fetch(url, { ...init, signal: init.signal ?? AbortSignal.timeout(REQUEST_MS) });
