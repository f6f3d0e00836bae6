import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { AnyCommand } from '../../command.ts';
import type { DiscordConfig } from '../../config.ts';
import type { Finding } from '../../platform.ts';
import { createRest } from './discord.ts';
import { failureOf, isDeadToken, tokenRefused } from './errors.ts';
import { registration } from './registration.ts';

interface Checking {
  settings: DiscordConfig;
  commands: ReadonlyMap<string, AnyCommand>;
}

const application = z.object({ id: z.string(), name: z.string().optional() });
const gateway = z.object({ session_start_limit: z.object({ remaining: z.number() }) });
const known = z.array(z.object({ name: z.string() }));
const REGISTER = 'start the bot, or run “briefdesk discord register”';

/** Looks at the token, the gateway and the commands in Discord; changes nothing. */
export async function checkDiscord({ settings, commands }: Checking): Promise<Finding[]> {
  const rest = createRest(settings);
  const signedIn = await asked(async () => application.parse(await rest.get(Routes.currentApplication())));
  if ('isFine' in signedIn) return [signedIn];
  const { id, name = id } = signedIn;
  const { applicationId = id, guildId } = settings;
  const isSame: Finding =
    applicationId === id
      ? { isFine: true, what: `Discord: signed in as the application ${name}` }
      : {
          isFine: false,
          what: `Discord: DISCORD_TOKEN belongs to the application ${id}, DISCORD_APPLICATION_ID is ${applicationId}`,
          remedy: 'leave DISCORD_APPLICATION_ID out: it is found by itself',
        };
  return [isSame, await checkGateway(rest), await checkCommands(rest, id, { guildId, commands })];
}

async function checkGateway(rest: REST): Promise<Finding> {
  const found = await asked(async () => gateway.parse(await rest.get(Routes.gatewayBot())));
  if ('isFine' in found) return found;
  const { remaining } = found.session_start_limit;
  return remaining > 0
    ? { isFine: true, what: 'Discord: the gateway can be opened' }
    : {
        isFine: false,
        what: 'Discord: the bot was started too often today',
        remedy: 'wait for tomorrow, and see why it starts again',
      };
}

async function checkCommands(
  rest: REST,
  id: string,
  { guildId, commands }: Pick<Checking, 'commands'> & { guildId: string | undefined },
): Promise<Finding> {
  const route = guildId === undefined ? Routes.applicationCommands(id) : Routes.applicationGuildCommands(id, guildId);
  const where = guildId === undefined ? '' : ` in server ${guildId}`;
  const found = await asked(async () => known.parse(await rest.get(route)));
  if ('isFine' in found)
    return guildId === undefined
      ? found
      : { ...found, remedy: 'check DISCORD_GUILD_ID, and add the bot there: “briefdesk discord invite” prints the link' };
  const names = new Set(found.map(({ name }) => name));
  const missing = registration(commands).filter(({ name }) => !names.has(name));
  return missing.length === 0
    ? { isFine: true, what: `Discord: all commands are registered${where}` }
    : {
        isFine: false,
        what: `Discord: not registered${where}: ${missing.map(({ name }) => `/${name}`).join(' ')}`,
        remedy: REGISTER,
      };
}

/** What Discord answers, or why it does not. */
async function asked<Value>(ask: () => Promise<Value>): Promise<Value | Finding> {
  try {
    return await ask();
  } catch (error) {
    if (isDeadToken(error)) return { isFine: false, what: tokenRefused(error).message };
    return { isFine: false, what: `Discord: ${failureOf(error).reason}`, remedy: 'try again in a minute' };
  }
}
