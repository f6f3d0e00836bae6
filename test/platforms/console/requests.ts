import { randomUUID } from 'node:crypto';
import type { MessageView, StateView } from '../../../src/platforms/console/wire.ts';
import type { TestConsole } from '../../support/console.ts';

const HOST = '127.0.0.1:3000';

/** Requests as a page of the console sends them, with the cookie that it was given. */
export interface Window {
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  state(): Promise<StateView>;
  say(line: string): Promise<MessageView>;
  messages(): Promise<MessageView[]>;
  cookie: string;
}

export async function openWindow(desk: TestConsole, given: { host?: string; cookie?: string } = {}): Promise<Window> {
  const { host = HOST } = given;
  const window: Window = {
    cookie: given.cookie ?? '',
    async send(method, path, body, headers = {}) {
      const response = await desk.routes.request(`http://${host}${path}`, {
        method,
        headers: {
          host,
          origin: `http://${host}`,
          'sec-fetch-site': 'same-origin',
          ...(window.cookie === '' ? {} : { cookie: window.cookie }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const [set] = response.headers.getSetCookie();
      if (set !== undefined) window.cookie = set.split(';')[0] ?? '';
      return response;
    },
    state: async () => (await window.send('GET', '/chat/state')).json() as Promise<StateView>,
    async say(line) {
      const { channels } = await window.state();
      return (
        await window.send('POST', `/chat/channels/${channels[0]?.id}/lines`, { id: randomUUID(), line })
      ).json() as Promise<MessageView>;
    },
    async messages() {
      const { channels } = await window.state();
      const shown = await window.send('GET', `/chat/channels/${channels[0]?.id}/messages`);
      return ((await shown.json()) as { messages: MessageView[] }).messages;
    },
  };
  if (given.cookie === undefined) await window.send('POST', '/chat/session');
  return window;
}
