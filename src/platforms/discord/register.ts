import { createHash } from 'node:crypto';
import { type REST, Routes } from 'discord.js';
import type { DiscordStore } from '../../store/discord.ts';
import type { Registered } from './registration.ts';

const GLOBAL = 'global';

interface Registering {
  rest: REST;
  store: Pick<DiscordStore, 'registered' | 'putRegistered'>;
  application: string;
  /** One server, where commands are there at once; else all of them. */
  guild: string | undefined;
}

/** Tells Discord the commands where they changed since the last time, or `always`. Resolves to whether it was told. */
export async function register(
  commands: readonly Registered[],
  { rest, store, application, guild }: Registering,
  { always = false }: { always?: boolean } = {},
): Promise<boolean> {
  const body = guild === undefined ? commands : commands.map(({ contexts: _, integration_types: __, ...one }) => one);
  const hash = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const scope = guild ?? GLOBAL;
  if (!always && (await store.registered(application, scope)) === hash) return false;
  const route =
    guild === undefined ? Routes.applicationCommands(application) : Routes.applicationGuildCommands(application, guild);
  await rest.put(route, { body });
  await store.putRegistered(application, scope, hash);
  return true;
}
