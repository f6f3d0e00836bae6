import { afterEach, describe, expect, test } from 'vitest';
import { composeDigest, digestMessage } from '../../src/briefings/digest.ts';
import type { QuestionFile } from '../../src/content/schema.ts';
import { aQuestionFile, aResponseFile } from '../support/bot.ts';
import { type BriefedBot, openBriefedBot } from '../support/briefed-bot.ts';

const DAY = 86_400_000;
const open: BriefedBot[] = [];
async function briefed(questions: QuestionFile[]): Promise<BriefedBot> {
  const bot = await openBriefedBot({
    persons: { 'ada-quill': { name: 'Ada Quill' }, 'bo-sorensen': { name: 'Bo Sørensen' } },
    questions,
  });
  open.push(bot);
  return bot;
}
afterEach(async () => {
  for (const bot of open.splice(0)) await bot.close();
});

const DAILY = { schedule: { cron: '0 8 * * *', timeZone: 'UTC' } };
const path = (id: string) => `real/${id.replaceAll('/', '-')}.yaml`;
const put = (bot: BriefedBot, ...questions: QuestionFile[]) =>
  bot.write(Object.fromEntries(questions.map((one) => [path(one.id), one])));
function about(slug: string, changed: Partial<QuestionFile> = {}): QuestionFile {
  const date = changed.date ?? '2026-05-04';
  return aQuestionFile({ id: `digest/${date}/${slug}`, headline: `About ${slug}`, ...changed });
}
/** Ticks at 08:00 of a day of November or December 2026 and reads what came. */
async function morning(bot: BriefedBot, day: string, channel = 'a'): Promise<string[]> {
  const before = bot.readIn(channel).length;
  for (const second of [0, 1, 2]) await bot.tickAt(`2026-${day}T08:00:0${second}Z`);
  return bot.readIn(channel).slice(before);
}

