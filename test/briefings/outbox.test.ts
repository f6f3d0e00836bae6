import { afterEach, describe, expect, test } from 'vitest';
import { composeDigest } from '../../src/briefings/digest.ts';
import { resumeAt } from '../../src/briefings/resume.ts';
import type { Delivery, Subscription } from '../../src/briefings/subscription.ts';
import type { BriefingStore, ToClaim } from '../../src/store/briefings.ts';
import { aQuestionFile, aResponseFile } from '../support/bot.ts';
import { type BriefedBot, openBriefedBot, PLATFORM } from '../support/briefed-bot.ts';

const NOW = Date.parse('2026-11-26T08:00:00Z');
const MINUTE = 60_000;
const LEASE = 2 * MINUTE;
const open: BriefedBot[] = [];
afterEach(async () => {
  for (const bot of open.splice(0)) await bot.close();
});

interface Desk {
  bot: BriefedBot;
  outbox: BriefingStore;
  /** What a process takes of what may be tried. */
  claim(by: string, now: number, request?: Partial<ToClaim>): Promise<Awaited<ReturnType<BriefingStore['claim']>>>;
  /** Adds a subscription with slots that are due, and plans them. */
  plan(id: string, slots: readonly number[], destination?: Partial<Subscription['destination']>): Promise<Subscription>;
  row(id: string, at: number): Promise<Delivery>;
}

const slotAt = (at: number) => new Date(at).toISOString();

async function desk(): Promise<Desk> {
  const bot = await openBriefedBot({ persons: { 'ada-quill': { name: 'Ada Quill' } }, questions: [aQuestionFile()] });
  open.push(bot);
  const outbox = bot.bot.briefings;
  return {
    bot,
    outbox,
    async claim(by, now, request = {}) {
      const asked = { now, platform: PLATFORM, each: 100, inAll: 100, without: [], ...request };
      return outbox.claim(await outbox.claimable(asked), { now, by, leaseMs: LEASE });
    },
    async plan(id, slots, destination = {}) {
      const [first = NOW] = slots;
      const subscription = await bot.subscribe({
        id,
        destination: { platform: PLATFORM, workspace: 'w', channel: id, ...destination },
        next: { slot: slotAt(first), at: first },
      });
      const due = slots.map((at) => ({ slot: slotAt(at), at, state: 'due' as const }));
      await outbox.plan([{ subscription, slots: due, next: { slot: 'later', at: NOW + 1e9 } }]);
      return subscription;
    },
    async row(id, at) {
      return (await outbox.delivery(id, slotAt(at)))!;
    },
  };
}
const keys = (claimed: Awaited<ReturnType<BriefingStore['claim']>>) =>
  claimed.map(({ delivery: { subscription, slot } }) => `${subscription} ${slot.slice(11, 16)}`);

describe('planning', () => {
  test('a slot that two processes plan from what both have read is there once', async () => {
    const { bot, outbox, plan } = await desk();
    const read = await plan('a', [NOW]);
    const again = { subscription: read, slots: [{ slot: slotAt(NOW), at: NOW, state: 'due' as const }], next: undefined };
    await outbox.plan([again, again]);
    expect((await outbox.ledger('a', 10)).map(({ slot }) => slot)).toEqual([slotAt(NOW)]);
    expect((await bot.bot.briefings.get('a'))?.next?.slot).toBe('later');
  });

  test('one of several that was changed meanwhile is left alone, and the others are planned', async () => {
    const { bot, outbox } = await desk();
    const next = { slot: slotAt(NOW), at: NOW };
    const [a, b] = [await bot.subscribe({ id: 'a', next }), await bot.subscribe({ id: 'b', next })];
    await outbox.update({ ...a, max: 1 });
    const slots = [{ slot: slotAt(NOW), at: NOW, state: 'due' as const }];
    await outbox.plan([a, b].map((subscription) => ({ subscription, slots, next: undefined })));
    expect([await outbox.ledger('a', 10), await outbox.ledger('b', 10)].map(({ length }) => length)).toEqual([0, 1]);
  });
});

