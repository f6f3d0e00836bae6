import type {
  APIActionRowComponent,
  APIButtonComponentWithCustomId,
  APIButtonComponentWithURL,
  APISelectMenuOption,
  APIStringSelectComponent,
} from 'discord-api-types/v10';
import type { ActionEncoder } from './actions.ts';
import { clip } from './chat-blocks.ts';
import type { Action } from './document.ts';

type RunAction = Extract<Action, { type: 'run' }>;
type Button = APIButtonComponentWithCustomId | APIButtonComponentWithURL;

/** An entry to choose from: what it is, and what choosing it does. */
export interface Choice {
  label: string;
  action: RunAction;
}

interface Offered {
  buttons: readonly Action[];
  choices: readonly Choice[];
}

// https://docs.discord.com/developers/components/reference#action-row
const MAX_ROWS = 5;
const BUTTONS_A_ROW = 5;
// https://docs.discord.com/developers/components/reference#button
export const MAX_LABEL = 80;
export const MAX_URL = 512;
// https://docs.discord.com/developers/components/reference#string-select
const MAX_OPTIONS = 25;
const MAX_OPTION_TEXT = 100;

/** Whether the buttons and choices of a page fit one message. */
export function rowsFit(page: readonly Offered[], encode: ActionEncoder): boolean {
  const offering = page.filter(({ buttons, choices }) => buttons.length + choices.length > 0);
  return offering.length <= BUTTONS_A_ROW || componentRows(offering, encode).length <= MAX_ROWS;
}

/** The buttons in rows, below them the choices; what does the same twice is there once. The value of a choice is that of a button. */
export function componentRows(
  page: readonly Offered[],
  encode: ActionEncoder,
): APIActionRowComponent<Button | APIStringSelectComponent>[] {
  const buttons = unlike(
    page.flatMap((piece) => piece.buttons.map((action) => buttonOf(action, encode))),
    (button) => ('url' in button ? button.url : button.custom_id),
  );
  const options = unlike(
    page.flatMap((piece) => piece.choices.map((choice) => optionOf(choice, encode))),
    ({ value }) => value,
  );
  const selects = inGroups(options, MAX_OPTIONS).map((group, index) => [selectOf(group, index)]);
  return [...inGroups(buttons, BUTTONS_A_ROW), ...selects].map((components) => ({ type: 1, components }));
}

function buttonOf(action: Action, encode: ActionEncoder): Button {
  return action.type === 'open'
    ? { type: 2, style: 5, label: action.label, url: action.href }
    : { type: 2, style: 2, label: action.label, custom_id: encode(action) };
}

function optionOf({ label, action }: Choice, encode: ActionEncoder): APISelectMenuOption {
  const shown = clip(label.replace(/\s+/g, ' '), MAX_OPTION_TEXT, ({ length }) => length);
  return { label: shown, value: encode(action), ...(action.label === label ? {} : { description: action.label }) };
}

function selectOf(options: APISelectMenuOption[], index: number): APIStringSelectComponent {
  return { type: 3, custom_id: `choose:${index + 1}`, options };
}

function unlike<One>(all: readonly One[], keyOf: (one: One) => string): One[] {
  const first = new Map<string, One>();
  for (const one of all) if (!first.has(keyOf(one))) first.set(keyOf(one), one);
  return [...first.values()];
}

function inGroups<One>(all: readonly One[], size: number): One[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, group) => all.slice(group * size, (group + 1) * size));
}
