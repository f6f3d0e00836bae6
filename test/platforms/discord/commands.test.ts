import { expect, test } from 'vitest';
import { aQuestionFile, aResponseFile, persons } from '../../support/bot.ts';
import { isPrivate, labelsIn, openInDiscord, wordsIn } from '../../support/discord.ts';
import { completionOf, slashOf } from '../../support/fake-discord.ts';

test('a slash command is answered for the caller alone, with a button to share it', async () => {
  const { discord } = await openInDiscord();
  const shown = await discord.slash('brief', { about: 'venezuela' });
  expect(shown.type).toBe(4);
  expect(isPrivate(shown)).toBe(true);
  expect(wordsIn(shown)).toContain('reminder of the failure');
  expect(labelsIn(shown.data)).toContain('Share in channel');
});

test('every command answers, with typed options and without any', async () => {
  const { discord } = await openInDiscord();
  const quotes = await discord.slash('quotes', { words: 'patience', since: '2019', page: 1 });
  expect(wordsIn(quotes)).toContain('patience');
  for (const name of ['brief', 'topics', 'briefdesk']) expect((await discord.slash(name)).type).toBe(4);
  const problem = await discord.slash('quotes', { words: 'venezuela', page: 99 });
  expect(isPrivate(problem)).toBe(true);
  expect(wordsIn(problem)).toContain('There are only');
  expect(wordsIn(await discord.slash('quotes', { since: 'yesterday' }))).toContain('such as 2019');
});

test('share posts the answer for everybody at once, but never an error', async () => {
  const { discord } = await openInDiscord();
  const shared = await discord.slash('brief', { about: 'venezuela', share: true });
  expect(isPrivate(shared)).toBe(false);
  expect(shared.data.content).toBe('Shared by <@42>');
  expect(shared.data.allowed_mentions).toEqual({ parse: [] });
  expect(labelsIn(shared.data)).toContain('Undo');
  expect(isPrivate(await discord.slash('quotes', { words: 'zzzz', share: true }))).toBe(true);
  expect(isPrivate(await discord.slash('brief', { about: 'venezuela', share: false }))).toBe(true);
});

test('words of an answer cannot ping or format', async () => {
  const questions = [
    aQuestionFile({ responses: [aResponseFile({ paragraphs: ['**Bold** @everyone <@42> https://x.example/ `code`.'] })] }),
  ];
  const { discord } = await openInDiscord({ bot: { questions, persons } });
  const { data } = await discord.slash('read', { question: 'tariffs' });
  expect(data.allowed_mentions).toEqual({ parse: [] });
  expect(wordsIn({ data })).not.toContain('<@42>');
});

test('an answer of several messages comes whole', async () => {
  const paragraphs = Array.from(
    { length: 60 },
    (_, index) => `Paragraph ${index} says why they hold. ${'It goes on. '.repeat(60)}`,
  );
  const questions = [aQuestionFile({ responses: [aResponseFile({ paragraphs })] })];
  const { discord } = await openInDiscord({ bot: { questions, persons } });
  const shown = await discord.slash('read', { question: 'tariffs' });
  expect(wordsIn(shown)).toContain('Paragraph 0');
});

test('an answer that takes long is announced in time, and follows', async () => {
  const { discord, bot } = await openInDiscord();
  let release: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { invoke } = bot;
  bot.invoke = async (invocation, asks) => {
    await slow;
    return invoke(invocation, asks);
  };
  const own = await discord.slash('brief', { about: 'venezuela' });
  const shared = await discord.slash('brief', { about: 'venezuela', share: true });
  expect([own.type, shared.type]).toEqual([5, 5]);
  expect([isPrivate(own), isPrivate(shared)]).toEqual([true, true]);
  release();
  const sent = (route: string) =>
    discord.until(() => {
      const calls = discord.callsOf(route);
      return calls.length > 0 && calls;
    });
  const [edited] = await sent(`PATCH /webhooks/100/${own.token}`);
  expect(wordsIn({ data: edited!.body })).toContain('reminder of the failure');
  const [followUp] = await sent(`POST /webhooks/100/${shared.token}`);
  expect(isPrivate({ data: followUp!.body })).toBe(false);
  expect(followUp!.body.content).toBe('Shared by <@42>');
});

test('of many commands at once each has a turn of its own, so that answers go out and none is announced too late', async () => {
  const { discord, bot } = await openInDiscord();
  let turn = 0;
  let ticking: NodeJS.Immediate | undefined;
  const tick = () => {
    turn++;
    ticking = setImmediate(tick);
  };
  const turns: number[] = [];
  const { invoke, complete } = bot;
  bot.invoke = (...asked) => {
    turns.push(turn);
    return invoke(...asked);
  };
  bot.complete = (...asked) => {
    turns.push(turn);
    return complete(...asked);
  };
  tick();
  const sent = Array.from({ length: 30 }, (_, n) =>
    discord.send(n % 2 === 0 ? slashOf('topics') : completionOf('brief', 'about', 'v')),
  );
  await discord.until(() => sent.every(({ id }) => discord.state.callbacks.has(id)));
  clearImmediate(ticking);
  expect(new Set(turns).size).toBe(30);
});

test('completion offers what fits, best first, and something sensible before the first letter', async () => {
  const { discord } = await openInDiscord();
  expect((await discord.complete('brief', 'about', '')).length).toBeGreaterThan(3);
  const [first] = await discord.complete('brief', 'about', 'venez');
  expect(first?.value).toBe('Venezuela');
  expect((await discord.complete('quotes', 'by', 'fránc'))[0]?.value).toBe('Francisco Durand');
  expect(await discord.complete('quotes', 'words', 'x')).toEqual([]);
});

