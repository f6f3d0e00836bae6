import { expect, onTestFinished, test, vi } from 'vitest';
import { APP_TOKEN, type FakeSlack, openFakeSlack } from '../../support/fake-slack.ts';
import { startProcess } from '../../support/process.ts';

// A process of its own, from the source.
vi.setConfig({ testTimeout: 60_000 });

async function inSlack(): Promise<FakeSlack> {
  const slack = await openFakeSlack();
  onTestFinished(async () => {
    await slack.close();
    expect(slack.problems).toEqual([]);
  });
  return slack;
}

const start = (slack: FakeSlack, changed: Record<string, string> = {}, args = ['start']) =>
  startProcess(args, { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: APP_TOKEN, SLACK_API_URL: slack.apiUrl, ...changed });

test('a wrong token ends the process with a clear message, without the token, and exit code 1', async () => {
  const { out, problems, code } = await start(await inSlack(), { SLACK_BOT_TOKEN: 'xoxb-wrong-wrong' }).ended;
  expect(problems).toMatch(/does not accept the tokens \(invalid_auth\).*SLACK_BOT_TOKEN/s);
  expect(out + problems).not.toMatch(/wrong-wrong|\n {4}at /);
  expect(code).toBe(1);
});

test('a token that is taken back while it runs ends the process with a clear message and exit code 1', async () => {
  const slack = await inSlack();
  const { ended } = start(slack);
  await slack.until(() => slack.sockets.length === 1);
  slack.fail('apps.connections.open', { type: 'error', error: 'token_revoked' });
  slack.frame({ type: 'disconnect', reason: 'link_disabled', debug_info: {} });
  const { problems, code } = await ended;
  expect(problems).toContain('does not accept the tokens (token_revoked)');
  expect(problems).not.toMatch(/unhandled|\n {4}at /i);
  expect(code).toBe(1);
});

test('told to end, the process answers what it was asked and ends with exit code 0', async () => {
  const slack = await inSlack();
  const { child, ended } = start(slack);
  await slack.until(() => slack.sockets.length === 1);
  const release = slack.hold('users.info');
  const answer = slack.slash('/briefings add weekdays at 8am');
  await slack.until(() => slack.callsOf('users.info').length === 1);
  child.kill('SIGTERM');
  release();
  expect(JSON.stringify((await answer).body)).toContain('is briefed from now on');
  expect((await ended).code).toBe(0);
});

test('briefdesk slack manifest prints the manifest of these settings', async () => {
  const { out, code } = await start(await inSlack(), {}, ['slack', 'manifest']).ended;
  expect(JSON.parse(out)).toMatchObject({ settings: { socket_mode_enabled: true } });
  expect(code).toBe(0);
});
