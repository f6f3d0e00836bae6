import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { openTestConsole } from '../../support/console.ts';

test('where the port is taken the console takes the next free one', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const bound = taken.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  const desk = await openTestConsole({ settings: { port } });
  expect(Number(new URL(desk.url).port)).toBeGreaterThan(port);
  expect((await fetch(desk.url)).status).toBe(200);
  await desk.stop();
  await new Promise((resolve) => taken.close(resolve));
});

test('the end waits for answers under way and closes open windows', async () => {
  const desk = await openTestConsole();
  const headers = { origin: desk.url, 'content-type': 'application/json' };
  const begun = await fetch(`${desk.url}/chat/session`, { method: 'POST', headers });
  const cookie = begun.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const state = (await (await fetch(`${desk.url}/chat/state`, { headers: { cookie } })).json()) as { channels: { id: string }[] };
  const events = await fetch(`${desk.url}/chat/events`, { headers: { cookie } });
  const first = await events.body?.getReader().read();
  expect(new TextDecoder().decode(first?.value)).toContain('event: ready');

  // Half a request: the server has its head and waits for its body.
  const asking = request(`${desk.url}/chat/channels/${state.channels[0]?.id}/lines`, {
    method: 'POST',
    headers: { ...headers, cookie, expect: '100-continue' },
  });
  const answered = once(asking, 'response');
  asking.flushHeaders();
  await once(asking, 'continue');
  const stopped = desk.stop();
  asking.end(JSON.stringify({ id: crypto.randomUUID(), line: '/brief venezuela' }));
  const [answer] = (await answered) as [IncomingMessage];
  expect(answer.statusCode).toBe(201);
  answer.resume();
  await stopped;
  await expect(fetch(desk.url)).rejects.toThrow();
});
