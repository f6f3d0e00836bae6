import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { z } from 'zod';
import type { AnyCommand } from '../../command.ts';
import { registrationProblems } from './registration-limits.ts';

export type Registered = RESTPostAPIChatInputApplicationCommandsJSONBody;
type Option = NonNullable<Registered['options']>[number];

// https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-structure
const MAX_LENGTH = 6_000;

/** Where a command that people type freely elsewhere is a choice here. */
export const CHOSEN: Record<string, Record<string, readonly string[]>> = {
  briefings: { action: ['add', 'list', 'edit', 'pause', 'resume', 'remove', 'preview', 'now', 'why'] },
};
/** What belongs to a server or to a conversation with the bot itself: elsewhere the bot cannot post. */
const ONLY_WHERE_THE_BOT_IS = new Set(['briefings']);

const property = z.object({
  type: z.string().optional(),
  description: z.string().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
});
const schema = z.object({ properties: z.record(z.string(), property), required: z.array(z.string()).optional() });

/** The commands as Discord takes them, made from their definitions. Throws where they are beyond a limit of Discord, and names each one. */
export function registration(commands: ReadonlyMap<string, AnyCommand>): Registered[] {
  const made = [...commands.values()].map(commandOf);
  const problems = registrationProblems(made);
  if (problems.length > 0) throw new Error(['Discord would not take the commands.', ...problems].join('\n- '));
  return made;
}

function commandOf(command: AnyCommand): Registered {
  const { properties, required = [] } = schema.parse(z.toJSONSchema(command.options, { unrepresentable: 'any' }));
  const options = Object.entries(properties).map(([name, of]): Option => {
    const chosen = CHOSEN[command.name]?.[name];
    return optionOf(name, chosen ? { ...of, enum: [...chosen] } : of, {
      required: chosen !== undefined || required.includes(name),
      autocomplete: command.complete?.[name] !== undefined,
    });
  });
  const onlyHere = ONLY_WHERE_THE_BOT_IS.has(command.name);
  const { GuildInstall, UserInstall } = ApplicationIntegrationType;
  const { Guild, BotDM, PrivateChannel } = InteractionContextType;
  return {
    type: ApplicationCommandType.ChatInput,
    name: command.name,
    description: command.description,
    // Discord refuses a required option behind others.
    options: [...options.filter((one) => one.required), ...options.filter((one) => !one.required), SHARE],
    integration_types: onlyHere ? [GuildInstall] : [GuildInstall, UserInstall],
    contexts: onlyHere ? [Guild, BotDM] : [Guild, BotDM, PrivateChannel],
  };
}

function optionOf(
  name: string,
  of: z.infer<typeof property>,
  { required, autocomplete }: { required: boolean; autocomplete: boolean },
): Option {
  const own = { name, description: of.description ?? name, required };
  if (of.enum)
    return { ...own, type: ApplicationCommandOptionType.String, choices: of.enum.map((value) => ({ name: value, value })) };
  if (of.type === 'integer')
    return {
      ...own,
      type: ApplicationCommandOptionType.Integer,
      ...(of.minimum === undefined ? {} : { min_value: of.minimum }),
      ...(of.maximum === undefined ? {} : { max_value: of.maximum }),
    };
  return {
    ...own,
    type: ApplicationCommandOptionType.String,
    ...(of.minLength === undefined ? {} : { min_length: of.minLength }),
    ...(of.maxLength === undefined ? {} : { max_length: Math.min(MAX_LENGTH, of.maxLength) }),
    ...(autocomplete ? { autocomplete: true as const } : {}),
  };
}

const SHARE: Option = {
  type: ApplicationCommandOptionType.Boolean,
  name: 'share',
  description: 'Show the answer to everybody in this channel at once',
  required: false,
};
