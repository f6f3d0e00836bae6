import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { aQuestionFile, aResponseFile, persons } from '../../support/bot.ts';
import { isPrivate, labelsIn, openInDiscord, wordsIn } from '../../support/discord.ts';
import type { FakeDiscord } from '../../support/fake-discord.ts';

const PUBLIC = { message: { flags: 0 } };
const followUps = (discord: FakeDiscord, token: string) =>
  discord.until(() => {
    const sent = discord.callsOf(`POST /webhooks/100/${token}`);
    return sent.length > 0 && sent;
  });
const edits = (discord: FakeDiscord, token: string) =>
  discord.until(() => {
    const sent = discord.callsOf(`PATCH /webhooks/100/${token}`);
    return sent.length > 0 && sent;
  });

test('a button answers with what it says, beside the message it stands on', async () => {
  const { discord } = await openInDiscord();
  const { data } = await discord.slash('brief', { about: 'venezuela' });
  const whole = await discord.press(data, 'Whole responses');
  expect(whole.type).toBe(4);
  expect(isPrivate(whole)).toBe(true);
  expect(wordsIn(whole)).toContain('four-day visit');
});

test('turning a page changes the message itself', async () => {
  const paragraphs = Array.from(
    { length: 40 },
    (_, index) => `Paragraph ${index} on tariffs says why they hold. ${'It goes on about it at length. '.repeat(8)}`,
  );
  const questions = [aQuestionFile({ responses: [aResponseFile({ paragraphs })] })];
  const { discord } = await openInDiscord({ bot: { questions, persons } });
  const { data } = await discord.slash('read', { question: 'tariffs' });
  const next = await discord.press(data, 'Next page');
  expect(next.type).toBe(7);
  expect(wordsIn(next)).toContain('page 2 of');
  const onShared = await discord.press(data, 'Next page', PUBLIC);
  expect(onShared.type).toBe(4);
  expect(isPrivate(onShared)).toBe(true);
});

test('Share in channel posts the answer for everybody, and only then says so to who shared it', async () => {
  const { discord } = await openInDiscord();
  const { data } = await discord.slash('brief', { about: 'venezuela' });
  const pressed = await discord.press(data, 'Share in channel');
  expect(pressed.type).toBe(6);
  const [shared] = await followUps(discord, pressed.token);
  expect(isPrivate({ data: shared!.body })).toBe(false);
  expect(shared!.body.content).toBe('Shared by <@42>');
  const [own] = await edits(discord, pressed.token);
  expect(wordsIn({ data: own!.body })).toContain('Shared in the channel');
  expect(labelsIn(own!.body)).not.toContain('Share in channel');
});

test('a share that Discord does not take changes nothing, and is logged', async () => {
  const { discord, logged } = await openInDiscord();
  const { data } = await discord.slash('brief', { about: 'venezuela' });
  discord.fail('POST /webhooks', { type: 'status', status: 403, body: { code: 50013, message: 'Missing Permissions' } });
  const pressed = await discord.press(data, 'Share in channel');
  await followUps(discord, pressed.token);
  await discord.slash('topics');
  expect(discord.callsOf(`PATCH /webhooks/100/${pressed.token}`)).toEqual([]);
  expect(logged.some(({ event }) => event === 'answer could not be sent')).toBe(true);
  expect(JSON.stringify(logged)).not.toMatch(/failure of the|token-/);
});

test('only who shared an answer can take it back', async () => {
  const { discord } = await openInDiscord();
  const { data } = await discord.slash('brief', { about: 'venezuela', share: true });
  const member = { ...discord.state.member, permissions: '0', user: { id: '43', username: 'bo', discriminator: '0' } };
  const other = await discord.press(data, 'Undo', { ...PUBLIC, member });
  expect(isPrivate(other)).toBe(true);
  expect(wordsIn(other)).toContain('Only who shared this can take it back');
  const own = await discord.press(data, 'Undo', PUBLIC);
  expect(own.type).toBe(6);
  await discord.until(() => discord.callsOf(`DELETE /webhooks/100/${own.token}/messages/@original`).length === 1);
});

test('a button works after a restart, a week later, for somebody else', async () => {
  const first = await openInDiscord();
  const { data } = await first.discord.slash('brief', { about: 'venezuela' });
  const second = await openInDiscord({ bot: { now: '2026-12-02T12:00:00Z' } });
  const member = { ...second.discord.state.member, permissions: '0', user: { id: '43', username: 'bo', discriminator: '0' } };
  expect(wordsIn(await second.discord.press(data, 'Views', { member }))).toContain('Views');
});

test('what is chosen from a menu is answered', async () => {
  const questions = ['Copper', 'Grain', 'Linen'].map((topic, n) =>
    aQuestionFile({
      id: `digest/2026-05-0${n + 1}/${topic.toLowerCase()}`,
      date: `2026-05-0${n + 1}`,
      topics: [topic],
      headline: `What of ${topic}?`,
    }),
  );
  const { discord } = await openInDiscord({ bot: { questions, persons } });
  const { data } = await discord.slash('brief');
  const menus = (data.components as { components: { type: number }[] }[]).flatMap(({ components }) => components);
  expect(menus.filter(({ type }) => type === 3)).toHaveLength(1);
  const chosen = await discord.press(data, 'Copper');
  expect(isPrivate(chosen)).toBe(true);
  expect(wordsIn(chosen)).toContain('What of Copper?');
});

test('a search too long for a button is kept, and its button works after a restart', async () => {
  const questions = [1, 2, 3, 4, 5, 6, 7, 8].map((day) =>
    aQuestionFile({ id: `digest/2026-05-0${day}/t${day}`, date: `2026-05-0${day}` }),
  );
  const folder = mkdtempSync(join(tmpdir(), 'briefdesk-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const bot = { questions, persons, database: join(folder, 'bot.db') };
  const { discord, close } = await openInDiscord({ bot });
  const words = `tariffs ${'OR lifting OR nobody OR gains OR because '.repeat(3)}OR hold`;
  const { data } = await discord.slash('quotes', { words });
  expect(JSON.stringify(data.components)).toContain('stored:');
  await close();
  const later = await openInDiscord({ bot });
  const next = await later.discord.press(data, 'Next page');
  expect(next.type).toBe(7);
  expect(wordsIn(next)).toContain('tariffs');
});

test('a button whose id is none of ours says what to do', async () => {
  const { discord } = await openInDiscord();
  const button = { type: 2, style: 2, label: 'Old', custom_id: '{"x":1}' };
  const shown = await discord.press({ components: [{ type: 1, components: [button] }] }, 'Old');
  expect(wordsIn(shown)).toContain('Type the command again');
});

test('an error behind a page button leaves the page as it is', async () => {
  const { discord } = await openInDiscord();
  const button = { type: 2, style: 2, label: 'Next page', custom_id: 'quotes|topic|Venezuela|page|90' };
  const shown = await discord.press({ components: [{ type: 1, components: [button] }] }, 'Next page');
  expect(shown.type).toBe(4);
  expect(isPrivate(shown)).toBe(true);
  expect(wordsIn(shown)).toContain('page');
});
