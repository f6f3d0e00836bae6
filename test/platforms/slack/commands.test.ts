import { expect, test } from 'vitest';
import { aQuestionFile, aResponseFile, persons } from '../../support/bot.ts';
import { openInSlack } from '../../support/slack.ts';

const words = (value: unknown) => JSON.stringify(value);

test.each(['socket', 'http'] as const)('a slash command is acknowledged with its answer (%s)', async (transport) => {
  const { slack } = await openInSlack({ transport });
  const { status, body } = await slack.slash('/brief venezuela');
  expect(status).toBe(200);
  expect(body).toMatchObject({ response_type: 'ephemeral', unfurl_links: false });
  expect(words(body)).toContain('Latin America Advisor');
  expect(words(body)).toContain('Share in channel');
  expect(slack.responses).toEqual([]);
});

test('every command can be typed by itself and behind /brief', async () => {
  const { slack } = await openInSlack();
  const alone = await slack.slash('/topics');
  const behind = await slack.slash('/brief topics');
  expect(words(alone.body)).toContain('Topics');
  expect(behind.body).toEqual(alone.body);
});

test('with share:yes everybody in the channel sees the answer, who shared it, and only they can undo it', async () => {
  const { slack } = await openInSlack();
  const { body } = await slack.slash('/brief venezuela share:yes');
  expect(body).toMatchObject({ response_type: 'in_channel' });
  expect(words(body)).toContain('"type":"user","user_id":"U1"');
  expect(words(body)).toContain('"action_id":"undo"');
  expect(words(body)).not.toContain('Share in channel');
  expect(body.text).toMatch(/Shared by ada$/);
});

test('what is wrong is said to the caller alone, with a button for what was meant and an example that works', async () => {
  const { slack } = await openInSlack();
  const { body } = await slack.slash('/brief venezuelaa share:yes');
  expect(body).toMatchObject({ response_type: 'ephemeral' });
  expect(words(body)).toContain('Venezuela');
  expect(words(body)).not.toContain('Share in channel');
  const unknown = await slack.slash('/quotes bye:walser');
  expect(words(unknown.body)).toContain('has no option “bye:”');
});

test('words of the archive are literal: they cannot ping a channel or become formatting', async () => {
  const hostile = '<!channel> *now* &amp; <https://evil.example|click> :tada:.';
  const question = aQuestionFile({ responses: [aResponseFile({ paragraphs: [hostile] })] });
  const { slack } = await openInSlack({ bot: { questions: [question], persons } });
  const { body } = await slack.slash('/read tariffs');
  expect(words(body.blocks)).toContain(words(hostile).slice(1, -1));
  expect(body.text).not.toMatch(/[<>]/);
});

test('a command that is delivered twice is answered once', async () => {
  const { slack, logged } = await openInSlack();
  const payload = slack.commandPayload('/brief venezuela');
  const [first, second] = await Promise.all([
    slack.deliver('slash_commands', payload),
    slack.deliver('slash_commands', payload, 1),
  ]);
  const third = await slack.deliver('slash_commands', payload, 2);
  // Which delivery carries the answer depends on which came first: one does, the others are only acknowledged.
  const bodies = [first.body, second.body, third.body];
  expect(bodies.filter((body) => words(body).includes('Latin America Advisor'))).toHaveLength(1);
  expect(bodies.filter((body) => JSON.stringify(body) === '{}')).toHaveLength(2);
  expect(logged.filter(({ event }) => event === 'invocation')).toHaveLength(1);
});

/** An archive in which /views fills several messages. */
function manyViews() {
  const parts = Array.from({ length: 12 }, (_, index) => `Will measure ${index} hold, and for how long, in your view?`);
  const responses = Array.from({ length: 8 }, (_, index) =>
    aResponseFile({
      id: `r${index}`,
      paragraphs: parts.map((part) => `My view on that is this: ${part.replace('?', '.')} ${'It will, and so on. '.repeat(9)}`),
    }),
  );
  return { questions: [aQuestionFile({ text: parts.join(' '), parts, responses })], persons };
}

test('an answer of several messages follows through the address that came with the command', async () => {
  const { slack } = await openInSlack({ bot: manyViews() });
  const { body } = await slack.slash('/views trade');
  const [second] = await slack.until(() => slack.responses.length > 0 && slack.responses);
  expect(body).toMatchObject({ response_type: 'ephemeral' });
  expect(second).toMatchObject({ response_type: 'ephemeral', replace_original: false });
});

test('each message of an answer that is shared says who shared it and can be taken back', async () => {
  const { slack } = await openInSlack({ bot: manyViews() });
  const { body } = await slack.slash('/views trade share:yes');
  const second = await slack.until(() => slack.responses[0]);
  for (const message of [body, second]) {
    expect(message).toMatchObject({ response_type: 'in_channel' });
    expect(words((message.blocks as unknown[]).slice(-2))).toMatch(/"user_id":"U1".*"action_id":"undo"/);
  }
});

test('while Slack’s API is slow the acknowledgement is in time and the answer follows', async () => {
  const { slack } = await openInSlack();
  const release = slack.hold('users.info');
  const { body } = await slack.slash('/briefings add weekdays at 8am', { channel_id: 'C3' });
  expect(body).toEqual({});
  release();
  const [answer] = await slack.until(() => slack.responses.length > 0 && slack.responses);
  expect(words(answer)).toContain('Only those who may manage this channel');
});

test('briefings are managed by who made the channel, administrators, and the managers of the settings', async () => {
  const { slack, bot } = await openInSlack({ managers: ['U3'] });
  const add = (user_id: string, channel_id: string, more = '') =>
    slack.slash(`/briefings add weekdays at 8am${more}`, { user_id, channel_id });
  expect(words((await add('U1', 'C1')).body)).toContain('is briefed from now on');
  expect(words((await add('U1', 'C3')).body)).toContain('Only those who may manage');
  expect(words((await add('U2', 'C3')).body)).toContain('is briefed from now on');
  expect(words((await add('U3', 'C3', ' tz:Lima')).body)).toContain('is briefed from now on');
  const [first] = await bot.briefings.at({ platform: 'slack', workspace: 'T1', channel: 'C1' });
  expect(first?.schedule.timeZone).toBe('America/Bogota');
  expect(await bot.briefings.at({ platform: 'slack', workspace: 'T2', channel: 'C1' })).toEqual([]);
});
