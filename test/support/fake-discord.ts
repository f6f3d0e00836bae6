import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Json, messageProblems, schemaProblems } from './discord-checks.ts';
import { answerRest, type Called, type DiscordState, newState } from './fake-discord-rest.ts';

export const TOKEN = 'MTAwMDAwMDAwMDAwMDAwMDAwMA.GaBcDe.good-good-good-good-good-good';
export const APP = '100';

/** What goes wrong with the next request to a route (its method and a part of its path). */
export type Fault =
  | { type: 'status'; status: number; body?: Json; retryAfter?: number; afterWrite?: boolean }
  | { type: 'drop'; afterWrite?: boolean }
  /** Answers when the test lets it. */
  | { type: 'wait'; until: Promise<unknown> };

/** A small Discord on loopback: REST v10 and gateway. Checks everything that it is sent. */
export interface FakeDiscord {
  apiUrl: string;
  state: DiscordState;
  /** What was sent that Discord would refuse. */
  problems: string[];
  calls: Called[];
  sockets: WebSocket[];
  /** Frames of the bot: identify, resume, heartbeat. */
  frames: { op: number; d: Json | number | null }[];
  /** Answers no heartbeat while true. */
  deaf: boolean;
  /** Closes the next connections with these codes instead of READY. */
  closeWith: number[];
  /** Says “invalid session” to the next resume. */
  refusesResume: boolean;
  heartbeatMs: number;
  fail(route: string, ...faults: Fault[]): void;
  callsOf(route: string): Called[];
  /** Resolves when the condition holds; looked at whenever something arrives. */
  until<Value>(condition: () => Value | undefined | false): Promise<Value>;
  /** Sends an event to the bot. */
  dispatch(event: string, data: Json): void;
  /** Sends an interaction; resolves to what came back first. */
  interact(data: Json, changed?: Json): Promise<Shown>;
  /** Sends an interaction and does not wait; returns its id and token. */
  send(data: Json, changed?: Json): { id: string; token: string };
  slash(command: string, options?: Record<string, string | number | boolean>, changed?: Json): Promise<Shown>;
  complete(command: string, option: string, typed: string): Promise<{ name: string; value: string }[]>;
  /** Presses a button, or chooses an option, of a message by its label. */
  press(message: Json, label: string, changed?: Json): Promise<Shown>;
  close(): Promise<void>;
}

/** What a callback said, and the interaction it belongs to. */
export interface Shown {
  type: number;
  data: Json;
  token: string;
}

type Component = { type: number; label?: string; custom_id?: string; options?: { label: string; value: string }[] };

