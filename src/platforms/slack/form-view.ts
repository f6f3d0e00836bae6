import type { types, ViewStateValue } from '@slack/bolt';
import type { InputBlock, PlainTextOption } from '@slack/types';
import type { AnyCommand, Completion, Field, Form } from '../../command.ts';
import { clip, oneLine } from '../../message/chat-blocks.ts';
import { escapeSlack, plainText } from '../../message/slack-elements.ts';

export const FORM = 'form:';
export const FIELD = 'field:';
// https://docs.slack.dev/reference/block-kit/composition-objects/option-object
const MAX_OPTION_TEXT = 75;
const MAX_OPTION_VALUE = 150;
const MAX_OPTIONS = 100;
/** What Slack can address without asking for the names of groups; those can be typed. */
const MENTIONS: Completion[] = [
  { value: '@here', label: '@here: who is active in the channel' },
  { value: '@channel', label: '@channel: everybody in the channel' },
];

const MENTION_HINT = 'A group is typed: mention:@group';

export interface Filling {
  command: AnyCommand;
  form: Form;
  privateMetadata: string;
  /** By option. */
  initial: ReadonlyMap<string, string | undefined>;
  /** All that can be chosen, by option; for words an example. */
  offered: ReadonlyMap<string, Completion[]>;
}

/** The form as a modal; each block is named after its option. */
export function formView({ command, form, privateMetadata, initial, offered }: Filling): types.ModalView {
  return {
    type: 'modal',
    callback_id: `${FORM}${command.name}`,
    private_metadata: privateMetadata,
    title: plainText(form.title),
    submit: plainText(form.submit),
    close: plainText('Close'),
    blocks: form.fields.map((field): InputBlock => {
      const hint = field.hint ?? (field.takes === 'mention' ? MENTION_HINT : undefined);
      const given = { initial: initial.get(field.option), offered: offered.get(field.option) ?? [] };
      return {
        type: 'input',
        block_id: field.option,
        label: plainText(field.label),
        optional: field.isRequired !== true && field.takes !== 'channel',
        ...(hint === undefined ? {} : { hint: plainText(hint) }),
        element: elementOf(field, `${FIELD}${command.name}:${field.option}`, given),
      };
    }),
  };
}

interface Given {
  initial: string | undefined;
  offered: Completion[];
}

function elementOf({ takes }: Field, actionId: string, { initial, offered }: Given): InputBlock['element'] {
  const own = { action_id: actionId };
  const [chosen] = optionsOf(offered.filter(({ value }) => value === initial));
  switch (takes) {
    case 'words': {
      const [example] = offered;
      const placeholder = example ? { placeholder: plainText(`For example ${example.label}`) } : {};
      return { ...own, type: 'plain_text_input', ...placeholder, ...(initial === undefined ? {} : { initial_value: initial }) };
    }
    case 'one': {
      const [known] = initial === undefined ? [] : optionsOf([{ value: initial, label: initial }]);
      return { ...own, type: 'external_select', min_query_length: 0, ...(known ? { initial_option: known } : {}) };
    }
    case 'several':
      return { ...own, type: 'multi_external_select', min_query_length: 0 };
    case 'choice':
      return { ...own, type: 'static_select', options: optionsOf(offered), ...(chosen ? { initial_option: chosen } : {}) };
    case 'channel':
      // Direct messages too: the one with the bot itself can be briefed.
      return {
        ...own,
        type: 'conversations_select',
        default_to_current_conversation: true,
        filter: { include: ['public', 'private', 'im'] },
      };
    case 'mention':
      return { ...own, type: 'static_select', options: optionsOf(MENTIONS) };
  }
}

/** What fits an option; a value too long to be one is not offered: cut, it would mean something else. */
export function optionsOf(offered: readonly Completion[]): PlainTextOption[] {
  const values = new Set<string>();
  const options = offered.flatMap(({ value, label }): PlainTextOption[] => {
    if (value.length > MAX_OPTION_VALUE || values.has(value)) return [];
    values.add(value);
    const shown = clip(oneLine(label), MAX_OPTION_TEXT, (words) => escapeSlack(words).length);
    return [{ text: plainText(shown), value }];
  });
  return options.slice(0, MAX_OPTIONS);
}

/** What was filled in, as it would be typed, and the channel that was chosen. */
export function filledIn(
  { fields }: Form,
  values: Record<string, Record<string, ViewStateValue>>,
): { channel: string | undefined; options: Record<string, string> } {
  const given = fields.map(({ option, takes }) => {
    const [state] = Object.values(values[option] ?? {});
    return { option, takes, value: state === undefined ? '' : givenIn(state) };
  });
  const options = given.filter(({ takes, value }) => takes !== 'channel' && value !== '');
  return {
    channel: given.find(({ takes, value }) => takes === 'channel' && value !== '')?.value,
    options: Object.fromEntries(options.map(({ option, value }) => [option, value])),
  };
}

function givenIn(state: ViewStateValue): string {
  const several = (state.selected_options ?? []).map(({ value }) => value).join(', ');
  const value = state.value ?? state.selected_option?.value ?? state.selected_conversation ?? several;
  // Slack writes & < > as entities in what it sends back.
  return value.trim().replace(/&(amp|lt|gt);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>' };
