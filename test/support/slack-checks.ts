import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import type { SlackMessage } from '../../src/message/slack.ts';
import { slackProblems } from './limits.ts';

type Json = Record<string, unknown>;

const require = createRequire(import.meta.url);
const typesPackage = require('@slack/types/package.json') as { version: string };
const typesFolder = dirname(require.resolve('@slack/types/package.json'));
const cached = join(import.meta.dirname, `../../node_modules/.cache/slack-types-${typesPackage.version}.json`);

/** JSON Schema of Slack’s own types; made once for each of their versions. */
async function schemaOfTypes(): Promise<Json> {
  if (existsSync(cached)) return JSON.parse(readFileSync(cached, 'utf8'));
  const { createGenerator } = await import('ts-json-schema-generator');
  const generator = createGenerator({
    path: join(typesFolder, 'dist/index.d.ts'),
    skipTypeCheck: true,
    expose: 'export',
    topRef: false,
  });
  const schema = generator.createSchema('*') as Json;
  mkdirSync(dirname(cached), { recursive: true });
  writeFileSync(cached, JSON.stringify(schema));
  return schema;
}

const schema = await schemaOfTypes();
const ajv = new Ajv({ strict: false, allErrors: false, discriminator: false });
ajv.addSchema(schema, 'slack');
const validators = new Map<string, ValidateFunction>();

function fits(type: string, value: unknown): string[] {
  const known = validators.get(type) ?? ajv.compile({ $ref: `slack#/definitions/${type}` });
  validators.set(type, known);
  if (known(value)) return [];
  const first = known.errors?.at(-1);
  return [`not a ${type}: ${first?.instancePath} ${first?.message}`];
}

/** What is wrong with something that the bot sent: its structure by Slack’s types, its lengths by Slack’s limits. */
export function messageProblems(sent: Json): string[] {
  const { text, blocks, unfurl_links = false, unfurl_media = false } = sent;
  const message = { text, blocks, unfurl_links, unfurl_media } as SlackMessage;
  const known = new Set(KNOWN_FIELDS);
  return [
    ...Object.keys(sent)
      .filter((key) => !known.has(key))
      .map((key) => `field ${key}`),
    ...(unfurl_links === false && unfurl_media === false ? [] : ['unfurls']),
    ...(Array.isArray(blocks) ? slackProblems(message) : ['no blocks']),
    ...(Array.isArray(blocks) ? blocks.flatMap((block) => fits('KnownBlock', block)) : []),
  ];
}

const KNOWN_FIELDS = [
  'text',
  'blocks',
  'unfurl_links',
  'unfurl_media',
  'response_type',
  'replace_original',
  'thread_ts',
  'channel',
  'user',
  'ts',
  'metadata',
  'team_id',
  'token',
];

// https://docs.slack.dev/reference/views
export function viewProblems(view: Json): string[] {
  const problems: string[] = fits('View', view);
  const check = (broken: boolean, what: string) => broken && problems.push(what);
  const blocks = view.blocks as Json[];
  for (const part of ['title', 'submit', 'close']) check(String((view[part] as Json | undefined)?.text ?? '').length > 24, part);
  check(String(view.private_metadata ?? '').length > 3_000, 'private_metadata');
  check(blocks.length < 1 || blocks.length > 100, `${blocks.length} blocks`);
  const inputs = blocks.filter((block) => block.type === 'input');
  for (const input of inputs) problems.push(...inputProblems(input));
  check(inputs.length > 0 && view.type === 'modal' && view.submit === undefined, 'input without submit');
  const named = blocks.flatMap((block) => block.block_id ?? []);
  check(new Set(named).size !== named.length, 'block_id twice');
  const others = blocks.filter((block) => block.type !== 'input');
  for (let at = 0; at < others.length; at += 25) {
    const some = others.slice(at, at + 25);
    const asMessage = { text: 'x', blocks: some, unfurl_links: false, unfurl_media: false } as unknown as SlackMessage;
    problems.push(...slackProblems(asMessage).filter((one) => !/characters of blocks|does nothing/.test(one)));
  }
  const ids = [...JSON.stringify(blocks).matchAll(/"action_id":"([^"]*)"/g)].map(([, id]) => id);
  check(new Set(ids).size !== ids.length, 'action_id twice');
  return problems;
}

// https://docs.slack.dev/reference/block-kit/blocks/input-block
function inputProblems({ label, hint, block_id, element }: Json): string[] {
  const problems: string[] = [];
  const check = (broken: boolean, what: string) => broken && problems.push(what);
  const lengthOf = (text: unknown) => String((text as Json | undefined)?.text ?? '').length;
  const { placeholder, action_id, options, initial_option } = element as Json;
  check(lengthOf(label) < 1 || lengthOf(label) > 2_000 || lengthOf(hint) > 2_000, 'label or hint');
  check(String(block_id).length > 255 || String(action_id).length < 1 || String(action_id).length > 255, 'block_id or action_id');
  check(lengthOf(placeholder) > 150, 'placeholder');
  if (options !== undefined) problems.push(...optionProblems({ options }));
  if (options !== undefined) check((options as unknown[]).length < 1, 'no options');
  if (initial_option !== undefined) problems.push(...optionProblems({ options: [initial_option] }));
  const isOffered = JSON.stringify(options ?? [initial_option]).includes(JSON.stringify(initial_option ?? null));
  check(initial_option !== undefined && !isOffered, 'initial option is none of the options');
  return problems;
}

/** What is wrong with the answer to a modal that was submitted. https://docs.slack.dev/surfaces/modals#handling_submissions */
export function submissionProblems({ response_action, errors, view }: Json, submitted: Json): string[] {
  if (response_action === 'update' || response_action === 'push') return viewProblems(view as Json);
  if (response_action !== 'errors') return [`response_action ${String(response_action)}`];
  const inputs = (submitted.blocks as Json[]).filter(({ type }) => type === 'input').map(({ block_id }) => block_id);
  const said = Object.entries(errors as Json);
  if (said.length === 0) return ['no errors'];
  return said.flatMap(([block, words]) =>
    inputs.includes(block) && typeof words === 'string' && words.trim() !== '' ? [] : [`error at ${block}`],
  );
}

// https://docs.slack.dev/reference/block-kit/composition-objects/option-object
export function optionProblems(answer: Json): string[] {
  const groups = (answer.option_groups ?? [{ label: { text: 'x' }, options: answer.options }]) as Json[];
  const problems: string[] = [];
  const check = (broken: boolean, what: string) => broken && problems.push(what);
  check(groups.length > 100, 'groups');
  for (const group of groups) {
    const options = group.options as { text: { text: string }; value: string }[];
    check(String((group.label as Json).text).length > 75, 'group label');
    check('option_groups' in answer && (options.length < 1 || options.length > 100), `${options.length} options`);
    for (const { text, value } of options) {
      check(text.text.length < 1 || text.text.length > 75, `option text of ${text.text.length}`);
      check(value.length < 1 || value.length > 150, `option value of ${value.length}`);
    }
    check(new Set(options.map(({ value }) => value)).size !== options.length, 'option twice');
  }
  return problems;
}
