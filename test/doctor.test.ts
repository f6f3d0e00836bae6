import { expect, onTestFinished, test } from 'vitest';
import { commands } from '../src/commands.ts';
import { readConfig } from '../src/config.ts';
import { doctor } from '../src/doctor.ts';
import { checkSlack } from '../src/platforms/slack/check.ts';
import { scopeNames } from '../src/platforms/slack/scopes.ts';
import { openFakeSlack } from './support/fake-slack.ts';

async function examined(env: Record<string, string>): Promise<{ code: number; lines: string }> {
  const lines: string[] = [];
  const code = await doctor({
    settings: () => readConfig(env),
    checks: [async ({ slack }) => (slack ? checkSlack({ settings: slack, commands, publicUrl: undefined }) : [])],
    print: (line) => lines.push(line),
  });
  return { code, lines: lines.join('\n') };
}

async function aSlack() {
  const slack = await openFakeSlack();
  onTestFinished(() => slack.close());
  return slack;
}

test('settings that do not fit are told, and nothing is asked of Slack', async () => {
  const { code, lines } = await examined({ SLACK_BOT_TOKEN: 'xoxb-1' });
  expect(code).toBe(1);
  expect(lines).toContain('PROBLEM  The settings are not right.');
  expect(lines).toContain('SLACK_APP_TOKEN is missing');
});

test('where all is well there is no problem', async () => {
  const slack = await aSlack();
  slack.state.scopes = scopeNames({ links: false }).join(',');
  const { code, lines } = await examined({
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1-A1-good',
    SLACK_API_URL: slack.apiUrl,
  });
  expect(lines).toContain('Socket Mode can be opened');
  expect(lines).toContain('/brief /quotes');
  expect(lines).toMatch(/No problems\.$/);
  expect(code).toBe(0);
});

test('every scope that is missing is told with what it is for', async () => {
  const slack = await aSlack();
  slack.state.scopes = 'commands';
  const { code, lines } = await examined({
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1-A1-good',
    SLACK_API_URL: slack.apiUrl,
  });
  expect(lines).toContain('chat:write is not granted (answers to mentions');
  expect(lines).toContain('reinstall the app');
  expect(code).toBe(1);
});

test('each token that is refused is told by its name, never by its value', async () => {
  const slack = await aSlack();
  const { lines } = await examined({
    SLACK_BOT_TOKEN: 'xoxb-secret',
    SLACK_APP_TOKEN: 'xapp-secret',
    SLACK_API_URL: slack.apiUrl,
  });
  expect(lines).toContain('SLACK_BOT_TOKEN is refused (invalid_auth)');
  expect(lines).toContain('SLACK_APP_TOKEN is refused (invalid_auth)');
  expect(lines).not.toContain('secret');
});

test('without Slack it says so', async () => {
  const slack = await aSlack();
  slack.fail('auth.test', { type: 'drop' });
  const { lines } = await examined({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1-A1-good', SLACK_API_URL: slack.apiUrl });
  expect(lines).toContain('Slack cannot be reached');
  expect(lines).toContain('1 problem.');
});
