import type { KnownBlock, RichTextElement } from '@slack/types';
import type { Courier, Delivered, SendResult } from '../../briefings/courier.ts';
import type { Destination } from '../../briefings/subscription.ts';
import type { SlackMessage } from '../../message/slack.ts';
import { rendered } from './answers.ts';
import type { Workspace } from './clients.ts';
import { failureOf, isRefusal } from './errors.ts';
import { permalink } from './permalink.ts';
import { find, metadataOf, post, postOnce, type Where } from './post.ts';
import type { Client, Listening } from './slack-bot.ts';

// https://docs.slack.dev/apis/web-api/rate-limits: about one a second in a channel, several hundred a minute in a workspace
const PER_SECOND = 5;
// https://docs.slack.dev/reference/block-kit/blocks
const MAX_BLOCKS = 50;
const TOO_MUCH = 'more was written there since than can be looked through';
const NOT_INSTALLED = 'the bot is not installed in this workspace any more';
/** What was sent is there, but cannot be changed any more: the news goes below it. */
const CANNOT_EDIT = new Set(['cant_update_message', 'edit_window_closed', 'update_failed']);

type Carrying = Pick<Listening, 'clients' | 'store' | 'log' | 'noticed'>;

/** Digests as messages of the bot; each carries its key in its metadata, by which a second copy is told. */
export function slackCourier(carrying: Carrying): Courier {
  const { clients, log, noticed } = carrying;

  /** Rejects only where the bot itself is wrong. */
  async function within(workspace: string, work: (at: Workspace) => Promise<SendResult>): Promise<SendResult> {
    try {
      const at = await clients.of(workspace);
      return at ? await work(at) : { outcome: 'refused', reason: NOT_INSTALLED };
    } catch (error) {
      noticed(error);
      return resultOf(error, log);
    }
  }

  return {
    perSecond: PER_SECOND,

    send: (delivered) =>
      within(delivered.destination.workspace, async ({ client }) => {
        const { destination, key } = delivered;
        const [first, ...rest] = await messagesOf(delivered, carrying);
        if (!first) return { outcome: 'refused', reason: 'there is nothing to show' };
        const ts = await post(client, destination, { message: first, key });
        await continued(rest, { client, destination, thread: destination.thread ?? ts, key });
        return { outcome: 'sent', externalId: ts };
      }),

    async find(destination, key, since) {
      try {
        const at = await clients.of(destination.workspace);
        if (!at) return { outcome: 'cannot', reason: NOT_INSTALLED };
        const looked = await find(at.client, destination, { key, since });
        if (looked.outcome === 'not all seen') return { outcome: 'cannot', reason: TOO_MUCH };
        return looked.outcome === 'found' ? { outcome: 'found', externalId: looked.ts } : looked;
      } catch (error) {
        noticed(error);
        const failure = failureOf(error);
        if (failure.type === 'refused') return { outcome: 'cannot', reason: failure.reason };
        const { reason, afterSeconds } = failure;
        return { outcome: 'retry', reason, ...(afterSeconds === undefined ? {} : { afterSeconds }) };
      }
    },

    edit: (externalId, delivered) =>
      within(delivered.destination.workspace, async ({ client }) => {
        const { destination, mayBeThereSince } = delivered;
        const { channel } = destination;
        const [first, ...rest] = await messagesOf(delivered, carrying);
        if (!first) return { outcome: 'refused', reason: 'there is nothing to show' };
        const thread = destination.thread ?? externalId;
        const key = `${delivered.key}-edit`;
        const { text, blocks } = first;
        const isEdited = await canEdit(() =>
          client.chat.update({ channel, ts: externalId, text, blocks, metadata: metadataOf(delivered.key) }),
        );
        const result: SendResult = isEdited
          ? { outcome: 'sent', externalId }
          : await answerBelow(client, { channel, thread }, { message: first, key, mayBeThereSince });
        if (result.outcome === 'sent') await continued(rest, { client, destination, thread, key });
        return result;
      }),

    async tell(owner, { workspace }, message) {
      try {
        const at = await clients.of(workspace);
        const channel = (await at?.client.conversations.open({ users: owner }))?.channel?.id;
        if (!at || channel === undefined) return;
        for (const one of await rendered(message, { ...carrying, workspace }))
          await at.client.chat.postMessage({ ...one, channel });
      } catch (error) {
        noticed(error);
        log('warn', 'owner could not be told', { error });
      }
    },

    linkTo: (destination, externalId) => permalink(clients.urlOf(destination.workspace), destination, externalId),
  };

  /** What has no room in one message goes into its thread; that the first one is there counts. */
  async function continued(
    rest: readonly SlackMessage[],
    { client, destination, thread, key }: { client: Client; destination: Destination; thread: string; key: string },
  ): Promise<void> {
    for (const [index, message] of rest.entries()) {
      try {
        await postOnce(client, { channel: destination.channel, thread }, { message, key: `${key}:${index + 2}` });
      } catch (error) {
        noticed(error);
        log('error', 'rest of a briefing could not be sent', { error });
        return;
      }
    }
  }
}

