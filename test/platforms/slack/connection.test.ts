import { expect, test } from 'vitest';
import { OperatorError } from '../../../src/errors.ts';
import { openFakeSlack } from '../../support/fake-slack.ts';
import { openInSlack } from '../../support/slack.ts';

const words = (value: unknown) => JSON.stringify(value);

test('a wrong bot token ends the start with what to do', async () => {
  const { platform, slack } = await openInSlack({
    start: false,
    settings: { workspaces: { type: 'one', botToken: 'xoxb-wrong' } },
  });
  const error = await platform.start().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(OperatorError);
  expect(String(error)).toMatch(/does not accept the tokens \(invalid_auth\).*SLACK_BOT_TOKEN.*briefdesk doctor/s);
  expect(slack.sockets).toEqual([]);
});

test('a wrong app token ends the start with what to do', async () => {
  const { platform } = await openInSlack({ start: false, settings: { transport: { type: 'socket', appToken: 'xapp-wrong' } } });
  await expect(platform.start()).rejects.toThrow(/SLACK_APP_TOKEN/);
});

test('without a network it starts, says that Slack cannot be reached, and is there when Slack is', async () => {
  const { platform, slack, told } = await openInSlack({ start: false });
  slack.fail('auth.test', { type: 'drop' }, { type: 'status', status: 503 });
  await platform.start();
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/Slack cannot be reached \(.+\): trying again/);
  await slack.until(() => slack.sockets.length === 1);
  expect(words((await slack.slash('/topics')).body)).toContain('Topics');
  expect(told.at(-1)).toBe('Slack is connected again.');
});

test('while Slack opens no socket it keeps trying', async () => {
  const { platform, slack, told } = await openInSlack({ start: false });
  slack.fail('apps.connections.open', { type: 'error', error: 'internal_error' });
  await platform.start();
  expect(told[0]).toContain('internal_error');
  await slack.until(() => slack.sockets.length === 1);
  expect(words((await slack.slash('/topics')).body)).toContain('Topics');
});

test('where Slack asks for a fresh socket, and where the socket drops, the bot is back at once', async () => {
  const { slack } = await openInSlack();
  slack.frame({ type: 'disconnect', reason: 'refresh_requested', debug_info: {} });
  await slack.until(() => slack.sockets.length === 2);
  expect(words((await slack.slash('/topics')).body)).toContain('Topics');
  slack.sockets[1]!.terminate();
  await slack.until(() => slack.sockets.length === 3);
  expect(words((await slack.slash('/topics')).body)).toContain('Topics');
});

test('a socket that is dead but not closed is noticed and replaced', async () => {
  const { slack } = await openInSlack();
  const [dead] = slack.sockets;
  // Neither frames nor pings are read any more, and none is answered.
  dead!.pause();
  await slack.until(() => slack.sockets.length === 2);
  expect(words((await slack.slash('/topics')).body)).toContain('Topics');
  dead!.terminate();
});

test('a token that is taken back while it runs ends the bot with a message', async () => {
  const { slack, platform } = await openInSlack();
  slack.fail('apps.connections.open', { type: 'error', error: 'token_revoked' });
  slack.frame({ type: 'disconnect', reason: 'link_disabled', debug_info: {} });
  expect((await platform.ended).message).toContain('token_revoked');
});

test('the bot that is removed from its one workspace ends with a message', async () => {
  const { slack, platform, bot } = await openInSlack();
  await slack.slash('/briefings add weekdays at 8am');
  await slack.event({ type: 'app_uninstalled' });
  expect((await platform.ended).message).toContain('app_uninstalled');
  const [paused] = await bot.briefings.at({ platform: 'slack', workspace: 'T1', channel: 'C1' });
  expect(paused?.status).toMatchObject({ is: 'paused', because: 'the bot was removed from the workspace' });
});

test('an acknowledgement that a drop of the socket swallowed comes with the redelivery, and nothing is done twice', async () => {
  const { slack, bot } = await openInSlack();
  const release = slack.hold('users.info');
  const payload = slack.commandPayload('/briefings add weekdays at 8am');
  void slack.deliver('slash_commands', payload);
  await slack.until(() => slack.callsOf('users.info').length === 1);
  slack.sockets[0]!.terminate();
  await slack.until(() => slack.sockets.length === 2);
  const again = slack.deliver('slash_commands', payload, 1);
  release();
  const { body } = await again;
  const shown = 'blocks' in body ? body : await slack.until(() => slack.responses[0]);
  expect(words(shown)).toContain('is briefed from now on');
  expect(await bot.briefings.at({ platform: 'slack', workspace: 'T1', channel: 'C1' })).toHaveLength(1);
});

test('told to end, it finishes what is under way first', async () => {
  const { slack, platform } = await openInSlack();
  const release = slack.hold('users.info');
  const answer = slack.slash('/briefings add weekdays at 8am');
  await slack.until(() => slack.callsOf('users.info').length === 1);
  const stopped = platform.stop();
  release();
  expect(words((await answer).body)).toContain('is briefed from now on');
  await stopped;
  expect(slack.sockets[0]!.readyState).toBeGreaterThanOrEqual(2);
});

test('a taken port is said at the start', async () => {
  const other = await openFakeSlack();
  const { platform } = await openInSlack({
    start: false,
    transport: 'http',
    settings: { port: Number(new URL(other.apiUrl).port) },
  });
  await expect(platform.start()).rejects.toThrow(/SLACK_PORT/);
  await other.close();
});

test('over HTTP, told to end, it answers what it was asked', async () => {
  const { slack, platform } = await openInSlack({ transport: 'http' });
  const release = slack.hold('users.info');
  const answer = slack.slash('/briefings add weekdays at 8am');
  await slack.until(() => slack.callsOf('users.info').length === 1);
  const stopped = platform.stop();
  release();
  expect((await answer).status).toBe(200);
  await stopped;
});
