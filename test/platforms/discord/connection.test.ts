import { expect, test } from 'vitest';
import { openInDiscord, wordsIn } from '../../support/discord.ts';
import { openFakeDiscord } from '../../support/fake-discord.ts';

const identified = (frames: { op: number }[]) => frames.filter(({ op }) => op === 2);
const resumed = (frames: { op: number }[]) => frames.filter(({ op }) => op === 6);

test('asks for the intent Guilds and nothing else', async () => {
  const { discord, told } = await openInDiscord();
  const [frame] = identified(discord.frames) as unknown as { d: { intents: number } }[];
  expect(frame?.d.intents).toBe(1);
  expect(told[0]).toBe('Discord is connected.');
});

test('a dropped connection is resumed, and commands are answered again', async () => {
  const { discord } = await openInDiscord();
  discord.sockets[0]?.terminate();
  await discord.until(() => resumed(discord.frames).length === 1);
  expect(wordsIn(await discord.slash('topics'))).toContain('Topics');
  expect(identified(discord.frames)).toHaveLength(1);
});

test('a session that cannot be resumed is begun anew', async () => {
  const { discord } = await openInDiscord();
  discord.refusesResume = true;
  discord.sockets[0]?.terminate();
  await discord.until(() => identified(discord.frames).length === 2);
  expect(wordsIn(await discord.slash('topics'))).toContain('Topics');
});

test('a connection that looks alive but says nothing is left for a new one', async () => {
  const fake = await openFakeDiscord();
  fake.heartbeatMs = 500;
  fake.deaf = true;
  const { discord } = await openInDiscord({ discord: fake });
  await discord.until(() => resumed(discord.frames).length > 0);
  fake.deaf = false;
  expect(wordsIn(await discord.slash('topics'))).toContain('Topics');
});

for (const [code, words] of [
  [4004, 'does not accept DISCORD_TOKEN'],
  [4014, 'not allowed the intents'],
  [4010, 'DISCORD_SHARDS'],
] as const) {
  test(`closed with ${code} at the start, the bot ends with a clear message`, async () => {
    const fake = await openFakeDiscord();
    fake.closeWith = [code];
    const { platform } = await openInDiscord({ discord: fake, start: false });
    await expect(platform.start()).rejects.toThrow(words);
  });
}

test('closed for good while running, the bot ends with a clear message', async () => {
  const { discord, platform } = await openInDiscord();
  discord.sockets[0]?.close(4004);
  expect((await platform.ended).message).toContain('does not accept DISCORD_TOKEN');
});

test('a wrong token ends the start with a clear message', async () => {
  const { platform } = await openInDiscord({ settings: { token: 'MTAw.bad.token' }, start: false });
  await expect(platform.start()).rejects.toThrow('does not accept DISCORD_TOKEN');
});

test('a token that was taken back while running ends the bot', async () => {
  const { discord, platform } = await openInDiscord();
  discord.state.token = 'another';
  const destination = { platform: 'discord', workspace: '1', channel: '10' };
  const result = await platform.courier.send({ destination, message: { title: 'x', blocks: [] }, key: 'k' });
  expect(result).toMatchObject({ outcome: 'retry', mayHaveArrived: false });
  expect((await platform.ended).message).toContain('does not accept DISCORD_TOKEN');
});

test('where Discord is down at the start, the bot says so and goes on trying', async () => {
  const fake = await openFakeDiscord();
  fake.fail('GET /gateway/bot', ...Array.from({ length: 4 }, () => ({ type: 'status', status: 503 }) as const));
  const { discord, told } = await openInDiscord({ discord: fake });
  expect(told[0]).toBe('Discord answered with status 503: trying again until it works.');
  await discord.until(() => discord.callsOf('PUT /commands').length === 1);
  expect(wordsIn(await discord.slash('topics'))).toContain('Topics');
  expect(told).toContain('Discord is connected.');
});

test('an answer goes through a rate limit, a broken server and a dropped connection', async () => {
  const { discord } = await openInDiscord();
  discord.fail('POST /callback', { type: 'status', status: 429, retryAfter: 0.1 });
  expect((await discord.slash('topics')).type).toBe(4);
  discord.fail('POST /callback', { type: 'status', status: 500 });
  expect((await discord.slash('topics')).type).toBe(4);
  discord.fail('POST /callback', { type: 'drop' });
  expect((await discord.slash('topics')).type).toBe(4);
});

test('an acknowledgement whose reply is lost on the way is not taken for a failure', async () => {
  const { discord, logged } = await openInDiscord();
  discord.fail('POST /callback', { type: 'drop', afterWrite: true });
  await discord.slash('topics');
  await discord.slash('briefdesk');
  expect(logged.filter(({ level }) => level === 'error')).toEqual([]);
});

test('an answer that Discord takes long to take holds up no other', async () => {
  const { discord, logged } = await openInDiscord();
  let release: (value?: unknown) => void = () => undefined;
  discord.fail('POST /callback', { type: 'wait', until: new Promise((resolve) => (release = resolve)) });
  const slow = discord.slash('topics');
  await discord.until(() => discord.callsOf('POST /callback').length === 1);
  expect((await discord.slash('briefdesk')).type).toBe(4);
  release();
  expect((await slow).type).toBe(4);
  expect(discord.callsOf('POST /callback')).toHaveLength(2);
  expect(logged.filter(({ level }) => level !== 'info')).toEqual([]);
});

test('several connections in one process: as many as Discord recommends, or as many as are set', async () => {
  for (const shards of ['auto', 3] as const) {
    const fake = await openFakeDiscord();
    fake.state.shards = 2;
    const { discord, close } = await openInDiscord({ discord: fake, settings: { shards } });
    const count = shards === 'auto' ? 2 : shards;
    const opened = (identified(discord.frames) as unknown as { d: { shard: number[] } }[]).map(({ d }) => d.shard);
    expect(opened.toSorted(([one = 0], [other = 0]) => one - other)).toEqual(
      Array.from({ length: count }, (_, shard) => [shard, count]),
    );
    expect(wordsIn(await discord.slash('topics'))).toContain('Topics');
    expect(discord.callsOf('POST /callback')).toHaveLength(1);
    await close();
  }
});

test('stopping finishes the answers under way', async () => {
  const { discord, bot, close } = await openInDiscord();
  let release: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { invoke } = bot;
  bot.invoke = async (invocation, asks) => {
    await slow;
    return invoke(invocation, asks);
  };
  const { token } = await discord.slash('topics');
  const closing = close();
  // Time enough to leave, were nothing waited for.
  for (let tried = 0; tried < 5; tried++) await fetch(`${discord.apiUrl}/v10/gateway/bot`);
  expect(discord.sockets.map(({ readyState, OPEN }) => readyState === OPEN)).toEqual([true]);
  release();
  await closing;
  expect(discord.callsOf(`PATCH /webhooks/100/${token}`)).toHaveLength(1);
});
