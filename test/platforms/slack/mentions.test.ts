import { expect, test } from 'vitest';
import type { FakeSlack } from '../../support/fake-slack.ts';
import { aContentFolder } from '../../support/folder.ts';
import { openInSlack } from '../../support/slack.ts';

const words = (value: unknown) => JSON.stringify(value);
const mention = (slack: FakeSlack, text: string, more = {}) =>
  slack.event({
    type: 'app_mention',
    user: 'U1',
    channel: 'C1',
    ts: '100.1',
    event_ts: '100.1',
    text: `<@UBOT> ${text}`,
    ...more,
  });
const message = (slack: FakeSlack, text: string, more = {}) =>
  slack.event({
    type: 'message',
    channel_type: 'channel',
    user: 'U1',
    channel: 'C1',
    ts: '101.1',
    event_ts: '101.1',
    text,
    ...more,
  });

test('a question to the bot in plain words is answered with quotes, for everybody, in its thread', async () => {
  const { slack } = await openInSlack();
  await mention(slack, 'what did respondents say about the Lima Group?');
  const answer = await slack.until(() => slack.state.messages[0]);
  expect(answer).toMatchObject({ channel: 'C1', thread_ts: '100.1' });
  expect(words(answer)).toContain('Quotes: Lima Group');
  expect(words(answer)).toContain('continued reluctance');
});

test('a mention that Slack tells twice, in two ways, is answered once', async () => {
  const { slack, logged } = await openInSlack();
  await mention(slack, 'the Lima Group?');
  await mention(slack, 'the Lima Group?');
  await message(slack, '<@UBOT> the Lima Group?', { ts: '100.1' });
  await message(slack, 'venezuela', { channel_type: 'im', channel: 'D1', ts: '102.1' });
  await slack.until(() => slack.state.messages.some(({ channel }) => channel === 'D1'));
  expect(slack.state.messages.filter(({ channel }) => channel === 'C1')).toHaveLength(1);
  expect(logged.filter(({ event }) => event === 'invocation')).toHaveLength(2);
});

test('an event that comes again after a restart is not answered again', async () => {
  const { database } = aContentFolder();
  const first = await openInSlack({ bot: { database } });
  await mention(first.slack, 'the Lima Group?');
  await first.slack.until(() => first.slack.state.messages[0]);
  await first.close();
  const second = await openInSlack({ bot: { database } });
  await mention(second.slack, 'the Lima Group?');
  await message(second.slack, 'venezuela', { channel_type: 'im', channel: 'D1', ts: '102.1' });
  await second.slack.until(() => second.slack.state.messages[0]);
  expect(second.slack.state.messages.map(({ channel }) => channel)).toEqual(['D1']);
});

test('a follow-up in its thread is answered; it is silent in other threads, to other people, and when nothing is asked', async () => {
  const { slack } = await openInSlack();
  await mention(slack, 'the Lima Group?');
  await slack.until(() => slack.state.messages[0]);
  await message(slack, 'and about sanctions?', { ts: '103.1', thread_ts: '100.1' });
  const followUp = await slack.until(() => slack.state.messages[1]);
  expect(followUp).toMatchObject({ channel: 'C1', thread_ts: '100.1' });
  expect(words(followUp)).toContain('Quotes: sanctions');

  await message(slack, 'what about sanctions?', { ts: '104.1', thread_ts: '90.1' });
  await message(slack, 'sanctions?', { ts: '105.1' });
  await message(slack, '<@U2> what about sanctions?', { ts: '106.1', thread_ts: '100.1' });
  await message(slack, 'zzzqqq', { ts: '107.1', thread_ts: '100.1' });
  await message(slack, 'migrants', { channel_type: 'im', channel: 'D1', ts: '108.1' });
  await slack.until(() => slack.state.messages[2]);
  expect(slack.state.messages.map(({ channel }) => channel)).toEqual(['C1', 'C1', 'D1']);
  expect(slack.state.ephemeral).toEqual([]);
});