describe('what a digest holds', () => {
  test('the first one holds the newest match alone; later ones what arrived since, the newest first, at most so many, and the rest by name', async () => {
    const bot = await briefed([
      about('old', { date: '2026-01-01' }),
      about('newest', { date: '2026-05-01' }),
      about('peru', { countries: ['PE'], date: '2026-06-01' }),
    ]);
    await bot.subscribe({ id: 'a', ...DAILY, max: 2, filter: { topics: [], countries: ['CL'], persons: [] } });
    const [first] = await morning(bot, '11-26');
    expect(first).toContain('About newest');
    expect(first).not.toMatch(/About (old|peru)/);
    await put(bot, ...['one', 'two', 'three', 'four'].map((slug, place) => about(slug, { date: `2026-05-0${place + 2}` })));
    const [second] = await morning(bot, '11-27');
    expect(second).toMatch(/About four[\s\S]*About three[\s\S]*Also new[\s\S]*About two[\s\S]*About one/);
    expect(second?.slice(0, second.indexOf('Also new'))).not.toMatch(/About (one|two|old|newest)/);
    expect(await morning(bot, '11-28')).toEqual([expect.stringContaining('Nothing new.')]);
  });

  test('a first digest that had nothing to show leaves nothing behind: what arrives then is all new', async () => {
    const bot = await briefed([]);
    await bot.subscribe({ id: 'a', ...DAILY, whenEmpty: 'skip' });
    expect(await morning(bot, '11-26')).toEqual([]);
    await put(bot, about('one'), about('two'));
    expect(await morning(bot, '11-27')).toEqual([expect.stringMatching(/About one[\s\S]*About two|About two[\s\S]*About one/)]);
  });

  test.each([
    ['note', [expect.stringContaining('Nothing new.')]],
    ['skip', []],
  ] as const)('with nothing new and “%s” it says so, or nothing', async (whenEmpty, expected) => {
    const bot = await briefed([about('one'), about('two')]);
    await bot.subscribe({ id: 'a', ...DAILY, whenEmpty });
    await morning(bot, '11-26');
    expect(await morning(bot, '11-27')).toEqual(expected);
    const states = (await bot.bot.briefings.ledger('a', 1)).map(({ state }) => state);
    expect(states).toEqual([whenEmpty === 'skip' ? 'nothing' : 'sent']);
  });

  test('with nothing new it briefs from the archive what was never briefed, then what was longest ago, none twice within 30 days', async () => {
    const bot = await briefed(['one', 'two', 'three'].map((slug, place) => about(slug, { date: `2026-05-0${place + 1}` })));
    await bot.subscribe({ id: 'a', ...DAILY, whenEmpty: 'archive' });
    const days: string[] = [];
    for (let day = 0; day < 65; day++) {
      await bot.tickAt(Date.UTC(2026, 10, 26, 8) + day * DAY);
      const words = bot.readIn('a').at(-1) ?? '';
      days.push(/About (\w+)/.exec(words)?.[1] ?? (words.includes('was briefed here within the last 30 days') ? '-' : words));
    }
    expect(bot.readIn('a')).toHaveLength(65);
    expect(days.slice(0, 4)).toEqual(['three', 'two', 'one', '-']);
    for (const slug of ['one', 'two', 'three']) {
      const briefedOn = days.flatMap((one, day) => (one === slug ? [day] : []));
      expect(briefedOn.length).toBe(3);
      expect(briefedOn.slice(1).every((day, place) => day - briefedOn[place]! >= 30)).toBe(true);
    }
    expect(bot.readIn('a')[1]).toContain('from the archive');
  });

  test('what was corrected since it was briefed comes first, once', async () => {
    const bot = await briefed([about('one')]);
    await bot.subscribe({ id: 'a', ...DAILY });
    await morning(bot, '11-26');
    await put(
      bot,
      about('one', {
        responses: [
          aResponseFile({
            paragraphs: ['The tariffs will fall.'],
            corrections: [{ on: '2026-11-26', what: 'The verb was wrong' }],
          }),
        ],
      }),
      about('two'),
    );
    const [corrected] = await morning(bot, '11-27');
    expect(corrected).toMatch(/Corrected[\s\S]*About one · The verb was wrong[\s\S]*About two/);
    expect(await morning(bot, '11-28')).toEqual([expect.stringContaining('Nothing new.')]);
  });

  test('what was taken back is told once, and once more when it is shown again', async () => {
    const bot = await briefed([about('one')]);
    await bot.subscribe({ id: 'a', ...DAILY });
    await morning(bot, '11-26');
    await put(bot, about('one', { status: { is: 'embargoed', until: '2026-11-29T00:00:00Z' } }));
    expect(await morning(bot, '11-27')).toEqual([expect.stringMatching(/Withdrawn/)]);
    expect(await morning(bot, '11-28')).toEqual([expect.stringContaining('Nothing new.')]);
    expect(await morning(bot, '11-29')).toEqual([expect.stringMatching(/Shown again[\s\S]*About one/)]);
    expect(await morning(bot, '11-30')).toEqual([expect.stringContaining('Nothing new.')]);
  });

  test('a retraction is told with its notice', async () => {
    const bot = await briefed([about('one')]);
    await bot.subscribe({ id: 'a', ...DAILY });
    await morning(bot, '11-26');
    await put(bot, about('one', { status: { is: 'retracted', on: '2026-11-26', notice: 'It was made up.' } }));
    expect(await morning(bot, '11-27')).toEqual([expect.stringMatching(/Retracted[\s\S]*It was made up\./)]);
    expect(await morning(bot, '11-28')).toEqual([expect.stringContaining('Nothing new.')]);
  });

  test('the preview is what is sent, and a correction in between is in what is sent', async () => {
    const bot = await briefed([about('one')]);
    const subscription = await bot.subscribe({ id: 'a', ...DAILY });
    const preview = async () => {
      const { store, briefings } = bot.bot;
      const context = { store, briefings, log: () => {}, now: bot.clock.now() };
      const slotAt = Date.parse('2026-11-26T08:00:00Z');
      return digestMessage(
        { subscription, digest: await composeDigest(subscription, slotAt, context), slotAt, late: false },
        context,
      );
    };
    const before = await preview();
    await put(bot, about('one', { headline: 'Corrected headline' }));
    const after = await preview();
    await bot.tickAt('2026-11-26T08:00:00Z');
    expect(bot.courier.received.map(({ message }) => message)).toEqual([after]);
    expect(after).not.toEqual(before);
  });

  test('a second try shows the same questions, as they are by then', async () => {
    const bot = await briefed([about('one')]);
    await bot.subscribe({ id: 'a', ...DAILY });
    bot.courier.behave = (_, tries) => (tries === 1 ? 'fail before writing' : 'accept');
    await bot.tickAt('2026-11-26T08:00:00Z');
    await put(bot, about('one', { headline: 'Put right' }), about('newer', { date: '2026-06-01' }));
    bot.courier.behave = () => 'accept';
    await bot.tickAt('2026-11-26T08:01:00Z');
    expect(bot.readIn('a')).toEqual([expect.stringContaining('Put right')]);
    expect(bot.readIn('a')[0]).not.toContain('newer');
    expect(await morning(bot, '11-27')).toEqual([expect.stringContaining('About newer')]);
  });

  test('what was taken back before a second try is not mentioned: nobody saw it here', async () => {
    const bot = await briefed([about('one'), about('older', { date: '2026-05-01' })]);
    await bot.subscribe({ id: 'a', ...DAILY });
    bot.courier.behave = () => 'fail before writing';
    await bot.tickAt('2026-11-26T08:00:00Z');
    await put(bot, about('one', { status: { is: 'withheld' } }));
    bot.courier.behave = () => 'accept';
    await bot.tickAt('2026-11-26T08:01:00Z');
    expect(bot.readIn('a')).toEqual([expect.stringContaining('About older')]);
    expect(bot.readIn('a')[0]).not.toMatch(/Withdrawn|About one/);
  });

  test('edited between two tries it shows what it was to show, and is sent as it is by now', async () => {
    const bot = await briefed([about('one')]);
    await bot.subscribe({ id: 'a', ...DAILY, mention: '@old' });
    bot.courier.behave = () => ({ rateLimit: 30 });
    await bot.tickAt('2026-11-26T08:00:00Z');
    bot.courier.behave = () => 'accept';
    const filter = { topics: [], countries: ['PE'], persons: [] };
    const now = (await bot.bot.briefings.get('a'))!;
    expect(await bot.bot.briefings.update({ ...now, filter, mention: '@new' })).toBe(true);
    await bot.tickAt('2026-11-26T08:00:30Z');
    expect(bot.courier.received.map(({ mention }) => mention)).toEqual(['@new']);
    expect(bot.readIn('a')).toEqual([expect.stringContaining('About one')]);
    expect(await morning(bot, '11-27')).toEqual([expect.stringContaining('Nothing new.')]);
  });
});