/** `checks: false`: for measuring, where looking at what it is sent would take longer than the bot does. */
export async function openFakeDiscord({ checks = true }: { checks?: boolean } = {}): Promise<FakeDiscord> {
  const changed = new EventEmitter().setMaxListeners(0);
  const faults = new Map<string, Fault[]>();
  let sequence = 0;
  let interactions = 0;
  const server = createServer((request, response) => void serve(request, response));
  const wss = new WebSocketServer({ server });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const gateway = `ws://127.0.0.1:${port}`;
  const state = newState(gateway, TOKEN);

  const send = (socket: WebSocket, frame: Json) => socket.readyState === socket.OPEN && socket.send(JSON.stringify(frame));
  const event = (socket: WebSocket, t: string, d: Json) => send(socket, { op: 0, t, s: ++sequence, d });

  wss.on('connection', (socket) => {
    fake.sockets.push(socket);
    send(socket, { op: 10, d: { heartbeat_interval: fake.heartbeatMs } });
    socket.on('message', (raw) => {
      const frame = JSON.parse(String(raw)) as FakeDiscord['frames'][number];
      fake.frames.push(frame);
      if (frame.op === 1 && !fake.deaf) send(socket, { op: 11 });
      if (frame.op === 2) identify(socket);
      if (frame.op === 6) resume(socket);
      changed.emit('change');
    });
    socket.on('close', () => changed.emit('change'));
    changed.emit('change');
  });

  function identify(socket: WebSocket): void {
    const code = fake.closeWith.shift();
    if (code !== undefined) {
      socket.close(code);
      return;
    }
    event(socket, 'READY', {
      v: 10,
      user: state.bot,
      guilds: [...state.guilds.keys()].map((id) => ({ id, unavailable: true })),
      session_id: 'session',
      resume_gateway_url: gateway,
      application: { id: APP, flags: 0 },
    });
    for (const guild of state.guilds.values()) event(socket, 'GUILD_CREATE', guild);
  }

  function resume(socket: WebSocket): void {
    if (fake.refusesResume) send(socket, { op: 9, d: false });
    else event(socket, 'RESUMED', {});
    fake.refusesResume = false;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://fake');
    const path = decodeURIComponent(pathname).replace(/^\/api\/v10/, '');
    const raw = await text(request);
    const called: Called = {
      at: performance.now(),
      method: request.method ?? 'GET',
      path,
      query,
      body: raw === '' ? {} : (JSON.parse(raw) as Json),
      token: (request.headers.authorization ?? '').replace(/^Bot /, ''),
    };
    fake.calls.push(called);
    changed.emit('change');
    const route = [...faults.keys()].find((one) => matches(called, one) && faults.get(one)!.length > 0);
    const fault = route === undefined ? undefined : faults.get(route)!.shift();
    if (fault?.type === 'wait') await fault.until;
    else if (fault) {
      if (fault.afterWrite) answer();
      if (fault.type === 'drop') return void request.socket.destroy();
      const limited = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
      response.writeHead(fault.status, { 'content-type': 'application/json', ...limited });
      response.end(JSON.stringify(fault.body ?? { message: 'no', code: 0, retry_after: fault.retryAfter }));
      return;
    }
    const { status, body } = answer();
    if (status === 204) response.writeHead(204).end();
    else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    changed.emit('change');

    function answer() {
      if (checks) check(called);
      return answerRest(called, state);
    }
  }

  /** Everything that Discord checks of a body. */
  function check({ method, path, body }: Called): void {
    const note = (problems: string[]) => fake.problems.push(...problems.map((one) => `${method} ${path}: ${one}`));
    if (/\/commands$/.test(path) && method === 'PUT')
      for (const command of body as unknown as Json[]) note(schemaProblems('command', command));
    if (/\/callback$/.test(path)) {
      const { type, data } = body as { type: number; data?: Json };
      if (type === 4) note([...schemaProblems('reply', body), ...messageProblems(data!)]);
      if (type === 7) note([...schemaProblems('update', body), ...messageProblems(data!)]);
      if (type === 8) {
        const choices = data!.choices as { name: string; value: string }[];
        if (choices.length > 25 || choices.some(({ name, value }) => !name || name.length > 100 || !value || value.length > 100))
          note(['choices']);
      }
    }
    if (/^\/webhooks\//.test(path) && method === 'POST') note([...schemaProblems('followUp', body), ...messageProblems(body)]);
    if (/^\/webhooks\//.test(path) && method === 'PATCH') note([...schemaProblems('editReply', body), ...messageProblems(body)]);
    if (/^\/channels\/\d+\/messages$/.test(path) && method === 'POST')
      note([...schemaProblems('post', body), ...messageProblems(body)]);
    if (/^\/channels\/\d+\/messages\/\d+$/.test(path) && method === 'PATCH')
      note([...schemaProblems('edit', body), ...messageProblems(body)]);
    if (/^\/channels\/\d+\/threads$/.test(path))
      note([...schemaProblems('forum', body), ...messageProblems(body.message as Json)]);
  }

  const matches = ({ method, path }: Called, route: string): boolean => {
    const [of = '', part = ''] = route.split(' ');
    return method === of && path.includes(part);
  };

  const fake: FakeDiscord = {
    apiUrl: `http://127.0.0.1:${port}/api`,
    state,
    problems: [],
    calls: [],
    sockets: [],
    frames: [],
    deaf: false,
    closeWith: [],
    refusesResume: false,
    heartbeatMs: 41_250,
    fail: (route, ...more) => void faults.set(route, [...(faults.get(route) ?? []), ...more]),
    callsOf: (route) => fake.calls.filter((called) => matches(called, route)),
    async until(condition) {
      for (;;) {
        const value = condition();
        if (value !== undefined && value !== false) return value;
        await once(changed, 'change');
      }
    },
    dispatch(t, d) {
      for (const socket of fake.sockets) if (socket.readyState === socket.OPEN) event(socket, t, d);
    },
    send(data, more = {}) {
      const id = state.nextId();
      const token = `token-${++interactions}`;
      const inServer = { guild_id: '1', member: { ...state.member, permissions: String(state.permissions) }, context: 0 };
      fake.dispatch('INTERACTION_CREATE', {
        id,
        application_id: APP,
        token,
        version: 1,
        locale: 'en-US',
        entitlements: [],
        authorizing_integration_owners: { 0: '1' },
        app_permissions: '274878024704',
        channel: { id: '10', type: 0, name: 'general', guild_id: '1', permissions: '0' },
        channel_id: '10',
        attachment_size_limit: 1,
        ...inServer,
        ...more,
        ...data,
      });
      return { id, token };
    },
    async interact(data, more) {
      const { id, token } = fake.send(data, more);
      const path = `/interactions/${id}/`;
      const { body } = await fake.until(() => {
        const answered = state.callbacks.get(id);
        return answered !== undefined && fake.calls.find((one) => one.path.startsWith(path));
      });
      const { type, data: said = {} } = body as { type: number; data?: Json };
      return { type, data: said, token };
    },
    slash: (name, options, more) => fake.interact(slashOf(name, options), more),
    async complete(name, option, typed) {
      const { data } = await fake.interact(completionOf(name, option, typed));
      return data.choices as { name: string; value: string }[];
    },
    press(message, label, more = {}) {
      const rows = (message.components ?? []) as { components: Component[] }[];
      const all = rows.flatMap(({ components }) => components);
      const button = all.find((one) => one.type === 2 && one.label === label && one.custom_id !== undefined);
      const select = all.find((one) => one.options?.some((option) => option.label.startsWith(label)));
      const chosen = select?.options?.find((option) => option.label.startsWith(label))?.value;
      if (!button && !select) throw new Error(`no “${label}” among ${all.map((one) => one.label).join(', ')}`);
      const data = button
        ? { component_type: 2, custom_id: button.custom_id }
        : { component_type: 3, custom_id: select!.custom_id, values: [chosen] };
      const pressed = { ...state.message('10', { flags: 64, ...message }), ...(more.message as Json | undefined) };
      const { message: _, ...others } = more;
      return fake.interact({ type: 3, data, message: pressed }, others);
    },
    async close() {
      for (const socket of wss.clients) socket.terminate();
      wss.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}

/** A slash command as Discord sends it. */
export function slashOf(name: string, options: Record<string, string | number | boolean> = {}): Json {
  const types = { string: 3, number: 4, boolean: 5 } as Record<string, number>;
  const given = Object.entries(options).map(([key, value]) => ({ name: key, value, type: types[typeof value] }));
  return { type: 2, data: { id: '5', name, type: 1, options: given } };
}

/** An option being typed. */
export const completionOf = (name: string, option: string, typed: string): Json => ({
  type: 4,
  data: { id: '5', name, type: 1, options: [{ name: option, type: 3, value: typed, focused: true }] },
});
