import { expect, test } from 'vitest';
import { type InSlack, openInSlack } from '../../support/slack.ts';

const SINCE = Date.parse('2026-11-25T12:00:00Z');
const words = (value: unknown) => JSON.stringify(value);
const message = {
  title: 'Digest',
  blocks: [{ type: 'text' as const, spans: [{ type: 'text' as const, text: 'What is new: <!channel>' }] }],
};
const to = (channel: string, thread?: string) => ({
  destination: { platform: 'slack', workspace: 'T1', channel, thread },
  message,
  key: 'key-of-a-slot',
});
const send = ({ platform }: InSlack, channel = 'C1') => platform.courier.send(to(channel));

test('a digest arrives, can be found by its key, be edited, and be linked to', async () => {
  const bot = await openInSlack();
  const { courier } = bot.platform;
  const sent = await send(bot);
  const [posted] = bot.slack.state.messages;
  expect(sent).toEqual({ outcome: 'sent', externalId: posted?.ts });
  expect(words(posted?.blocks)).toContain('"text":"What is new: <!channel>"');
  expect(posted).toMatchObject({
    metadata: { event_type: 'briefdesk_delivery', event_payload: { key: 'key-of-a-slot' } },
    unfurl_links: false,
  });
  const { destination, key } = to('C1');
  expect(await courier.find(destination, key, SINCE)).toEqual({ outcome: 'found', externalId: posted?.ts });
  expect(await courier.find(destination, 'another', SINCE)).toEqual({ outcome: 'absent' });
  await courier.edit(posted?.ts ?? '', {
    ...to('C1'),
    message: { title: 'Digest', blocks: [{ type: 'text', spans: [{ type: 'text', text: 'Corrected' }] }] },
  });
  expect(words(bot.slack.state.messages)).toContain('Corrected');
  expect(courier.linkTo(destination, posted?.ts ?? '')).toBe(
    `https://acme.slack.com/archives/C1/p${posted?.ts.replace('.', '')}`,
  );
});

test('what can no longer be edited is answered in its thread', async () => {
  const bot = await openInSlack();
  await send(bot);
  const { ts } = bot.slack.state.messages[0]!;
  bot.slack.fail('chat.update', { type: 'error', error: 'edit_window_closed' });
  expect(await bot.platform.courier.edit(ts, to('C1'))).toMatchObject({ outcome: 'sent' });
  expect(bot.slack.state.messages[1]).toMatchObject({ thread_ts: ts });
});

test('an answer in the thread that may have arrived is looked for; where that is not possible it is not given again', async () => {
  const bot = await openInSlack();
  const { slack, platform } = bot;
  await send(bot);
  const { ts } = slack.state.messages[0]!;
  const closed = { type: 'error', error: 'cant_update_message' } as const;
  slack.fail('chat.update', closed, closed, closed);
  slack.fail('chat.postMessage', { type: 'status', status: 500, afterWrite: true });
  expect(await platform.courier.edit(ts, to('C1'))).toMatchObject({ outcome: 'retry', mayHaveArrived: true });
  slack.fail('conversations.replies', { type: 'error', error: 'missing_scope' });
  const again = { ...to('C1'), mayBeThereSince: SINCE };
  expect(await platform.courier.edit(ts, again)).toMatchObject({ outcome: 'refused', reason: 'Slack answered missing_scope' });
  expect(await platform.courier.edit(ts, again)).toEqual({ outcome: 'sent', externalId: slack.state.messages[1]?.ts });
  expect(slack.state.messages).toHaveLength(2);
});

test('in a busy thread it is found below hundreds of answers; where not all can be looked through, nothing is claimed', async () => {
  const bot = await openInSlack();
  const { slack, platform } = bot;
  const thread = '2000000000.000001';
  const chatter = (count: number) =>
    Array.from({ length: count }, () => ({ channel: 'C1', thread_ts: thread, ts: '2000000000.5' }));
  slack.state.messages.push(...chatter(700));
  const sent = await platform.courier.send(to('C1', thread));
  const look = (key: string, since = SINCE) => platform.courier.find(to('C1', thread).destination, key, since);
  expect(await look('key-of-a-slot')).toMatchObject({ outcome: 'found', externalId: sent.outcome === 'sent' && sent.externalId });
  expect(await look('another')).toEqual({ outcome: 'absent' });
  slack.state.messages.unshift(...chatter(400));
  expect(await look('another')).toMatchObject({ outcome: 'cannot', reason: expect.stringContaining('more was written there') });
  const nextDay = 2_000_000_000_000 + 2 * 24 * 3_600_000;
  expect(await look('another', nextDay)).toEqual({ outcome: 'absent' });
});

