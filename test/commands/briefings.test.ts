import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Asks, ChannelFound, KnownChannel } from '../../src/command.ts';
import { commands } from '../../src/commands.ts';
import type { Action, Message } from '../../src/message/document.ts';
import { toTerminal } from '../../src/message/terminal.ts';
import { aQuestionFile, persons } from '../support/bot.ts';
import { type BriefedBot, openBriefedBot, PLATFORM } from '../support/briefed-bot.ts';

const PLACE = { platform: PLATFORM, workspace: 'w', channel: 'c', channelName: '#policy' };
const CHANNELS: KnownChannel[] = [
  { channel: 'c', name: '#policy' },
  { channel: 'other', name: '#other' },
  { channel: 'forum', name: '#forum', tags: { names: ['News', 'Q&A'], isRequired: true } },
  { channel: 'free', name: '#free', tags: { names: ['News'], isRequired: false } },
  { channel: 'own', name: '#own', tags: { names: ['News', 'Briefings'], isRequired: true } },
];
const ASKS: Asks = {
  mayManage: async () => true,
  channel: async (typed): Promise<ChannelFound> => {
    const meant = CHANNELS.find(({ channel, name }) => [channel, name, `<#${channel}>`].includes(typed));
    if (meant) return { outcome: 'found', channel: meant };
    return { outcome: 'unknown', reason: `There is no channel “${typed}”`, nearest: [{ value: 'other', label: '#other' }] };
  },
  timeZone: async () => 'America/New_York',
  linkTo: (_, id) => `https://chat.example/${id}`,
};
let bot: BriefedBot;
beforeEach(async () => {
  const questions = [
    aQuestionFile(),
    aQuestionFile({
      id: 'digest/2026-05-03/peru',
      date: '2026-05-03',
      headline: 'About Peru',
      topics: ['Mining'],
      countries: ['PE'],
    }),
  ];
  bot = await openBriefedBot({ persons, questions });
});
afterEach(() => bot.close());

const from = { caller: { id: 'olga', name: 'Olga' }, place: PLACE };
const words = (message: Message) => toTerminal(message, { width: 60, colour: false }, commands);
const reply = async (line: string, asks: Partial<Asks> = {}) => {
  bot.setNow(bot.clock.now().toISOString());
  return bot.bot.say(line, from, { ...ASKS, ...asks });
};
/** On one long line: where it wraps is the terminal’s affair. */
const say = async (line: string, asks: Partial<Asks> = {}) =>
  words((await reply(line, asks)).answer.message).replace(/\s+/g, ' ');
const here = () => bot.bot.briefings.at(PLACE);
/** Presses the button of a message that has this label. */
async function press(message: Message, label: string, asks: Partial<Asks> = {}): Promise<string> {
  const all = message.blocks.flatMap((block): Action[] => (block.type === 'actions' ? block.actions : []));
  const button = all.find((action) => action.label === label);
  if (button?.type !== 'run') throw new Error(`no button “${label}” among ${all.map((action) => action.label).join(', ')}`);
  const { answer } = await bot.bot.invoke({ command: button.command, options: button.options, ...from }, { ...ASKS, ...asks });
  return words(answer.message);
}