describe('corrections of what was sent', () => {
  const { paragraphs: _, ...textless } = aResponseFile();
  const corrected = about('one', {
    responses: [
      aResponseFile({ paragraphs: ['The tariffs will fall.'], corrections: [{ on: '2026-11-26', what: 'The verb was wrong' }] }),
    ],
  });
  const cases: [string, QuestionFile | undefined, RegExp][] = [
    ['corrected', corrected, /Corrected[\s\S]*The verb was wrong[\s\S]*The tariffs will fall\./],
    [
      'retracted',
      about('one', { status: { is: 'retracted', on: '2026-11-26', notice: 'It was made up.' } }),
      /Retracted[\s\S]*It was made up\./,
    ],
    [
      'retracted in one response',
      about('one', { responses: [{ ...textless, status: { is: 'retracted', on: '2026-11-26', notice: 'Misheard.' } }] }),
      /Retracted[\s\S]*a response was retracted/,
    ],
    ['withheld', about('one', { status: { is: 'withheld' } }), /Withdrawn[\s\S]*no longer shown/],
    [
      'put under embargo',
      about('one', { status: { is: 'embargoed', until: '2027-01-01T00:00:00Z' } }),
      /Withdrawn[\s\S]*no longer shown/,
    ],
    [
      'withheld in one response',
      about('one', { responses: [aResponseFile({ status: { is: 'withheld' } })] }),
      /Withdrawn[\s\S]*a response is no longer shown/,
    ],
    ['taken out of the archive', undefined, /Withdrawn[\s\S]*no longer shown/],
  ];

  test.each(cases)('when a question is %s, the message that showed it is edited once', async (_, changed, words) => {
    const bot = await briefed([about('one')]);
    await bot.subscribe({ id: 'a', ...DAILY });
    await bot.tickAt('2026-11-26T08:00:00Z');
    await bot.write({ [path('digest/2026-05-04/one')]: changed });
    await bot.tickAt('2026-11-26T09:00:00Z');
    await bot.tickAt('2026-11-26T09:00:01Z');
    bot.restart();
    await bot.tickAt('2026-11-26T09:00:02Z');
    expect(bot.courier.edits.map(({ id, message }) => [id, bot.words(message)])).toEqual([['m1', expect.stringMatching(words)]]);
    if (changed !== corrected) expect(bot.words(bot.courier.edits[0]!.message)).not.toContain('nobody gains from lifting');
    expect(bot.courier.received).toHaveLength(1);
    const [edit] = await bot.bot.briefings.ledger('a', 1);
    expect(edit).toMatchObject({ state: 'sent', corrects: '2026-11-26T08:00+00:00' });
  });

  test('two processes that see a correction at once make one edit', async () => {
    const bot = await briefed([about('one')]);
    await bot.subscribe({ id: 'a', ...DAILY });
    await bot.tickAt('2026-11-26T08:00:00Z');
    await put(bot, corrected);
    const engines = [bot.newEngine('one'), bot.newEngine('two')];
    bot.clock.set('2026-11-26T09:00:00Z');
    await Promise.all(engines.map((engine) => engine.tick()));
    await Promise.all(engines.map((engine) => engine.idle()));
    expect(bot.courier.edits).toHaveLength(1);
  });

  test('an edit that fails is tried again; one for a message that is gone ends there, and the briefings go on', async () => {
    const bot = await briefed([about('one')]);
    await bot.subscribe({ id: 'a', ...DAILY });
    await bot.tickAt('2026-11-26T08:00:00Z');
    await put(bot, corrected);
    bot.courier.behaveOnEdit = (_, tries) => (tries < 3 ? 'time out' : 'accept');
    await bot.tickAt('2026-11-26T09:00:00Z');
    await bot.tickUntil('2026-11-26T09:01:00Z', 5000);
    expect(bot.courier.edits).toHaveLength(1);
    await put(bot, about('one'));
    bot.courier.behaveOnEdit = () => ({ refuse: 'the message is gone' });
    await bot.tickAt('2026-11-26T10:00:00Z');
    expect((await bot.bot.briefings.ledger('a', 1))[0]).toMatchObject({ state: 'refused', reason: 'the message is gone' });
    expect(bot.courier.told).toEqual([]);
    expect(await morning(bot, '11-27')).toHaveLength(1);
  });

  test('a correction that was begun before an absence of days is made after it', async () => {
    const bot = await briefed([about('one')]);
    await bot.subscribe({ id: 'a', ...DAILY });
    await bot.tickAt('2026-11-26T08:00:00Z');
    await put(bot, corrected);
    bot.courier.behaveOnEdit = () => 'fail before writing';
    await bot.tickAt('2026-11-26T09:00:00Z');
    bot.courier.behaveOnEdit = () => 'accept';
    bot.restart();
    await bot.tickAt('2026-11-29T07:00:00Z');
    expect(bot.courier.edits).toHaveLength(1);
  });

  test('an edit that never succeeds is given up after hours of tries, and the ledger says why', async () => {
    const bot = await briefed([about('one')]);
    await bot.subscribe({ id: 'a', schedule: { cron: '0 8 26 11 *', timeZone: 'UTC' } });
    await bot.tickAt('2026-11-26T08:00:00Z');
    await put(bot, corrected);
    bot.courier.behaveOnEdit = () => 'fail before writing';
    await bot.tickUntil('2026-11-26T20:00:00Z', 60_000);
    expect((await bot.bot.briefings.ledger('a', 1))[0]).toMatchObject({
      state: 'failed',
      attempts: 41,
      reason: expect.stringContaining('error 503'),
    });
  });

  test('a correction while the message is on its way still reaches it', async () => {
    const bot = await briefed([about('one')]);
    await bot.subscribe({ id: 'a', ...DAILY });
    bot.courier.behave = () => ({ slow: 5000 });
    await bot.startAt('2026-11-26T08:00:00Z');
    await put(bot, corrected);
    bot.clock.advance(6000);
    await bot.engine.idle();
    expect(bot.readIn('a')).toEqual([expect.stringContaining('nobody gains')]);
    await bot.tickAt('2026-11-26T08:01:00Z');
    expect(bot.courier.edits.map(({ message }) => bot.words(message))).toEqual([
      expect.stringContaining('The tariffs will fall.'),
    ]);
  });

  test('what a removed and a paused briefing sent is corrected too', async () => {
    const bot = await briefed([about('one')]);
    for (const id of ['a', 'b']) await bot.subscribe({ id, ...DAILY });
    await bot.tickAt('2026-11-26T08:00:00Z');
    await bot.bot.briefings.remove('a');
    const paused = (await bot.bot.briefings.get('b'))!;
    await bot.bot.briefings.update({ ...paused, status: { is: 'paused', because: 'by Olga', by: 'caller' } });
    await put(bot, corrected);
    await bot.tickAt('2026-11-26T09:00:00Z');
    expect(bot.courier.edits.map(({ id }) => id).sort()).toEqual(['m1', 'm2']);
  });

  test('new responses and small changes edit nothing; the next digest tells of the responses', async () => {
    const bot = await briefed([about('one')]);
    await bot.subscribe({ id: 'a', ...DAILY });
    await bot.tickAt('2026-11-26T08:00:00Z');
    const another = aResponseFile({ id: 'two', respondents: [{ person: 'bo-sorensen' }], paragraphs: ['They will not hold.'] });
    await put(bot, about('one', { topics: ['Trade', 'Customs'], responses: [aResponseFile(), another] }));
    await bot.tickAt('2026-11-26T09:00:00Z');
    expect(bot.courier.edits).toEqual([]);
    expect(await morning(bot, '11-27')).toEqual([expect.stringMatching(/New responses[\s\S]*About one/)]);
  });

  test('of several questions in one message only the changed one is marked', async () => {
    const bot = await briefed([]);
    await bot.subscribe({ id: 'a', ...DAILY, whenEmpty: 'skip' });
    await morning(bot, '11-26');
    await put(bot, about('one'), about('two'));
    await morning(bot, '11-27');
    await put(bot, about('one', { status: { is: 'retracted', on: '2026-11-27', notice: 'It was made up.' } }));
    await bot.tickAt('2026-11-27T09:00:00Z');
    const words = bot.words(bot.courier.edits[0]!.message);
    expect(words).toMatch(/Retracted +About one · It was made up\./);
    expect(words).toContain('About two');
    expect(words.match(/Retracted/g)).toHaveLength(2);
  });
});
