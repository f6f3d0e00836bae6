import { RespondError, type RespondFn } from '@slack/bolt';
import type { SlackMessage } from '../../message/slack.ts';
import type { Answered } from './answers.ts';
import type { Client, From, Listening } from './slack-bot.ts';

export interface Back {
  respond: RespondFn;
  client: Client;
  from: From;
  listening: Pick<Listening, 'log' | 'noticed'>;
  /** The message that was pressed is the caller’s alone and may be replaced. */
  replaces?: boolean | undefined;
}

interface How {
  visibility: 'private' | 'public';
  replaces: boolean;
}

/** Sends an answer behind its acknowledgement; `after` messages of it are there already. Never rejects. */
export async function sendBack(answered: Answered, back: Back, after = 0): Promise<void> {
  const { visibility, messages, own = [] } = answered;
  for (const [index, message] of messages.entries()) {
    if (index < after) continue;
    const replaces = visibility === 'private' && index === 0 && back.replaces === true;
    if (!(await sendOne(message, { visibility, replaces }, back))) return;
  }
  const [first] = own;
  if (visibility === 'public' && back.replaces && own.length === 1 && first)
    await sendOne(first, { visibility: 'private', replaces: true }, back);
}

/** Through the address that came with the request, which also reaches channels that the bot is not in; else as the bot. */
async function sendOne(message: SlackMessage, { visibility, replaces }: How, back: Back): Promise<boolean> {
  const { respond, client, from, listening } = back;
  const { channel, thread } = from.place;
  const threadTs = thread === undefined ? {} : { thread_ts: thread };
  try {
    await respond({
      ...message,
      response_type: visibility === 'public' ? 'in_channel' : 'ephemeral',
      replace_original: replaces,
      ...threadTs,
    });
    return true;
  } catch (error) {
    // Where it may have arrived, what everybody sees is not sent a second time.
    const isRefused = error instanceof RespondError && error.statusCode < 500;
    if (visibility === 'public' && !isRefused) return failed(error);
  }
  try {
    if (visibility === 'public') await client.chat.postMessage({ ...message, channel, ...threadTs });
    else
      await client.chat.postEphemeral({ text: message.text, blocks: message.blocks, channel, user: from.caller.id, ...threadTs });
    return true;
  } catch (error) {
    return failed(error);
  }

  function failed(error: unknown): false {
    listening.noticed(error);
    listening.log('error', 'answer could not be sent', { error });
    return false;
  }
}
