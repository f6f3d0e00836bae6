import { expect, test } from 'vitest';
import type { Json } from '../../support/fake-slack-api.ts';
import { elements, type InSlack, openInSlack } from '../../support/slack.ts';

const words = (value: unknown) => JSON.stringify(value);

const element = (view: Json, option: string) => elements(view, new RegExp(`:${option}$`))[0]!;

type Filled = Record<string, string | string[]>;

/** What a person fills in: words into text, labels chosen of what the form offers. */
function stateOf(view: Json, filled: Filled): Json {
  const values: Json = {};
  for (const [option, value] of Object.entries(filled)) {
    const { action_id, type } = element(view, option);
    const chosen = (one: string) => ({ text: { type: 'plain_text', text: one }, value: one });
    const given =
      type === 'plain_text_input'
        ? { value }
        : type === 'conversations_select'
          ? { selected_conversation: value }
          : Array.isArray(value)
            ? { selected_options: value.map(chosen) }
            : { selected_option: chosen(value) };
    values[option] = { [String(action_id)]: { type, ...given } };
  }
  return { values };
}

const submission = (view: Json, filled: Filled, changed: Json = {}) => ({
  type: 'view_submission',
  view: { ...view, id: 'V1', hash: 'h', state: stateOf(view, filled) },
  ...changed,
});

/** The form as `/briefings add` opens it. */
async function opened({ slack }: InSlack, changed: Json = {}) {
  const { body } = await slack.slash('/briefings add', changed);
  expect(body).toEqual({});
  return slack.state.modals.at(-1)!;
}

const briefingsAt = ({ bot }: InSlack, channel: string) => bot.briefings.at({ platform: 'slack', workspace: 'T1', channel });

test.each(['socket', 'http'] as const)(
  '/briefings add alone opens a form, and filling it in does what the typed command does (%s)',
  async (transport) => {
    const bot = await openInSlack({ transport });
    const { slack } = bot;
    const view = await opened(bot);
    expect(element(view, 'tz')).toMatchObject({ type: 'external_select', initial_option: { value: 'America/Bogota' } });
    expect(element(view, 'channel')).toMatchObject({ type: 'conversations_select', default_to_current_conversation: true });

    const filled = {
      when: 'weekdays at 8am',
      tz: 'America/Lima',
      channel: 'C1',
      topic: ['Venezuela', 'Chile'],
      by: ['Ray Walser'],
      max: '2',
      empty: 'skip',
      mention: '@here',
    };
    expect((await slack.interact(submission(view, filled))).body).toEqual({});
    const confirmed = await slack.until(() => slack.responses[0]);
    expect(confirmed).toMatchObject({ response_type: 'ephemeral' });
    expect(words(confirmed)).toContain('This channel is briefed from now on');

    const typed =
      '/briefings add weekdays at 8am tz:America/Lima topic:"Venezuela, Chile" by:"Ray Walser" max:2 empty:skip mention:@here';
    await slack.slash(typed);
    const [one, other] = await briefingsAt(bot, 'C1');
    expect({ ...one, id: '' }).toEqual({ ...other, id: '' });
    expect(one).toMatchObject({
      channelName: '#general',
      mention: '@here',
      max: 2,
      whenEmpty: 'skip',
      schedule: { timeZone: 'America/Lima' },
    });
  },
);

test('the form completes topics, respondents and time zones while somebody types', async () => {
  const bot = await openInSlack();
  const view = await opened(bot);
  const suggest = async (option: string, value: string) => {
    const { action_id } = element(view, option);
    const asked = { type: 'block_suggestion', action_id, block_id: option, value, container: { type: 'view' }, view };
    return words((await bot.slack.interact(asked)).body);
  };
  expect(await suggest('topic', 'venez')).toContain('"value":"Venezuela"');
  expect(await suggest('by', 'wals')).toContain('"value":"Ray Walser"');
  expect(await suggest('tz', 'new y')).toContain('"value":"America/New_York"');
  expect(await suggest('tz', 'zzzz')).toBe('{"options":[]}');
});