/** False where what was sent stays as it is. */
async function canEdit(edit: () => Promise<unknown>): Promise<boolean> {
  try {
    await edit();
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const failure = failureOf(error);
    if (failure.type !== 'refused' || !CANNOT_EDIT.has(failure.code)) throw error;
    return false;
  }
}

/** In the thread of the message, once: where an earlier try may have arrived, the thread is asked first. */
async function answerBelow(
  client: Client,
  where: Where,
  { message, key, mayBeThereSince: since }: { message: SlackMessage; key: string; mayBeThereSince: number | undefined },
): Promise<SendResult> {
  const looked = since === undefined ? undefined : await find(client, where, { key, since });
  if (looked?.outcome === 'found') return { outcome: 'sent', externalId: looked.ts };
  if (looked?.outcome === 'not all seen') return { outcome: 'refused', reason: TOO_MUCH };
  return { outcome: 'sent', externalId: await post(client, where, { message, key }) };
}

function resultOf(error: unknown, log: Listening['log']): SendResult {
  try {
    const failure = failureOf(error);
    if (failure.type === 'refused') return { outcome: 'refused', reason: failure.reason };
    const { reason, afterSeconds, mayHaveArrived } = failure;
    return { outcome: 'retry', reason, mayHaveArrived, ...(afterSeconds === undefined ? {} : { afterSeconds }) };
  } catch {
    log('error', 'briefing could not be sent', { error });
    return { outcome: 'retry', reason: 'the bot itself failed', mayHaveArrived: true };
  }
}

async function messagesOf({ message, destination, mention }: Delivered, carrying: Carrying): Promise<SlackMessage[]> {
  const messages = await rendered(message, { ...carrying, workspace: destination.workspace });
  const [first, ...rest] = messages;
  if (mention === undefined || !first) return messages;
  const block: KnownBlock = {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [mentionOf(mention)] }],
  };
  if (first.blocks.length < MAX_BLOCKS) return [{ ...first, blocks: [block, ...first.blocks] }, ...rest];
  return [{ ...first, blocks: [block] }, ...messages];
}

/** A group, a person or everybody here as Slack writes them in a command; anything else is only text. */
function mentionOf(mention: string): RichTextElement {
  const [, kind, id = ''] = /^<(!subteam\^|@)([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(mention) ?? [];
  if (kind === '@') return { type: 'user', user_id: id };
  if (kind !== undefined) return { type: 'usergroup', usergroup_id: id };
  const [, range] = /^(?:<!|@)(here|channel|everyone)(?:\|[^>]*)?>?$/.exec(mention) ?? [];
  if (range === 'here' || range === 'channel' || range === 'everyone') return { type: 'broadcast', range };
  return { type: 'text', text: mention };
}
