import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { openConsole } from '../../src/app.ts';
import { commands } from '../../src/commands.ts';
import { toTerminal } from '../../src/message/terminal.ts';
import type { MessageView } from '../../src/platforms/console/wire.ts';
import { openWindow } from '../platforms/console/requests.ts';
import { aQuestionFile, aResponseFile, openTestBot, persons } from '../support/bot.ts';
import { createClock } from '../support/fake-courier.ts';
import { createTicks } from '../support/ticks.ts';

const FILE = 'real/digest-2026-05-04-tariffs.yaml';
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A console over a content folder of its own, with its scheduled half, and a window in its first channel. */
async function openDesk() {
  const clock = createClock('2026-11-25T12:00:00Z');
  const test = await openTestBot({ persons, questions: [aQuestionFile()], now: clock.now().toISOString() });
  stops.push(test.close);
  const log = () => {};
  const settings = { host: '127.0.0.1', port: 0, token: undefined, archivePublic: false, publicUrl: 'https://desk.example' };
  const desk = await openConsole(test.bot, { settings, log, now: clock.now });
  const tickAt = createTicks(test, desk, clock);
  const window = await openWindow({ url: '', routes: desk.routes, post: async () => {}, stop: async () => {} });
  return {
    write: test.write,
    briefings: test.bot.briefings,
    createChannel: (name: string) => window.send('POST', '/chat/channels', { name }),
    async say(line: string): Promise<string> {
      const [channel] = (await window.state()).channels;
      const asked = { id: randomUUID(), line, timeZone: 'America/Lima' };
      const answer = await window.send('POST', `/chat/channels/${channel?.id}/lines`, asked);
      const { message } = (await answer.json()) as MessageView;
      return toTerminal(message, { width: 500, colour: false }, commands);
    },
    tickAt,
    /** What everybody in the channel sees of the bot. */
    async posts(): Promise<{ id: string; words: string }[]> {
      const messages = (await window.messages()).filter(({ visibility }) => visibility === 'public');
      return messages.map(({ id, message }) => ({ id, words: toTerminal(message, { width: 500, colour: false }, commands) }));
    },
  };
}

test('on the console: set up, previewed, sent on time, explained, corrected in place, and removed', async () => {
  const desk = await openDesk();
  expect(await desk.say('/briefings add daily 8:00 topic:chile')).toContain('At 08:00, every day (America/Lima)');
  const preview = await desk.say('/briefings preview');
  expect(preview).toContain('nobody gains from lifting them');
  await desk.tickAt('2026-11-25T12:59:59Z');
  expect(await desk.posts()).toEqual([]);

  await desk.tickAt('2026-11-25T13:00:00Z');
  const [sent, ...others] = await desk.posts();
  expect(others).toEqual([]);
  expect(preview).toBe(`Preview: as things are, this is sent.\n${sent?.words}`);
  const why = await desk.say('/briefings why');
  expect(why).toContain('Wednesday, November 25, 08:00 GMT-5 · sent: 1 new · see it');
  expect(why).toMatch(new RegExp(`https://desk\\.example\\S*${sent?.id}`));

  const corrections = [{ on: '2026-11-25', what: 'The verb was wrong' }];
  await desk.write({
    [FILE]: aQuestionFile({ responses: [aResponseFile({ paragraphs: ['The tariffs will fall.'], corrections })] }),
  });
  await desk.tickAt('2026-11-25T13:05:00Z');
  const edited = await desk.posts();
  expect(edited.map(({ id }) => id)).toEqual([sent?.id]);
  expect(edited[0]?.words).toMatch(/Corrected .*The verb was wrong[\s\S]*The tariffs will fall\./);
  expect(edited[0]?.words).not.toContain('nobody gains');

  expect(await desk.say('/briefings remove')).toContain('is removed');
  await desk.tickAt('2026-11-26T13:00:00Z');
  expect(await desk.posts()).toHaveLength(1);
});

test('another channel is found by its name; one that does not exist is refused at once, with the nearest names', async () => {
  const desk = await openDesk();
  await desk.createChannel('policy-team');
  expect(await desk.say('/briefings add daily 8:00 channel:policy-taem')).toMatch(
    /There is no channel “policy-taem” here.*Did you mean.*#policy-team +\/briefings add channel:policy-team when:.daily 8:00/s,
  );
  expect(await desk.briefings.owned({ platform: 'console', workspace: 'console' })).toEqual([]);
  expect(await desk.say('/briefings add daily 8:00 channel:#Policy-Team')).toContain('of #policy-team');
  expect(await desk.say('/briefings list channel:policy-team')).toContain('At 08:00, every day');
  expect(await desk.say('/briefings list')).toContain('This channel has no briefings yet');
  await desk.tickAt('2026-11-25T13:00:00Z');
  expect(await desk.posts()).toEqual([]);
  expect(await desk.say('/briefings why channel:policy-team')).toContain('sent: 1 new');
});

test('a channel that is gone by its slot pauses the briefing, with the reason', async () => {
  const desk = await openDesk();
  await desk.say('/briefings add daily 8:00');
  const [one] = await desk.briefings.owned({ platform: 'console', workspace: 'console' });
  await desk.briefings.update({ ...one!, destination: { ...one!.destination, channel: 'gone' } });
  await desk.tickAt('2026-11-25T13:00:00Z');
  expect((await desk.briefings.get(one!.id))?.status).toEqual({
    is: 'paused',
    because: 'the channel is gone',
    by: 'destination',
  });
});
