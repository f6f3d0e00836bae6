import { expect, test } from 'vitest';
import type { Delivered } from '../../../src/briefings/courier.ts';
import { heading, line, type Message } from '../../../src/message/document.ts';
import { openInDiscord } from '../../support/discord.ts';

const SINCE = 0;
const HERE = { platform: 'discord', workspace: '1', channel: '10' };
const aMessage = (words = 'Two new questions'): Message => ({ title: words, blocks: [heading(words), line('On tariffs.')] });
const aDelivery = (changed: Partial<Delivered> = {}): Delivered => ({
  destination: HERE,
  message: aMessage(),
  key: 'slot-1',
  ...changed,
});

test('a briefing is posted once under its key, pings nobody and can be linked to', async () => {
  const { discord, platform } = await openInDiscord();
  const { courier } = platform;
  const sent = await courier.send(aDelivery());
  const again = await courier.send(aDelivery());
  expect(again).toEqual(sent);
  const [posted, ...others] = discord.state.messages.get('10')!;
  expect(others).toEqual([]);
  expect(posted).toMatchObject({ allowed_mentions: { parse: [] }, sentNonce: 'slot-1' });
  expect(sent).toEqual({ outcome: 'sent', externalId: posted!.id });
  expect(courier.linkTo(HERE, '77')).toBe('https://discord.com/channels/1/10/77');
});

test('only the role that was set is pinged', async () => {
  const { discord, platform } = await openInDiscord();
  await platform.courier.send(aDelivery({ mention: '<@&55>' }));
  await platform.courier.send(aDelivery({ mention: '@policy **team**', key: 'slot-2' }));
  const [role, words] = discord.state.messages.get('10')!;
  expect(role).toMatchObject({ content: '<@&55>', allowed_mentions: { parse: [], roles: ['55'] } });
  expect(words).toMatchObject({ allowed_mentions: { parse: [] } });
  expect(words!.content).not.toContain(' **team**');
});

test('what was sent is found again after an unclear end, and nothing else is taken for it', async () => {
  const { discord, platform } = await openInDiscord();
  const { courier } = platform;
  expect(await courier.find(HERE, 'slot-1', SINCE)).toEqual({ outcome: 'absent' });
  discord.fail('POST /channels/10/messages', { type: 'drop', afterWrite: true });
  expect(await courier.send(aDelivery())).toMatchObject({ outcome: 'retry', mayHaveArrived: true });
  const [posted] = discord.state.messages.get('10')!;
  expect(await courier.find(HERE, 'slot-1', SINCE)).toEqual({ outcome: 'found', externalId: posted!.id });
  discord.fail('POST /channels/10/messages', { type: 'drop' });
  await courier.send(aDelivery({ key: 'slot-2', message: aMessage('Another') }));
  expect(await courier.find(HERE, 'slot-2', SINCE)).toEqual({ outcome: 'absent' });
});

test('the same words sent on another day are not taken for this delivery', async () => {
  const { discord, platform, bot } = await openInDiscord();
  await platform.courier.send(aDelivery({ key: 'yesterday' }));
  const { hashes } = (await bot.discordStore.post('yesterday'))!;
  const [posted] = discord.state.messages.get('10')!;
  posted!.id = String(BigInt(String(posted!.id)) - (86_400_000n << 22n));
  await bot.discordStore.putPost('today', { hash: hashes[0]!, at: Date.now() });
  expect(await platform.courier.find(HERE, 'today', SINCE)).toEqual({ outcome: 'absent' });
});

test('a second try that shows other words is found too', async () => {
  const { discord, platform } = await openInDiscord();
  const { courier } = platform;
  discord.fail('POST /channels/10/messages', { type: 'drop' });
  await courier.send(aDelivery());
  expect(await courier.find(HERE, 'slot-1', SINCE)).toEqual({ outcome: 'absent' });
  discord.fail('POST /channels/10/messages', { type: 'drop', afterWrite: true });
  await courier.send(aDelivery({ message: aMessage('Put right since') }));
  expect(await courier.find(HERE, 'slot-1', SINCE)).toMatchObject({ outcome: 'found' });
});

test('where more was written since than can be looked through, nothing is claimed', async () => {
  const { discord, platform, bot } = await openInDiscord();
  await bot.discordStore.putPost('slot-1', { hash: 'x', at: Date.now() });
  discord.state.messages.set(
    '10',
    Array.from({ length: 1100 }, () => discord.state.message('10', {})),
  );
  expect(await platform.courier.find(HERE, 'slot-1', SINCE)).toMatchObject({
    outcome: 'cannot',
    reason: expect.stringContaining('more was written there'),
  });
});

test('where the bot may not read the history it says so', async () => {
  const { platform, bot } = await openInDiscord();
  await bot.discordStore.putPost('slot-1', { hash: 'x', at: Date.now() });
  expect(await platform.courier.find({ ...HERE, channel: '11' }, 'slot-1', SINCE)).toMatchObject({ outcome: 'cannot' });
});

