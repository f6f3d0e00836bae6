import { webApi } from '@slack/bolt';
import type { AnyCommand } from '../../command.ts';
import type { SlackConfig } from '../../config.ts';
import type { Finding } from '../../platform.ts';
import { REQUEST_MS, timedFetch } from './clients.ts';
import { failureOf } from './errors.ts';
import { linkDomain, SCOPES, scopeNames } from './scopes.ts';

interface Checking {
  settings: SlackConfig;
  commands: ReadonlyMap<string, AnyCommand>;
  publicUrl: string | undefined;
}

const MANIFEST = 'compare the app’s manifest at api.slack.com/apps with what “briefdesk slack manifest” prints';

/** Looks at everything of Slack that can be looked at from here. */
export async function checkSlack({ settings, commands, publicUrl }: Checking): Promise<Finding[]> {
  const { transport, workspaces, apiUrl } = settings;
  const clientOptions: webApi.WebClientOptions = {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: REQUEST_MS,
    fetch: timedFetch,
    logLevel: webApi.LogLevel.ERROR,
  };
  const links = linkDomain(publicUrl) !== undefined;
  return [
    ...(workspaces.type === 'one' ? await checkBotToken(new webApi.WebClient(workspaces.botToken, clientOptions), links) : []),
    ...(workspaces.type === 'many' ? [await checkReachable(new webApi.WebClient(undefined, clientOptions))] : []),
    ...(transport.type === 'socket' ? [await checkSocket(new webApi.WebClient(transport.appToken, clientOptions))] : []),
    ...(transport.type === 'http' ? [checkAddress(publicUrl)] : []),
    {
      isFine: true,
      what: `Slack: the app must know ${[...commands.keys()].map((name) => `/${name}`).join(' ')} (Slack lets no bot look; where one is missing, ${MANIFEST})`,
    },
  ];
}

async function checkBotToken(client: webApi.WebClient, links: boolean): Promise<Finding[]> {
  try {
    const { team, user, response_metadata: told } = await client.auth.test();
    const granted = told?.scopes ?? [];
    const missing = scopeNames({ links }).filter((scope) => !granted.includes(scope));
    const signedIn: Finding = { isFine: true, what: `Slack: signed in to ${team ?? '?'} as ${user ?? '?'}` };
    if (missing.length === 0) return [signedIn, { isFine: true, what: `Slack: all ${granted.length} scopes are granted` }];
    return [signedIn, ...missing.map(scopeMissing)];
  } catch (error) {
    return [
      problem(
        'SLACK_BOT_TOKEN',
        error,
        'copy the “Bot User OAuth Token” under “OAuth & Permissions” of the app, then start again',
      ),
    ];
  }
}

function scopeMissing(scope: string): Finding {
  const why = SCOPES.find((one) => one.scope === scope)?.why ?? '';
  return {
    isFine: false,
    what: `Slack: the scope ${scope} is not granted (${why})`,
    remedy: 'add it under “OAuth & Permissions” of the app, or paste the manifest again, then reinstall the app in the workspace',
  };
}

async function checkSocket(client: webApi.WebClient): Promise<Finding> {
  try {
    await client.apps.connections.open({});
    return { isFine: true, what: 'Slack: Socket Mode can be opened' };
  } catch (error) {
    const remedy =
      'make an app-level token with the scope connections:write under “Basic Information” and switch Socket Mode on in the app';
    return problem('SLACK_APP_TOKEN', error, remedy);
  }
}

async function checkReachable(client: webApi.WebClient): Promise<Finding> {
  try {
    await client.api.test({});
    return { isFine: true, what: 'Slack: its API can be reached' };
  } catch (error) {
    return problem('the API', error, 'look at the network and at SLACK_API_URL');
  }
}

function checkAddress(publicUrl: string | undefined): Finding {
  if (publicUrl === undefined) {
    const remedy =
      'the address in the app’s manifest must lead to SLACK_PORT; set PUBLIC_URL to it to have the manifest made from it';
    return { isFine: true, what: `Slack: events come by HTTP; ${remedy}` };
  }
  return publicUrl.startsWith('https:')
    ? { isFine: true, what: `Slack: events come to ${publicUrl}/slack/events` }
    : { isFine: false, what: `Slack: PUBLIC_URL is ${publicUrl}`, remedy: 'Slack sends events only to https addresses' };
}

function problem(piece: string, error: unknown, remedy: string): Finding {
  const failure = failureOf(error);
  if (failure.type === 'refused') return { isFine: false, what: `Slack: ${piece} is refused (${failure.code})`, remedy };
  return {
    isFine: false,
    what: `Slack: ${failure.reason}`,
    remedy: 'look at the network, at SLACK_API_URL and at https://slack-status.com; a running bot tries again by itself',
  };
}
