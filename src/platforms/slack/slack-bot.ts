import type { App, Context } from '@slack/bolt';
import type { AnyCommand, Asks, Completion, Invocation } from '../../command.ts';
import type { Reply } from '../../dispatch.ts';
import type { Log } from '../../log.ts';
import type { BriefingStore } from '../../store/briefings.ts';
import type { SlackStore } from '../../store/slack.ts';
import type { Store } from '../../store/store.ts';
import type { Clients } from './clients.ts';
import type { RecentAnswers } from './recent-answers.ts';

export type From = Pick<Invocation, 'caller' | 'place'>;
export type Client = App['client'];

/** What Slack needs of the bot. */
export interface SlackBot {
  store: Store;
  briefings: BriefingStore;
  invoke(invocation: Invocation, asks?: Asks): Promise<Reply>;
  say(line: string, from: From, asks?: Asks): Promise<Reply>;
  complete(command: string, option: string, typed: string, from?: From): Promise<Completion[]>;
  examples(): Promise<string[]>;
  refresh(): Promise<void>;
}

/** What every listener works with. */
export interface Listening {
  bot: SlackBot;
  commands: ReadonlyMap<string, AnyCommand>;
  store: SlackStore;
  clients: Clients;
  recent: RecentAnswers;
  /** Members who may manage the briefings of every channel. */
  managers: readonly string[];
  publicUrl: string | undefined;
  log: Log;
  now: () => Date;
  /** Told of every error of Slack, so that a token that was taken back ends the bot. */
  noticed(error: unknown): void;
}

export const PLATFORM = 'slack';

/** The team, or the organisation that installed the app for all its teams: what tokens and data are kept by. */
export function workspaceOf({ isEnterpriseInstall, enterpriseId, teamId }: Context): string {
  return (isEnterpriseInstall ? enterpriseId : undefined) ?? teamId ?? '';
}

/** A channel as people call it: “#general”, or what it is. */
export function channelName(name: string | undefined): string | undefined {
  if (name === undefined || name === '') return undefined;
  if (name === 'directmessage') return 'a direct message';
  return name === 'privategroup' ? 'a private channel' : `#${name}`;
}
