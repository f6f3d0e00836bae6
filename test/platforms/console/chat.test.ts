import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChangesView, CompletionsView, MessageView } from '../../../src/platforms/console/wire.ts';
import { openTestConsole, type TestConsole } from '../../support/console.ts';
import { openWindow, type Window } from './requests.ts';

let desk: TestConsole;
let mine: Window;
let theirs: Window;
beforeEach(async () => {
  desk = await openTestConsole({ start: false });
  mine = await openWindow(desk);
  theirs = await openWindow(desk);
});
afterEach(() => desk.stop());

const channel = async () => (await mine.state()).channels[0]?.id ?? '';

test('an answer is private until it is shared, and again when that is undone', async () => {
  const { id, visibility, by, message } = await mine.say('/brief venezuela');
  expect([visibility, by, message.title]).toEqual([
    'private',
    'You',
    'Pompeo’s four-country trip: is the Venezuela push working?',
  ]);
  expect(await theirs.messages()).toEqual([]);
  expect((await theirs.send('POST', `/chat/messages/${id}/share`)).status).toBe(404);
  expect((await theirs.send('GET', `/chat/messages/${id}/slack`)).status).toBe(404);

  expect((await mine.send('POST', `/chat/messages/${id}/share`)).status).toBe(200);
  expect((await theirs.messages()).map(({ id, own, visibility }) => ({ id, own, visibility }))).toEqual([
    { id, own: false, visibility: 'public' },
  ]);
  expect((await theirs.send('DELETE', `/chat/messages/${id}/share`)).status).toBe(403);

  expect((await mine.send('DELETE', `/chat/messages/${id}/share`)).status).toBe(200);
  expect(await theirs.messages()).toEqual([]);
  expect((await mine.messages()).map((one) => one.visibility)).toEqual(['private']);
});

test('share:yes posts at once, but a mistake stays private', async () => {
  await mine.say('/topics share:yes');
  const mistake = await mine.say('/brief nosuchthing share:yes');
  expect([mistake.outcome, mistake.visibility]).toEqual(['failed', 'private']);
  expect((await theirs.messages()).map(({ line }) => line)).toEqual(['/topics share:yes']);
  expect((await mine.send('POST', `/chat/messages/${mistake.id}/share`)).status).toBe(409);
});

test('a shared answer stands at the end of the channel', async () => {
  const first = await mine.say('/topics');
  await mine.say('/briefdesk');
  await mine.send('POST', `/chat/messages/${first.id}/share`);
  expect((await mine.messages()).map(({ line }) => line)).toEqual(['/briefdesk', '/topics']);
});

test('asking twice with the same id answers once', async () => {
  const id = randomUUID();
  const path = `/chat/channels/${await channel()}/lines`;
  const [one, other] = await Promise.all([
    mine.send('POST', path, { id, line: '/topics' }),
    mine.send('POST', path, { id, line: '/topics' }),
  ]);
  const later = await mine.send('POST', path, { id, line: '/topics' });
  expect([one.status, other.status, later.status]).toEqual([201, 201, 201]);
  expect(await mine.messages()).toHaveLength(1);
  expect((await theirs.send('POST', path, { id, line: '/topics' })).status).toBe(404);
});

test('the next page takes the place of a private answer, never of a shared one', async () => {
  const first = await mine.say('/quotes topic:trade');
  const path = `/chat/channels/${await channel()}/actions`;
  const next = { command: 'quotes', options: { topic: 'trade', page: '2' }, from: first.id };
  const turned = (await (await mine.send('POST', path, { id: randomUUID(), ...next })).json()) as MessageView;
  expect([turned.id, turned.line]).toEqual([first.id, '/quotes topic:trade page:2']);
  expect(await mine.messages()).toHaveLength(1);

  const cited = { command: 'cite', options: { what: 'ma7dygg' }, from: first.id };
  await mine.send('POST', path, { id: randomUUID(), ...cited });
  expect(await mine.messages()).toHaveLength(2);

  await mine.send('POST', `/chat/messages/${first.id}/share`);
  await mine.send('POST', path, { id: randomUUID(), ...next, options: { topic: 'trade', page: '1' } });
  await theirs.send('POST', path, { id: randomUUID(), ...next });
  expect((await mine.messages()).find(({ id }) => id === first.id)?.line).toBe('/quotes topic:trade page:2');
});

