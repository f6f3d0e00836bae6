import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { defineCommand, message } from '../../../src/command.ts';
import { commands } from '../../../src/commands.ts';
import { invite, registerByHand } from '../../../src/platforms/discord/operator.ts';
import { CHOSEN, registration } from '../../../src/platforms/discord/registration.ts';
import { openInDiscord } from '../../support/discord.ts';
import type { Json } from '../../support/discord-checks.ts';
import { openFakeDiscord } from '../../support/fake-discord.ts';

const byName = new Map(registration(commands).map((one) => [one.name, one]));
const option = (command: string, name: string) => byName.get(command)?.options?.find((one) => one.name === name);

test('the commands are those of the bot, each with its options and share', () => {
  expect([...byName.keys()]).toEqual([...commands.keys()]);
  for (const [name, command] of commands) {
    const names = byName.get(name)?.options?.map((one) => one.name) ?? [];
    expect(new Set(names)).toEqual(new Set([...Object.keys(command.options.shape), 'share']));
  }
  expect(option('brief', 'about')).toMatchObject({ type: 3, autocomplete: true, required: false, max_length: 500 });
  expect(option('quotes', 'page')).toMatchObject({ type: 4, min_value: 1, max_value: 9999 });
  expect(option('cite', 'style')).toMatchObject({ choices: expect.arrayContaining([{ name: 'chicago', value: 'chicago' }]) });
  expect(option('brief', 'share')).toMatchObject({ type: 5, required: false });
});

test('commands work in servers, direct messages and where only the caller has them; briefings only where the bot can post', () => {
  const [server, account] = [0, 1];
  const [inServer, withBot, elsewhere] = [0, 1, 2];
  for (const [name, { integration_types, contexts }] of byName) {
    const expected =
      name === 'briefings'
        ? [[server], [inServer, withBot]]
        : [
            [server, account],
            [inServer, withBot, elsewhere],
          ];
    expect([integration_types, contexts], name).toEqual(expected);
  }
});

test('briefings ask first what to do, and offer everything that can be done', async () => {
  const [first, ...others] = byName.get('briefings')?.options ?? [];
  expect(first).toMatchObject({ name: 'action', required: true });
  expect(others.every((one) => one.required !== true)).toBe(true);
  const { discord, bot } = await openInDiscord();
  expect((await bot.complete('briefings', 'action', '')).map(({ value }) => value)).toEqual(CHOSEN.briefings?.action);
  expect(discord.problems).toEqual([]);
});

test('commands beyond what Discord takes are refused when they are loaded, each with its limit', () => {
  const long = defineCommand({
    name: 'Long',
    description: 'd'.repeat(101),
    options: z.object(
      Object.fromEntries(
        Array.from({ length: 30 }, (_, index) => [`o${index}`, z.string().describe('x'.repeat(300)).optional()]),
      ),
    ),
    run: async () => message({ title: '', blocks: [] }),
  });
  const refused = () => registration(new Map([['Long', long]]));
  expect(refused).toThrow('Discord would not take the commands');
  for (const words of ['/Long: the name', '101 characters', '31 options', 'characters in all', '/Long o1: the description'])
    expect(refused).toThrow(words);
});

test('commands are told to Discord once, and again only when they changed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'briefdesk-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const database = join(folder, 'bot.db');
  const fake = await openFakeDiscord();
  const first = await openInDiscord({ discord: fake, bot: { database } });
  await fake.until(() => fake.state.commands.size === 1);
  await vi.waitFor(() => expect(first.told).toHaveLength(2));
  expect(first.told[1]).toBe('Discord knows the commands.');
  expect(fake.state.commands.get('/applications/100/commands')).toHaveLength(commands.size);
  await first.close();
  const second = await openInDiscord({ discord: fake, bot: { database } });
  await second.discord.slash('topics');
  expect(second.told).toEqual(['Discord is connected.']);
  // As an older version of the bot has left it.
  await second.bot.discordStore.putRegistered('100', 'global', 'of other commands');
  await second.close();
  const changed = await openInDiscord({ discord: fake, bot: { database } });
  await vi.waitFor(() => expect(changed.told).toHaveLength(2));
  await changed.close();
  const other = await openInDiscord({ discord: fake, bot: { database }, settings: { guildId: '1' } });
  await vi.waitFor(() => expect(other.told).toHaveLength(2));
  const routes = fake.callsOf('PUT /commands').map(({ path }) => path);
  const everywhere = '/applications/100/commands';
  expect(routes).toEqual([everywhere, everywhere, '/applications/100/guilds/1/commands']);
  const [inServer] = fake.state.commands.get('/applications/100/guilds/1/commands') as Json[];
  expect(inServer).not.toHaveProperty('contexts');
});

test('a server that the bot is not in ends the start with what to do', async () => {
  const fake = await openFakeDiscord();
  fake.fail('PUT /commands', { type: 'status', status: 403, body: { code: 50001, message: 'Missing Access' } });
  const { platform } = await openInDiscord({ discord: fake, settings: { guildId: '7' } });
  expect((await platform.ended).message).toMatch(/DISCORD_GUILD_ID \(7\).*briefdesk discord invite/);
});

test('the operator gets the invite link with the least permissions, and can register by hand', async () => {
  const { discord, bot } = await openInDiscord();
  const settings = {
    token: discord.state.token,
    applicationId: undefined,
    guildId: undefined,
    apiUrl: discord.apiUrl,
    shards: 'auto',
  } as const;
  const [toServer = '', , , toAccount = ''] = (await invite(settings)).split('\n');
  const link = new URL(toServer);
  expect(link.searchParams.get('client_id')).toBe('100');
  expect(link.searchParams.get('scope')).toBe('bot applications.commands');
  // View Channel, Send Messages, Embed Links, Read Message History, Send Messages in Threads
  expect(BigInt(link.searchParams.get('permissions') ?? 0)).toBe(
    (1n << 10n) | (1n << 11n) | (1n << 14n) | (1n << 16n) | (1n << 38n),
  );
  const own = new URL(toAccount);
  expect([own.searchParams.get('integration_type'), own.searchParams.get('scope')]).toEqual(['1', 'applications.commands']);
  expect(own.searchParams.has('permissions')).toBe(false);
  const before = discord.callsOf('PUT /commands').length;
  expect(await registerByHand(settings, { commands, store: bot.discordStore })).toContain('/brief');
  expect(discord.callsOf('PUT /commands').length).toBeGreaterThan(before);
  await expect(invite({ ...settings, token: 'wrong' })).rejects.toThrow('does not accept DISCORD_TOKEN');
});