test.each([
  ['the bot is not in the channel', 'C2', undefined, { outcome: 'refused', reason: 'the bot is not in the channel' }],
  ['the channel is gone', 'C9', undefined, { outcome: 'refused' }],
  [
    'Slack asks to wait',
    'C1',
    { type: 'status', status: 429, retryAfter: 30 },
    { outcome: 'retry', afterSeconds: 30, mayHaveArrived: false },
  ],
  ['Slack breaks', 'C1', { type: 'status', status: 500 }, { outcome: 'retry', mayHaveArrived: true }],
  ['the connection drops', 'C1', { type: 'drop' }, { outcome: 'retry', mayHaveArrived: true }],
  ['the token was taken back', 'C1', { type: 'error', error: 'token_revoked' }, { outcome: 'refused' }],
  [
    'the channel is archived',
    'C1',
    { type: 'error', error: 'is_archived' },
    { outcome: 'refused', reason: 'the channel is archived' },
  ],
] as const)('where %s, the result says so', async (_, channel, fault, result) => {
  const bot = await openInSlack();
  if (fault) bot.slack.fail('chat.postMessage', fault);
  expect(await send(bot, channel)).toMatchObject(result);
});

test('a write that arrived although Slack broke is found by its key', async () => {
  const bot = await openInSlack();
  bot.slack.fail('chat.postMessage', { type: 'status', status: 500, afterWrite: true });
  expect(await send(bot)).toMatchObject({ outcome: 'retry', mayHaveArrived: true });
  const { destination, key } = to('C1');
  expect(await bot.platform.courier.find(destination, key, SINCE)).toMatchObject({ outcome: 'found' });
  bot.slack.fail('conversations.history', { type: 'error', error: 'missing_scope' }, { type: 'status', status: 503 });
  expect(await bot.platform.courier.find(destination, key, SINCE)).toMatchObject({ outcome: 'cannot' });
  expect(await bot.platform.courier.find(destination, key, SINCE)).toMatchObject({ outcome: 'retry' });
});

test('a group is mentioned as Slack writes it, anything else is only text', async () => {
  const bot = await openInSlack();
  await bot.platform.courier.send({ ...to('C1'), mention: '<!subteam^S12|@desk>' });
  await bot.platform.courier.send({ ...to('C1'), mention: 'the desk' });
  expect(words(bot.slack.state.messages[0])).toContain('{"type":"usergroup","usergroup_id":"S12"}');
  expect(words(bot.slack.state.messages[1])).toContain('{"type":"text","text":"the desk"}');
});

test('the owner of a briefing is told in a direct message', async () => {
  const bot = await openInSlack();
  await bot.platform.courier.tell('U1', to('C1').destination, message);
  expect(bot.slack.state.messages[0]).toMatchObject({ channel: 'DU1' });
});

test('without Slack the owner is not told, and nothing breaks', async () => {
  const bot = await openInSlack();
  bot.slack.fail('conversations.open', { type: 'drop' });
  await bot.platform.courier.tell('U1', to('C1').destination, message);
  expect(bot.slack.state.messages).toEqual([]);
});

test('invited back to a channel, the bot goes on with what the channel did not take', async () => {
  const { slack, bot } = await openInSlack();
  await slack.slash('/briefings add weekdays at 8am');
  await bot.briefings.pauseWorkspace('slack', 'T1', 'the bot is not in the channel');
  const statuses = async () => (await bot.briefings.owned({ platform: 'slack', workspace: 'T1' })).map(({ status }) => status.is);
  await slack.event({ type: 'member_joined_channel', user: 'U2', channel: 'C1', channel_type: 'C', team: 'T1' });
  await slack.slash('/topics');
  expect(await statuses()).toEqual(['paused']);
  await slack.event({ type: 'member_joined_channel', user: 'UBOT', channel: 'C1', channel_type: 'C', team: 'T1' });
  await slack.slash('/briefings list');
  expect(await statuses()).toEqual(['active']);
});
