import type { types } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { type SlackMessage, withActionIds } from '../../message/slack.ts';
import { plainText } from '../../message/slack-elements.ts';
import type { Answered } from './answers.ts';
import { type Origin, writeOrigin } from './origin.ts';
import type { Client, From, Listening } from './slack-bot.ts';

// https://docs.slack.dev/reference/views
const MAX_BLOCKS = 100;

/** How somebody asks for a modal. */
export interface Opening {
  client: Client;
  triggerId: string;
  from: From;
  /** Address for the answer, where there is one; else the answer takes the modal’s place. */
  back?: string | undefined;
  /** Asked for in a modal: the new one comes on top of it. */
  inModal?: boolean;
}

/** Shows a modal; false where Slack does not. */
export async function openView(
  view: types.ModalView,
  { client, triggerId, inModal = false }: Opening,
  { log, noticed }: Pick<Listening, 'log' | 'noticed'>,
): Promise<boolean> {
  try {
    await (inModal ? client.views.push : client.views.open)({ trigger_id: triggerId, view });
    return true;
  } catch (error) {
    noticed(error);
    log('warn', 'modal could not be opened', { error, modal: view.callback_id });
    return false;
  }
}

/** Shows an answer: over the home tab, in the place of a modal. */
export async function showInView(
  shown: { id: string; type: string } | undefined,
  { messages }: Answered,
  { client, triggerId, origin, listening }: { client: Client; triggerId: string; origin: Origin; listening: Listening },
): Promise<void> {
  const view = modalOf(messages, origin);
  try {
    if (shown?.type === 'modal') await client.views.update({ view_id: shown.id, view });
    else await client.views.open({ trigger_id: triggerId, view });
  } catch (error) {
    listening.noticed(error);
    listening.log('error', 'answer could not be shown', { error });
  }
}

/** An answer in a modal. */
export function modalOf(messages: readonly SlackMessage[], { channel, channelName }: Origin): types.ModalView {
  return {
    type: 'modal',
    callback_id: 'answer',
    private_metadata: writeOrigin({ channel, channelName }),
    title: plainText('Briefdesk'),
    close: plainText('Close'),
    blocks: viewBlocks(messages),
  };
}

/** The blocks of an answer in one view; where a view has no room for all, it says so. */
export function viewBlocks(messages: readonly SlackMessage[]): KnownBlock[] {
  // Ids that were unique in each message are made so in the view.
  const blocks = withActionIds(messages.flatMap((message) => message.blocks));
  if (blocks.length <= MAX_BLOCKS) return blocks;
  const rest: KnownBlock = {
    type: 'context',
    elements: [plainText('[…] There is more than fits here: type the same command in a channel to see all of it.')],
  };
  return [...blocks.slice(0, MAX_BLOCKS - 1), rest];
}
