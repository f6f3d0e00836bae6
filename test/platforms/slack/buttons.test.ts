import { expect, test } from 'vitest';
import { aQuestionFile, aResponseFile, persons } from '../../support/bot.ts';
import type { FakeSlack } from '../../support/fake-slack.ts';
import type { Json } from '../../support/fake-slack-api.ts';
import { openInSlack } from '../../support/slack.ts';

const words = (value: unknown) => JSON.stringify(value);

/** Every button of a message, by what is on it. */
function buttonsOf(message: Json): Map<string, Json> {
  const found = new Map<string, Json>();
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) walk(one);
    else if (typeof value === 'object' && value !== null) {
      const one = value as Json;
      if (one.type === 'button') found.set(String((one.text as Json).text), one);
      for (const inner of Object.values(one)) walk(inner);
    }
  };
  walk(message.blocks);
  return found;
}

/** Presses a button of a message that the caller alone sees, unless told otherwise; resolves to what comes to its address. */
async function press(slack: FakeSlack, message: Json, label: string, changed: Json = {}): Promise<Json | undefined> {
  const before = slack.responses.length;
  await touch(slack, message, label, changed);
  return slack.until(() => slack.responses.length > before && slack.responses[before]);
}

/** The same without waiting for an answer. */
async function touch(slack: FakeSlack, message: Json, label: string, changed: Json = {}): Promise<void> {
  const button = buttonsOf(message).get(label);
  if (!button) throw new Error(`no button “${label}” among ${[...buttonsOf(message).keys()].join(', ')}`);
  await slack.interact({
    type: 'block_actions',
    channel: { id: 'C1', name: 'general' },
    container: { type: 'message', message_ts: '1.1', channel_id: 'C1', is_ephemeral: true },
    response_url: slack.responseUrl(),
    actions: [
      { type: 'button', block_id: 'b', action_id: button.action_id, value: button.value, text: button.text, action_ts: '2.2' },
    ],
    ...changed,
  });
}

test('a button answers with what it says, beside the message it stands on', async () => {
  const { slack } = await openInSlack();
  const { body } = await slack.slash('/brief venezuela');
  const whole = await press(slack, body, 'Whole responses');
  expect(whole).toMatchObject({ response_type: 'ephemeral', replace_original: false });
  expect(words(whole)).toContain('four-day visit');
});

test('turning a page replaces the page before', async () => {
  const paragraphs = Array.from(
    { length: 40 },
    (_, index) => `Paragraph ${index} on tariffs says why they hold. ${'It goes on about it at length. '.repeat(8)}`,
  );
  const questions = [aQuestionFile({ responses: [aResponseFile({ paragraphs })] })];
  const { slack } = await openInSlack({ bot: { questions, persons } });
  const { body } = await slack.slash('/read tariffs');
  const next = await press(slack, body, 'Next page');
  expect(next).toMatchObject({ response_type: 'ephemeral', replace_original: true });
  expect(words(next)).toContain('page 2 of');
});

test('Share in channel posts the answer for everybody, says by whom, and takes the button away', async () => {
  const { slack } = await openInSlack();
  const { body } = await slack.slash('/brief venezuela');
  const shared = await press(slack, body, 'Share in channel');
  const own = await slack.until(() => slack.responses[1]);
  expect(shared).toMatchObject({ response_type: 'in_channel', replace_original: false });
  expect(words(shared)).toContain('"user_id":"U1"');
  expect(own).toMatchObject({ response_type: 'ephemeral', replace_original: true });
  expect(buttonsOf(own).has('Share in channel')).toBe(false);
});

test('only who shared an answer can take it back', async () => {
  const { slack } = await openInSlack();
  const { body } = await slack.slash('/brief venezuela share:yes');
  const isPublic = { container: { type: 'message', message_ts: '1.1', channel_id: 'C1', is_ephemeral: false } };
  const other = await press(slack, body, 'Undo', { ...isPublic, user: { id: 'U2', username: 'bo', name: 'bo' } });
  expect(words(other)).toContain('Only who shared this can take it back');
  const own = await press(slack, body, 'Undo', isPublic);
  expect(own).toMatchObject({ delete_original: true });
});

test('a button works after a restart, a week later, for somebody else', async () => {
  const first = await openInSlack();
  const { body } = await first.slack.slash('/brief venezuela');
  const second = await openInSlack({ bot: { now: '2026-12-02T12:00:00Z' } });
  const pressed = await press(second.slack, body, 'Views', { user: { id: 'U2', username: 'bo', name: 'bo' } });
  expect(words(pressed)).toContain('Views');
});

test('a search too long for a button is kept, and its button works', async () => {
  const { slack, bot } = await openInSlack();
  const long = `venezuela ${'"<&>'.repeat(120)}`;
  const { createValues, readValue } = await import('../../../src/platforms/slack/values.ts');
  const asked = { command: 'quotes', options: { words: long, topic: long, by: long } };
  const values = createValues();
  const value = values.encode({ type: 'run', label: 'x', ...asked });
  await values.store('T1', bot.slackStore);
  expect(value.length).toBeLessThanOrEqual(2_000);
  expect(await readValue(value, 'T1', bot.slackStore)).toEqual(asked);
  expect(await readValue(value, 'T2', bot.slackStore)).toBeUndefined();
  expect(slack.problems).toEqual([]);
});

test('a button whose value is none of ours says what to do', async () => {
  const { slack } = await openInSlack();
  const message = { blocks: [{ type: 'button', text: { text: 'Old' }, action_id: 'run:1', value: '{"x":1}' }] };
  expect(words(await press(slack, message, 'Old'))).toContain('Type the command again');
});

test('a button that is delivered twice answers once', async () => {
  const { slack } = await openInSlack();
  const { body } = await slack.slash('/brief venezuela');
  const again = { trigger_id: 'the-same' };
  await press(slack, body, 'Views', again);
  await touch(slack, body, 'Views', again);
  await press(slack, body, 'Cite');
  expect(slack.responses).toHaveLength(2);
});

test('where the address of an answer has expired, the bot answers by itself', async () => {
  const { slack } = await openInSlack();
  const { body } = await slack.slash('/brief venezuela');
  slack.fail('response_url', { type: 'status', status: 404 });
  await touch(slack, body, 'Views');
  const answer = await slack.until(() => slack.state.ephemeral[0]);
  expect(answer).toMatchObject({ channel: 'C1', user: 'U1' });
});

test('a public answer whose arrival is unclear is not sent a second time', async () => {
  const { slack, logged } = await openInSlack();
  const { body } = await slack.slash('/brief venezuela');
  slack.fail('response_url', { type: 'status', status: 500, afterWrite: true });
  const shared = await press(slack, body, 'Share in channel');
  expect(shared).toMatchObject({ response_type: 'in_channel' });
  await press(slack, body, 'Views');
  expect(slack.responses.filter((one) => one.response_type === 'in_channel')).toHaveLength(1);
  expect(slack.state.messages).toEqual([]);
  expect(logged.some(({ event }) => event === 'answer could not be sent')).toBe(true);
});