describe('claiming', () => {
  test('of two processes that found the same deliveries each one gets some, and nobody a second time', async () => {
    const { outbox, plan, claim } = await desk();
    for (const id of ['a', 'b', 'c']) await plan(id, [NOW]);
    const request = { now: NOW, platform: PLATFORM, each: 100, inAll: 100, without: [] };
    const [one, two] = [await outbox.claimable(request), await outbox.claimable(request)];
    const first = await outbox.claim(one.slice(0, 2), { now: NOW, by: 'one', leaseMs: LEASE });
    const second = await outbox.claim(two, { now: NOW, by: 'two', leaseMs: LEASE });
    expect([keys(first), keys(second)]).toEqual([['a 08:00', 'b 08:00'], ['c 08:00']]);
    expect(await claim('three', NOW + 1)).toEqual([]);
  });

  test('attempts are counted when it is claimed, whatever becomes of the process', async () => {
    const { plan, claim, row } = await desk();
    await plan('a', [NOW]);
    for (const attempt of [1, 2, 3]) {
      const [claimed] = await claim('a process that dies', NOW + attempt * LEASE);
      expect([claimed?.delivery.attempts, (await row('a', NOW)).attempts]).toEqual([attempt, attempt]);
    }
  });

  test('a lease holds until it is over and not a moment longer', async () => {
    const { plan, claim } = await desk();
    await plan('a', [NOW]);
    await claim('one', NOW);
    expect(await claim('two', NOW + LEASE - 1)).toEqual([]);
    expect(keys(await claim('two', NOW + LEASE))).toEqual(['a 08:00']);
  });

  test('whoever is about to send has the lease anew, unless another has taken it', async () => {
    const { outbox, plan, claim } = await desk();
    await plan('a', [NOW]);
    const [claimed] = await claim('one', NOW);
    const { delivery } = claimed!;
    expect(await outbox.sending(delivery, { by: 'one', now: NOW + MINUTE, leaseMs: LEASE })).toBe(true);
    expect(await claim('two', NOW + MINUTE + LEASE - 1)).toEqual([]);
    expect(await claim('two', NOW + MINUTE + LEASE)).toHaveLength(1);
    expect(await outbox.sending(delivery, { by: 'one', now: NOW + 4 * MINUTE, leaseMs: LEASE })).toBe(false);
  });

  test('a process that has lost it to itself, after a restart under the same name, sends nothing from before', async () => {
    const { outbox, plan, claim } = await desk();
    await plan('a', [NOW]);
    const [before] = await claim('one', NOW);
    await claim('one', NOW + LEASE);
    expect(await outbox.sending(before!.delivery, { by: 'one', now: NOW + LEASE, leaseMs: LEASE })).toBe(false);
  });

  test('what may be on its way stays marked so while it is claimed again and again; what was only claimed does not', async () => {
    const { outbox, plan, claim, row } = await desk();
    await plan('a', [NOW]);
    await plan('b', [NOW]);
    const [first] = await claim('one', NOW);
    await outbox.sending(first!.delivery, { by: 'one', now: NOW, leaseMs: LEASE });
    for (const attempt of [1, 2]) {
      const claimed = await claim('a process that dies', NOW + attempt * LEASE);
      expect(claimed.map(({ wasSending }) => wasSending)).toEqual([true, false]);
      expect([(await row('a', NOW)).state, (await row('b', NOW)).state]).toEqual(['sending', 'claimed']);
    }
  });

  test('one that waits for another try is claimed only then, also by whoever found it before', async () => {
    const { outbox, plan, claim } = await desk();
    await plan('a', [NOW]);
    const found = await outbox.claimable({ now: NOW, platform: PLATFORM, each: 1, inAll: 1, without: [] });
    const [claimed] = await claim('one', NOW);
    await outbox.record({ ...claimed!.delivery, state: 'due', notBefore: NOW + 30_000, reason: 'retried because it was busy' });
    expect(await outbox.claim(found, { now: NOW + 1, by: 'two', leaseMs: LEASE })).toEqual([]);
    expect(await claim('two', NOW + 29_999)).toEqual([]);
    await plan('b', [NOW + 10_000]);
    expect(keys(await claim('two', NOW + 29_999, { each: 1 }))).toEqual(['b 08:00']);
    expect(keys(await claim('two', NOW + 30_000))).toEqual(['a 08:00']);
  });

  test('of a subscription the oldest slot comes first and alone, of a channel one at a time, the longest due first', async () => {
    const { outbox, plan, claim } = await desk();
    await plan('a', [NOW - MINUTE, NOW]);
    await plan('b', [NOW - 2 * MINUTE], { channel: 'shared' });
    await plan('c', [NOW - 3 * MINUTE], { channel: 'shared' });
    expect(keys(await claim('one', NOW))).toEqual(['c 07:57', 'a 07:59']);
    const [waiting] = await claim('two', NOW);
    expect(waiting?.delivery.subscription).toBe('b');
    expect(await claim('two', NOW)).toEqual([]);
    await outbox.record({ ...(await outbox.delivery('a', slotAt(NOW - MINUTE)))!, state: 'sent' });
    expect(keys(await claim('two', NOW))).toEqual(['a 08:00']);
  });

  test('a slot that was asked for at the same moment waits for the other, so that nothing is briefed twice', async () => {
    const { outbox, plan, claim } = await desk();
    const subscription = await plan('a', [NOW]);
    await outbox.planNow(subscription, { slot: 'now-x', at: NOW, state: 'due' });
    expect(await claim('one', NOW)).toHaveLength(1);
    expect(await claim('two', NOW)).toEqual([]);
  });

  test('each workspace gets its share, none is asked for more than all together take, and some are left out', async () => {
    const { plan, claim } = await desk();
    for (const workspace of ['u', 'v', 'w'])
      for (const n of [1, 2, 3]) await plan(`${workspace}${n}`, [NOW - n * MINUTE], { workspace });
    const claimed = async (request: Partial<ToClaim>) => keys(await claim('one', NOW, request)).map((key) => key.slice(0, 2));
    expect(await claimed({ each: 2, inAll: 3 })).toEqual(['u3', 'u2', 'v3']);
    expect(await claimed({ each: 1, without: ['u'] })).toEqual(['w3', 'v2']);
    expect(await claimed({ platform: 'another' })).toEqual([]);
  });
});

