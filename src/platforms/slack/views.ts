import type { types } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { SlackMessage } from '../../message/slack.ts';
import { plainText } from '../../message/slack-elements.ts';

// https://docs.slack.dev/reference/views
const MAX_BLOCKS = 100;

/** An answer in a modal. */
export function modalOf(messages: readonly SlackMessage[]): types.ModalView {
  return {
    type: 'modal',
    callback_id: 'answer',
    title: plainText('Briefdesk'),
    close: plainText('Close'),
    blocks: viewBlocks(messages),
  };
}

/** The blocks of an answer in one view; where a view has no room for all, it says so. */
export function viewBlocks(messages: readonly SlackMessage[]): KnownBlock[] {
  const blocks = withActionIds(messages.flatMap((message) => message.blocks));
  if (blocks.length <= MAX_BLOCKS) return blocks;
  const rest: KnownBlock = {
    type: 'context',
    elements: [plainText('[…] There is more than fits here: type the same command in a channel to see all of it.')],
  };
  return [...blocks.slice(0, MAX_BLOCKS - 1), rest];
}

/** Ids that were unique in each message are made so in the view. */
function withActionIds(blocks: readonly KnownBlock[]): KnownBlock[] {
  let count = 0;
  const identified = <Element extends { type: string }>(element: Element): Element => {
    if (element.type !== 'button') return element;
    count += 1;
    return { ...element, action_id: `${'url' in element ? 'open' : 'run'}:${count}` };
  };
  return blocks.map((block) => {
    if (block.type === 'actions') return { ...block, elements: block.elements.map(identified) };
    if (block.type === 'section' && block.accessory) return { ...block, accessory: identified(block.accessory) };
    return block;
  });
}
