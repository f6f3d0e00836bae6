import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { line } from '../../message/document.ts';
import { type Answered, answerRun, type Run, rendered, UNDO } from './answers.ts';
import { createAsks } from './asks.ts';
import { createRecent } from './once.ts';
import { openPicker } from './picker.ts';
import { sendBack } from './send-back.ts';
import { type Client, channelName, type From, type Listening, PLATFORM, workspaceOf } from './slack-bot.ts';
import { readValue } from './values.ts';
import { modalOf } from './views.ts';

export const PICK = 'pick';

/** Buttons: each carries what it asks, so it works after a restart, a week later, for anybody. */
export function listenToButtons(app: App, listening: Listening): void {
  const recent = createRecent();
  // A link is opened by Slack itself.
  app.action(/^open:\d+$/, async ({ ack }) => ack());

  app.action<BlockAction<ButtonAction>>(/^run:\d+$/, async ({ ack, action, body, respond, client, context }) => {
    await ack();
    if (!recent.isFirst(`${body.trigger_id}:${action.action_ts}`)) return;
    const workspace = workspaceOf(context);
    const from = fromAction(body, workspace);
    const asks = createAsks({ client, workspace, caller: from.caller.id, listening });
    const asked = await readValue(action.value ?? '', workspace, listening.store);
    const answered = asked
      ? await answerRun(asked, from, { ...listening, asks, nowhereToShare: isView(body) })
      : await said('This button is of an older version of the bot. Type the command again.', workspace, listening);
    if (isView(body)) return showIn(body.view, answered, { client, triggerId: body.trigger_id, listening });
    const isOwn = body.container.is_ephemeral === true;
    const turns = asked !== undefined && (isPage(asked) || answered.visibility === 'public') && !answered.failed;
    return sendBack(answered, { respond, client, from, listening, replaces: isOwn && turns });
  });

  app.action<BlockAction<ButtonAction>>(UNDO, async ({ ack, action, body, respond, client, context }) => {
    await ack();
    if (action.value === body.user.id) {
      await respond({ delete_original: true, text: '' });
      return;
    }
    const from = fromAction(body, workspaceOf(context));
    const refused = await said('Only who shared this can take it back.', from.place.workspace, listening);
    await sendBack(refused, { respond, client, from, listening });
  });

  app.action<BlockAction<ButtonAction>>(PICK, async ({ ack, body, client, context }) => {
    await ack();
    await openPicker({ triggerId: body.trigger_id, from: fromAction(body, workspaceOf(context)) }, client, listening);
  });
}

/** Home tab or modal: there is no channel to answer in. */
const isView = ({ view, channel }: BlockAction<ButtonAction>): boolean => view !== undefined || !channel?.id;

const isPage = ({ options }: Run): boolean => 'page' in options;

async function said(words: string, workspace: string, { store }: Listening): Promise<Answered> {
  return {
    visibility: 'private',
    failed: true,
    messages: await rendered({ title: words, blocks: [line(words)] }, { store, workspace }),
  };
}

/** On the home tab an answer opens, in a modal it takes the place of the one before. */
async function showIn(
  of: BlockAction['view'],
  { messages }: Answered,
  { client, triggerId, listening }: { client: Client; triggerId: string; listening: Listening },
): Promise<void> {
  const view = modalOf(messages);
  try {
    if (of?.type === 'modal') await client.views.update({ view_id: of.id, view });
    else await client.views.open({ trigger_id: triggerId, view });
  } catch (error) {
    listening.noticed(error);
    listening.log('error', 'answer could not be shown', { error });
  }
}

function fromAction({ user, channel, container }: BlockAction<ButtonAction>, workspace: string): From {
  const name = channelName(channel?.name);
  const thread: unknown = container.thread_ts;
  return {
    caller: { id: user.id, name: user.name ?? user.username },
    place: {
      platform: PLATFORM,
      workspace,
      channel: channel?.id || user.id,
      ...(name === undefined ? {} : { channelName: name }),
      ...(typeof thread === 'string' ? { thread } : {}),
    },
  };
}
