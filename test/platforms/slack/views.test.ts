import { expect, test } from 'vitest';
import type { Json } from '../../support/fake-slack-api.ts';
import { elements, openInSlack } from '../../support/slack.ts';

const words = (value: unknown) => JSON.stringify(value);

test('/brief alone opens a picker that completes topics, respondents and questions, and answers where it was asked', async () => {
  const { slack } = await openInSlack();
  const command = slack.commandPayload('/brief');
  const { body } = await slack.deliver('slash_commands', command);
  expect(body).toEqual({});
  const [view] = slack.state.modals;
  expect(elements(view, /^about$/)).toMatchObject([{ type: 'external_select', min_query_length: 0 }]);

  const suggest = (value: string) =>
    slack.interact({ type: 'block_suggestion', action_id: 'about', block_id: 'about', value, container: { type: 'view' }, view });
  const empty = words((await suggest('')).body);
  expect(empty).toContain('Topics and countries');
  expect(empty).toContain('Venezuela');
  expect(empty).toContain('Questions');
  const typed = await suggest('wals');
  expect(words(typed.body)).toContain('Ray Walser');
  expect(words(typed.body)).toContain('Search quotes for “wals”');
  const groups = (await suggest('venez')).body.option_groups as { options: { text: Json; value: string }[] }[];

  const submitted = await slack.interact({
    type: 'view_submission',
    view: {
      ...view,
      id: 'V1',
      hash: 'h1',
      state: { values: { about: { about: { type: 'external_select', selected_option: groups[0]!.options[0] } } } },
    },
  });
  expect(submitted.body).toEqual({});
  const answer = await slack.until(() => slack.responses[0]);
  expect(answer).toMatchObject({ response_type: 'ephemeral' });
  expect(words(answer)).toContain('Latin America Advisor');
  expect(words(answer)).toContain('Share in channel');
});

test('where the picker cannot be opened, /brief answers with the newest question', async () => {
  const { slack } = await openInSlack();
  slack.fail('views.open', { type: 'error', error: 'expired_trigger_id' });
  const { body } = await slack.slash('/brief');
  expect(words(body)).toContain('Latin America Advisor');
});

test('the home tab shows what is on file, one’s own briefings, and lines that work', async () => {
  const { slack } = await openInSlack();
  await slack.slash('/briefings add weekdays at 8am');
  await slack.event({ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home', event_ts: '1.1' });
  const home = await slack.until(() => slack.state.homes.get('U1'));
  for (const shown of ['Newest', 'Topics and countries', 'Venezuela', 'Scheduled briefings', '#general', '/quotes '])
    expect(words(home)).toContain(shown);
  await slack.event({ type: 'app_home_opened', user: 'U2', channel: 'D2', tab: 'home', event_ts: '1.1' });
  const others = words(await slack.until(() => slack.state.homes.get('U2')));
  expect(others).toContain('You have none');
  expect(others).toContain('1 of others in this workspace');
  expect(others).not.toContain('#general');
});

test('a button of the home tab opens its answer, and buttons in that take its place', async () => {
  const { slack } = await openInSlack();
  await slack.event({ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home', event_ts: '1.1' });
  const home = await slack.until(() => slack.state.homes.get('U1'));
  const pressed = (button: Json, view: Json) =>
    slack.interact({
      type: 'block_actions',
      container: { type: 'view', view_id: view.id },
      view,
      actions: [{ ...button, action_ts: '1.1' }],
    });
  await pressed(elements(home, /^run:1$/)[0]!, { id: 'H1', type: 'home' });
  const modal = await slack.until(() => slack.state.modals[0]);
  expect(words(modal)).toContain('Latin America Advisor');
  expect(words(modal)).not.toContain('Share in channel');
  await pressed(elements(modal, /^run:/)[0]!, { id: 'V1', type: 'modal' });
  await slack.until(() => slack.state.modals[1]);
  expect(slack.callsOf('views.update')).toMatchObject([{ view_id: 'V1' }]);

  await pressed(elements(home, /^pick$/)[0]!, { id: 'H1', type: 'home' });
  const picker = await slack.until(() => slack.state.modals[2]);
  const submitted = await slack.interact({
    type: 'view_submission',
    view: {
      ...picker,
      id: 'V2',
      hash: 'h',
      state: { values: { about: { about: { selected_option: { value: 'brief|about|Venezuela' } } } } },
    },
  });
  expect(submitted.body).toMatchObject({ response_action: 'update', view: { type: 'modal' } });
});