test('channels are created and renamed, each name once', async () => {
  const made = await mine.send('POST', '/chat/channels', { name: '# Latin  América ' });
  expect(await made.json()).toMatchObject({ name: 'latin-américa' });
  expect((await mine.send('POST', '/chat/channels', { name: 'latin-américa' })).status).toBe(409);
  expect((await mine.send('PATCH', `/chat/channels/${await channel()}`, { name: 'Latin América' })).status).toBe(409);
  expect((await mine.send('PATCH', `/chat/channels/${await channel()}`, { name: 'desk' })).status).toBe(204);
  expect((await mine.send('POST', '/chat/channels', { name: '<b>' })).status).toBe(400);
  expect((await mine.send('POST', '/chat/channels', { name: 'x'.repeat(41) })).status).toBe(400);
  expect((await mine.send('PATCH', '/chat/channels/nowhere', { name: 'x' })).status).toBe(404);
  expect((await theirs.state()).channels.map(({ name }) => name)).toEqual(['desk', 'latin-américa']);
});

test('completions say what they are and which end of the line they replace', async () => {
  const complete = async (line: string) =>
    (await mine.send('GET', `/chat/complete?line=${encodeURIComponent(line)}`)).json() as Promise<CompletionsView>;
  expect((await complete('/')).candidates.map(({ label }) => label)).toContain('/brief');
  expect(await complete('/quo')).toMatchObject({
    replaced: '/quo',
    candidates: [{ value: '/quotes ', label: '/quotes', about: expect.stringContaining('verbatim') }],
  });
  expect((await complete('/quotes by:wals')).candidates[0]).toMatchObject({ value: 'by:"Ray Walser"', label: 'Ray Walser' });
  expect((await complete('/quotes sin')).candidates[0]).toMatchObject({
    value: 'since:',
    about: expect.stringContaining('Not before'),
  });
  expect((await complete('/quotes since:2019-0')).candidates[3]).toMatchObject({ value: 'since:2019-04', about: 'April 2019' });
  expect(await complete('')).toMatchObject({ replaced: '' });
});

test('history is there after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'console-'));
  const database = join(folder, 'desk.db');
  const before = await openTestConsole({ start: false, database });
  const window = await openWindow(before);
  await window.say('/brief venezuela');
  await before.stop();
  const after = await openTestConsole({ start: false, database });
  expect((await (await openWindow(after, { cookie: window.cookie })).messages()).map(({ line }) => line)).toEqual([
    '/brief venezuela',
  ]);
  await after.stop();
  rmSync(folder, { recursive: true });
});

/** What a window that has seen `after` is told until it has been told of `count` messages. */
async function told(
  window: Window,
  after: number,
  count: number,
  lastEventId?: string,
): Promise<{ lines: string[]; gone: string[]; last: string }> {
  const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  const response = await window.send('GET', `/chat/events?after=${after}`, undefined, headers);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const lines: string[] = [];
  const gone: string[] = [];
  let last = '';
  let text = '';
  while (lines.length + gone.length < count) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      last = /^id: (.*)$/m.exec(event)?.[1] ?? last;
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (!/^event: changes$/m.test(event) || data === undefined) continue;
      const changes = JSON.parse(data) as ChangesView;
      lines.push(...changes.messages.map(({ line }) => line));
      gone.push(...changes.gone);
    }
  }
  await reader.cancel();
  return { lines, gone, last };
}

test('a window is told what it may see, once, and after a drop what it missed', async () => {
  const { revision } = await theirs.state();
  const listening = told(theirs, revision, 1);
  await mine.say('/briefdesk');
  const shared = await mine.say('/topics share:yes');
  const first = await listening;
  expect(first.lines).toEqual(['/topics share:yes']);
  await mine.say('/brief share:yes');
  await mine.send('DELETE', `/chat/messages/${shared.id}/share`);
  const second = await told(theirs, revision, 2, first.last);
  expect(second).toMatchObject({ lines: ['/brief share:yes'], gone: [shared.id] });
});

test('a window of another database is told to load anew', async () => {
  const response = await theirs.send('GET', '/chat/events?after=999999');
  expect(await response.text()).toContain('event: reset');
});

test('a message that another platform would get can be fetched', async () => {
  const { id } = await mine.say('/brief venezuela');
  expect(await (await mine.send('GET', `/chat/messages/${id}/slack`)).json()).toMatchObject([{ blocks: expect.any(Array) }]);
  expect(await (await mine.send('GET', `/chat/messages/${id}/discord`)).json()).toMatchObject([{ embeds: expect.any(Array) }]);
});

test('the workspace offers lines that work', async () => {
  const { examples } = await mine.state();
  expect(examples.length).toBeGreaterThan(3);
  for (const line of examples) expect((await mine.say(line)).outcome, line).not.toBe('failed');
});