test('in a forum a briefing is a post of its own with the tag “briefings”, is found again and corrected there', async () => {
  const { discord, platform } = await openInDiscord();
  const { courier } = platform;
  const destination = { ...HERE, channel: '12' };
  const sent = await courier.send(aDelivery({ destination }));
  const [thread] = discord.state.threads;
  expect(thread).toMatchObject({ parent_id: '12', applied_tags: ['72'], name: 'Two new questions' });
  expect(sent).toEqual({ outcome: 'sent', externalId: `post:${String(thread!.id)}` });
  expect(await courier.find(destination, 'slot-1', SINCE)).toEqual(
    sent.outcome === 'sent' && { outcome: 'found', externalId: sent.externalId },
  );
  const externalId = `post:${String(thread!.id)}`;
  expect(courier.linkTo(destination, externalId)).toBe(
    `https://discord.com/channels/1/${String(thread!.id)}/${String(thread!.id)}`,
  );
  expect(await courier.edit(externalId, aDelivery({ destination, message: aMessage('Corrected') }))).toMatchObject({
    outcome: 'sent',
  });
  expect(JSON.stringify(discord.state.messages.get(String(thread!.id)))).toContain('Corrected');
});

test('a forum that requires a tag gets its first one where none is called briefings', async () => {
  const { discord, platform } = await openInDiscord();
  discord.state.channels.get('12')!.available_tags = [{ id: '71', name: 'Other' }];
  await platform.courier.send(aDelivery({ destination: { ...HERE, channel: '12' } }));
  expect(discord.state.threads[0]).toMatchObject({ applied_tags: ['71'] });
});

test('a correction takes the place of what was sent', async () => {
  const { discord, platform } = await openInDiscord();
  const sent = await platform.courier.send(aDelivery());
  const externalId = sent.outcome === 'sent' ? sent.externalId : '';
  await platform.courier.edit(externalId, aDelivery({ message: aMessage('Corrected') }));
  expect(JSON.stringify(discord.state.messages.get('10'))).toContain('Corrected');
  expect(await platform.courier.edit('1', aDelivery())).toEqual({ outcome: 'refused', reason: 'the message is gone' });
});

test('what has no room in one message comes below it, once', async () => {
  const { discord, platform } = await openInDiscord();
  const blocks = Array.from({ length: 12 }, (_, index) => line(`${index} ${'words '.repeat(150)}`));
  discord.fail('POST /channels/10/messages');
  await platform.courier.send(aDelivery({ message: { title: 'Long', blocks } }));
  const before = discord.state.messages.get('10')!.length;
  expect(before).toBeGreaterThan(1);
  await platform.courier.send(aDelivery({ message: { title: 'Long', blocks } }));
  expect(discord.state.messages.get('10')).toHaveLength(before);
});

for (const [code, status, reason] of [
  [10003, 404, 'the channel is gone'],
  [10004, 404, 'the server is gone, or the bot is not in it'],
  [50001, 403, 'the bot cannot see the channel'],
  [50013, 403, 'the bot may not post in the channel'],
] as const) {
  test(`refused with ${code}: ${reason}`, async () => {
    const { discord, platform } = await openInDiscord();
    discord.fail('POST /channels/10/messages', { type: 'status', status, body: { code, message: 'no' } });
    expect(await platform.courier.send(aDelivery())).toEqual({ outcome: 'refused', reason });
  });
}

test('rate limits, broken servers and lost connections are for later', async () => {
  const { discord, platform } = await openInDiscord();
  const { courier } = platform;
  discord.fail('POST /channels/10/messages', { type: 'status', status: 429, retryAfter: 40 });
  expect(await courier.send(aDelivery())).toMatchObject({ outcome: 'retry', afterSeconds: 41, mayHaveArrived: false });
  discord.fail('POST /channels/13/messages', { type: 'status', status: 502 }, { type: 'status', status: 502 });
  discord.state.channels.set('13', { id: '13', type: 0 });
  expect(await courier.send(aDelivery({ destination: { ...HERE, channel: '13' } }))).toMatchObject({
    outcome: 'retry',
    mayHaveArrived: true,
  });
  await discord.close();
  expect(await courier.find(HERE, 'slot-1', SINCE)).toMatchObject({ outcome: 'retry' });
  expect(await courier.send(aDelivery({ destination: { ...HERE, channel: '13' } }))).toMatchObject({
    outcome: 'retry',
    mayHaveArrived: false,
  });
});

test('the owner is told in private, else where the briefings are', async () => {
  const { discord, platform } = await openInDiscord();
  await platform.courier.tell('42', HERE, aMessage('Paused'));
  expect(JSON.stringify(discord.state.messages.get('842'))).toContain('Paused');
  discord.fail('POST /channels/842/messages', { type: 'status', status: 403, body: { code: 50007, message: 'no' } });
  await platform.courier.tell('42', HERE, aMessage('Paused again'));
  expect(discord.state.messages.get('10')![0]).toMatchObject({
    content: '<@42>',
    allowed_mentions: { parse: [], users: ['42'] },
  });
});

test('removed from a server its briefings pause, and go on when the bot is back', async () => {
  const { discord, bot } = await openInDiscord();
  discord.state.permissions = 16n;
  await discord.slash('briefings', { action: 'add', when: 'weekdays at 8am', tz: 'America/New_York', topic: 'venezuela' });
  const statuses = async () =>
    (await bot.briefings.owned({ platform: 'discord', workspace: '1' })).map(({ status }) => status.is);
  const became = async (wanted: string) => {
    for (;;) {
      if ((await statuses())[0] === wanted) return;
      await discord.slash('briefdesk');
    }
  };
  discord.dispatch('GUILD_DELETE', { id: '1' });
  await became('paused');
  discord.dispatch('GUILD_CREATE', discord.state.guilds.get('1')!);
  await became('active');
  discord.dispatch('GUILD_DELETE', { id: '1', unavailable: true });
  await discord.slash('briefdesk');
  expect(await statuses()).toEqual(['active']);
});
