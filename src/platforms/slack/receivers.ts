import { createServer } from 'node:net';
import { HTTPReceiver, type InstallationStore, type Logger, SocketModeReceiver, type webApi } from '@slack/bolt';
import type { SlackConfig } from '../../config.ts';
import { OperatorError } from '../../errors.ts';
import { EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH } from './manifest.ts';
import { linkDomain, scopeNames } from './scopes.ts';

interface Receiving {
  settings: SlackConfig;
  clientOptions: webApi.WebClientOptions;
  /** For many workspaces. */
  installations: InstallationStore | undefined;
  logger: Logger;
}

/** How Slack’s events arrive: over a socket that the bot opens, or at its own HTTP port. Installing by OAuth needs the port as well. */
export function createReceiver(receiving: Receiving): SocketModeReceiver | HTTPReceiver {
  const { settings, logger } = receiving;
  const { transport, port } = settings;
  switch (transport.type) {
    case 'socket':
      return new SocketModeReceiver({
        appToken: transport.appToken,
        logger,
        // Connecting again is ours: Bolt’s own way ends the process with an unhandled rejection when a token was taken back.
        autoReconnectEnabled: false,
        ...installing(receiving),
      });
    case 'http':
      return new HTTPReceiver({
        signingSecret: transport.signingSecret,
        endpoints: [EVENTS_PATH],
        port,
        logger,
        ...installing(receiving),
      });
  }
}

function installing({ settings: { workspaces, port }, clientOptions, installations }: Receiving) {
  if (workspaces.type === 'one' || !installations) return { installerOptions: { clientOptions } };
  const { clientId, clientSecret, stateSecret, authorizeUrl, publicUrl } = workspaces;
  return {
    clientId,
    clientSecret,
    stateSecret,
    scopes: scopeNames({ links: linkDomain(publicUrl) !== undefined }),
    redirectUri: `${publicUrl}${REDIRECT_PATH}`,
    installationStore: installations,
    installerOptions: {
      clientOptions,
      port,
      installPath: INSTALL_PATH,
      redirectUriPath: REDIRECT_PATH,
      renderHtmlForInstallPath: installPage,
      ...(authorizeUrl === undefined ? {} : { authorizationUrl: authorizeUrl }),
    },
  };
}

/** Nothing is fetched from elsewhere. */
const installPage = (url: string): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Add Briefdesk to Slack</title>
<body style="font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem">
<h1>Briefdesk</h1>
<p>Expert Q&amp;As on policy: who said what, in their own words, with source and date.</p>
<p><a href="${url.replace(/&/g, '&amp;').replace(/"/g, '&quot;')}">Add to Slack</a></p>
</body></html>`;

/** Throws OperatorError where something else listens at the port. */
export async function refuseTakenPort(port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(port, () => probe.close(() => resolve()));
  }).catch((cause: unknown) => {
    throw portTaken(port, cause);
  });
}

export const portTaken = (port: number, cause: unknown): OperatorError =>
  new OperatorError(`Slack’s port ${port} cannot be listened on (${String(cause)}): set SLACK_PORT to a free one.`, { cause });
