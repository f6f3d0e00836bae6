import type { App, types, ViewStateValue, ViewSubmitAction } from '@slack/bolt';
import type { PlainTextOption } from '@slack/types';
import { encodeAction } from '../../message/actions.ts';
import { oneLine } from '../../message/chat-blocks.ts';
import { plainText } from '../../message/slack-elements.ts';
import { answerRun, type Run } from './answers.ts';
import { createAsks } from './asks.ts';
import { optionsOf } from './form-view.ts';
import { fromOrigin, readOrigin, writeOrigin } from './origin.ts';
import { type Listening, workspaceOf } from './slack-bot.ts';
import { createSubmissions } from './submission.ts';
import { readValue } from './values.ts';
import { type Opening, openView } from './views.ts';

export const PICKER = 'picker';
const ABOUT = 'about';
const MOST_OF_A_KIND = 20;

/** Opens the picker where nothing was said; false where something was, or where Slack does not open it. */
export async function openPicker({ command, options }: Run, opening: Opening, listening: Listening): Promise<boolean> {
  if (command !== 'brief' || Object.keys(options).length > 0) return false;
  return openView(pickerView(writeOrigin({ ...opening.from.place, back: opening.back })), opening, listening);
}

function pickerView(privateMetadata: string): types.ModalView {
  return {
    type: 'modal',
    callback_id: PICKER,
    private_metadata: privateMetadata,
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
  const answer = createSubmissions(listening);

  app.options(ABOUT, async ({ options, ack }) => {
    const groups = await choices(oneLine(options.value), listening);
    await (groups.length === 0 ? ack({ options: [] }) : ack({ option_groups: groups }));
  });

  app.view<ViewSubmitAction>(PICKER, async ({ ack, body, view, client, context }) => {
    const workspace = workspaceOf(context);
    const chosen = await chosenIn(view.state.values[ABOUT]?.[ABOUT], workspace, listening);
    if (!chosen) return ack({ response_action: 'errors', errors: { [ABOUT]: 'Choose one of the list.' } });
    const origin = readOrigin(view.private_metadata) ?? { channel: body.user.id };
    const from = fromOrigin(origin, { caller: { id: body.user.id, name: body.user.name }, workspace });
    const asks = createAsks({ client, from, listening });
    const make = () => answerRun(chosen, from, { ...listening, asks, nowhereToShare: origin.back === undefined });
    await answer({ ack, client, body, origin, from, make });
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
  const completions = offered.slice(0, MOST_OF_A_KIND).flatMap((one) => {
    const value = encodeAction(one);
    return value === undefined ? [] : [{ value, label: one.label }];
  });
  const options = optionsOf(completions);
  return options.length === 0 ? undefined : { label: plainText(label), options };
}
