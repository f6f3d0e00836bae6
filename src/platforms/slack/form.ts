import type { App, ViewSubmitAction } from '@slack/bolt';
import type { Asks, Field, Form } from '../../command.ts';
import { CallerError } from '../../errors.ts';
import { readyIn } from '../ready-in.ts';
import { type Answered, answerRun, type Run } from './answers.ts';
import { createAsks } from './asks.ts';
import { FIELD, FORM, filledIn, formView, optionsOf } from './form-view.ts';
import { fromOrigin, type Origin, readOrigin, writeOrigin } from './origin.ts';
import { type Listening, workspaceOf } from './slack-bot.ts';
import { createSubmissions } from './submission.ts';
import { type Opening, openView } from './views.ts';

/** Slack opens a form for 3 seconds; what it would have filled in by itself is not waited for that long. */
const INITIAL_MS = 1_000;

/** Opens the form that completes what was asked; false where there is none, or where Slack does not open it. */
export async function openForm(asked: Run, opening: Opening, listening: Listening & { asks: Asks }): Promise<boolean> {
  const command = listening.commands.get(asked.command);
  if (!command?.form || !isCompletedBy(command.form, asked)) return false;
  const { fields } = command.form;
  const initial = await Promise.all(fields.map(async (field) => [field.option, await initialOf(field, listening.asks)] as const));
  const offered = await Promise.all(
    fields.map(async ({ option, takes }) => {
      const isShown = takes === 'choice' || takes === 'words';
      return [option, isShown ? await listening.bot.complete(command.name, option, '', opening.from) : []] as const;
    }),
  );
  const { channel, channelName: name } = opening.from.place;
  const view = formView({
    command,
    form: command.form,
    privateMetadata: writeOrigin({ back: opening.back, channel, channelName: name }),
    initial: new Map(initial),
    offered: new Map(offered),
  });
  return openView(view, opening, listening);
}

function isCompletedBy({ completes }: Form, { options }: Run): boolean {
  const keys = Object.keys(completes);
  return keys.length === Object.keys(options).length && keys.every((key) => options[key]?.toLowerCase() === completes[key]);
}

async function initialOf({ initial }: Field, asks: Asks): Promise<string | undefined> {
  if (!initial) return undefined;
  const known = initial(asks).catch((error: unknown) => {
    if (error instanceof CallerError) return undefined;
    throw error;
  });
  return readyIn(INITIAL_MS, known);
}

/** What forms offer while somebody types, and what filling one in does: the same as the typed command. */
export function listenToForms(app: App, listening: Listening): void {
  const answer = createSubmissions(listening);

  app.options(new RegExp(`^${FIELD}`), async ({ options, ack }) => {
    const [command = '', option = ''] = options.action_id.slice(FIELD.length).split(':');
    await ack({ options: optionsOf(await listening.bot.complete(command, option, options.value.trim())) });
  });

  app.view<ViewSubmitAction>(new RegExp(`^${FORM}`), async ({ ack, body, view, client, context }) => {
    const command = listening.commands.get(view.callback_id.slice(FORM.length));
    const opened = readOrigin(view.private_metadata);
    if (!command?.form || !opened) return ack();
    const { form } = command;
    const { channel = opened.channel, options } = filledIn(form, view.state.values);
    // The address for the answer is one of the channel where it was opened.
    const origin: Origin = channel === opened.channel ? opened : { channel };
    const by = { caller: { id: body.user.id, name: body.user.name }, workspace: workspaceOf(context) };
    const from = fromOrigin(origin, by);
    // Who asks is where it was opened.
    const asks = createAsks({ client, from: fromOrigin(opened, by), listening });
    const asked: Run = { command: command.name, options: { ...form.completes, ...options } };
    const make = () => answerRun(asked, from, { ...listening, asks, nowhereToShare: origin.back === undefined });
    await answer({ ack, client, body, origin, from, make, errorsOf: (answered) => errorsIn(form, answered) });
  });
}

/** What is wrong, at its field; what is about none of them is about the channel. */
function errorsIn({ fields }: Form, { problem }: Answered): Record<string, string> | undefined {
  if (!problem) return undefined;
  const field =
    fields.find(({ option }) => option === problem.option) ?? fields.find(({ takes }) => takes === 'channel') ?? fields[0];
  // Which option is wrong is seen by where it is said.
  return field && { [field.option]: problem.words.replace(`${field.option}: `, '') };
}