test.each([
  ['when', { when: 'weekdays' }, /^Say at what time/],
  ['when', { when: 'whenever it suits' }, /./],
  ['max', { when: 'daily 8:00', max: 'eleven' }, /^write a number/],
  ['max', { when: 'daily 8:00', max: '11' }, /^at most 10/],
  ['channel', { when: 'daily 8:00', channel: 'C2' }, /^Briefdesk is not in #random yet/],
  ['channel', { when: 'daily 8:00', channel: 'C3' }, /^Only those who may manage/],
] as [string, Filled, RegExp][])('what is wrong is said at its field, and nothing is set up: %s', async (field, filled, said) => {
  const bot = await openInSlack();
  const view = await opened(bot);
  const { body } = await bot.slack.interact(submission(view, { channel: 'C1', ...filled }));
  expect(body).toEqual({ response_action: 'errors', errors: { [field]: expect.stringMatching(said) } });
  const corrected = { channel: 'C1', when: 'daily 8:00' };
  expect((await bot.slack.interact(submission(view, corrected))).body).toEqual({});
  expect(await briefingsAt(bot, 'C1')).toHaveLength(1);
});

test('what is ambiguous is asked, not guessed', async () => {
  const bot = await openInSlack();
  await bot.slack.interact(submission(await opened(bot), { channel: 'C1', when: 'weekdays at 8' }));
  const asked = await bot.slack.until(() => bot.slack.responses[0]);
  expect(words(asked)).toContain('first or in the second half of the day');
  expect(await briefingsAt(bot, 'C1')).toEqual([]);
});

test('for another channel the answer takes the place of the form, and its buttons mean that channel', async () => {
  const bot = await openInSlack();
  const { slack } = bot;
  const view = await opened(bot, { user_id: 'U2' });
  const by = { user: { id: 'U2', username: 'bo', name: 'bo', team_id: 'T1' } };
  const { body } = await slack.interact(submission(view, { channel: 'C3', when: 'daily 8:00' }, by));
  expect(body).toMatchObject({ response_action: 'update' });
  expect(words(body)).toContain('of #press');
  const modal = body.view as Json;
  const pause = elements(modal, /^run:/).find((one) => words(one).includes('"Pause"'))!;
  await slack.interact({
    type: 'block_actions',
    container: { type: 'view', view_id: 'V1' },
    view: { ...modal, id: 'V1' },
    actions: [{ ...pause, action_ts: '1.1' }],
    ...by,
  });
  await slack.until(() => slack.callsOf('views.update')[0]);
  expect((await briefingsAt(bot, 'C3')).map(({ status, channelName }) => [status.is, channelName])).toEqual([
    ['paused', '#press'],
  ]);
});

test('the list of briefings and the home tab have a button that opens the form', async () => {
  const bot = await openInSlack();
  const { slack } = bot;
  const button = (shown: unknown) => elements(shown, /^run:/).find((one) => words(one).includes('New briefing…'))!;
  const listed = await slack.slash('/briefings list');
  const responseUrl = slack.responseUrl();
  await slack.interact({
    type: 'block_actions',
    channel: { id: 'C1', name: 'general' },
    container: { type: 'message', is_ephemeral: true, channel_id: 'C1' },
    response_url: responseUrl,
    actions: [{ ...button(listed.body), action_ts: '1.1' }],
  });
  const fromList = await slack.until(() => slack.state.modals[0]);
  expect(fromList).toMatchObject({ callback_id: 'form:briefings' });
  expect(String(fromList.private_metadata)).toContain(responseUrl);

  await slack.event({ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home', event_ts: '1.1' });
  const home = await slack.until(() => slack.state.homes.get('U1'));
  await slack.interact({
    type: 'block_actions',
    container: { type: 'view', view_id: 'H1' },
    view: { ...home, id: 'H1' },
    actions: [{ ...button(home), action_ts: '1.2' }],
  });
  const fromHome = await slack.until(() => slack.state.modals[1]);
  await slack.interact({
    type: 'block_actions',
    container: { type: 'view', view_id: 'V1' },
    view: { id: 'V1', type: 'modal', private_metadata: '' },
    actions: [{ ...button(home), action_ts: '1.3' }],
  });
  await slack.until(() => slack.callsOf('views.push')[0]);
  const { body } = await slack.interact(submission(fromHome, { channel: 'C1', when: 'daily 8:00' }));
  expect(words(body)).toContain('This channel is briefed from now on');
  expect(await briefingsAt(bot, 'C1')).toHaveLength(1);
});

test('a form that is delivered twice is done once', async () => {
  const bot = await openInSlack({ transport: 'http' });
  const once = submission(await opened(bot), { channel: 'C1', when: 'daily 8:00' }, { trigger_id: 'the-same' });
  await Promise.all([bot.slack.interact(once), bot.slack.interact(once)]);
  await bot.slack.interact(once);
  await bot.slack.until(() => bot.slack.responses[0]);
  expect(await briefingsAt(bot, 'C1')).toHaveLength(1);
});

test('while Slack’s API is slow the form is acknowledged in time and the confirmation follows', async () => {
  const bot = await openInSlack();
  const { slack } = bot;
  const view = await opened(bot, { channel_id: 'C3', channel_name: 'press', user_id: 'U2' });
  const release = slack.hold('users.info');
  const by = { user: { id: 'U2', username: 'bo', name: 'bo', team_id: 'T1' } };
  const { body } = await slack.interact(submission(view, { channel: 'C1', when: 'daily 8:00', tz: 'UTC' }, by));
  expect(words(body)).toContain('One moment');
  release();
  await slack.until(() => slack.callsOf('views.update')[0]);
  expect(words(slack.callsOf('views.update'))).toContain('is briefed from now on');
});

test('where Slack does not tell the time zone the form opens without it; where it opens no form, what is missing is said', async () => {
  const bot = await openInSlack();
  for (const fault of [{ type: 'error', error: 'user_not_found' } as const, { type: 'status', status: 503 } as const]) {
    bot.slack.fail('users.info', fault);
    expect('initial_option' in element(await opened(bot), 'tz')).toBe(false);
  }
  bot.slack.fail('views.open', { type: 'error', error: 'expired_trigger_id' });
  const { body } = await bot.slack.slash('/briefings add');
  expect(words(body)).toContain('Say when');
});