describe('setting a briefing up', () => {
  test('what was understood is said back: when, about what, how many questions match, and the next three runs in local time', async () => {
    const line = '/briefings add weekdays at 8am topic:chile,mining by:"Ada Quill" max:2 empty:skip mention:@policy';
    const said = words((await reply(line)).answer.message);
    const [one] = await here();
    expect(said).toBe(`This channel is briefed from now on
When  At 08:00, Monday through Friday (America/New_York)
About  Mining · Chile · responses by Ada Quill · 0 stored
  questions match today
Holds  at most 2 new questions; when nothing is new,
  nothing · mentions @policy
Next  Wednesday, November 25, 08:00 EST · Thursday,
  November 26, 08:00 EST · Friday, November 27, 08:00 EST
Briefing ${one?.id} of #policy, set up by Olga
Preview   /briefings preview id:${one?.id}
Send now  /briefings now id:${one?.id}
Pause     /briefings pause id:${one?.id}
Why       /briefings why id:${one?.id}
Remove    /briefings remove id:${one?.id}`);
    expect(one).toMatchObject({
      owner: { id: 'olga', name: 'Olga' },
      destination: { platform: PLATFORM, workspace: 'w', channel: 'c' },
      filter: { topics: ['Mining'], countries: ['CL'], persons: ['ada-quill'] },
      schedule: { cron: '0 8 * * 1-5', timeZone: 'America/New_York' },
      max: 2,
      whenEmpty: 'skip',
      mention: '@policy',
    });
  });

  test('only those who may manage the channel may change its briefings; everybody may list and ask why', async () => {
    const mayNot = { mayManage: async () => false };
    await say('/briefings add daily 8:00');
    for (const line of ['add daily 9:00', 'edit daily 9:00', 'pause', 'resume', 'remove', 'now'])
      expect(await say(`/briefings ${line}`, mayNot)).toMatch(/Only those who may manage this channel/);
    expect(await here()).toMatchObject([{ status: { is: 'active' }, schedule: { cron: '0 8 * * *' }, version: 1 }]);
    expect(await say('/briefings list', mayNot)).toContain('At 08:00, every day (America/New_York)');
    expect(await say('/briefings why', mayNot)).toContain('No slot has come yet');
    expect(await say('/briefings preview', mayNot)).toContain('Will the new tariffs hold?');
  });

  test('another channel is asked for by its name, and its managers decide', async () => {
    const asked: string[] = [];
    const mayManage = async (channel: string) => {
      asked.push(channel);
      return false;
    };
    expect(await say('/briefings add daily 8:00 channel:<#other>', { mayManage })).toMatch(/Only those who may manage/);
    expect(asked).toEqual(['other']);
  });

  test('a time zone that the platform does not tell is asked for, and the chosen one is used', async () => {
    const asks = { timeZone: async () => undefined };
    const { answer } = await reply('/briefings add weekdays at 8am topic:chile', asks);
    expect([answer.type, answer.message.title]).toEqual(['ask', expect.stringContaining('In which time zone?')]);
    expect(await here()).toEqual([]);
    expect(await press(answer.message, 'America/Sao_Paulo', asks)).toContain('Monday through Friday (America/Sao_Paulo)');
    expect(await here()).toMatchObject([{ filter: { countries: ['CL'] }, schedule: { timeZone: 'America/Sao_Paulo' } }]);
  });

  test.each([
    ['tz:Lima', 'America/Lima'],
    ['tz:"new york"', 'America/New_York'],
    ['tz:asia/calcutta', 'Asia/Kolkata'],
    ['tz:Kathmandu', 'Asia/Kathmandu'],
    ['tz:utc', 'UTC'],
  ])('a time zone is found by its city or name (%s)', async (typed, zone) => {
    await say(`/briefings add daily 8:00 ${typed}`);
    expect(await here()).toMatchObject([{ schedule: { timeZone: zone } }]);
  });

  test('a time zone that can be several is asked, one that does not exist is refused with an example', async () => {
    const { answer } = await reply('/briefings add daily 8:00 tz:indiana');
    expect([answer.type, answer.message.title]).toEqual(['ask', 'Which “indiana”? Choose one, or type more of its name.']);
    expect(await say('/briefings add daily 8:00 tz:atlantis')).toMatch(/“atlantis” is no time zone[\s\S]*For example/);
    expect(await here()).toEqual([]);
  });

  test.each([
    ['/briefings add weekdays at 8', 'weekdays at 20:00', '0 20 * * 1-5'],
    ['/briefings add 8am', 'every monday 08:00', '0 8 * * 1'],
    ['/briefings add segunda terça 9h', '2nd terca 09:00', '0 9 * * 2#2'],
  ])('what is ambiguous is asked, and the button that is pressed sets it up (%s)', async (line, label, cron) => {
    const { answer } = await reply(line);
    expect(answer.type).toBe('ask');
    expect(await here()).toEqual([]);
    await press(answer.message, label);
    expect(await here()).toMatchObject([{ schedule: { cron } }]);
  });

  test.each([
    ['/briefings add nonsense 9:00', /“nonsense” is not understood/],
    ['/briefings add', /Say when/],
    ['/briefings add */5 * * * *', /more than once an hour/],
    ['/briefings add 0 0 31 2 *', /It never comes round/],
    ['/briefings add 0 25 * * *', /no cron expression/],
    ['/briefings add daily 8:00 channel:nowhere', /There is no channel “nowhere”\./],
    ['/briefings list channel:nowhere', /There is no channel “nowhere”\./],
    ['/briefings add daily 8:00 tag:News', /Only the posts of a forum have tags/],
    ['/briefings add daily 8:00 topic:nowhere', /no topic or country “nowhere”/],
    ['/briefings add daily 8:00 max:11', /at most 10/],
    ['/briefings add daily 8:00 empty:never', /choose archive, note, skip/],
    ['/briefings fly', /nothing that briefings can do/],
    ['/briefings pause zzzzz', /This channel has no briefings yet/],
  ])('%s is refused with what is wrong', async (line, message) => {
    const { outcome, answer } = await reply(line);
    expect(outcome).toBe('failed');
    expect(answer.message.title).toMatch(message);
    expect(await here()).toEqual([]);
  });

  test('a channel that is not there is put right by a button with the nearest name, and everything else is kept', async () => {
    const { answer } = await reply('/briefings add weekdays at 8am topic:chile channel:othre');
    expect(await press(answer.message, '#other')).toContain('of #other');
    const other = await bot.bot.briefings.at({ ...PLACE, channel: 'other' });
    expect(other).toMatchObject([{ schedule: { cron: '0 8 * * 1-5' }, filter: { countries: ['CL'] }, channelName: '#other' }]);
    const [one] = other;
    expect(await say('/briefings list')).toContain('This channel has no briefings yet');
    expect(await say('/briefings list channel:#other')).toContain(`Briefing ${one?.id} of #other`);
    expect(await say(`/briefings edit ${one?.id} daily 9:00 channel:#other`)).toContain('At 09:00, every day');
    expect(await say('/briefings remove channel:#other')).toContain('is removed');
  });

  test('a forum that requires a tag asks for one, and takes it by its name', async () => {
    const { answer } = await reply('/briefings add daily 8:00 channel:forum');
    expect([answer.type, answer.message.title]).toEqual(['ask', 'With which tag? This forum asks for one.']);
    expect(await press(answer.message, 'Q&A')).toContain('tag Q&A');
    for (const channel of ['free', 'own'])
      expect(await say(`/briefings add daily 8:00 channel:${channel}`)).toContain(`of #${channel}`);
    expect(await say('/briefings add daily 9:00 channel:forum tag:news')).toContain('tag News');
    expect(await say('/briefings add daily 9:00 channel:forum tag:Nwes')).toMatch(/no tag “Nwes”.*Did you mean: News/);
    const forum = await bot.bot.briefings.at({ ...PLACE, channel: 'forum' });
    expect(forum.map(({ tag }) => tag)).toEqual(['Q&A', 'News']);
    expect(await say(`/briefings edit ${forum[1]?.id} max:1 channel:forum`)).toContain('tag News');
    expect(await say(`/briefings edit ${forum[1]?.id} tag:q&a channel:forum`)).toContain('tag Q&A');
  });

  test('a slip in the action is put right by a button', async () => {
    const { answer } = await reply('/briefings ad weekdays at 8am topic:chile');
    await press(answer.message, 'add');
    expect(await here()).toMatchObject([{ schedule: { cron: '0 8 * * 1-5' }, filter: { countries: ['CL'] } }]);
  });

  test('a channel has at most twenty briefings', async () => {
    for (let hour = 0; hour < 20; hour++) await say(`/briefings add daily ${hour}:00`);
    expect(await say('/briefings add daily 20:00')).toContain('A channel can have 20 briefings');
    expect(await here()).toHaveLength(20);
  });

  test('a terminal has no channel to brief and says where there are some', async () => {
    const place = { platform: 'terminal', workspace: 'terminal', channel: 'terminal' };
    const { outcome, answer } = await bot.bot.say('/briefings add daily 8:00', { caller: from.caller, place });
    expect(outcome).toBe('failed');
    expect(answer.message.title).toBe(
      'A terminal has no channel to brief. Start the bot (npm start) and set briefings up in its console, in Slack or in Discord.',
    );
  });
});

