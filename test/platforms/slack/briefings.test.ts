import { expect, test } from 'vitest';
import { aQuestionFile, aResponseFile, persons } from '../../support/bot.ts';
import type { Json } from '../../support/fake-slack-api.ts';
import { type InSlack, openInSlack } from '../../support/slack.ts';
import { createTicks } from '../../support/ticks.ts';

const FILE = 'real/digest-2026-05-04-tariffs.yaml';
const corrections = [{ on: '2026-11-25', what: 'The verb was wrong' }];
const CORRECTED = aQuestionFile({ responses: [aResponseFile({ paragraphs: ['The tariffs will fall.'], corrections })] });
/** Made neither C1 nor runs the workspace. */
const A_GUEST = { user_id: 'U3', user_name: 'guest' };

async function opened() {
  const bot = await openInSlack({ bot: { persons, questions: [aQuestionFile()] } });
  bot.slack.state.users.set('U3', { id: 'U3', tz: 'Europe/Paris', is_admin: false, is_owner: false });
  return { ...bot, tickAt: createTicks(bot, bot.platform) };
}
/** Everything that is written in an answer or a message. */
const words = (shown: Json): string => JSON.stringify(shown.blocks);
const say = async ({ slack }: Pick<InSlack, 'slack'>, line: string, changed: Json = {}) =>
  words((await slack.slash(line, changed)).body);
const stored = ({ bot }: InSlack) => bot.briefings.owned({ platform: 'slack', workspace: 'T1' });

test('in Slack: set up, previewed, sent on time, explained with a link, corrected in place, and removed', async () => {
  const desk = await opened();
  const { slack, tickAt, write } = desk;
  expect(await say(desk, '/briefings add daily 8:00 topic:chile')).toContain('At 08:00, every day (America/Bogota)');
  const { body: preview } = await slack.slash('/briefings preview');
  await tickAt('2026-11-25T12:59:59Z');
  expect(slack.state.messages).toEqual([]);

  await tickAt('2026-11-25T13:00:00Z');
  const [sent, ...others] = slack.state.messages;
  expect(others).toEqual([]);
  expect(sent?.channel).toBe('C1');
  expect(words(sent!)).toContain('nobody gains from lifting them');
  const [notice, ...rest] = preview.blocks as Json[];
  expect(JSON.stringify(notice)).toContain('Preview: as things are, this is sent.');
  expect(rest).toEqual(sent?.blocks);
  const why = await say(desk, '/briefings why');
  expect(why).toContain('Wednesday, November 25, 08:00 GMT-5 · sent: 1 new');
  expect(why).toContain(`https://acme.slack.com/archives/C1/p${sent?.ts.replace('.', '')}`);

  await write({ [FILE]: CORRECTED });
  await tickAt('2026-11-25T13:05:00Z');
  expect(slack.state.messages.map(({ ts }) => ts)).toEqual([sent?.ts]);
  const [edited] = slack.state.messages;
  expect(words(edited!)).toMatch(/Corrected.*The verb was wrong.*The tariffs will fall\./s);
  expect(words(edited!)).not.toContain('nobody gains');

  expect(await say(desk, '/briefings remove')).toContain('is removed');
  await tickAt('2026-11-26T13:00:00Z');
  expect(slack.state.messages).toHaveLength(1);
});

test('who neither made the channel nor runs the workspace may list and ask why, and changes nothing', async () => {
  const desk = await opened();
  await say(desk, '/briefings add daily 8:00');
  for (const line of ['add daily 9:00', 'edit daily 9:00', 'pause', 'now', 'remove'])
    expect(await say(desk, `/briefings ${line}`, A_GUEST)).toContain('Only those who may manage this channel');
  expect(await stored(desk)).toMatchObject([{ schedule: { cron: '0 8 * * *' }, status: { is: 'active' } }]);
  expect(await say(desk, '/briefings list', A_GUEST)).toContain('At 08:00, every day (America/Bogota)');
  expect(await say(desk, '/briefings why', A_GUEST)).toContain('No slot has come yet');
  expect(await say(desk, '/briefings add daily 9:00', { user_id: 'U2' })).toContain('Europe/Madrid');
});

