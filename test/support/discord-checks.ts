import {
  ApplicationCommandCreateRequestSchema,
  CreateForumThreadRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  IncomingWebhookRequestPartialSchema,
  IncomingWebhookUpdateForInteractionCallbackRequestPartialSchema,
  MessageCreateRequestSchema,
  MessageEditRequestPartialSchema,
  UpdateMessageInteractionCallbackRequestSchema,
  // @ts-expect-error the package has no types for its schemas
} from 'discord-api-spec/zod';
import { z } from 'zod';
import type { DiscordMessage } from '../../src/message/discord.ts';
import { discordProblems } from './limits.ts';

export type Json = Record<string, unknown>;

const SCHEMAS = {
  command: ApplicationCommandCreateRequestSchema,
  post: MessageCreateRequestSchema,
  edit: MessageEditRequestPartialSchema,
  forum: CreateForumThreadRequestSchema,
  reply: CreateMessageInteractionCallbackRequestSchema,
  update: UpdateMessageInteractionCallbackRequestSchema,
  followUp: IncomingWebhookRequestPartialSchema,
  editReply: IncomingWebhookUpdateForInteractionCallbackRequestPartialSchema,
} as Record<string, z.ZodType>;

/** What Discord’s own description of its API does not let through. */
export function schemaProblems(of: string, body: unknown): string[] {
  const parsed = SCHEMAS[of]!.safeParse(JSON.parse(JSON.stringify(body)));
  return parsed.success ? [] : [`${of}: ${z.prettifyError(parsed.error)} in ${JSON.stringify(body).slice(0, 300)}`];
}

/** What Discord would refuse of a message beyond that; a mention must be of what the message is allowed to ping. */
export function messageProblems(message: Json): string[] {
  const { allowed_mentions: allowed, content = '', embeds, components } = message as Json & { allowed_mentions?: Json };
  const problems = allowed === undefined ? ['allowed_mentions is missing'] : [];
  const named = [...((allowed?.roles ?? []) as string[]), ...((allowed?.users ?? []) as string[])];
  if (JSON.stringify(allowed?.parse) !== '[]' && JSON.stringify(allowed?.parse) !== '["everyone"]')
    problems.push('may ping anybody');
  if (named.some((id) => !String(content).includes(id))) problems.push('may ping who is not named');
  return [...problems, ...discordProblems({ content, embeds, components, allowed_mentions: { parse: [] } } as DiscordMessage)];
}
