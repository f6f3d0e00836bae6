import { afterEach, describe, expect, test } from 'vitest';
import { deliveryKey } from '../../src/briefings/deliver.ts';
import { resumeAt } from '../../src/briefings/resume.ts';
import type { Subscription } from '../../src/briefings/subscription.ts';
import { aQuestionFile } from '../support/bot.ts';
import { type BriefedBot, openBriefedBot, PLATFORM } from '../support/briefed-bot.ts';

const HOUR = 3_600_000;
const open: BriefedBot[] = [];
async function briefed(options: Parameters<typeof openBriefedBot>[0] = {}): Promise<BriefedBot> {
  const bot = await openBriefedBot({ persons: { 'ada-quill': { name: 'Ada Quill' } }, questions: [aQuestionFile()], ...options });
  open.push(bot);
  return bot;
}
afterEach(async () => {
  for (const bot of open.splice(0)) await bot.close();
});

const ledger = async (bot: BriefedBot, id: string) =>
  (await bot.bot.briefings.ledger(id, 100)).reverse().map(({ slot, state, reason, late }) => ({ slot, state, reason, late }));
const states = async (bot: BriefedBot, id: string) => (await ledger(bot, id)).map(({ state }) => state);
const now = async (bot: BriefedBot, id: string): Promise<Subscription> => (await bot.bot.briefings.get(id))!;

