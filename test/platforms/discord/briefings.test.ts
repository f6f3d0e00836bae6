import { expect, test } from 'vitest';
import { aQuestionFile, aResponseFile, persons } from '../../support/bot.ts';
import { type InDiscord, isPrivate, labelsIn, openInDiscord, wordsIn } from '../../support/discord.ts';
import type { Json } from '../../support/discord-checks.ts';
import type { Shown } from '../../support/fake-discord.ts';
import { createTicks } from '../../support/ticks.ts';

const FILE = 'real/digest-2026-05-04-tariffs.yaml';
const MANAGE_CHANNELS = 16n;
const corrections = [{ on: '2026-11-25', what: 'The verb was wrong' }];
const CORRECTED = aQuestionFile({ responses: [aResponseFile({ paragraphs: ['The tariffs will fall.'], corrections })] });
const DAILY = { when: 'daily 8:00', tz: 'America/Lima' };

async function opened(managers: string[] = []) {
  const bot = await openInDiscord({ bot: { persons, questions: [aQuestionFile()] }, managers });
  bot.discord.state.permissions = MANAGE_CHANNELS;
  return { ...bot, tickAt: createTicks(bot, bot.platform) };
}
type Desk = Pick<InDiscord, 'discord' | 'bot'>;
const briefings = ({ discord }: Desk, action: string, options: Record<string, string> = {}, changed: Json = {}) =>
  discord.slash('briefings', { action, ...options }, changed);
const bare = (shown: Pick<Shown, 'data'>) => wordsIn(shown).replaceAll('\\\\', '');
const say = async (...asked: Parameters<typeof briefings>) => bare(await briefings(...asked));
const stored = ({ bot }: Desk) => bot.briefings.owned({ platform: 'discord', workspace: '1' });
const posts = ({ discord }: Desk, channel = '10'): Json[] => discord.state.messages.get(channel) ?? [];
/** What the embeds say. */
const lines = ({ embeds }: Json): string =>
  (embeds as { description?: string }[]).map(({ description }) => description).join('\n');

test('in Discord: set up, previewed, sent on time, explained with a link, corrected in place, and removed', async () => {
  const desk = await opened();
  const { tickAt, write } = desk;
  const added = await briefings(desk, 'add', { ...DAILY, topic: 'chile' });
  expect(isPrivate(added)).toBe(true);
  expect(bare(added)).toContain('At 08:00, every day (America/Lima)');
  const preview = await briefings(desk, 'preview');
  await tickAt('2026-11-25T12:59:59Z');
  expect(posts(desk)).toEqual([]);

  await tickAt('2026-11-25T13:00:00Z');
  const [sent, ...others] = posts(desk);
  expect(others).toEqual([]);
  expect(lines(sent!)).toContain('nobody gains from lifting them');
  const [notice, ...rest] = lines(preview.data).split('\n');
  expect(notice).toContain('Preview: as things are, this is sent.');
  expect(rest.join('\n').trim()).toBe(lines(sent!));
  const why = await say(desk, 'why');
  expect(why).toMatch(/Wednesday, November 25, 08:00 GMT-5 · sent: 1 new/);
  expect(why).toContain(`https://discord.com/channels/1/10/${String(sent!.id)}`);

  await write({ [FILE]: CORRECTED });
  await tickAt('2026-11-25T13:05:00Z');
  expect(posts(desk).map(({ id }) => id)).toEqual([sent!.id]);
  expect(lines(posts(desk)[0]!)).toMatch(/Corrected.*The verb was wrong.*The tariffs will fall\./s);
  expect(lines(posts(desk)[0]!)).not.toContain('nobody gains');

  expect(await say(desk, 'remove')).toContain('is removed');
  await tickAt('2026-11-26T13:00:00Z');
  expect(posts(desk)).toHaveLength(1);
});

test('who may not manage the channel may list and ask why, and changes nothing', async () => {
  const desk = await opened();
  await briefings(desk, 'add', DAILY);
  desk.discord.state.permissions = 0n;
  for (const action of ['add', 'edit', 'pause', 'now', 'remove'])
    expect(await say(desk, action, { when: 'daily 9:00' })).toContain('Only those who may manage this channel');
  expect(await stored(desk)).toMatchObject([{ schedule: { cron: '0 8 * * *' }, status: { is: 'active' } }]);
  expect(await say(desk, 'list')).toContain('At 08:00, every day (America/Lima)');
  expect(await say(desk, 'why')).toContain('No slot has come yet');
});

