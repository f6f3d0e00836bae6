import type { Button, RichTextSection } from '@slack/types';
import type { Asks, Caller, Invocation } from '../../command.ts';
import type { Reply } from '../../dispatch.ts';
import { CallerError } from '../../errors.ts';
import { parseLine } from '../../line.ts';
import { type Action, actions, line, type Message, run } from '../../message/document.ts';
import { type Footer, type SlackMessage, toSlack } from '../../message/slack.ts';
import { plainText, richText } from '../../message/slack-elements.ts';
import type { From, Listening } from './slack-bot.ts';
import { createValues } from './values.ts';

export type Run = Pick<Invocation, 'command' | 'options'>;

export interface Answered {
  /** Public: everybody in the channel sees it. */
  visibility: 'private' | 'public';
  messages: SlackMessage[];
  /** What went wrong, in a sentence, and the option that it is about where it is about one. */
  problem?: { words: string; option?: string | undefined };
  /** Public: the same for the caller’s own eyes. */
  own?: SlackMessage[];
}

/** `nowhereToShare`: it is shown where there is no channel. */
type Answering = Listening & { asks: Asks; nowhereToShare?: boolean };
type Rendering = Pick<Listening, 'store'> & { workspace: string };

export const UNDO = 'undo';
/** Their answers say what was done: asked again by a button, it would be done again. */
const NOT_SHARED = new Set(['briefings']);
const BUTTONS_A_ROW = 5;

/**
 * The answer to a typed line: private, with a button to share it, unless it says share:yes. `opens`: whether what was asked opens a
 * modal instead; then there is nothing to show.
 */
export async function answerLine(
  line: string,
  from: From,
  listening: Answering & { opens: (asked: Run) => Promise<boolean> },
): Promise<Answered> {
  let typed: Run;
  try {
    typed = parseLine(line, listening.commands);
  } catch (error) {
    if (!(error instanceof CallerError)) throw error;
    return privately(await listening.bot.say(line, from, listening.asks), from, listening);
  }
  if (await listening.opens(typed)) return { visibility: 'private', messages: [] };
  return answerRun(typed, from, listening);
}

/** The answer to a button or a choice. */
export async function answerRun(asked: Run, from: From, listening: Answering): Promise<Answered> {
  const about = `${from.place.workspace} ${listening.nowhereToShare === true}`;
  return listening.recent.answer(asked, about, () => makeAnswer(asked, from, listening));
}

async function makeAnswer(asked: Run, from: From, listening: Answering): Promise<Answered> {
  const reply = await listening.bot.invoke({ ...asked, ...from }, listening.asks);
  if (!isAnswer(reply)) return privately(reply, from, listening);
  const { message } = reply.answer;
  if (!isShared(asked)) {
    const shown = withForm(message, asked, listening);
    return privately(reply, from, listening, listening.nowhereToShare ? shown : shareable(shown, asked));
  }
  const rendering = { ...listening, workspace: from.place.workspace };
  return {
    visibility: 'public',
    messages: await rendered(message, rendering, sharedBy(from.caller)),
    own: await rendered({ ...message, blocks: [...message.blocks, SHARED] }, rendering),
  };
}

/** The answer for everybody, without a button to share it. */
export async function answerPublicly(line: string, from: From, listening: Answering): Promise<Answered> {
  const reply = await listening.bot.say(line, from, listening.asks);
  const answered = await privately(reply, from, listening);
  return reply.outcome === 'failed' ? answered : { ...answered, visibility: 'public' };
}

async function privately(reply: Reply, from: From, { store }: Answering, shown = reply.answer.message): Promise<Answered> {
  const messages = await rendered(shown, { store, workspace: from.place.workspace });
  const answered: Answered = { visibility: 'private', messages };
  if (reply.outcome === 'answered') return answered;
  return { ...answered, problem: { words: reply.answer.message.title, option: reply.option } };
}

/** A word of the bot itself. */
export async function said(words: string, workspace: string, { store }: Pick<Listening, 'store'>): Promise<Answered> {
  const messages = await rendered({ title: words, blocks: [line(words)] }, { store, workspace });
  return { visibility: 'private', messages, problem: { words } };
}

/** As Slack takes it; what its buttons do is kept where they have no room for it. */
export async function rendered(message: Message, { store, workspace }: Rendering, footer?: Footer): Promise<SlackMessage[]> {
  const values = createValues();
  const messages = toSlack(message, values.encode, footer);
  await values.store(workspace, store);
  return messages;
}

const SHARED = { type: 'note' as const, spans: [{ type: 'text' as const, text: 'Shared in the channel.' }] };

const isAnswer = ({ outcome, answer }: Reply): boolean => outcome === 'answered' && answer.type === 'message';
const isShared = ({ options }: Run): boolean => /^(yes|y|true|on)$/i.test(options.share ?? '');

/** The message with a button that opens the form of its command, where it is a place for that. */
function withForm(message: Message, { command, options }: Run, { commands }: Answering): Message {
  const form = commands.get(command)?.form;
  if (!form?.isOfferedBy(options)) return message;
  return { ...message, blocks: [...message.blocks, actions(run(`${form.title}…`, command, form.completes))] };
}

/** The message with a button that gives the same answer to everybody. */
function shareable(message: Message, { command, options }: Run): Message {
  if (NOT_SHARED.has(command)) return message;
  const share: Action = run('Share in channel', command, { ...options, share: 'yes' });
  const last = message.blocks.at(-1);
  if (last?.type !== 'actions' || last.actions.length % BUTTONS_A_ROW === 0)
    return { ...message, blocks: [...message.blocks, actions(share)] };
  return { ...message, blocks: [...message.blocks.slice(0, -1), { ...last, actions: [...last.actions, share] }] };
}

/** Who shared it, and a button for them to take it back. */
function sharedBy({ id, name }: Caller): Footer {
  const undo: Button = { type: 'button', action_id: UNDO, text: plainText('Undo'), value: id };
  const by: RichTextSection = {
    type: 'rich_text_section',
    elements: [
      { type: 'text', text: 'Shared by ' },
      { type: 'user', user_id: id },
    ],
  };
  return { blocks: [richText(by), { type: 'actions', elements: [undo] }], words: `Shared by ${name}` };
}
