import { expect, test } from 'vitest';
import { createSeal } from '../../../src/platforms/slack/seal.ts';
import { install, NEW_KEY, OLD_KEY, openMany } from '../../support/slack-installs.ts';

const words = (value: unknown) => JSON.stringify(value);

const from = (team: string) => ({ team_id: team, user_id: `U${team}`, user_name: 'ada' });

test.each(['socket', 'http'] as const)(
  'two teams install the bot, and each one is answered with its own token (%s)',
  async (transport) => {
    const bot = await openMany(transport);
    const { slack } = bot;
    const first = await install(bot, 'T7');
    expect(first.status).toBe(200);
    expect(first.authorize.searchParams.get('scope')).toContain('chat:write');
    await install(bot, 'T8');
    for (const team of ['T7', 'T8']) {
      expect(words((await slack.slash('/topics', from(team))).body)).toContain('Topics');
      await slack.event(
        { type: 'app_mention', user: 'U1', channel: 'C1', ts: `1.${team}`, event_ts: '1.1', text: '<@UBOT> the Lima Group?' },
        {
          team_id: team,
          authorizations: [{ team_id: team, enterprise_id: null, user_id: 'UBOT', is_bot: true, is_enterprise_install: false }],
        },
      );
    }
    await slack.until(() => slack.state.messages.length === 2);
    const tokens = slack.calls.filter(({ method }) => method === 'chat.postMessage').map(({ token }) => token);
    expect(tokens.sort()).toEqual(['xoxb-T7', 'xoxb-T8']);
  },
);

test('a forged state, or a state without its cookie, installs nothing', async () => {
  const bot = await openMany('http');
  const forged = await install(bot, 'T7', { state: 'eyJhbGciOiJub25lIn0.e30.' });
  const foreign = await install(bot, 'T7', { cookie: 'slack-app-oauth-state=other' });
  expect([forged.status, foreign.status].every((status) => status >= 400)).toBe(true);
  expect(bot.slack.callsOf('oauth.v2.access')).toEqual([]);
  expect(await bot.bot.slackStore.installation('T7')).toBeUndefined();
});

test('a team without the bot is told where to install it', async () => {
  const { slack, url } = await openMany('http');
  const { status } = await slack.slash('/topics', from('T9'));
  expect(status).toBe(200);
  const told = await slack.until(() => slack.calls.length >= 0 && slack.responses[0]);
  expect(words(told)).toContain('not installed');
  expect(url).toContain('127.0.0.1');
  slack.problems.length = 0;
});

test('tokens lie sealed in the database, and a new key takes over from the old one', async () => {
  const { aContentFolder } = await import('../../support/folder.ts');
  const { database } = aContentFolder();
  const first = await openMany('http', database);
  await install(first, 'T7');
  const sealed = (await first.bot.slackStore.installation('T7')) ?? '';
  expect(sealed).not.toContain('xoxb');
  await first.close();

  const second = await openMany('http', database, [NEW_KEY, OLD_KEY]);
  second.slack.state.teams.set('xoxb-T7', { team: 'T7', url: '', bot: 'UBOT', botId: 'B1' });
  expect(words((await second.slack.slash('/topics', from('T7'))).body)).toContain('Topics');
  const resealed = (await second.bot.slackStore.installation('T7')) ?? '';
  expect(createSeal([NEW_KEY]).open(resealed, 'T7')).toMatchObject({ outcome: 'opened', stale: false });
  expect(createSeal([NEW_KEY]).open(resealed, 'T8')).toMatchObject({ outcome: 'locked' });
  expect(createSeal([OLD_KEY]).open(resealed, 'T7')).toMatchObject({
    outcome: 'locked',
    reason: expect.stringContaining('TOKEN_ENCRYPTION_KEY'),
  });
});

test.each([[{ type: 'app_uninstalled' }], [{ type: 'tokens_revoked', tokens: { bot: ['UBOT'], oauth: [] } }]])(
  'a team that removes the bot loses its tokens, and its briefings pause until it installs it again (%j)',
  async (event) => {
    const bot = await openMany('http');
    const { slack } = bot;
    await install(bot, 'T7');
    await install(bot, 'T8');
    for (const team of ['T7', 'T8'])
      await slack.slash('/briefings add weekdays at 8am tz:Lima', { ...from(team), channel_id: `DU${team}` });
    await slack.event(event, {
      team_id: 'T7',
      authorizations: [{ team_id: 'T7', enterprise_id: null, user_id: 'UBOT', is_bot: true, is_enterprise_install: false }],
    });
    const statusOf = async (team: string) =>
      (await bot.bot.briefings.owned({ platform: 'slack', workspace: team })).map(({ status }) => status.is);
    await bot.platform.stop();
    expect(await bot.bot.slackStore.installation('T7')).toBeUndefined();
    expect(await bot.bot.slackStore.installation('T8')).toBeDefined();
    expect(await statusOf('T7')).toEqual(['paused']);
    expect(await statusOf('T8')).toEqual(['active']);
  },
);

test('a team that installs the bot again gets its briefings back', async () => {
  const bot = await openMany('http');
  await install(bot, 'T7');
  await bot.slack.slash('/briefings add weekdays at 8am tz:Lima', { ...from('T7'), channel_id: 'DU7' });
  await bot.bot.briefings.pauseWorkspace('slack', 'T7', 'the bot was removed from the workspace');
  await install(bot, 'T7');
  const [again] = await bot.bot.briefings.owned({ platform: 'slack', workspace: 'T7' });
  expect(again?.status).toEqual({ is: 'active' });
});
