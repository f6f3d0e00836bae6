import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openFakeDiscord, TOKEN } from '../../support/fake-discord.ts';

// A process of its own, from the source.
vi.setConfig({ testTimeout: 60_000 });

const root = join(import.meta.dirname, '../../..');

/** The command as an operator runs it, in a Discord that `prepare` has its way with. */
async function run(args: string[], { closeWith = [], token = TOKEN }: { closeWith?: number[]; token?: string } = {}) {
  const discord = await openFakeDiscord();
  onTestFinished(() => discord.close());
  discord.closeWith = closeWith;
  const folder = mkdtempSync(join(tmpdir(), 'briefdesk-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const env = {
    PATH: process.env.PATH,
    DISCORD_TOKEN: token,
    DISCORD_API_URL: discord.apiUrl,
    BRIEFDESK_DATA: join(root, 'data'),
    BRIEFDESK_DB: join(folder, 'bot.db'),
    PORT: '0',
  };
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), join(root, 'src/cli.ts'), ...args], {
    env,
    cwd: folder,
  });
  const [out, problems, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ]);
  return { discord, out, problems, code };
}

test('disallowed intents end the process with a clear message and exit code 1', async () => {
  const { problems, code } = await run(['start'], { closeWith: [4014] });
  expect(problems).toContain('not allowed the intents');
  expect(code).toBe(1);
});

test('a wrong token ends the process with a clear message, without the token, and exit code 1', async () => {
  const { out, problems, code } = await run(['start'], {
    token: 'MTAwMDAwMDAwMDAwMDAwMDAwMA.GaBcDe.wrong-wrong-wrong-wrong-wrong-wrong',
  });
  expect(problems).toContain('does not accept DISCORD_TOKEN');
  expect(out + problems).not.toContain('wrong-wrong');
  expect(code).toBe(1);
});

test('briefdesk discord invite prints the link, briefdesk discord register tells the commands', async () => {
  const invited = await run(['discord', 'invite']);
  expect(invited.out).toMatch(/^https:\/\/discord\.com\/oauth2\/authorize\?client_id=100&/);
  expect(invited.code).toBe(0);
  const registered = await run(['discord', 'register']);
  expect(registered.out).toContain('/brief');
  expect(registered.discord.state.commands.size).toBe(1);
  expect(registered.discord.problems).toEqual([]);
});