describe('when', () => {
  test('a briefing comes at its time, once, however often the clock ticks', async () => {
    const bot = await briefed();
    await bot.subscribe({ id: 'a' });
    await bot.tickAt('2026-11-26T07:59:59Z');
    expect(bot.courier.received).toEqual([]);
    for (let tick = 0; tick < 5; tick++) await bot.tickAt(`2026-11-26T08:00:0${tick}Z`);
    expect(bot.courier.received.map(({ at }) => new Date(at).toISOString())).toEqual(['2026-11-26T08:00:00.000Z']);
    expect(await ledger(bot, 'a')).toEqual([{ slot: '2026-11-26T08:00+00:00', state: 'sent', reason: undefined, late: false }]);
  });

  test('a slot missed within six hours comes once, marked late; the ones before are skipped with the reason', async () => {
    const bot = await briefed();
    await bot.subscribe({ id: 'a', schedule: { cron: '0 8,10 * * *', timeZone: 'UTC' } });
    await bot.tickAt('2026-11-28T13:00:00Z');
    expect(await ledger(bot, 'a')).toMatchObject([
      { slot: '2026-11-26T08:00+00:00', state: 'skipped', reason: expect.stringContaining('only the last 6 hours') },
      { slot: '2026-11-26T10:00+00:00', state: 'skipped' },
      { slot: '2026-11-27T08:00+00:00', state: 'skipped' },
      { slot: '2026-11-27T10:00+00:00', state: 'skipped' },
      { slot: '2026-11-28T08:00+00:00', state: 'skipped', reason: expect.stringContaining('the next slot was sent instead') },
      { slot: '2026-11-28T10:00+00:00', state: 'sent', late: true },
    ]);
    expect(bot.readIn('a')).toEqual([expect.stringContaining('Saturday, November 28, 10:00 UTC · late')]);
    expect((await now(bot, 'a')).next?.slot).toBe('2026-11-29T08:00+00:00');
  });

  test('a slot missed by more than six hours is skipped, and the next one comes', async () => {
    const bot = await briefed();
    await bot.subscribe({ id: 'a' });
    await bot.tickAt('2026-11-26T14:00:01Z');
    expect(await states(bot, 'a')).toEqual(['skipped']);
    await bot.tickAt('2026-11-27T08:00:00Z');
    expect(await states(bot, 'a')).toEqual(['skipped', 'sent']);
  });

  test('a slot that was planned before the bot went away is held to the same rule', async () => {
    const bot = await briefed({ perSecond: 1 });
    for (const id of ['a', 'b', 'c']) await bot.subscribe({ id });
    await bot.tickAt('2026-11-26T08:00:00Z');
    bot.restart();
    await bot.tickAt('2026-11-26T13:00:00Z');
    bot.restart();
    await bot.tickAt('2026-11-26T18:00:00Z');
    expect([await ledger(bot, 'a'), await ledger(bot, 'b'), await ledger(bot, 'c')].flat()).toMatchObject([
      { state: 'sent', late: false },
      { state: 'sent', late: true },
      { state: 'skipped', reason: expect.stringContaining('only the last 6 hours') },
    ]);
  });

  test('an absence of years is recorded by its newest slots, and planning goes on', async () => {
    const bot = await briefed();
    await bot.subscribe({ id: 'a', schedule: { cron: '0 * * * *', timeZone: 'UTC' } });
    await bot.tickAt('2029-11-26T08:00:00Z');
    const slots = await ledger(bot, 'a');
    expect(slots).toHaveLength(50);
    expect(slots[0]?.reason).toContain('like all before it');
    expect(slots.at(-1)).toMatchObject({ slot: '2029-11-26T08:00+00:00', state: 'sent', late: false });
  });

  test('a clock that jumps ahead is an absence, and one that goes back sends nothing twice', async () => {
    const bot = await briefed();
    await bot.subscribe({ id: 'a', schedule: { cron: '0 * * * *', timeZone: 'UTC' } });
    await bot.tickAt('2026-11-25T13:00:00Z');
    await bot.tickAt('2026-11-25T16:30:00Z');
    expect(await states(bot, 'a')).toEqual(['sent', 'skipped', 'skipped', 'sent']);
    await bot.tickUntil('2026-11-25T16:30:10Z');
    await bot.tickAt('2026-11-25T13:59:00Z');
    await bot.tickUntil('2026-11-25T16:59:59Z', 60_000);
    expect(bot.courier.received).toHaveLength(2);
    await bot.tickAt('2026-11-25T17:00:00Z');
    expect(bot.courier.received).toHaveLength(3);
  });

  test('after the clock went back, what is due by it is sent at once, not when the old time is reached', async () => {
    const bot = await briefed({ perSecond: 1 });
    await bot.tickAt('2026-11-26T09:00:00Z');
    bot.clock.set('2026-11-26T07:00:00Z');
    await bot.subscribe({ id: 'a' });
    await bot.tickAt('2026-11-26T08:00:00Z');
    expect(bot.courier.received).toHaveLength(1);
  });

  test('what waits for another try when the clock goes back comes once, by the time that the clock then tells', async () => {
    const bot = await briefed();
    await bot.subscribe({ id: 'a' });
    bot.courier.behave = (_, tries) => (tries === 1 ? 'time out' : 'accept');
    await bot.tickAt('2026-11-26T08:00:00Z');
    await bot.tickAt('2026-11-26T05:00:00Z');
    expect(bot.courier.received).toEqual([]);
    await bot.tickUntil('2026-11-26T08:10:00Z', 60_000);
    expect(bot.courier.received.map(({ at }) => new Date(at).toISOString())).toEqual(['2026-11-26T08:01:00.000Z']);
    expect(await states(bot, 'a')).toEqual(['sent']);
  });

  test('a message that is on its way when the clock jumps ahead is not sent again', async () => {
    const bot = await briefed();
    await bot.subscribe({ id: 'a' });
    bot.courier.behave = () => ({ slow: 10 * HOUR });
    await bot.startAt('2026-11-26T08:00:00Z');
    bot.courier.behave = () => 'accept';
    bot.clock.advance(3 * HOUR);
    await bot.engine.tick();
    bot.clock.advance(8 * HOUR);
    await bot.engine.idle();
    await bot.tickAt('2026-11-26T20:00:00Z');
    expect(bot.courier.received).toHaveLength(1);
    expect(await states(bot, 'a')).toEqual(['sent']);
  });

  test('a time zone that is known no more pauses the briefing and tells its owner once; the others go on', async () => {
    const bot = await briefed();
    const next = { slot: '2026-11-26T08:00-00:42', at: Date.parse('2026-11-26T08:00:00Z') };
    await bot.subscribe({ id: 'a', schedule: { cron: '0 8 * * *', timeZone: 'Mars/Olympus' }, next });
    await bot.subscribe({ id: 'b' });
    await bot.tickUntil('2026-11-26T08:00:03Z', 4 * HOUR);
    await bot.tickUntil('2026-11-26T08:00:06Z');
    expect((await now(bot, 'a')).status).toMatchObject({ is: 'paused', by: 'schedule' });
    expect(bot.courier.told.map(({ words }) => words)).toEqual([expect.stringContaining('time zone Mars/Olympus is not known')]);
    expect(bot.readIn('b')).toHaveLength(1);
  });

  test('a paused briefing is silent, and one that is resumed goes on from its next slot', async () => {
    const bot = await briefed();
    const subscription = await bot.subscribe({ id: 'a' });
    await bot.bot.briefings.update({ ...subscription, status: { is: 'paused', because: 'by Olga', by: 'caller' } });
    await bot.tickAt('2026-11-26T08:00:00Z');
    await bot.tickAt('2026-11-26T09:00:00Z');
    expect(await ledger(bot, 'a')).toEqual([]);
    expect(
      await resumeAt(
        { platform: PLATFORM, workspace: 'w', channel: 'a' },
        { briefings: bot.bot.briefings, now: bot.clock.now() },
      ),
    ).toEqual([]);
  });

  test('what was planned when it was paused is recorded as skipped', async () => {
    const bot = await briefed();
    await bot.subscribe({ id: 'a' });
    bot.courier.behave = () => ({ rateLimit: 60 });
    await bot.tickAt('2026-11-26T08:00:00Z');
    await bot.bot.briefings.update({ ...(await now(bot, 'a')), status: { is: 'paused', because: 'by Olga', by: 'caller' } });
    bot.courier.behave = () => 'accept';
    await bot.tickAt('2026-11-26T08:02:00Z');
    expect(await ledger(bot, 'a')).toMatchObject([{ state: 'skipped', reason: 'paused: by Olga' }]);
    expect(bot.courier.received).toEqual([]);
  });
});

