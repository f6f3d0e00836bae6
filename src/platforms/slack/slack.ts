import { App, AuthorizationError } from '@slack/bolt';
import type { Courier } from '../../briefings/courier.ts';
import type { AnyCommand } from '../../command.ts';
import type { SlackConfig } from '../../config.ts';
import type { OperatorError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Platform } from '../../platform.ts';
import type { SlackStore } from '../../store/slack.ts';
import { boltLogger } from './bolt-logger.ts';
import { listenToButtons } from './buttons.ts';
import { createClients, REQUEST_MS, timedFetch } from './clients.ts';
import { createConnection, tokenRefused } from './connection.ts';
import { slackCourier } from './courier.ts';
import { deadToken } from './errors.ts';
import { listenToForms } from './form.ts';
import { listenForHome } from './home.ts';
import { createInstallations } from './installations.ts';
import { INSTALL_PATH } from './manifest.ts';
import { forgetWorkspace, listenForMembership, resumeWorkspace } from './membership.ts';
import { listenToPeople } from './mentions.ts';
import { listenToPicker } from './picker.ts';
import { createReceiver } from './receivers.ts';
import { createRecentAnswers } from './recent-answers.ts';
import { createSeal } from './seal.ts';
import { type Listening, PLATFORM, type SlackBot } from './slack-bot.ts';
import { listenForCommands } from './slash.ts';
import { listenForLinks } from './unfurl.ts';

export interface SlackOptions {
  settings: SlackConfig;
  bot: SlackBot;
  commands: ReadonlyMap<string, AnyCommand>;
  store: SlackStore;
  managers: readonly string[];
  publicUrl: string | undefined;
  log: Log;
  now: () => Date;
  /** A line for the operator. */
  say: (line: string) => void;
}

export interface SlackPlatform extends Platform {
  courier: Courier;
  /** Resolves when Slack does not let the bot go on, with what to tell the operator. */
  ended: Promise<OperatorError>;
  /** Where HTTP arrives, once it listens. */
  port(): number | undefined;
}

/** The bot in Slack, on Bolt; not yet connected. */
export function createSlack(options: SlackOptions): SlackPlatform {
  const { settings, store, log, now } = options;
  const { workspaces, apiUrl, port } = settings;
  const logger = boltLogger(log);
  const clientOptions = {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    // A write that is repeated blindly may be there twice, and Bolt would repeat it up to 100 times: repeating is ours.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: REQUEST_MS,
    fetch: timedFetch,
    logger,
  };
  let end: (error: OperatorError) => void = () => undefined;
  const ended = new Promise<OperatorError>((resolve) => {
    end = resolve;
  });
  const clients = createClients(
    workspaces.type === 'one' ? workspaces.botToken : async (workspace) => installations?.tokenOf(workspace),
    clientOptions,
  );
  const listening: Listening = {
    ...options,
    clients,
    recent: createRecentAnswers({
      store,
      refresh: () => options.bot.refresh(),
      now,
      reused: (command, ms) =>
        log('info', 'invocation', { command, platform: PLATFORM, ms: Math.round(ms), outcome: 'message', reused: true }),
    }),
    noticed(error) {
      const code = deadToken(error);
      if (code !== undefined && workspaces.type === 'one') end(tokenRefused(code, error));
    },
  };
  const installations =
    workspaces.type === 'one'
      ? undefined
      : createInstallations({
          store,
          seal: createSeal(workspaces.encryptionKeys),
          log,
          now,
          installed: (workspace) => resumeWorkspace(workspace, listening),
          removed: (workspace) => forgetWorkspace(workspace, listening),
        });
  const receiver = createReceiver({ settings, clientOptions, installations, logger });
  const app = new App({
    receiver,
    clientOptions,
    logger,
    // Checked by init(), where it can be caught.
    deferInitialization: true,
    convoStore: false,
    extendedErrorHandler: true,
    ...(workspaces.type === 'one' ? { token: workspaces.botToken } : {}),
  });
  const flights = followFlights(app);
  listen(app, listening, { ended: (error) => end(error), many: workspaces.type === 'many' });
  const connection = createConnection({
    app,
    receiver,
    port,
    installs: workspaces.type === 'many',
    log,
    say: options.say,
    connected: async () => {
      if (workspaces.type === 'many') return;
      try {
        const own = await clients.of('');
        if (own?.teamId !== undefined) await resumeWorkspace(own.teamId, listening);
      } catch (error) {
        listening.noticed(error);
        log('warn', 'workspace could not be asked', { error });
      }
    },
    failed: (error) => end(error),
  });

  return {
    name: PLATFORM,
    start: connection.start,
    stop: () => connection.stop(flights),
    courier: slackCourier(listening),
    ended,
    port: connection.port,
  };
}

function listen(app: App, listening: Listening, { ended, many }: { ended: (error: OperatorError) => void; many: boolean }): void {
  const { publicUrl } = listening;
  listenForCommands(app, listening);
  listenToButtons(app, listening);
  listenToPicker(app, listening);
  listenToForms(app, listening);
  listenForHome(app, listening);
  listenToPeople(app, listening);
  listenForMembership(app, { ...listening, many, removed: () => ended(tokenRefused('app_uninstalled', undefined)) });
  if (publicUrl !== undefined) listenForLinks(app, publicUrl, listening);
  app.error(async ({ error, body }: { error: Error; body: object }) => {
    listening.noticed(error);
    const isStranger = error instanceof AuthorizationError;
    listening.log(isStranger ? 'warn' : 'error', isStranger ? 'request of a workspace without the bot' : 'listener broke', {
      error,
    });
    const address: unknown = 'response_url' in body ? body.response_url : undefined;
    if (typeof address !== 'string') return;
    const words = isStranger
      ? `Briefdesk is not installed in this workspace any more.${publicUrl === undefined ? '' : ` Install it at ${publicUrl}${INSTALL_PATH}`}`
      : 'Something broke. Nothing was lost: try again.';
    await listening.clients.respondTo(address)({ text: words, response_type: 'ephemeral', replace_original: false });
  });
}

/** Follows what is being answered; the result resolves when nothing is any more. */
function followFlights(app: App): () => Promise<void> {
  const flights = new Set<Promise<void>>();
  app.use(async ({ next }) => {
    const flight = next();
    flights.add(flight);
    try {
      await flight;
    } finally {
      flights.delete(flight);
    }
  });
  return async () => {
    while (flights.size > 0) await Promise.allSettled(flights);
  };
}