test('another channel is named as Slack writes it, by its name or by a link; the bot must be in it', async () => {
  const desk = await opened();
  const { channels } = desk.slack.state;
  channels.set('C3', { name: 'policy-team', creator: 'U1', isMember: true, isArchived: false });
  channels.set('C4', { name: 'old-news', creator: 'U1', isMember: true, isArchived: true });
  for (const typed of ['<#C3|policy-team>', '#policy-team', 'Policy-Team', 'https://acme.slack.com/archives/C3'])
    expect(await say(desk, `/briefings add daily 8:00 channel:${typed}`)).toContain('of #policy-team');
  const thread = 'https://acme.slack.com/archives/C3/p2000000000000100';
  expect(await say(desk, `/briefings add daily 8:00 channel:${thread}`)).toContain('of #policy-team');
  expect((await stored(desk)).map(({ destination: { channel, thread: at } }) => [channel, at])).toEqual([
    ...Array(4).fill(['C3', undefined]),
    ['C3', '2000000000.000100'],
  ]);
  const refused = [
    ['policy-taem', /There is no channel “policy-taem” here.*Did you mean.*#policy-team/],
    ['<#C9|gone>', /does not see that channel/],
    ['<#C2|random>', /Briefdesk is not in #random yet: type \/invite @Briefdesk there first/],
    ['<#C4|old-news>', /#old-news is archived/],
    ['DU9', /does not see that channel/],
  ] as const;
  for (const [typed, reason] of refused) expect(await say(desk, `/briefings add daily 8:00 channel:${typed}`)).toMatch(reason);
  expect(await stored(desk)).toHaveLength(5);
  expect(await say(desk, '/briefings add daily 8:00', { channel_id: 'C2' })).toContain('is not in #random yet');
  expect(await say(desk, '/briefings add daily 8:00', { channel_id: 'D77', channel_name: 'directmessage' })).toContain(
    'is not in this conversation',
  );
});

test('who is not in a private channel learns nothing of its briefings', async () => {
  const desk = await opened();
  const secret = { name: 'secret', creator: 'U1', isMember: true, isArchived: false, members: ['UBOT', 'U1'] };
  desk.slack.state.channels.set('C5', secret);
  expect(await say(desk, '/briefings add daily 8:00 channel:<#C5|>')).toContain('of #secret');
  expect(await say(desk, '/briefings list channel:<#C5|>')).toContain('At 08:00');
  const asked = await say(desk, '/briefings list channel:C5', A_GUEST);
  expect(asked).toContain('does not see that channel');
  expect(asked).not.toContain('secret');
  expect(await say(desk, '/briefings list channel:secret', A_GUEST)).toContain('There is no channel “secret”');
});

test('what the channel does not take pauses, its owner is told once, and it goes on when the bot is invited back', async () => {
  const desk = await opened();
  const { slack, tickAt } = desk;
  await say(desk, '/briefings add daily 8:00');
  slack.state.channels.get('C1')!.isMember = false;
  await tickAt('2026-11-25T13:00:00Z');
  await tickAt('2026-11-26T13:00:00Z');
  expect(slack.state.messages.map(({ channel }) => channel)).toEqual(['DU1']);
  expect(words(slack.state.messages[0]!)).toContain('are paused: the bot is not in the channel');
  slack.state.channels.get('C1')!.isMember = true;
  await slack.event({ type: 'member_joined_channel', user: 'UBOT', channel: 'C1', channel_type: 'C', team: 'T1' });
  expect(await say(desk, '/briefings why')).toMatch(/not taken: the bot is not in the channel.*"Next/s);
  await tickAt('2026-11-27T13:00:00Z');
  expect(slack.state.messages.map(({ channel }) => channel)).toEqual(['DU1', 'C1']);
});

test('a message that Slack took without saying so is found and not sent again', async () => {
  const desk = await opened();
  const { slack, tickAt } = desk;
  await say(desk, '/briefings add daily 8:00');
  slack.fail('chat.postMessage', { type: 'drop', afterWrite: true });
  await tickAt('2026-11-25T13:00:00Z');
  expect(await say(desk, '/briefings why')).toContain('on its way: retried because Slack cannot be reached');
  await tickAt('2026-11-25T13:00:10Z');
  expect(slack.state.messages).toHaveLength(1);
  expect(await say(desk, '/briefings why')).toContain('sent after 2 tries: 1 new');
});

test('a correction that cannot be edited in is answered in the thread once, however its sending ends', async () => {
  const desk = await opened();
  const { slack, tickAt, write } = desk;
  await say(desk, '/briefings add daily 8:00');
  await tickAt('2026-11-25T13:00:00Z');
  await write({ [FILE]: CORRECTED });
  const closed = { type: 'error', error: 'edit_window_closed' } as const;
  slack.fail('chat.update', closed, closed);
  slack.fail('chat.postMessage', { type: 'drop', afterWrite: true });
  await tickAt('2026-11-25T13:05:00Z');
  await tickAt('2026-11-25T13:05:10Z');
  await tickAt('2026-11-25T13:05:20Z');
  const [sent, ...answers] = slack.state.messages;
  expect(answers.map(({ thread_ts }) => thread_ts)).toEqual([sent?.ts]);
  expect(words(answers[0]!)).toContain('The tariffs will fall.');
  expect(await say(desk, '/briefings why')).toContain('an earlier message was corrected after 2 tries');
});
