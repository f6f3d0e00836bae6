import { expect, onTestFinished, test } from 'vitest';
import { commands } from '../../../src/commands.ts';
import type { DiscordConfig } from '../../../src/config.ts';
import { checkDiscord } from '../../../src/platforms/discord/check.ts';
import { registration } from '../../../src/platforms/discord/registration.ts';
import type { Json } from '../../support/discord-checks.ts';
import { openFakeDiscord, TOKEN } from '../../support/fake-discord.ts';

async function examined(changed: Partial<DiscordConfig> = {}, { registered = true } = {}) {
  const discord = await openFakeDiscord();
  onTestFinished(() => discord.close());
  if (registered) discord.state.commands.set('/applications/100/commands', registration(commands) as unknown as Json[]);
  const settings = {
    token: TOKEN,
    applicationId: undefined,
    guildId: undefined,
    apiUrl: discord.apiUrl,
    shards: 'auto',
    ...changed,
  } as const;
  const findings = await checkDiscord({ settings, commands });
  expect(discord.calls.every(({ method }) => method === 'GET')).toBe(true);
  return findings;
}

test('where all is well the doctor finds nothing, and changes nothing', async () => {
  expect((await examined()).map(({ isFine }) => isFine)).toEqual([true, true, true]);
});

test('the doctor says which setting is wrong and what to do', async () => {
  expect(await examined({ token: 'wrong' })).toMatchObject([{ isFine: false, what: expect.stringContaining('DISCORD_TOKEN') }]);
  expect(await examined({ applicationId: '7' })).toContainEqual(
    expect.objectContaining({ remedy: expect.stringContaining('DISCORD_APPLICATION_ID') }),
  );
  expect(await examined({}, { registered: false })).toContainEqual(
    expect.objectContaining({ remedy: expect.stringContaining('briefdesk discord register') }),
  );
});