test('the time zone, which Discord does not tell, is asked; the button that is pressed sets it up', async () => {
  const desk = await opened();
  const asked = await briefings(desk, 'add', { when: 'weekdays at 8am' });
  expect(wordsIn(asked)).toContain('In which time zone?');
  expect(await stored(desk)).toEqual([]);
  expect(wordsIn(await desk.discord.press(asked.data, 'Europe/London'))).toContain('Monday through Friday (Europe/London)');
  expect(await stored(desk)).toMatchObject([{ schedule: { timeZone: 'Europe/London' } }]);
});

test('another channel is named as Discord writes it, by its name or by a link, and completed while typing', async () => {
  const desk = await opened();
  for (const channel of ['<#10>', '#General', 'general', 'https://discord.com/channels/1/10/77'])
    expect(await say(desk, 'add', { ...DAILY, channel })).toContain('of #general');
  expect((await stored(desk)).map(({ destination }) => destination.channel)).toEqual(['10', '10', '10', '10']);
  for (const channel of ['genreal', '<#99>', '999999999999999999'])
    expect(await say(desk, 'add', { ...DAILY, channel })).toContain('There is no channel “');
  const { data } = await briefings(desk, 'add', { ...DAILY, channel: 'genreal' });
  expect(labelsIn(data)).toContain('#general');
  expect(await stored(desk)).toHaveLength(4);
  expect(await say(desk, 'add', { ...DAILY, channel: 'questions' })).toContain('Only those who may manage this channel');
  expect(await desk.discord.complete('briefings', 'channel', 'gen')).toEqual([{ name: '#general', value: '10' }]);
  expect((await desk.discord.complete('briefings', 'channel', '')).map(({ name }) => name)).toContain('#general');
});

test('a channel that the bot may not post in is refused at once, one that the caller may not see is not named', async () => {
  const desk = await opened();
  const { state, dispatch } = desk.discord;
  const channel = (id: string, name: string, overwrite: Json) =>
    dispatch('CHANNEL_CREATE', { ...state.channels.get('10'), id, name, permission_overwrites: [overwrite] });
  channel('20', 'read-only', { id: '900', type: 1, allow: '0', deny: '2048' });
  channel('21', 'board', { id: '42', type: 1, allow: '0', deny: '1024' });
  expect(await say(desk, 'add', { ...DAILY, channel: 'read-only' })).toContain(
    'Briefdesk may not post in #read-only: give it “View Channel” and “Send Messages” there',
  );
  for (const typed of ['board', '<#21>']) expect(await say(desk, 'list', { channel: typed })).toContain('There is no channel');
  expect(await desk.discord.complete('briefings', 'channel', 'board')).toEqual([]);
  expect(await stored(desk)).toEqual([]);
});

test('in a thread it comes to the thread', async () => {
  const desk = await opened();
  const thread = { id: '30', type: 11, name: 'on tariffs', parent_id: '10', guild_id: '1' };
  desk.discord.state.channels.set('30', thread);
  await briefings(desk, 'add', DAILY, { channel: { ...thread, permissions: '0' }, channel_id: '30' });
  await desk.tickAt('2026-11-25T13:00:00Z');
  expect(posts(desk)).toEqual([]);
  expect(posts(desk, '30')).toHaveLength(1);
});

test('a forum that asks for a tag gets the one that is chosen; without one to choose by itself it is asked', async () => {
  const desk = await opened(['42']);
  const { discord, tickAt } = desk;
  const tags = [
    { id: '71', name: 'Other', moderated: false, emoji_id: null, emoji_name: null },
    { id: '73', name: 'News', moderated: false, emoji_id: null, emoji_name: null },
  ];
  Object.assign(discord.state.channels.get('12')!, { available_tags: tags });
  discord.dispatch('CHANNEL_UPDATE', discord.state.channels.get('12')!);
  const asked = await briefings(desk, 'add', { ...DAILY, channel: 'questions' });
  expect(wordsIn(asked)).toContain('With which tag? This forum asks for one.');
  expect(await say(desk, 'add', { ...DAILY, channel: 'questions', tag: 'Nwes' })).toContain('This forum has no tag “Nwes”');
  expect(await say(desk, 'add', { ...DAILY, tag: 'News' })).toContain('this is none');
  expect(await stored(desk)).toEqual([]);
  expect(wordsIn(await discord.press(asked.data, 'News'))).toContain('tag News');
  await tickAt('2026-11-25T13:00:00Z');
  expect(discord.state.threads).toMatchObject([{ parent_id: '12', applied_tags: ['73'] }]);
  const [{ id }] = discord.state.threads as [{ id: string }];
  expect(await say(desk, 'why', { channel: 'questions' })).toContain(`https://discord.com/channels/1/${id}/${id}`);
  expect(await say(desk, 'edit', { channel: 'questions', tag: 'other' })).toContain('tag Other');
  await tickAt('2026-11-26T13:00:00Z');
  expect(discord.state.threads[1]).toMatchObject({ applied_tags: ['71'] });
});

