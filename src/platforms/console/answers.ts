import type { AnyCommand, Asks, Completion, Invocation } from '../../command.ts';
import type { Reply } from '../../dispatch.ts';
import { CallerError } from '../../errors.ts';
import type { Desk } from '../../intake/desk.ts';
import { formatLine, parseLine } from '../../line.ts';
import type { ConsoleMessage, ConsoleStore, MessageContent } from '../../store/console.ts';
import type { Store } from '../../store/store.ts';
import { channelNamed } from '../channel-names.ts';
import type { MessageView } from './wire.ts';

/** What the console needs of the bot. */
export interface ConsoleBot {
  invoke(invocation: Invocation, asks: Asks): Promise<Reply>;
  say(line: string, from: Pick<Invocation, 'caller' | 'place'>, asks: Asks): Promise<Reply>;
  complete(command: string, option: string, typed: string, from: undefined, asks: Asks): Promise<Completion[]>;
  /** Lines that work in this archive. */
  examples(): Promise<string[]>;
  store: Pick<Store, 'questions'>;
  desk: Pick<Desk, 'waitingCount'>;
}

export interface Answering {
  bot: ConsoleBot;
  commands: ReadonlyMap<string, AnyCommand>;
  store: ConsoleStore;
  now: () => Date;
  linkTo: Asks['linkTo'];
  /** Called after every write, so that open windows look for it. */
  changed: () => void;
}

export interface Asked {
  /** Made by the window that asks: asking twice with the same id answers once. */
  id: string;
  channel: string;
  channelName: string;
  caller: string;
  timeZone: string | undefined;
}

/** Answers a typed line; private, unless it says share:yes and nothing failed. */
export async function answerLine(line: string, asked: Asked, answering: Answering): Promise<ConsoleMessage> {
  const { bot, commands } = answering;
  const { command, options } = readLine(line, commands);
  const { outcome, answer } = await bot.say(line, from(asked), asksOf(asked, answering));
  const content: MessageContent = {
    outcome: outcome === 'failed' ? 'failed' : answer.type,
    line,
    command,
    options,
    message: answer.message,
  };
  return keep(content, asked, answering);
}

/** Answers a button. The next page takes the place of a private answer; all else is a new one. */
export async function answerAction(
  action: { command: string; options: Record<string, string>; from: string },
  asked: Asked,
  answering: Answering,
): Promise<ConsoleMessage> {
  const { bot, commands, store, changed } = answering;
  const { command, options } = action;
  const { outcome, answer } = await bot.invoke({ command, options, ...from(asked) }, asksOf(asked, answering));
  const line = formatLine(command, options, commands);
  const content: MessageContent = {
    outcome: outcome === 'failed' ? 'failed' : answer.type,
    line,
    command,
    options,
    message: answer.message,
  };
  const before = await store.message(action.from);
  const turns =
    before !== undefined && before.owner === asked.caller && before.visibility !== 'public' && isPageOf(content, before);
  if (turns && content.outcome === 'message') {
    const replaced = await store.replaceMessage(before.id, content);
    changed();
    if (replaced) return replaced;
  }
  return keep(content, asked, answering);
}

/** The message as one caller sees it; undefined where it is not for them. */
export function viewOf(stored: ConsoleMessage, caller: string): MessageView | undefined {
  const own = stored.owner === caller;
  const visibility = stored.visibility === 'public' ? 'public' : 'private';
  if (!own && visibility === 'private') return undefined;
  const { id, channel, outcome, line, message, created, position, revision } = stored;
  const by = own ? 'You' : `Guest ${stored.owner.slice(0, 4)}`;
  return { id, channel, by, own, visibility, outcome, line, message, created, position, revision };
}

async function keep(
  content: MessageContent,
  { id, channel, caller }: Asked,
  { store, now, changed }: Answering,
): Promise<ConsoleMessage> {
  const shared = content.outcome === 'message' && /^(yes|y|true|on)$/i.test(content.options.share ?? '');
  const visibility = shared ? 'public' : 'private';
  const added = await store.addMessage({ id, channel, owner: caller, visibility, ...content, at: now() });
  changed();
  return added;
}

function readLine(line: string, commands: Answering['commands']): { command: string; options: Record<string, string> } {
  try {
    return parseLine(line, commands);
  } catch (error) {
    if (error instanceof CallerError) return { command: '', options: {} };
    throw error;
  }
}

function isPageOf(next: MessageContent, before: MessageContent): boolean {
  const { page: turned, ...rest } = next.options;
  const { page, ...given } = before.options;
  const keys = new Set([...Object.keys(rest), ...Object.keys(given)]);
  return (
    next.command === before.command && (turned ?? '1') !== (page ?? '1') && [...keys].every((key) => rest[key] === given[key])
  );
}

/** Everybody at a local table may manage its channels. */
export const asksOf = ({ timeZone }: Pick<Asked, 'timeZone'>, { linkTo, store }: Answering): Asks => ({
  mayManage: async () => true,
  async channel(typed) {
    const channels = (await store.channels()).map(({ id, name }) => ({
      known: { channel: id, name: `#${name}` },
      name,
      value: name,
    }));
    const byId = channels.find(({ known }) => known.channel === typed);
    return byId ? { outcome: 'found', channel: byId.known } : channelNamed(typed, channels);
  },
  timeZone: async () => timeZone,
  linkTo,
});

const from = ({ caller, channel, channelName }: Asked): Pick<Invocation, 'caller' | 'place'> => ({
  caller: { id: caller, name: 'console' },
  place: { platform: 'console', workspace: 'console', channel, channelName: `#${channelName}` },
});
