import type { App, types, ViewStateValue } from '@slack/bolt';
import type { PlainTextOption } from '@slack/types';
import { z } from 'zod';
import { encodeAction } from '../../message/actions.ts';
import { clip, oneLine } from '../../message/chat-blocks.ts';
import { escapeSlack, plainText } from '../../message/slack-elements.ts';
import { answerRun, type Run } from './answers.ts';
import { createAsks } from './asks.ts';
import { createRecent } from './once.ts';
import { sendBack } from './send-back.ts';
import { type Client, type From, type Listening, PLATFORM, workspaceOf } from './slack-bot.ts';
import { readValue } from './values.ts';
import { modalOf } from './views.ts';

export const PICKER = 'picker';
const ABOUT = 'about';
// https://docs.slack.dev/reference/block-kit/composition-objects/option-object
const MAX_OPTION_TEXT = 75;
const MAX_OPTION_VALUE = 150;
const MOST_OF_A_KIND = 20;
const MAX_METADATA = 3_000;

interface Picking {
  triggerId: string;
  /** Address for the answer, where there is one; else the answer takes the picker’s place. */
  back?: string;
  from: From;
}

const metadata = z.object({ back: z.string().optional(), channel: z.string(), channelName: z.string().optional() });

/** Opens the picker; false where Slack does not. */
export async function openPicker({ triggerId, back, from }: Picking, client: Client, listening: Listening): Promise<boolean> {
  const { channel, channelName } = from.place;
  try {
    await client.views.open({ trigger_id: triggerId, view: pickerView(JSON.stringify({ back, channel, channelName })) });
    return true;
  } catch (error) {
    listening.noticed(error);
    listening.log('warn', 'picker could not be opened', { error });
    return false;
  }
}

function pickerView(privateMetadata: string): types.ModalView {
  return {
    type: 'modal',
    callback_id: PICKER,
    private_metadata: privateMetadata.slice(0, MAX_METADATA),
    title: plainText('Briefdesk'),
    submit: plainText('Show'),
    close: plainText('Close'),
    blocks: [
      {
        type: 'input',
        block_id: ABOUT,
        label: plainText('Topic, country, respondent or question'),
        hint: plainText('Start typing. Words that are none of these are searched in the quotes.'),
        element: {
          type: 'external_select',
          action_id: ABOUT,
          min_query_length: 0,
          placeholder: plainText('For example Venezuela'),
        },
      },
    ],
  };
}

/** What the picker offers while somebody types, and what choosing does. */
export function listenToPicker(app: App, listening: Listening): void {
  const recent = createRecent();

  app.options(ABOUT, async ({ options, ack }) => {
    const groups = await choices(oneLine(options.value), listening);
    await (groups.length === 0 ? ack({ options: [] }) : ack({ option_groups: groups }));
  });

  app.view(PICKER, async ({ ack, body, view, client, context }) => {
    const workspace = workspaceOf(context);
    const { back, channel, channelName } = metadata.parse(JSON.parse(view.private_metadata));
    const from: From = {
      caller: { id: body.user.id, name: body.user.name },
      place: { platform: PLATFORM, workspace, channel, ...(channelName === undefined ? {} : { channelName }) },
    };
    const chosen = await chosenIn(view.state.values[ABOUT]?.[ABOUT], workspace, listening);
    if (!chosen) {
      await ack({ response_action: 'errors', errors: { [ABOUT]: 'Choose one of the list.' } });
      return;
    }
    if (back !== undefined) await ack();
    if (!recent.isFirst(`${view.id}:${view.hash}`)) {
      if (back === undefined) await ack();
      return;
    }
    const asks = createAsks({ client, workspace, caller: from.caller.id, listening });
    const answered = await answerRun(chosen, from, { ...listening, asks, nowhereToShare: back === undefined });
    if (back === undefined) await ack({ response_action: 'update', view: modalOf(answered.messages) });
    else await sendBack(answered, { respond: listening.clients.respondTo(back), client, from, listening });
  });
}

async function chosenIn(state: ViewStateValue | undefined, workspace: string, { store }: Listening): Promise<Run | undefined> {
  const value = state?.selected_option?.value;
  return value === undefined ? undefined : readValue(value, workspace, store);
}

type Group = { label: types.PlainTextElement; options: PlainTextOption[] };

/** Topics and countries, respondents, questions, and a search for the words themselves. */
async function choices(typed: string, { bot }: Listening): Promise<Group[]> {
  const [subjects, persons] = await Promise.all([bot.complete('brief', ABOUT, typed), bot.complete('respondent', 'name', typed)]);
  const isQuestion = ({ value, label }: { value: string; label: string }) =>
    label.startsWith(`${value} · `) && /\d/.test(value) && /^[a-z0-9]{5,}$/.test(value);
  const search = typed === '' ? [] : [{ label: `Search quotes for “${typed}”`, command: 'quotes', options: { words: typed } }];
  const asBrief = ({ value, label }: { value: string; label: string }) => ({
    label,
    command: 'brief',
    options: { about: value },
  });
  return [
    group('Topics and countries', subjects.filter((one) => !isQuestion(one)).map(asBrief)),
    group(
      'Respondents',
      persons.map(({ value, label }) => ({ label, command: 'respondent', options: { name: value } })),
    ),
    group('Questions', subjects.filter(isQuestion).map(asBrief)),
    group('Quotes', search),
  ].flatMap((one) => one ?? []);
}

function group(label: string, offered: readonly (Run & { label: string })[]): Group | undefined {
  const options = offered.slice(0, MOST_OF_A_KIND).flatMap((one): PlainTextOption[] => {
    const value = encodeAction(one);
    const text = clip(oneLine(one.label), MAX_OPTION_TEXT, (words) => escapeSlack(words).length);
    return value === undefined || value.length > MAX_OPTION_VALUE ? [] : [{ text: plainText(text), value }];
  });
  return options.length === 0 ? undefined : { label: plainText(label), options };
}