test('a correction reaches a forum post that has fallen asleep', async () => {
  const desk = await opened(['42']);
  const { discord, tickAt, write } = desk;
  await briefings(desk, 'add', { ...DAILY, channel: 'questions' });
  await tickAt('2026-11-25T13:00:00Z');
  const [{ id }] = discord.state.threads as [{ id: string }];
  await write({ [FILE]: CORRECTED });
  discord.fail(`PATCH /channels/${id}/messages`, {
    type: 'status',
    status: 400,
    body: { code: 50083, message: 'Thread is archived' },
  });
  await tickAt('2026-11-25T13:05:00Z');
  expect(discord.callsOf(`PATCH /channels/${id}`).map(({ body }) => body.archived)).toEqual([undefined, false, undefined]);
  expect(lines(posts(desk, id)[0]!)).toContain('The tariffs will fall.');
});

test('a message that Discord took without saying so is found and not sent again', async () => {
  const desk = await opened();
  const { discord, tickAt } = desk;
  await briefings(desk, 'add', DAILY);
  discord.fail('POST /channels/10/messages', { type: 'drop', afterWrite: true });
  await tickAt('2026-11-25T13:00:00Z');
  await tickAt('2026-11-25T13:00:10Z');
  expect(posts(desk)).toHaveLength(1);
  expect(await say(desk, 'why')).toContain('sent after 2 tries: 1 new');
});

test('what the channel does not take pauses, its owner is told once, and it goes on when the bot may post there again', async () => {
  const desk = await opened();
  const { discord, tickAt } = desk;
  const general = discord.state.channels.get('10')!;
  await briefings(desk, 'add', DAILY);
  const shut = { ...general, permission_overwrites: [{ id: '900', type: 1, allow: '0', deny: '2048' }] };
  discord.dispatch('CHANNEL_UPDATE', shut);
  const refusal = { type: 'status', status: 403, body: { code: 50013, message: 'Missing Permissions' } } as const;
  discord.fail('POST /channels/10/messages', refusal);
  await tickAt('2026-11-25T13:00:00Z');
  await tickAt('2026-11-26T13:00:00Z');
  expect(posts(desk)).toEqual([]);
  expect(posts(desk, '842').map(lines)).toEqual([expect.stringContaining('are paused: the bot may not post in the channel')]);
  discord.dispatch('CHANNEL_UPDATE', { ...shut, topic: 'On policy' });
  await say(desk, 'list');
  expect(await stored(desk)).toMatchObject([{ status: { is: 'paused' } }]);
  discord.dispatch('CHANNEL_UPDATE', general);
  expect(await say(desk, 'why')).toMatch(/not taken: the bot may not post in the channel[\s\S]*Next/);
  expect(await stored(desk)).toMatchObject([{ status: { is: 'active' } }]);
});

test('what was refused before Discord told of the removal goes on too when the server has the bot again', async () => {
  const desk = await opened();
  const { discord, tickAt } = desk;
  await briefings(desk, 'add', DAILY);
  discord.fail('POST /channels/10/messages', { type: 'status', status: 403, body: { code: 50001, message: 'Missing Access' } });
  await tickAt('2026-11-25T13:00:00Z');
  expect(await stored(desk)).toMatchObject([{ status: { is: 'paused', because: 'the bot cannot see the channel' } }]);
  discord.dispatch('GUILD_DELETE', { id: '1' });
  discord.dispatch('GUILD_CREATE', discord.state.guilds.get('1')!);
  await say(desk, 'list');
  expect(await stored(desk)).toMatchObject([{ status: { is: 'active' } }]);
});

test('only the role that was configured is pinged, whatever the content says', async () => {
  const desk = await opened();
  await desk.write({ [FILE]: aQuestionFile({ headline: 'Will @everyone and <@&66> agree?' }) });
  await briefings(desk, 'add', { ...DAILY, mention: '<@&55>' });
  await desk.tickAt('2026-11-25T13:00:00Z');
  expect(posts(desk)[0]).toMatchObject({ content: '<@&55>', allowed_mentions: { parse: [], roles: ['55'] } });
});