test('a completion that breaks, or is too long for Discord, offers nothing and says nothing', async () => {
  const { discord, bot, logged } = await openInDiscord();
  bot.complete = async () => {
    throw new Error('broken');
  };
  expect(await discord.complete('brief', 'about', 'v')).toEqual([]);
  expect(logged.some(({ event }) => event === 'completion broke')).toBe(true);
  const many = Array.from({ length: 40 }, (_, index) => ({ value: `v${index}`, label: 'l'.repeat(150) }));
  bot.complete = async () => [{ value: 'x'.repeat(101), label: 'x' }, { value: ' ', label: '' }, ...many];
  const offered = await discord.complete('brief', 'about', 'v');
  expect(offered).toHaveLength(25);
  expect(offered[0]?.name).toHaveLength(100);
});

test('works in threads, forum posts, direct messages, and where only the caller has it', async () => {
  const { discord, bot } = await openInDiscord();
  const places: unknown[] = [];
  const { invoke } = bot;
  bot.invoke = (invocation, asks) => {
    places.push(invocation.place);
    return invoke(invocation, asks);
  };
  const thread = {
    id: '15',
    type: 11,
    name: 'side',
    parent_id: '10',
    guild_id: '1',
    owner_id: '42',
    thread_metadata: {},
    member_count: 1,
  };
  const direct = { guild_id: undefined, member: undefined, user: discord.state.member.user, context: 1 };
  await discord.slash('topics', {}, { channel: thread, channel_id: '15' });
  await discord.slash('topics', {}, { channel: { ...thread, id: '16', name: 'a post', parent_id: '12' }, channel_id: '16' });
  await discord.slash('topics', {}, { ...direct, channel: { id: '80', type: 1, recipients: [] }, channel_id: '80' });
  await discord.slash('topics', {}, { ...direct, context: 2, channel: { id: '81', type: 3, recipients: [] }, channel_id: '81' });
  await discord.slash(
    'topics',
    {},
    { guild_id: '7', channel: { id: '70', type: 0, guild_id: '7', name: 'away' }, channel_id: '70' },
  );
  expect(places).toEqual([
    { platform: 'discord', workspace: '1', channel: '10', thread: '15', channelName: '#side' },
    { platform: 'discord', workspace: '1', channel: '12', thread: '16', channelName: '#a post' },
    { platform: 'discord', workspace: '@me', channel: '80', channelName: 'a direct message' },
    { platform: 'discord', workspace: '@me', channel: '81', channelName: 'a direct message' },
    { platform: 'discord', workspace: '7', channel: '70' },
  ]);
});

test('briefings are for those who may manage the channel that is meant', async () => {
  const { discord, bot } = await openInDiscord();
  const add = { action: 'add', when: 'weekdays at 8am', tz: 'America/New_York', topic: 'venezuela' };
  expect(wordsIn(await discord.slash('briefings', add))).toContain('Only those who may manage');
  discord.state.permissions = 16n;
  expect(wordsIn(await discord.slash('briefings', add))).toContain('briefed from now on');
  expect(wordsIn(await discord.slash('briefings', { ...add, channel: '<#11>' }))).toContain('Only those who may manage');
  expect(wordsIn(await discord.slash('briefings', { ...add, channel: '<#555>' }))).toContain('There is no channel');
  const away = { guild_id: '7', channel: { id: '70', type: 0, guild_id: '7', name: 'away' }, channel_id: '70' };
  expect(wordsIn(await discord.slash('briefings', add, away))).toContain('has to be added to the server');
  const group = { guild_id: undefined, member: undefined, user: discord.state.member.user, context: 2 };
  expect(
    wordsIn(await discord.slash('briefings', add, { ...group, channel: { id: '81', type: 3 }, channel_id: '81' })),
  ).toContain('not post');
  const direct = { guild_id: undefined, member: undefined, user: discord.state.member.user, context: 1 };
  const dm = { ...direct, channel: { id: '80', type: 1, recipients: [] }, channel_id: '80' };
  expect(wordsIn(await discord.slash('briefings', add, dm))).toContain('briefed from now on');
  const all = await bot.briefings.owned({ platform: 'discord', workspace: '1' });
  expect(all.map(({ destination, channelName }) => [destination.channel, channelName])).toEqual([['10', '#general']]);
});

test('without a time zone the caller is asked for one, and a choice goes on', async () => {
  const { discord } = await openInDiscord();
  discord.state.permissions = 16n;
  const asked = await discord.slash('briefings', { action: 'add', when: 'weekdays at 8am', topic: 'venezuela' });
  expect(wordsIn(asked)).toContain('time zone');
  const zone = labelsIn(asked.data)[0];
  const rows = asked.data.components as { components: { options?: { label: string }[] }[] }[];
  const label = zone ?? rows[0]?.components[0]?.options?.[0]?.label;
  expect(wordsIn(await discord.press(asked.data, label!))).toContain('briefed from now on');
});

test('an interaction that arrives twice is answered once', async () => {
  const { discord } = await openInDiscord();
  await discord.slash('topics');
  const [callback] = discord.callsOf('POST /callback');
  const [, , id] = callback!.path.split('/');
  discord.dispatch('INTERACTION_CREATE', {
    id,
    application_id: '100',
    token: 'again',
    type: 2,
    version: 1,
    locale: 'en',
    entitlements: [],
    authorizing_integration_owners: {},
    app_permissions: '0',
    guild_id: '1',
    member: { ...discord.state.member, permissions: '0' },
    channel: { id: '10', type: 0 },
    data: { id: '5', name: 'topics', type: 1 },
  });
  await discord.slash('briefdesk');
  expect(discord.callsOf(`POST /interactions/${id}/`)).toHaveLength(1);
});