describe('changing a briefing', () => {
  test('edit changes what is named and keeps the rest', async () => {
    await say('/briefings add weekdays at 8am topic:chile max:2');
    expect(await say('/briefings edit daily 9:00')).toContain('At 09:00, every day (America/New_York)');
    expect(await here()).toMatchObject([{ schedule: { cron: '0 9 * * *' }, filter: { countries: ['CL'] }, max: 2 }]);
    const [one] = await here();
    expect(await say(`/briefings edit ${one?.id} topic:mining tz:Lima`)).toContain('At 09:00, every day (America/Lima)');
    expect(await here()).toMatchObject([
      { filter: { topics: ['Mining'], countries: [] }, schedule: { cron: '0 9 * * *', timeZone: 'America/Lima' } },
    ]);
  });

  test('a slot that has come when its briefing is edited is still sent', async () => {
    await say('/briefings add daily 8:00 tz:utc');
    bot.clock.set('2026-11-26T08:00:00.500Z');
    await say('/briefings edit daily 20:00');
    await bot.tickAt('2026-11-26T08:00:01Z');
    expect(bot.courier.received).toHaveLength(1);
    expect((await here())[0]?.next?.slot).toBe('2026-11-26T20:00+00:00');
  });

  test('pause says by whom, resume goes on from the next slot, remove ends it', async () => {
    await say('/briefings add daily 8:00 tz:utc');
    expect(await say('/briefings pause')).toContain('Paused by Olga');
    expect(await say('/briefings pause')).toContain('is paused already: by Olga');
    expect(await say('/briefings now')).toContain('is paused: by Olga');
    await bot.tickAt('2026-11-26T09:00:00Z');
    expect(await say('/briefings why')).toContain('none: paused because by Olga');
    expect(await say('/briefings resume')).toContain('Next Friday, November 27, 08:00 UTC');
    expect(await say('/briefings resume')).toContain('is not paused');
    await bot.tickAt('2026-11-27T08:00:00Z');
    expect(bot.courier.received).toHaveLength(1);
    expect(await say('/briefings remove')).toContain('is removed');
    await bot.tickAt('2026-11-28T08:00:00Z');
    expect(bot.courier.received).toHaveLength(1);
    expect(await say('/briefings')).toContain('This channel has no briefings yet');
  });

  test('where there are several, the one that is meant must be said', async () => {
    await say('/briefings add daily 8:00');
    await say('/briefings add daily 18:00');
    const [first, second] = await here();
    expect(await say('/briefings remove')).toContain(`say which one, ${first?.id}, ${second?.id}.`);
    expect(await say('/briefings remove zzzzz')).toContain('no briefing “zzzzz”');
    await say(`/briefings remove ${second?.id}`);
    expect((await here()).map(({ id }) => id)).toEqual([first?.id]);
  });

  test('a briefing whose time zone is known no more can be listed, and goes on once another is set', async () => {
    await bot.subscribe({
      id: 'broken',
      destination: PLACE,
      schedule: { cron: '0 8 * * *', timeZone: 'Mars/Olympus' },
      next: { slot: 'x', at: Date.parse('2026-11-26T08:00Z') },
    });
    await bot.tickAt('2026-11-26T08:00:00Z');
    expect(await say('/briefings list')).toContain('the time zone Mars/Olympus is not known');
    expect(await say('/briefings why')).toContain('paused because');
    expect(await say('/briefings resume')).toContain('is not known here');
    expect(await say('/briefings edit broken tz:Lima')).toContain('Next Thursday, November 26, 08:00');
    expect(await here()).toMatchObject([{ status: { is: 'active' } }]);
  });
});

