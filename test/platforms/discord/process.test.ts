import { expect, onTestFinished, test, vi } from 'vitest';
import { openFakeDiscord, TOKEN } from '../../support/fake-discord.ts';
import { startProcess } from '../../support/process.ts';

// A process of its own, from the source.
vi.setConfig({ testTimeout: 60_000 });

/** The command as an operator runs it, in a Discord that `prepare` has its way with. */
async function run(args: string[], { closeWith = [], token = TOKEN }: { closeWith?: number[]; token?: string } = {}) {
  const discord = await openFakeDiscord();
  onTestFinished(() => discord.close());
  discord.closeWith = closeWith;
  const { child, ended } = startProcess(args, { DISCORD_TOKEN: token, DISCORD_API_URL: discord.apiUrl });
  return { discord, child, ended };
}

/** … and what it said when it ended. */
async function outcome(...asked: Parameters<typeof run>) {
  const { discord, ended } = await run(...asked);
  return { discord, ...(await ended) };
}

test('disallowed intents end the process with a clear message and exit code 1', async () => {
  const { problems, code } = await outcome(['start'], { closeWith: [4014] });
  expect(problems).toContain('not allowed the intents');
  expect(code).toBe(1);
});

test('a wrong token ends the process with a clear message, without the token, and exit code 1', async () => {
  const { out, problems, code } = await outcome(['start'], {
    token: 'MTAwMDAwMDAwMDAwMDAwMDAwMA.GaBcDe.wrong-wrong-wrong-wrong-wrong-wrong',
  });
  expect(problems).toContain('does not accept DISCORD_TOKEN');
  expect(out + problems).not.toContain('wrong-wrong');
  expect(code).toBe(1);
});

test('a token that is reset while the bot runs ends the process with a clear message and exit code 1', async () => {
  const { discord, ended } = await run(['start']);
  await discord.until(() => discord.callsOf('PUT /commands').length === 1);
  for (const socket of discord.sockets) socket.close(4004);
  const { problems, code } = await ended;
  expect(problems).toContain('does not accept DISCORD_TOKEN');
  expect(code).toBe(1);
});

test('told to end, the process ends well', async () => {
  const { discord, child, ended } = await run(['start']);
  await discord.until(() => discord.callsOf('PUT /commands').length === 1);
  expect((await discord.slash('topics')).type).toBe(4);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
  expect(discord.problems).toEqual([]);
});

test('briefdesk doctor looks at Discord too, and its exit code says that something is to be done', async () => {
  const { out, code } = await outcome(['doctor']);
  expect(out).toContain('Discord: signed in');
  expect(out).toContain('briefdesk discord register');
  expect(code).toBe(1);
});

test('briefdesk discord invite prints the link, briefdesk discord register tells the commands', async () => {
  const invited = await outcome(['discord', 'invite']);
  expect(invited.out).toMatch(/^https:\/\/discord\.com\/oauth2\/authorize\?client_id=100&/);
  expect(invited.code).toBe(0);
  const registered = await outcome(['discord', 'register']);
  expect(registered.out).toContain('/brief');
  expect(registered.discord.state.commands.size).toBe(1);
  expect(registered.discord.problems).toEqual([]);
});