describe('recording', () => {
  test('a late word of an earlier try changes nothing', async () => {
    const { outbox, plan, claim, row } = await desk();
    await plan('a', [NOW]);
    const [early] = await claim('one', NOW);
    const [late] = await claim('two', NOW + LEASE);
    await outbox.recordDigest({ ...late!.delivery, state: 'sent', externalId: 'm2', sentAt: NOW + LEASE });
    await outbox.record({ ...early!.delivery, state: 'refused', reason: 'too late' });
    expect(await row('a', NOW)).toMatchObject({ state: 'sent', externalId: 'm2' });
    await outbox.recordDigest({ ...early!.delivery, state: 'sent', externalId: 'm1' });
    expect(await row('a', NOW)).toMatchObject({ externalId: 'm2' });
  });

  test('each outcome is kept as it was told, and what is done is not claimed again', async () => {
    const { outbox, plan, claim, row } = await desk();
    const states = ['sent', 'nothing', 'skipped', 'unclear', 'refused', 'failed'] as const;
    for (const state of states) await plan(state, [NOW]);
    for (const { delivery } of await claim('one', NOW)) {
      const state = states.find((one) => one === delivery.subscription)!;
      await outbox.record({ ...delivery, state, reason: `because of ${state}` });
    }
    for (const state of states) expect(await row(state, NOW)).toMatchObject({ state, reason: `because of ${state}` });
    expect(await claim('two', NOW + 10 * LEASE)).toEqual([]);
  });

  test('what the channel knows, and which message shows what, is kept in the same step', async () => {
    const { bot, outbox, plan, claim } = await desk();
    const subscription = await plan('a', [NOW]);
    const [claimed] = await claim('one', NOW);
    const digest = await composeDigest(subscription, NOW, { ...bot.bot, log: () => {}, now: new Date(NOW) });
    expect(digest.shown).toEqual(['digest/2026-05-04/tariffs']);
    await outbox.recordDigest({ ...claimed!.delivery, digest, state: 'sent', externalId: 'm1' });
    const after = (await outbox.get('a'))!;
    expect(after.knownUpTo).toBe(digest.knownUpTo);
    expect(await outbox.arrived(after, 0)).toEqual([]);
    expect(await outbox.stalePosts(10)).toEqual([]);
    await bot.write({ 'real/digest-2026-05-04-tariffs.yaml': undefined });
    expect(await outbox.stalePosts(10)).toMatchObject([{ subscription: 'a', slot: slotAt(NOW) }]);
    await outbox.remove('a');
    expect(await outbox.stalePosts(10)).toHaveLength(1);
  });
});

