import type { AckFn, App, RespondArguments, SlashCommand } from '@slack/bolt';
import type { SlackMessage } from '../../message/slack.ts';
import { readyIn } from '../ready-in.ts';
import { type Answered, answerLine, type Run } from './answers.ts';
import { createAsks } from './asks.ts';
import { openForm } from './form.ts';
import { createOnce } from './once.ts';
import { openPicker } from './picker.ts';
import { sendBack } from './send-back.ts';
import { channelName, type From, type Listening, PLATFORM, workspaceOf } from './slack-bot.ts';

/** Slack waits 3 seconds; what is not ready by then follows the acknowledgement. */
const ACK_MS = 2_000;

type Ack = AckFn<string | RespondArguments>;

/**
 * Slash commands: the answer rides in the acknowledgement. `/brief` alone opens the picker. They are answered before Bolt asks every
 * other listener whether it is meant, which takes longer than most answers.
 */
export function listenForCommands(app: App, listening: Listening): void {
  const once = createOnce<Answered>();

  app.use(async (args) => {
    if (!('command' in args)) return args.next();
    const { command, ack, respond, client, context } = args;
    const workspace = workspaceOf(context);
    const from = fromCommand(command, workspace);
    const asks = createAsks({ client, from, listening });
    const line = `${command.command} ${command.text ?? ''}`;
    const opening = { client, triggerId: command.trigger_id, back: command.response_url, from };
    const opens = async (asked: Run) =>
      (await openPicker(asked, opening, listening)) || (await openForm(asked, opening, { ...listening, asks }));
    const make = async () => answerLine(line, from, { ...listening, asks, opens });
    const acked = await once.answer(command.trigger_id, make, {
      ready: async (answered) => ({ answered, inTime: await readyIn(ACK_MS, answered) }),
      ack: (ready) => acknowledge(ready, ack),
      empty: () => ack(),
      failed: (error) => listening.log('warn', 'acknowledgement did not go through', { error }),
    });
    if (acked) await sendBack(await acked.answered, { respond, client, from, listening }, acked.sent);
  });
}

interface Ready {
  answered: Promise<Answered>;
  inTime: Answered | undefined;
}

/** With the answer where it is there in time. Resolves to how many of its messages went with it. */
async function acknowledge({ answered, inTime }: Ready, ack: Ack): Promise<{ answered: Promise<Answered>; sent: number }> {
  const [first] = inTime?.messages ?? [];
  if (!inTime || !first) {
    await ack();
    return { answered, sent: 0 };
  }
  await ack(withType(first, inTime.visibility));
  return { answered, sent: 1 };
}

const withType = (message: SlackMessage, visibility: Answered['visibility']): RespondArguments => ({
  ...message,
  response_type: visibility === 'public' ? 'in_channel' : 'ephemeral',
});

function fromCommand(command: SlashCommand, workspace: string): From {
  const name = channelName(command.channel_name);
  return {
    caller: { id: command.user_id, name: command.user_name },
    place: {
      platform: PLATFORM,
      workspace,
      channel: command.channel_id,
      ...(name === undefined ? {} : { channelName: name }),
    },
  };
}
