import type { Button, KnownBlock } from '@slack/types';
import type { Asks, Caller, Invocation } from '../../command.ts';
import type { Reply } from '../../dispatch.ts';
import { CallerError } from '../../errors.ts';
import { parseLine } from '../../line.ts';
import { type Action, actions, type Message, run } from '../../message/document.ts';
import { type SlackMessage, toSlack } from '../../message/slack.ts';
import type { From, Listening } from './slack-bot.ts';
import { createValues } from './values.ts';

export type Run = Pick<Invocation, 'command' | 'options'>;

export interface Answered {
  /** Public: everybody in the channel sees it. */
  visibility: 'private' | 'public';
  messages: SlackMessage[];
  failed: boolean;
  /** Public: the same for the caller’s own eyes. */
  own?: SlackMessage[];
}

type Rendering = Pick<Listening, 'store'> & { workspace: string };

export const UNDO = 'undo';
/** Their answers say what was done: asked again by a button, it would be done again. */
const NOT_SHARED = new Set(['briefings']);
const BUTTONS_A_ROW = 5;
// https://docs.slack.dev/reference/block-kit/blocks
const MAX_BLOCKS = 50;
/** A little more than a rendered message has, far below what Slack refuses. */
const MAX_ALL_BLOCKS = 9_500;

/** The answer to a typed line: private, with a button to share it, unless it says share:yes. */
export async function answerLine(
  line: string,
  from: From,
  { asks, ...listening }: Listening & { asks: Asks },
): Promise<Answered> {
  let typed: Run;
  try {
    typed = parseLine(line, listening.commands);
  } catch (error) {
    if (!(error instanceof CallerError)) throw error;
    const { answer } = await listening.bot.say(line, from, asks);
    return {
      visibility: 'private',
      failed: true,
      messages: await rendered(answer.message, { ...listening, workspace: from.place.workspace }),
    };
  }
  return answerRun(typed, from, { ...listening, asks });
}

/** The answer to a button or a choice. */
export async function answerRun(
  asked: Run,
  from: From,
  listening: Listening & { asks: Asks; nowhereToShare?: boolean },
): Promise<Answered> {
  const about = `${from.place.workspace} ${listening.nowhereToShare === true}`;
  return listening.recent.answer(asked, about, () => makeAnswer(asked, from, listening));
}

async function makeAnswer(
  asked: Run,
  from: From,
  listening: Listening & { asks: Asks; nowhereToShare?: boolean },
): Promise<Answered> {
  const reply = await listening.bot.invoke({ ...asked, ...from }, listening.asks);
  const rendering = { ...listening, workspace: from.place.workspace };
  const { message } = reply.answer;
  if (!isAnswer(reply)) {
    return { visibility: 'private', failed: reply.outcome === 'failed', messages: await rendered(message, rendering) };
  }
  if (!isShared(asked)) {
    return {
      visibility: 'private',
      failed: false,
      messages: await rendered(listening.nowhereToShare ? message : shareable(message, asked), rendering),
    };
  }
  const messages = await rendered(message, rendering);
  return {
    visibility: 'public',
    failed: false,
    messages: messages.map((one) => withFooter(one, from.caller)),
    own: await rendered({ ...message, blocks: [...message.blocks, SHARED] }, rendering),
  };
}

/** The answer for everybody, without a button to share it. */
export async function answerPublicly(
  line: string,
  from: From,
  { asks, ...listening }: Listening & { asks: Asks },
): Promise<Answered> {
  const { outcome, answer } = await listening.bot.say(line, from, asks);
  const failed = outcome === 'failed';
  const messages = await rendered(answer.message, { ...listening, workspace: from.place.workspace });
  return { visibility: failed ? 'private' : 'public', failed, messages };
}

/** As Slack takes it; what its buttons do is kept where they have no room for it. */
export async function rendered(message: Message, { store, workspace }: Rendering): Promise<SlackMessage[]> {
  const values = createValues();
  const messages = toSlack(message, values.encode);
  await values.store(workspace, store);
  return messages;
}

const SHARED = { type: 'note' as const, spans: [{ type: 'text' as const, text: 'Shared in the channel.' }] };

const isAnswer = ({ outcome, answer }: Reply): boolean => outcome === 'answered' && answer.type === 'message';
const isShared = ({ options }: Run): boolean => /^(yes|y|true|on)$/i.test(options.share ?? '');

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
function withFooter(message: SlackMessage, { id, name }: Caller): SlackMessage {
  const undo: Button = { type: 'button', action_id: UNDO, text: { type: 'plain_text', text: 'Undo', emoji: false }, value: id };
  const by: KnownBlock[] = [
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'Shared by ' },
            { type: 'user', user_id: id },
          ],
        },
      ],
    },
    { type: 'actions', elements: [undo] },
  ];
  const text = `${message.text}\nShared by ${name.replace(/[&<>]/g, '')}`;
  const blocks = [...message.blocks, ...by];
  // A page that is full to the brim keeps its words and goes without.
  const fits = blocks.length <= MAX_BLOCKS && JSON.stringify(blocks).length <= MAX_ALL_BLOCKS;
  return { ...message, text, blocks: fits ? blocks : message.blocks };
}
