import type { AckFn, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import { readyIn } from '../ready-in.ts';
import { type Answered, said } from './answers.ts';
import { createOnce } from './once.ts';
import type { Origin } from './origin.ts';
import { sendBack } from './send-back.ts';
import type { Client, From, Listening } from './slack-bot.ts';
import { modalOf, showInView } from './views.ts';

/** Slack waits 3 seconds; what is not ready by then follows the acknowledgement. */
const ACK_MS = 2_000;

interface Submitted {
  ack: AckFn<ViewResponseAction>;
  client: Client;
  body: ViewSubmitAction;
  origin: Origin;
  from: From;
  make: () => Promise<Answered>;
  /** What is wrong with what was filled in, by block; undefined where that is not what the answer says. */
  errorsOf?: (answered: Answered) => Record<string, string> | undefined;
}

/** Answers modals that are submitted: once each, where they were opened, else in their place. */
export function createSubmissions(listening: Listening): (submitted: Submitted) => Promise<void> {
  const once = createOnce<Answered>();

  return async (submitted) => {
    const { ack, body, make } = submitted;
    const acked = await once.answer(body.trigger_id, make, {
      ready: async (answered) => ({ answered, inTime: await readyIn(ACK_MS, answered) }),
      ack: async ({ answered, inTime }) => ({ answered, follow: await acknowledge(inTime, submitted) }),
      empty: () => ack(),
      failed: (error) => listening.log('warn', 'acknowledgement did not go through', { error }),
    });
    await acked?.follow?.(await acked.answered);
  };

  /** Resolves to what is left to do once there is an answer. */
  async function acknowledge(
    inTime: Answered | undefined,
    { ack, body, client, origin, from, errorsOf }: Submitted,
  ): Promise<((answered: Answered) => Promise<void>) | undefined> {
    const errors = inTime && errorsOf?.(inTime);
    if (errors) {
      await ack({ response_action: 'errors', errors });
      return undefined;
    }
    const { back } = origin;
    if (back !== undefined) {
      await ack();
      return (answered) => sendBack(answered, { respond: listening.clients.respondTo(back), client, from, listening });
    }
    const shown = inTime ?? (await said('One moment …', from.place.workspace, listening));
    await ack({ response_action: 'update', view: modalOf(shown.messages, origin) });
    if (inTime) return undefined;
    return (answered) => showInView(body.view, answered, { client, triggerId: body.trigger_id, origin, listening });
  }
}