describe('times that never come round', () => {
  test('cannot be set by an edit', async () => {
    await say('/briefings add daily 8:00');
    expect(await say('/briefings edit 0 0 30 2 *')).toContain('It never comes round');
    expect(await here()).toMatchObject([{ schedule: { cron: '0 8 * * *' }, version: 1 }]);
  });

  test.each([
    ['0 0 31 2 *', 'It never comes round.'],
    ['now and then', '“now and then” is no cron expression'],
  ])('that were stored long ago are said to be so, and go on once others are set (%s)', async (cron, problem) => {
    const next = { slot: 'x', at: Date.parse('2026-11-26T08:00Z') };
    await bot.subscribe({ id: 'old01', destination: PLACE, schedule: { cron, timeZone: 'UTC' }, next });
    expect(await say('/briefings list')).toContain(`Next none. ${problem}`);
    await bot.tickAt('2026-11-26T08:00:00Z');
    expect(await say('/briefings why')).toContain('paused because its times');
    expect(await say('/briefings resume')).toContain(`cannot go on as it is. ${problem}`);
    expect(await say('/briefings edit max:1')).toContain(problem);
    expect(await say('/briefings edit old01 daily 9:00')).toContain('Next Thursday, November 26, 09:00 UTC');
    await bot.tickAt('2026-11-26T09:00:00Z');
    expect(bot.courier.received).toHaveLength(1);
  });
});

