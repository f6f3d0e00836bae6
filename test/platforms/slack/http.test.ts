import { expect, test } from 'vitest';
import { SIGNING_SECRET, signature } from '../../support/fake-slack.ts';
import { type InSlack, openInSlack } from '../../support/slack.ts';

async function post({ slack }: InSlack, body: string, headers: Record<string, string>): Promise<Response> {
  return fetch(slack.requestUrl ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
  });
}

test('a request that Slack has not signed, or long ago, or for another body is refused and answered by nobody', async () => {
  const bot = await openInSlack({ transport: 'http' });
  const body = new URLSearchParams({ command: '/topics', text: '', team_id: 'T1', trigger_id: '1' }).toString();
  const statuses = [
    await post(bot, body, {}),
    await post(bot, body, signature(body, { secret: `${SIGNING_SECRET}x` })),
    await post(bot, body, signature(body, { at: Date.now() - 6 * 60_000 })),
    await post(bot, body, signature('another')),
  ].map(({ status }) => status);
  expect(statuses).toEqual([401, 401, 401, 401]);
  expect(bot.logged.filter(({ event }) => event === 'invocation')).toEqual([]);
});

test('Slack’s own checks of the address are answered', async () => {
  const bot = await openInSlack({ transport: 'http' });
  const challenge = JSON.stringify({ type: 'url_verification', challenge: 'abc', token: 't' });
  const verified = await post(bot, challenge, { 'content-type': 'application/json', ...signature(challenge) });
  expect(await verified.json()).toEqual({ challenge: 'abc' });
  const ssl = 'ssl_check=1&token=t';
  expect((await post(bot, ssl, signature(ssl))).status).toBe(200);
});

test('a command that is delivered again over HTTP is answered once', async () => {
  const { slack, logged } = await openInSlack({ transport: 'http' });
  const payload = slack.commandPayload('/topics');
  const first = await slack.deliver('slash_commands', payload);
  const again = await slack.deliver('slash_commands', payload, 1);
  expect(Object.keys(first.body)).toContain('blocks');
  expect(again).toEqual({ status: 200, body: {} });
  expect(logged.filter(({ event }) => event === 'invocation')).toHaveLength(1);
});

test('buttons, events and the picker work over HTTP as well', async () => {
  const { slack } = await openInSlack({ transport: 'http' });
  await slack.event({
    type: 'app_mention',
    user: 'U1',
    channel: 'C1',
    ts: '100.1',
    event_ts: '100.1',
    text: '<@UBOT> the Lima Group?',
  });
  await slack.until(() => slack.state.messages[0]);
  const pressed = await slack.interact({
    type: 'block_actions',
    channel: { id: 'C1', name: 'general' },
    container: { type: 'message', is_ephemeral: true },
    response_url: slack.responseUrl(),
    actions: [{ type: 'button', action_id: 'run:1', value: 'topics', action_ts: '2.2' }],
  });
  expect(pressed.status).toBe(200);
  expect(JSON.stringify(await slack.until(() => slack.responses[0]))).toContain('Topics');
  const suggested = await slack.interact({
    type: 'block_suggestion',
    action_id: 'about',
    block_id: 'about',
    value: 'venez',
    container: { type: 'view' },
  });
  expect(JSON.stringify(suggested.body)).toContain('Venezuela');
});
