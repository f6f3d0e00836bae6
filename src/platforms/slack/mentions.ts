import type { App, Context } from '@slack/bolt';
import { findCommand, formatLine } from '../../line.ts';
import { line as textLine } from '../../message/document.ts';
import type { SlackMessage } from '../../message/slack.ts';
import { type Answered, answerPublicly, rendered } from './answers.ts';
import { createAsks } from './asks.ts';
import { postOnce } from './post.ts';
import { wordsOf } from './question-words.ts';
import { type Client, type From, type Listening, PLATFORM, workspaceOf } from './slack-bot.ts';

/** Something that somebody wrote. */
interface Written {
  caller: string;
  channel: string;
  text: string;
  ts: string;
  thread: string | undefined;
  how: 'mention' | 'direct' | 'follow-up';
}

const MENTION = /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g;

/** Plain words: a mention is answered in its thread, a follow-up there too, a direct message where it stands. */
export function listenToPeople(app: App, listening: Listening): void {
  app.event('app_mention', async ({ event, client, context }) => {
    if (event.user === undefined || event.bot_id !== undefined || event.subtype !== undefined) return;
    const written = { caller: event.user, channel: event.channel, text: event.text, ts: event.ts, thread: event.thread_ts };
    await answer({ ...written, how: 'mention' }, { client, context, listening });
  });

  app.message(async ({ message, client, context }) => {
    if (message.subtype !== undefined || message.bot_id !== undefined || message.text === undefined) return;
    const { user: caller, channel, text, ts, thread_ts: thread } = message;
    const written = { caller, channel, text, ts, thread };
    if (message.channel_type === 'im') return answer({ ...written, how: 'direct' }, { client, context, listening });
    const mentioned = [...text.matchAll(MENTION)].map(([, id]) => id);
    if (mentioned.includes(context.botUserId)) return answer({ ...written, how: 'mention' }, { client, context, listening });
    // Somebody else is spoken to.
    if (/^\s*<@/.test(text) || thread === undefined) return;
    if (await listening.store.isIn({ workspace: workspaceOf(context), channel, thread }))
      await answer({ ...written, how: 'follow-up' }, { client, context, listening });
  });
}

interface Circumstances {
  client: Client;
  context: Context;
  listening: Listening;
}

async function answer(written: Written, { client, context, listening }: Circumstances): Promise<void> {
  const { caller, channel, ts, how } = written;
  const workspace = workspaceOf(context);
  // A mention comes as two events, and each may come again.
  if (!(await listening.store.isFirst(`message:${workspace}:${channel}:${ts}`, listening.now().getTime()))) return;
  const thread = written.thread ?? (how === 'direct' ? undefined : ts);
  if (how === 'mention' && thread !== undefined) {
    await listening.store.joinThread({ workspace, channel, thread }, listening.now().getTime());
  }
  const from: From = {
    caller: { id: caller, name: caller },
    place: { platform: PLATFORM, workspace, channel, ...(thread === undefined ? {} : { thread }) },
  };
  const said = unmentioned(written.text, context.botUserId);
  const asked = lineFor(said, listening);
  const asks = createAsks({ client, from, listening });
  const answered =
    asked === undefined ? await greeting(workspace, listening) : await answerPublicly(asked, from, { ...listening, asks });
  // People who talk among themselves are not told that nothing was found.
  if (answered.problem && how === 'follow-up' && !/[?¿？]/.test(said)) return;
  await send(answered, { from, client, listening, key: `answer:${ts}`, direct: how === 'direct' });
}

/** What was written to the bot, without its name. */
function unmentioned(text: string, bot: string | undefined): string {
  return text
    .replace(MENTION, (whole, id: string) => (id === bot ? ' ' : whole))
    .replace(/<(?:https?|mailto):[^>|]*(?:\|([^>]*))?>/g, (_, label: string | undefined) => label ?? ' ')
    .trim();
}

/** A command as it was typed, else a search for what the words are about; undefined where they are about nothing. */
function lineFor(said: string, { commands }: Listening): string | undefined {
  if (said.startsWith('/')) return said;
  const named = findCommand(said, commands);
  if (named && (said === named.command.name || /^[a-z]+ +(?:\S+:|\S+(?: \S+)?$)/.test(said))) return `/${said}`;
  const words = wordsOf(said.replace(/&(amp|lt|gt);/g, ' '));
  return words === '' ? undefined : formatLine('quotes', { words }, commands);
}

async function greeting(workspace: string, listening: Listening): Promise<Answered> {
  const title = 'Ask for what respondents said about something, or type a command.';
  const examples = (await listening.bot.examples()).slice(0, 3);
  const blocks = [textLine(title), ...examples.map((one) => textLine(one))];
  const messages = await rendered({ title, blocks }, { ...listening, workspace });
  return { visibility: 'private', messages, problem: { words: title } };
}

interface Sending {
  from: From;
  client: Client;
  listening: Listening;
  key: string;
  direct: boolean;
}

async function send({ messages, visibility }: Answered, sending: Sending): Promise<void> {
  const { from, client, listening, key, direct } = sending;
  const { channel, thread } = from.place;
  try {
    for (const [index, message] of messages.entries()) {
      if (visibility === 'public' || direct) await postOnce(client, { channel, thread }, { message, key: `${key}:${index + 1}` });
      else await whisper(message, sending);
    }
  } catch (error) {
    listening.noticed(error);
    listening.log('error', 'answer could not be sent', { error });
  }
}

/** To who asked, alone. */
async function whisper({ text, blocks }: SlackMessage, { from, client }: Sending): Promise<void> {
  const { channel, thread } = from.place;
  const where = thread === undefined ? {} : { thread_ts: thread };
  await client.chat.postEphemeral({ channel, user: from.caller.id, text, blocks, ...where });
}
