import { expect, test } from 'vitest';
import { type Change, change, nothingYet, type Workspace } from '../../../src/platforms/console/client/workspace.ts';
import type { MessageView } from '../../../src/platforms/console/wire.ts';

const message = (given: Partial<MessageView> & { id: string; revision: number }): MessageView => ({
  channel: 'general',
  by: 'Guest 1a2b',
  own: false,
  visibility: 'public',
  outcome: 'message',
  line: `/brief ${given.id}`,
  message: { title: given.id, blocks: [] },
  created: 0,
  position: given.revision,
  ...given,
});
const opened: Change = { type: 'feed', channel: 'general', shown: { messages: [], earlier: false } };
const told = (messages: MessageView[], gone: string[] = []): Change => ({
  type: 'changed',
  changes: { channels: [], messages, gone },
});
const after = (...changes: Change[]): Workspace =>
  [opened, ...changes].reduce(change, {
    ...nothingYet,
    current: 'general',
    channels: [{ id: 'general', name: 'general', revision: 1 }],
  });
const shown = (workspace: Workspace) => workspace.feeds.general?.messages.map(({ id }) => id);

test('a message that is told twice is shown once', () => {
  expect(shown(after(told([message({ id: 'a', revision: 2 })]), told([message({ id: 'a', revision: 2 })])))).toEqual(['a']);
});

test('of a message the newest version stays, in whatever order versions arrive', () => {
  const older = message({ id: 'a', revision: 2, visibility: 'private' });
  const newer = message({ id: 'a', revision: 5 });
  for (const order of [
    [older, newer],
    [newer, older],
  ]) {
    expect(after(...order.map((one) => told([one]))).feeds.general?.messages).toEqual([newer]);
  }
});

test('a message that was taken back goes, one that was shared later moves to the end', () => {
  const [a, b] = [message({ id: 'a', revision: 2 }), message({ id: 'b', revision: 3 })];
  expect(shown(after(told([a, b]), told([message({ id: 'a', revision: 4 })])))).toEqual(['b', 'a']);
  expect(shown(after(told([a, b]), told([], ['a'])))).toEqual(['b']);
});

test('a line on its way goes when its answer arrives', () => {
  const waiting = { id: 'a', channel: 'general', line: '/topics' };
  expect(after({ type: 'asked', waiting }).waiting).toEqual([waiting]);
  expect(after({ type: 'asked', waiting }, told([message({ id: 'a', revision: 2, own: true })])).waiting).toEqual([]);
  expect(after({ type: 'asked', waiting }, { type: 'failed', id: 'a', problem: 'Offline.' }).waiting).toEqual([
    { ...waiting, problem: 'Offline.' },
  ]);
});

test('another channel is marked when somebody shares there, until it is opened', () => {
  const elsewhere = message({ id: 'a', revision: 2, channel: 'trade' });
  expect([...after(told([elsewhere])).unread]).toEqual(['trade']);
  expect([...after(told([{ ...elsewhere, own: true }])).unread]).toEqual([]);
  expect([...after(told([elsewhere]), { type: 'opened', channel: 'trade' }).unread]).toEqual([]);
});