describe('looking', () => {
  test('the preview is what the next slot sends', async () => {
    await say('/briefings add daily 8:00 tz:utc');
    const { answer } = await reply('/briefings preview');
    await bot.tickAt('2026-11-26T08:00:00Z');
    expect(answer.message.blocks.slice(1)).toEqual(bot.courier.received[0]?.message.blocks);
    expect(answer.message.title).toBe(`Preview: ${bot.courier.received[0]?.message.title}`);
  });

  test('a preview of silence says so', async () => {
    await say('/briefings add daily 8:00 tz:utc empty:skip');
    await bot.tickAt('2026-11-26T08:00:00Z');
    expect(await say('/briefings preview')).toBe('Nothing would be sent on Friday, November 27, 08:00 UTC: nothing is new');
  });

  test('now sends one at once, beside the schedule', async () => {
    await say('/briefings add daily 8:00 tz:utc');
    expect(await say('/briefings now')).toContain('A briefing of #policy is on its way');
    await say('/briefings now');
    await bot.tickAt('2026-11-25T12:00:01Z');
    expect(bot.courier.received).toHaveLength(1);
    expect(await say('/briefings why')).toContain('Wednesday, November 25, 12:00 UTC (asked for) · sent: 1 new');
    await bot.tickAt('2026-11-26T08:00:00Z');
    expect(bot.courier.received).toHaveLength(2);
  });

  test('why tells of each slot what became of it', async () => {
    await say('/briefings add daily 8:00 tz:utc empty:note topic:chile');
    await bot.tickAt('2026-11-26T08:00:00Z');
    await bot.tickAt('2026-11-27T08:00:00Z');
    await bot.tickAt('2026-11-28T10:00:00Z');
    await bot.tickAt('2026-11-29T15:00:00Z');
    bot.courier.behave = () => 'fail before writing';
    await bot.tickAt('2026-11-30T08:00:00Z');
    await bot.write({ 'real/digest-2026-05-04-tariffs.yaml': aQuestionFile({ status: { is: 'withheld' } }) });
    expect(await say('/briefings why')).toMatch(
      new RegExp(
        [
          'Monday, November 30, 08:00 UTC · on its way:\\s+retried because error 503',
          'Sunday, November 29, 08:00 UTC · skipped: missed[\\s\\S]*last 6\\s+hours',
          'Saturday, November 28, 08:00 UTC · sent late: nothing\\s+new · see it',
          'Friday, November 27, 08:00 UTC · sent: nothing new',
          'Thursday, November 26, 08:00 UTC · sent: 1 new[\\s\\S]*',
          'Next Tuesday, December 1, 08:00 UTC',
        ].join('[\\s\\S]*'),
      ),
    );
    await bot.tickAt('2026-11-30T08:30:00Z');
    bot.courier.behave = () => 'accept';
    expect(await say('/briefings why')).toContain('an earlier message is to be corrected');
    await bot.tickUntil('2026-11-30T08:30:10Z', 5000);
    expect(await say('/briefings why')).toContain('an earlier message was corrected');
  });
});

test('actions, days, zones and briefings are completed while typing', async () => {
  await say('/briefings add daily 8:00');
  const [one] = await here();
  const complete = async (option: string, typed: string) =>
    (await bot.bot.complete('briefings', option, typed, from)).map(({ value }) => value);
  expect(await complete('action', 're')).toEqual(['resume', 'remove']);
  expect(await complete('when', 'week')).toEqual(['weekdays at 8am']);
  expect(await complete('tz', 'kath')).toEqual(['Asia/Kathmandu']);
  expect(await complete('topic', 'chi')).toEqual(['Chile']);
  expect(await complete('id', '')).toEqual([one?.id]);
});
