import { expect, test } from 'vitest';
import type { Json } from '../../support/fake-slack-api.ts';
import { install, openMany } from '../../support/slack-installs.ts';

const words = (value: unknown) => JSON.stringify(value);

/** How Slack names the sender where an organisation has installed the app for all its teams. */
const command = (enterprise: string, team: string): Json => ({
  team_id: team,
  enterprise_id: enterprise,
  enterprise_name: enterprise,
  is_enterprise_install: 'true',
});
const pressed = (enterprise: string, team: string): Json => ({
  team: null,
  enterprise: { id: enterprise, name: enterprise },
  is_enterprise_install: true,
  user: { id: 'U1', username: 'ada', name: 'ada', team_id: team },
});
const event = (enterprise: string, team: string): Json => ({
  team_id: team,
  enterprise_id: enterprise,
  authorizations: [{ enterprise_id: enterprise, team_id: null, user_id: 'UBOT', is_bot: true, is_enterprise_install: true }],
});

test.each(['socket', 'http'] as const)(
  'an organisation installs the bot once, and all its teams are answered with its token (%s)',
  async (transport) => {
    const bot = await openMany(transport);
    const { slack } = bot;
    expect((await install(bot, 'E1', { enterprise: 'E1' })).status).toBe(200);
    for (const team of ['T7', 'T8']) {
      const { body } = await slack.slash('/brief venezuela', command('E1', team));
      expect(words(body)).toContain('Latin America Advisor');
      const mention = {
        type: 'app_mention',
        user: 'U1',
        channel: 'C1',
        ts: `1.${team}`,
        event_ts: '1.1',
        text: '<@UBOT> the Lima Group?',
      };
      await slack.event(mention, event('E1', team));
    }
    await slack.until(() => slack.state.messages.length === 2);
    await slack.event({ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home', event_ts: '1.1' }, event('E1', 'T7'));
    await slack.until(() => slack.state.homes.get('U1'));
    await slack.slash('/brief', command('E1', 'T7'));
    const [view] = slack.state.modals;
    const submitted = {
      type: 'view_submission',
      view: {
        ...view,
        id: 'V1',
        hash: 'h',
        app_installed_team_id: 'E1',
        state: { values: { about: { about: { selected_option: { value: 'brief|about|Venezuela' } } } } },
      },
    };
    await slack.interact({ ...submitted, ...pressed('E1', 'T7') });
    await slack.until(() => slack.responses[0]);
    await slack.interact({
      type: 'block_actions',
      channel: { id: 'C1', name: 'general' },
      container: { type: 'message', is_ephemeral: true },
      response_url: slack.responseUrl(),
      actions: [{ type: 'button', action_id: 'run:1', value: 'topics', action_ts: '2.2' }],
      ...pressed('E1', 'T8'),
    });
    expect(words(await slack.until(() => slack.responses[1]))).toContain('Topics');
    const used = slack.calls.filter(({ method }) => /^(chat|views)\./.test(method)).map(({ token }) => token);
    expect(new Set(used)).toEqual(new Set(['xoxb-E1']));
    expect(await bot.bot.slackStore.installation('T7')).toBeUndefined();
  },
);

test('what belongs to one organisation is not seen from another, nor from a team on its own', async () => {
  const bot = await openMany('http');
  const { slack } = bot;
  await install(bot, 'E1', { enterprise: 'E1' });
  await install(bot, 'E2', { enterprise: 'E2' });
  await install(bot, 'T9');
  const here = { channel_id: 'DU5' };
  await slack.slash('/briefings add weekdays at 8am tz:Lima', { ...command('E1', 'T7'), ...here });
  const listed = async (who: Json) => words((await slack.slash('/briefings list', { ...who, ...here })).body);
  expect(await listed(command('E1', 'T7'))).toContain('At 08:00');
  expect(await listed(command('E2', 'T7'))).toContain('no briefings yet');
  expect(await listed({ team_id: 'T9' })).toContain('no briefings yet');

  const home = async (user: string, who: Json) => {
    await slack.event({ type: 'app_home_opened', user, channel: 'D1', tab: 'home', event_ts: '1.1' }, who);
    return words(await slack.until(() => slack.state.homes.get(user)));
  };
  expect(await home('U1', event('E1', 'T7'))).toContain('At 08:00');
  // Not even how many there are, since it may be a colleague of another team.
  expect(await home('U3', event('E1', 'T8'))).not.toMatch(/At 08:00|of others/);
  expect(await home('U4', event('E2', 'T7'))).not.toMatch(/At 08:00|of others/);
});

test('a team of an organisation that installed the bot for itself alone is kept apart from it', async () => {
  const bot = await openMany('http');
  await install(bot, 'T7');
  const alone = { team_id: 'T7', enterprise_id: 'E1', is_enterprise_install: 'false', channel_id: 'DU7' };
  await bot.slack.slash('/briefings add weekdays at 8am tz:Lima', alone);
  expect(await bot.bot.briefings.owned({ platform: 'slack', workspace: 'T7' })).toHaveLength(1);
  const { body } = await bot.slack.slash('/topics', command('E1', 'T8'));
  expect(body).toEqual({});
  expect(words(await bot.slack.until(() => bot.slack.responses[0]))).toContain('not installed');
  bot.slack.problems.length = 0;
});

test.each([[{ type: 'app_uninstalled' }], [{ type: 'tokens_revoked', tokens: { bot: ['UBOT'], oauth: [] } }]])(
  'an organisation that removes the bot loses its tokens, and the briefings of all its teams pause (%j)',
  async (removal) => {
    const bot = await openMany('http');
    const { slack } = bot;
    await install(bot, 'E1', { enterprise: 'E1' });
    await install(bot, 'T9');
    const add = (who: Json, channel_id: string) => slack.slash('/briefings add weekdays at 8am tz:Lima', { ...who, channel_id });
    await add(command('E1', 'T7'), 'DU7');
    await add(command('E1', 'T8'), 'DU8');
    await add({ team_id: 'T9' }, 'DU9');
    await slack.event(removal, event('E1', 'T7'));
    const statusOf = async (workspace: string) =>
      (await bot.bot.briefings.owned({ platform: 'slack', workspace })).map(({ status }) => status.is);
    await bot.platform.stop();
    expect(await bot.bot.slackStore.installation('E1')).toBeUndefined();
    expect(await bot.bot.slackStore.installation('T9')).toBeDefined();
    expect(await statusOf('E1')).toEqual(['paused', 'paused']);
    expect(await statusOf('T9')).toEqual(['active']);
  },
);

test('a briefing for a team of an organisation is sent with the token of the organisation', async () => {
  const bot = await openMany('http');
  await install(bot, 'E1', { enterprise: 'E1' });
  await bot.slack.slash('/briefings add weekdays at 8am tz:Lima', { ...command('E1', 'T7'), channel_id: 'DU7' });
  const [added] = await bot.bot.briefings.owned({ platform: 'slack', workspace: 'E1' });
  const message = { title: 'Digest', blocks: [] };
  expect(await bot.platform.courier.send({ destination: added!.destination, message, key: 'k' })).toMatchObject({
    outcome: 'sent',
  });
  expect(bot.slack.calls.find(({ method }) => method === 'chat.postMessage')?.token).toBe('xoxb-E1');
});
