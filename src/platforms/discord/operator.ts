import { Routes } from 'discord.js';
import { z } from 'zod';
import type { AnyCommand } from '../../command.ts';
import type { DiscordConfig } from '../../config.ts';
import { OperatorError } from '../../errors.ts';
import type { DiscordStore } from '../../store/discord.ts';
import { createRest, notRegistered } from './discord.ts';
import { failureOf, isDeadToken, tokenRefused } from './errors.ts';
import { accountLink, inviteLink } from './invite.ts';
import { register } from './register.ts';
import { registration } from './registration.ts';

const application = z.object({ id: z.string() });

/** The link that adds the bot to a server, and below it the one for a person’s own account. Throws OperatorError where Discord does not tell the application. */
export async function invite(settings: DiscordConfig): Promise<string> {
  const id = await applicationId(settings);
  return `${inviteLink(id)}\n\nFor your own account only (“User Install” must be ticked under “Installation” of the application):\n${accountLink(id)}`;
}

/** Tells Discord the commands, also where they are the same; resolves to a line for the operator. Throws OperatorError where it does not take them. */
export async function registerByHand(
  settings: DiscordConfig,
  { commands, store }: { commands: ReadonlyMap<string, AnyCommand>; store: DiscordStore },
): Promise<string> {
  const made = registration(commands);
  const id = await applicationId(settings);
  const { guildId } = settings;
  try {
    await register(made, { rest: createRest(settings), store, application: id, guild: guildId }, { always: true });
  } catch (error) {
    throw explained(error, settings);
  }
  const where = guildId === undefined ? 'everywhere; people see them after restarting Discord' : `in server ${guildId}`;
  return `${made.length} commands are registered ${where}: ${made.map(({ name }) => `/${name}`).join(' ')}`;
}

async function applicationId(settings: DiscordConfig): Promise<string> {
  if (settings.applicationId !== undefined) return settings.applicationId;
  try {
    return application.parse(await createRest(settings).get(Routes.currentApplication())).id;
  } catch (error) {
    throw explained(error, settings);
  }
}

function explained(error: unknown, settings: DiscordConfig): OperatorError {
  if (isDeadToken(error)) return tokenRefused(error);
  const failure = failureOf(error);
  if (failure.type === 'refused') return notRegistered(failure.reason, settings, error);
  return new OperatorError(`${failure.reason}: try again in a minute.`, { cause: error });
}
