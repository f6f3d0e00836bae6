import type { APIActionRowComponent, APIButtonComponentWithCustomId } from 'discord.js';
import type { Asks, Caller } from '../../command.ts';
import type { Reply } from '../../dispatch.ts';
import { type DiscordMessage, toDiscord } from '../../message/discord.ts';
import { type Action, actions, line, type Message, note, run } from '../../message/document.ts';
import type { From, Listening } from './discord-bot.ts';
import { createValues, type Run } from './values.ts';

export interface Answered {
  /** Public: everybody in the channel sees it. */
  visibility: 'private' | 'public';
  messages: DiscordMessage[];
  failed: boolean;
  /** Public: the same for the caller’s own eyes. */
  own: DiscordMessage[];
}

export const UNDO = 'undo:';
/** Their answers say what was done: asked again by a button, it would be done again. */
const NOT_SHARED = new Set(['briefings']);
// https://docs.discord.com/developers/components/reference#action-row
const MAX_ROWS = 5;
const BUTTONS_A_ROW = 5;

/** The answer to what was asked: private, with a button to share it, unless it says share:yes. */
export async function answerRun(
  asked: Run,
  from: From,
  { bot, store, asks }: Pick<Listening, 'bot' | 'store'> & { asks: Asks },
): Promise<Answered> {
  const reply = await bot.invoke({ ...asked, ...from }, asks);
  const { message } = reply.answer;
  const privately = async (shown: Message): Promise<Answered> => ({
    visibility: 'private',
    messages: await rendered(shown, store),
    failed: reply.outcome === 'failed',
    own: [],
  });
  if (!isAnswer(reply)) return privately(message);
  if (!isShared(asked)) return privately(shareable(message, asked));
  const messages = await rendered(message, store);
  return {
    visibility: 'public',
    failed: false,
    messages: messages.map((one) => withFooter(one, from.caller)),
    own: await rendered({ ...message, blocks: [...message.blocks, note('Shared in the channel.')] }, store),
  };
}

/** As Discord takes it; what its buttons do is kept where they have no room for it. */
export async function rendered(message: Message, store: Listening['store']): Promise<DiscordMessage[]> {
  const values = createValues();
  const messages = toDiscord(message, values.encode);
  await values.store(store);
  return messages;
}

/** A word of the bot itself. */
export async function said(words: string, { store }: Pick<Listening, 'store'>): Promise<Answered> {
  const messages = await rendered({ title: words, blocks: [line(words)] }, store);
  return { visibility: 'private', failed: true, messages, own: [] };
}

const isAnswer = ({ outcome, answer }: Reply): boolean => outcome === 'answered' && answer.type === 'message';
export const isShared = ({ options }: Run): boolean => /^(yes|y|true|on)$/i.test(options.share ?? '');

/** The message with a button that gives the same answer to everybody. */
function shareable(message: Message, { command, options }: Run): Message {
  if (NOT_SHARED.has(command)) return message;
  const share: Action = run('Share in channel', command, { ...options, share: 'yes' });
  return { ...message, blocks: [...message.blocks, actions(share)] };
}

/** Who shared it, and a button for them to take it back; a message that has no room for one more goes without. */
function withFooter(message: DiscordMessage, { id }: Caller): DiscordMessage {
  const undo: APIButtonComponentWithCustomId = { type: 2, style: 2, label: 'Undo', custom_id: `${UNDO}${id}` };
  const rows = message.components;
  const shared = { ...message, content: `Shared by <@${id}>` };
  const at = rows.findLastIndex(({ components: [first] }) => first?.type === 2);
  const buttons = rows[at];
  if (buttons && buttons.components.length < BUTTONS_A_ROW)
    return { ...shared, components: rows.with(at, { ...buttons, components: [...buttons.components, undo] }) };
  const row: APIActionRowComponent<APIButtonComponentWithCustomId> = { type: 1, components: [undo] };
  return rows.length < MAX_ROWS ? { ...shared, components: [...rows, row] } : shared;
}
