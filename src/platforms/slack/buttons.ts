import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { answerRun, type Run, said, UNDO } from './answers.ts';
import { createAsks } from './asks.ts';
import { openForm } from './form.ts';
import { createRecent } from './once.ts';
import { fromOrigin, readOrigin } from './origin.ts';
import { openPicker } from './picker.ts';
import { sendBack } from './send-back.ts';
import { channelName, type From, type Listening, PLATFORM, workspaceOf } from './slack-bot.ts';
import { readValue } from './values.ts';
import { type Opening, showInView } from './views.ts';

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
    const asks = createAsks({ client, from, listening });
    const asked = await readValue(action.value ?? '', workspace, listening.store);
    const opening = openingOf(body, { client, from });
    if (asked && (await openForm(asked, opening, { ...listening, asks }))) return;
    const answered = asked
      ? await answerRun(asked, from, { ...listening, asks, nowhereToShare: isView(body) })
      : await said('This button is of an older version of the bot. Type the command again.', workspace, listening);
    if (isView(body)) return showInView(body.view, answered, { ...opening, origin: from.place, listening });
    const isOwn = body.container.is_ephemeral === true;
    const turns = asked !== undefined && (isPage(asked) || answered.visibility === 'public') && !answered.problem;
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
    const from = fromAction(body, workspaceOf(context));
    await openPicker({ command: 'brief', options: {} }, openingOf(body, { client, from }), listening);
  });
}

/** Home tab or modal: there is no channel to answer in. */
const isView = ({ view, channel }: BlockAction<ButtonAction>): boolean => view !== undefined || !channel?.id;

const isPage = ({ options }: Run): boolean => 'page' in options;

/** In a view: where that was opened. */
function fromAction({ user, channel, container, view }: BlockAction<ButtonAction>, workspace: string): From {
  const caller = { id: user.id, name: user.name ?? user.username };
  if (!channel?.id) return fromOrigin(readOrigin(view?.private_metadata ?? '') ?? { channel: user.id }, { caller, workspace });
  const thread: unknown = container.thread_ts;
  return {
    caller,
    place: {
      platform: PLATFORM,
      workspace,
      channel: channel.id,
      channelName: channelName(channel.name),
      ...(typeof thread === 'string' ? { thread } : {}),
    },
  };
}

const openingOf = (body: BlockAction<ButtonAction>, { client, from }: Pick<Opening, 'client' | 'from'>): Opening => ({
  client,
  triggerId: body.trigger_id,
  from,
  back: isView(body) ? undefined : body.response_url,
  inModal: body.view?.type === 'modal',
});