test('what goes wrong is said to who asked alone', async () => {
  const { slack } = await openInSlack();
  await mention(slack, 'what about zzzqqq?');
  const answer = await slack.until(() => slack.state.ephemeral[0]);
  expect(answer).toMatchObject({ channel: 'C1', user: 'U1', thread_ts: '100.1' });
  expect(slack.state.messages).toEqual([]);
  await mention(slack, '', { ts: '101.5' });
  expect(words(await slack.until(() => slack.state.ephemeral[1]))).toContain('type a command');
});

test('a mention may hold a command', async () => {
  const { slack } = await openInSlack();
  await mention(slack, 'brief venezuela');
  const answer = await slack.until(() => slack.state.messages[0]);
  expect(words(answer)).toContain('Asked');
});

test('the bot does not answer bots, edits, or itself', async () => {
  const { slack } = await openInSlack();
  await message(slack, 'venezuela', { channel_type: 'im', channel: 'D1', ts: '1.1', bot_id: 'B9' });
  await message(slack, 'venezuela', { channel_type: 'im', channel: 'D1', ts: '2.1', user: 'UBOT' });
  await slack.event({
    type: 'message',
    subtype: 'message_changed',
    channel_type: 'im',
    channel: 'D1',
    ts: '3.1',
    message: { text: 'venezuela', ts: '1.1' },
  });
  await message(slack, 'venezuela', { channel_type: 'im', channel: 'D2', ts: '4.1' });
  await slack.until(() => slack.state.messages[0]);
  expect(slack.state.messages.map(({ channel }) => channel)).toEqual(['D2']);
});

test.each([
  ['was cut off after it was written', { type: 'drop', afterWrite: true }],
  ['ended in an error after it was written', { type: 'status', status: 500, afterWrite: true }],
  ['ended in an error before it was written', { type: 'status', status: 503 }],
  ['was put off by the rate limit', { type: 'status', status: 429, retryAfter: 1 }],
] as const)('an answer whose sending %s is there once', async (_, fault) => {
  const { slack } = await openInSlack();
  slack.fail('chat.postMessage', fault);
  await mention(slack, 'the Lima Group?');
  await message(slack, 'sanctions', { channel_type: 'im', channel: 'D1', ts: '102.1' });
  await slack.until(
    () =>
      slack.state.messages.some(({ channel }) => channel === 'D1') &&
      slack.state.messages.some(({ channel }) => channel === 'C1') &&
      slack.calls.filter(({ method }) => /replies|postMessage/.test(method)).length >= 3,
  );
  expect(slack.state.messages.filter(({ channel }) => channel === 'C1')).toHaveLength(1);
});

test('a link to an archive page shows the quote or the briefing, only where PUBLIC_URL says it is ours', async () => {
  const { slack, bot } = await openInSlack({ publicUrl: 'https://briefs.example' });
  const { questions } = await bot.store.questions({ sample: false }, { limit: 1, offset: 0 });
  const { code, id } = questions[0]!;
  const quotes = await slack.slash(`/quotes question:${code}`);
  const quote = /"cite\|of\|([^"]+)"/.exec(words(quotes.body))?.[1];
  const urls = [
    `https://briefs.example/quotes/${quote}`,
    `https://briefs.example/questions/${id}`,
    'https://briefs.example/',
    `https://other.example/quotes/${quote}`,
    'https://briefs.example/quotes/none-xx',
  ];
  await slack.event({
    type: 'link_shared',
    user: 'U1',
    channel: 'C1',
    message_ts: '1.1',
    links: urls.map((url) => ({ url, domain: new URL(url).hostname })),
    unfurl_id: 'u',
    source: 'conversations_history',
    event_ts: '1.1',
  });
  const unfurled = await slack.until(() => slack.state.unfurls[0]);
  const shown = unfurled.unfurls as Record<string, unknown>;
  expect(Object.keys(shown)).toEqual(urls.slice(0, 2));
  expect(words(shown[urls[1]!])).toContain('Latin America Advisor');
});