describe('corrections', () => {
  const path = (slug: string) => `real/digest-2026-05-0${slug}.yaml`;
  const about = (slug: string, says: string) =>
    aQuestionFile({
      id: `digest/2026-05-0${slug}`,
      date: `2026-05-0${slug[0]}`,
      headline: slug,
      responses: [aResponseFile({ paragraphs: [says], corrections: [{ on: '2026-11-26', what: says }] })],
    });

  /** One message that shows two questions, each as it was then. */
  async function posted() {
    const it = await desk();
    await it.bot.write({
      'real/digest-2026-05-04-tariffs.yaml': undefined,
      [path('4-one')]: about('4/one', 'Yes.'),
      [path('5-two')]: about('5/two', 'No.'),
    });
    const subscription = await it.plan('a', [NOW]);
    await it.outbox.update({ ...subscription, max: 3 });
    await it.bot.bot.briefings.recordDigest({
      ...(await it.claim('one', NOW))[0]!.delivery,
      digest: await composeDigest({ ...subscription, knownUpTo: 0 }, NOW, { ...it.bot.bot, log: () => {}, now: new Date(NOW) }),
      state: 'sent',
      externalId: 'm1',
    });
    return it;
  }
  const edits = async ({ outbox }: Desk) => (await outbox.ledger('a', 20)).filter(({ corrects }) => corrects !== undefined);

  test('are rows of the outbox like any other: claimed with a lease, their attempts counted', async () => {
    const it = await posted();
    await it.bot.write({ [path('4-one')]: about('4/one', 'Yes, but.') });
    await it.bot.startAt(NOW + MINUTE);
    expect(await edits(it)).toMatchObject([{ corrects: slotAt(NOW), state: 'sent', attempts: 1 }]);
  });

  test('of a message that two processes saw at different moments none is lost', async () => {
    const it = await posted();
    const { bot, outbox } = it;
    await bot.write({ [path('4-one')]: about('4/one', 'Yes, but.') });
    const one = await outbox.stalePosts(10);
    await bot.write({ [path('5-two')]: about('5/two', 'No, and.') });
    const two = (await outbox.stalePosts(10)).sort((a, b) => b.questionId.localeCompare(a.questionId));
    expect([one.length, two.length]).toEqual([1, 2]);
    const stand = await Promise.all(two.map(async (post) => ({ ...post, hash: (await outbox.questionHash(post.questionId))! })));
    expect(await outbox.planCorrection(one, stand, { slot: 'of one', at: NOW })).toBe(true);
    expect(await outbox.planCorrection(two, stand, { slot: 'of two', at: NOW })).toBe(true);
    expect(await outbox.planCorrection(two, stand, { slot: 'too late', at: NOW })).toBe(false);
    expect((await edits(it)).map(({ slot }) => slot).sort()).toEqual(['of one', 'of two']);
  });

  test('of one message are made one after the other, so that the last word stands', async () => {
    const it = await posted();
    await it.bot.write({ [path('4-one')]: about('4/one', 'Yes, but.') });
    it.bot.courier.behaveOnEdit = () => ({ slow: 30_000 });
    await it.bot.startAt(NOW + MINUTE);
    await it.bot.write({ [path('4-one')]: about('4/one', 'Never mind.') });
    it.bot.courier.behaveOnEdit = () => 'accept';
    await it.bot.startAt(NOW + MINUTE + 1000);
    it.bot.clock.advance(60_000);
    await it.bot.engine.idle();
    await it.bot.tickAt(NOW + 5 * MINUTE);
    expect(it.bot.courier.edits.map(({ message }) => /Yes, but|Never mind/.exec(it.bot.words(message))?.[0])).toEqual([
      'Yes, but',
      'Never mind',
    ]);
  });

  test('what was put right, put back and put right again is edited each time', async () => {
    const it = await posted();
    for (const [minutes, says] of [
      [1, 'Yes, but.'],
      [2, 'Yes.'],
      [3, 'Yes, but.'],
    ] as const) {
      await it.bot.write({ [path('4-one')]: about('4/one', says) });
      await it.bot.tickAt(NOW + minutes * MINUTE);
    }
    expect(it.bot.courier.edits).toHaveLength(3);
    expect(it.bot.words(it.bot.courier.edits[2]!.message)).toContain('Yes, but.');
  });
});

test('a workspace that comes back finds a briefing whose times cannot be computed still paused', async () => {
  const { bot, outbox } = await desk();
  await bot.subscribe({ id: 'a' });
  await bot.subscribe({ id: 'b', schedule: { cron: '0 0 31 2 *', timeZone: 'UTC' }, next: { slot: 'x', at: NOW + 1e9 } });
  await outbox.pauseWorkspace(PLATFORM, 'w', 'the bot was removed');
  const resumed = await resumeAt({ platform: PLATFORM, workspace: 'w' }, { briefings: outbox, now: new Date(NOW) });
  expect(resumed.map(({ id }) => id)).toEqual(['a']);
});