describe('how it is delivered', () => {
  test('a refused briefing pauses, its owner is told once, and it goes on when the bot is invited back', async () => {
    const bot = await briefed();
    await bot.subscribe({ id: 'a', schedule: { cron: '0 * * * *', timeZone: 'UTC' } });
    bot.courier.behave = () => ({ refuse: 'the channel is archived' });
    await bot.tickUntil('2026-11-25T16:00:00Z', HOUR / 2);
    expect(await states(bot, 'a')).toEqual(['refused']);
    expect(bot.courier.told).toEqual([
      {
        owner: 'owner',
        words:
          'The briefings of #a are paused: the channel is archived. They go on when the bot is invited back, or with /briefings resume.',
      },
    ]);
    bot.courier.behave = () => 'accept';
    const place = { platform: PLATFORM, workspace: 'w' };
    const context = { briefings: bot.bot.briefings, now: bot.clock.now() };
    expect(await resumeAt({ ...place, channel: 'elsewhere' }, context)).toEqual([]);
    expect(await resumeAt({ ...place, channel: 'a' }, context)).toMatchObject([{ id: 'a', status: { is: 'active' } }]);
    await bot.tickAt('2026-11-25T17:00:00Z');
    expect(await states(bot, 'a')).toEqual(['refused', 'sent']);
    expect(bot.courier.told).toHaveLength(1);
  });

  test('a workspace that comes back brings all of its briefings back', async () => {
    const bot = await briefed();
    for (const id of ['a', 'b']) await bot.subscribe({ id });
    expect(await bot.bot.briefings.pauseWorkspace(PLATFORM, 'w', 'the bot was removed')).toBe(2);
    await bot.tickAt('2026-11-26T08:00:00Z');
    await resumeAt({ platform: PLATFORM, workspace: 'w' }, { briefings: bot.bot.briefings, now: bot.clock.now() });
    await bot.tickAt('2026-11-27T08:00:00Z');
    expect(bot.courier.received.map(({ destination }) => destination.channel).sort()).toEqual(['a', 'b']);
  });

  test.each(['accept and time out', 'fail after writing'] as const)(
    'a message whose sending ended unclear is looked for first and not sent again (%s)',
    async (behaviour) => {
      const bot = await briefed();
      await bot.subscribe({ id: 'a' });
      bot.courier.behave = () => behaviour;
      await bot.tickAt('2026-11-26T08:00:00Z');
      await bot.tickUntil('2026-11-26T08:02:00Z', 10_000);
      expect(bot.courier.received).toHaveLength(1);
      expect(await states(bot, 'a')).toEqual(['sent']);
    },
  );

  test.each(['time out', 'fail before writing'] as const)('one that never arrived is sent again (%s)', async (behaviour) => {
    const bot = await briefed();
    await bot.subscribe({ id: 'a' });
    bot.courier.behave = (_, tries) => (tries < 3 ? behaviour : 'accept');
    await bot.tickAt('2026-11-26T08:00:00Z');
    await bot.tickUntil('2026-11-26T08:02:00Z', 5000);
    expect(bot.courier.received).toHaveLength(1);
    expect(await ledger(bot, 'a')).toMatchObject([{ state: 'sent', late: false }]);
    expect(bot.courier.finds).toBe(2);
  });

  test('where the channel cannot be asked, nothing is sent again: the ledger says unclear and the owner is told', async () => {
    const bot = await briefed();
    await bot.subscribe({ id: 'a' });
    bot.courier.canFind = false;
    bot.courier.behave = () => 'time out';
    await bot.tickUntil('2026-11-26T09:00:00Z', 60_000);
    expect(await ledger(bot, 'a')).toMatchObject([
      { state: 'unclear', reason: expect.stringContaining('the history may not be read') },
    ]);
    expect(bot.courier.told).toMatchObject([{ words: expect.stringContaining('may not have arrived') }]);
    expect(bot.courier.received).toEqual([]);
  });

  test('tries come twice as late each time, up to ten minutes, and as late as the platform asks', async () => {
    const bot = await briefed();
    await bot.subscribe({ id: 'a' });
    const tries: number[] = [];
    bot.courier.behave = () => {
      tries.push((bot.clock.now().getTime() - Date.parse('2026-11-26T08:00:00Z')) / 1000);
      return tries.length === 3 ? { rateLimit: 100 } : 'fail before writing';
    };
    await bot.tickUntil('2026-11-26T08:00:00Z', 4 * HOUR);
    await bot.tickUntil('2026-11-26T08:40:00Z');
    expect(tries).toEqual([0, 5, 15, 115, 155, 235, 395, 715, 1315, 1915]);
  });

  test('waiting times differ by a fifth, so that many do not come back at once', async () => {
    const bot = await briefed();
    await bot.subscribe({ id: 'a' });
    bot.courier.behave = () => 'fail before writing';
    const waits = [];
    for (const share of [0, 0.5, 1]) {
      bot.random = () => share;
      await bot.bot.briefings.planNow(await now(bot, 'a'), { slot: `now-${share}`, at: bot.clock.now().getTime(), state: 'due' });
      await bot.tickAt(bot.clock.now().getTime() + 1);
      waits.push((await bot.bot.briefings.delivery('a', `now-${share}`))!.notBefore - bot.clock.now().getTime());
      await bot.bot.briefings.record({ ...(await bot.bot.briefings.delivery('a', `now-${share}`))!, state: 'failed' });
    }
    expect(waits).toEqual([4000, 5000, 6000]);
  });

  test('after six hours of tries it is given up, and the owner is told', async () => {
    const bot = await briefed();
    await bot.subscribe({ id: 'a' });
    bot.courier.behave = () => 'fail before writing';
    await bot.tickUntil('2026-11-26T15:00:00Z', 60_000);
    expect(await ledger(bot, 'a')).toMatchObject([
      { state: 'failed', reason: expect.stringMatching(/given up after \d\d tries, .*503/) },
    ]);
    expect(bot.courier.told).toHaveLength(1);
    bot.courier.behave = () => 'accept';
    await bot.tickAt('2026-11-27T08:00:00Z');
    expect(bot.readIn('a')).toEqual([expect.stringContaining('Will the new tariffs hold?')]);
  });

  test('a slow and a broken destination delay nobody else', async () => {
    const bot = await briefed({ perSecond: 5 });
    for (let n = 0; n < 40; n++) {
      const workspace = n < 30 ? 'broken' : 'well';
      await bot.subscribe({
        id: `${workspace}${n}`,
        destination: { platform: PLATFORM, workspace, channel: `${workspace}${n}` },
      });
    }
    bot.courier.behave = ({ destination: { workspace, channel } }) => {
      if (workspace === 'well') return 'accept';
      return channel.endsWith('0') ? { slow: 24 * HOUR } : 'time out';
    };
    for (let second = 0; second < 3; second++) await bot.startAt(Date.parse('2026-11-26T08:00:00Z') + second * 1000);
    expect(bot.courier.received.map(({ destination }) => destination.workspace)).toEqual(Array(10).fill('well'));
    bot.clock.advance(24 * HOUR);
    await bot.engine.idle();
  });

  test('a workspace that asks for patience gets it, and another one is served meanwhile', async () => {
    const bot = await briefed({ perSecond: 1 });
    for (const [id, workspace] of [
      ['a', 'full'],
      ['b', 'full'],
      ['c', 'free'],
      ['d', 'free'],
    ] as const)
      await bot.subscribe({ id, destination: { platform: PLATFORM, workspace, channel: id } });
    bot.courier.behave = ({ destination }, tries) =>
      destination.workspace === 'full' && tries === 1 ? { rateLimit: 30 } : 'accept';
    await bot.tickAt('2026-11-26T08:00:00Z');
    await bot.tickUntil('2026-11-26T08:00:29Z');
    expect(bot.courier.received.map(({ destination }) => destination.channel)).toEqual(['c', 'd']);
    await bot.tickUntil('2026-11-26T08:02:00Z');
    expect(bot.courier.received.map(({ destination }) => destination.channel)).toEqual(['c', 'd', 'a', 'b']);
  });

  test('each workspace gets so many a second, each channel one, and all together what the platform takes', async () => {
    const bot = await briefed({ perSecond: 2, perSecondInAll: 3 });
    for (let n = 0; n < 12; n++)
      await bot.subscribe({
        id: `s${n}`,
        destination: { platform: PLATFORM, workspace: `w${n % 3}`, channel: n === 11 || n === 8 ? 'same' : `c${n}` },
      });
    await bot.tickAt('2026-11-26T08:00:00Z');
    await bot.tickUntil('2026-11-26T08:00:10Z');
    const seconds = new Map<number, number>();
    for (const { at } of bot.courier.received) seconds.set(at, (seconds.get(at) ?? 0) + 1);
    expect([...seconds.values()].reduce((sum, count) => sum + count)).toBe(12);
    expect(Math.max(...seconds.values())).toBe(3);
    expect(seconds.size).toBeLessThanOrEqual(5);
    const same = bot.courier.received.filter(({ destination }) => destination.channel === 'same');
    expect(new Set(same.map(({ at }) => at)).size).toBe(2);
  });

  test('a slot waits until the one before it is done, so that nothing is briefed twice', async () => {
    const bot = await briefed();
    await bot.subscribe({ id: 'a', schedule: { cron: '0 * * * *', timeZone: 'UTC' } });
    bot.courier.behave = ({ message }) =>
      message.title.includes('13:00') && bot.clock.now() < new Date('2026-11-25T14:30Z') ? 'fail before writing' : 'accept';
    await bot.tickUntil('2026-11-25T15:30:00Z', 60_000);
    expect(bot.courier.received.map(({ message }) => message.title.replace(/.*25, /, ''))).toEqual([
      '13:00 UTC',
      '14:00 UTC',
      '15:00 UTC',
    ]);
    expect(bot.readIn('a').filter((words) => words.includes('Will the new tariffs hold?'))).toHaveLength(1);
  });

  test('removed while its message is on its way: it may still arrive, and nothing comes after', async () => {
    const bot = await briefed();
    await bot.subscribe({ id: 'a' });
    bot.courier.behave = () => ({ slow: 5000 });
    await bot.startAt('2026-11-26T08:00:00Z');
    await bot.bot.briefings.remove('a');
    bot.clock.advance(6000);
    await bot.engine.idle();
    await bot.tickUntil('2026-12-03T09:00:00Z', HOUR);
    expect(bot.courier.received).toHaveLength(1);
    expect(await states(bot, 'a')).toEqual(['sent']);
    expect(await bot.bot.briefings.at({ platform: PLATFORM, workspace: 'w', channel: 'a' })).toEqual([]);
  });

  test('removed before it is tried again: it is not sent', async () => {
    const bot = await briefed();
    await bot.subscribe({ id: 'a' });
    bot.courier.behave = (_, tries) => (tries === 1 ? 'time out' : 'accept');
    await bot.tickAt('2026-11-26T08:00:00Z');
    await bot.bot.briefings.remove('a');
    await bot.tickUntil('2026-11-26T08:10:00Z', 10_000);
    expect(bot.courier.received).toEqual([]);
    expect(await ledger(bot, 'a')).toMatchObject([{ state: 'skipped', reason: 'the briefing was removed' }]);
  });

  test('edited while its message is on its way: that one arrives as it was, the next one as it is', async () => {
    const bot = await briefed();
    await bot.subscribe({ id: 'a' });
    bot.courier.behave = () => ({ slow: 5000 });
    await bot.startAt('2026-11-26T08:00:00Z');
    const subscription = await now(bot, 'a');
    expect(
      await bot.bot.briefings.update({
        ...subscription,
        schedule: { cron: '0 9 * * *', timeZone: 'UTC' },
        next: { slot: '2026-11-27T09:00+00:00', at: Date.parse('2026-11-27T09:00Z') },
      }),
    ).toBe(true);
    bot.clock.advance(6000);
    await bot.engine.idle();
    bot.courier.behave = () => 'accept';
    await bot.tickUntil('2026-11-27T10:00:00Z', HOUR);
    expect((await ledger(bot, 'a')).map(({ slot, state }) => [slot, state])).toEqual([
      ['2026-11-26T08:00+00:00', 'sent'],
      ['2026-11-27T09:00+00:00', 'sent'],
    ]);
  });

  test('edited between two processes reading it, it is planned by neither from what they read', async () => {
    const bot = await briefed();
    const read = await bot.subscribe({ id: 'a' });
    await bot.bot.briefings.update({ ...read, next: { slot: '2026-11-26T10:00+00:00', at: Date.parse('2026-11-26T10:00Z') } });
    await bot.bot.briefings.plan([
      { subscription: read, slots: [{ slot: read.next!.slot, at: read.next!.at, state: 'due' }], next: undefined },
    ]);
    expect(await ledger(bot, 'a')).toEqual([]);
    expect((await now(bot, 'a')).next?.slot).toBe('2026-11-26T10:00+00:00');
  });

  test('a process that dies after claiming or sending is followed by another that asks first', async () => {
    const bot = await briefed();
    await bot.subscribe({ id: 'a' });
    await bot.subscribe({ id: 'b' });
    bot.courier.behave = ({ destination }) => ({ slow: destination.channel === 'a' ? 10 : Number.POSITIVE_INFINITY });
    await bot.startAt('2026-11-26T08:00:00Z');
    const slot = { subscription: 'b', slot: '2026-11-26T08:00+00:00' };
    const message = { title: '', blocks: [] };
    const destination = { platform: PLATFORM, workspace: 'w', channel: 'b' };
    bot.courier.received.push({ destination, message, key: deliveryKey(slot), id: 'arrived', at: 0 });
    bot.restart();
    bot.courier.behave = () => 'accept';
    await bot.tickAt('2026-11-26T08:01:59Z');
    expect(bot.courier.finds).toBe(0);
    await bot.tickAt('2026-11-26T08:02:01Z');
    expect(await bot.bot.briefings.delivery('b', '2026-11-26T08:00+00:00')).toMatchObject({
      state: 'sent',
      externalId: 'arrived',
    });
  });
});
