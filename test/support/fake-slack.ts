import { createHmac } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type WebSocket, WebSocketServer } from 'ws';
import { answerApi, type Json, newState, type SlackState } from './fake-slack-api.ts';
import { messageProblems, optionProblems, submissionProblems } from './slack-checks.ts';

export const APP_TOKEN = 'xapp-1-A1-good';
export const SIGNING_SECRET = 'a-signing-secret-of-tests';

/** What goes wrong with the next call of a method. */
export type Fault =
  | { type: 'status'; status: number; retryAfter?: number; afterWrite?: boolean }
  | { type: 'error'; error: string }
  | { type: 'drop'; afterWrite?: boolean }
  /** Answers when the test lets it. */
  | { type: 'wait'; until: Promise<unknown> };

export interface Ack {
  status: number;
  body: Json;
}

/** A small Slack on loopback: Web API, Socket Mode, signed HTTP, response addresses. Checks everything that it is sent. */
export interface FakeSlack {
  apiUrl: string;
  state: SlackState;
  /** What was sent that Slack would refuse. */
  problems: string[];
  /** Set: events go there by HTTP; unset: through the socket. */
  requestUrl: string | undefined;
  sockets: WebSocket[];
  calls: { method: string; args: Json; token: string }[];
  /** Bodies that arrived at response addresses. */
  responses: Json[];
  fail(method: string, ...faults: Fault[]): void;
  /** Does not answer the next call of a method until what this returns is called. */
  hold(method: string): () => void;
  /** Calls of one method so far. */
  callsOf(method: string): Json[];
  /** Resolves when the condition holds; looked at whenever something arrives. */
  until<Value>(condition: () => Value | undefined | false): Promise<Value>;
  slash(line: string, changed?: Json): Promise<Ack>;
  interact(payload: Json): Promise<Ack>;
  event(event: Json, changed?: Json): Promise<Ack>;
  /** Sends an envelope or a request once more. */
  deliver(type: 'slash_commands' | 'interactive' | 'events_api', payload: Json, retry?: number): Promise<Ack>;
  /** Body of a slash command, to deliver by hand. */
  commandPayload(line: string, changed?: Json): Json;
  /** A frame that is not an envelope. */
  frame(frame: Json): void;
  responseUrl(): string;
  close(): Promise<void>;
}

export async function openFakeSlack(): Promise<FakeSlack> {
  const changed = new EventEmitter().setMaxListeners(0);
  const faults = new Map<string, Fault[]>();
  const acks = new Map<string, (ack: Ack) => void>();
  const sockets: WebSocket[] = [];
  let counter = 0;
  const next = () => ++counter;

  const server = createServer((request, response) => void serve(request, response));
  const wss = new WebSocketServer({ server, path: '/link' });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const state = newState({ socketUrl: `ws://127.0.0.1:${port}/link`, appToken: APP_TOKEN });

  wss.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('message', (data) => {
      const { envelope_id, payload } = JSON.parse(String(data)) as { envelope_id: string; payload?: Json };
      acks.get(envelope_id)?.({ status: 200, body: payload ?? {} });
      acks.delete(envelope_id);
      changed.emit('change');
    });
    socket.on('close', () => changed.emit('change'));
    socket.send(
      JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' }, debug_info: { host: 'fake' } }),
    );
    changed.emit('change');
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin);
    const body = await text(request);
    if (url.pathname.startsWith('/response/')) {
      const sent = JSON.parse(body) as Json;
      if (await broken('response_url', response, () => fake.responses.push(sent))) return;
      fake.responses.push(sent);
      if (sent.delete_original !== true) checked('response_url', messageProblems(sent));
      response.end('ok');
      changed.emit('change');
      return;
    }
    const method = url.pathname.replace(/^\/api\//, '');
    const args = parsed(request, body);
    const token = request.headers.authorization?.replace('Bearer ', '') ?? String(args.token ?? '');
    fake.calls.push({ method, args, token });
    const answer = () =>
      answerApi(method, { args, token, state, ts: () => `${2_000_000_000 + next()}.000100` }, (problems) =>
        checked(method, problems),
      );
    changed.emit('change');
    if (await broken(method, response, answer)) return;
    const { scopes, ...result } = answer();
    response.setHeader('content-type', 'application/json');
    if (scopes !== undefined) response.setHeader('x-oauth-scopes', String(scopes));
    response.end(JSON.stringify(result));
    changed.emit('change');
  }

  /** Whether a fault has answered instead. */
  async function broken(method: string, response: ServerResponse, write: () => unknown): Promise<boolean> {
    const fault = faults.get(method)?.shift();
    if (!fault) return false;
    if (fault.type === 'wait') {
      await fault.until;
      return false;
    }
    if (fault.type === 'error') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ok: false, error: fault.error }));
      return true;
    }
    if (fault.afterWrite) write();
    if (fault.type === 'drop') response.destroy();
    else {
      if (fault.retryAfter !== undefined) response.setHeader('retry-after', String(fault.retryAfter));
      response.writeHead(fault.status).end('broken');
    }
    changed.emit('change');
    return true;
  }

  function checked(where: string, problems: string[]): void {
    fake.problems.push(...problems.map((one) => `${where}: ${one}`));
  }

  async function overSocket(type: string, payload: Json, retry?: number): Promise<Ack> {
    const envelope_id = `e${next()}`;
    const acked = new Promise<Ack>((resolve) => acks.set(envelope_id, resolve));
    const socket = await fake.until(() => sockets.findLast((one) => one.readyState === one.OPEN));
    const again = retry === undefined ? {} : { retry_attempt: retry, retry_reason: 'timeout' };
    socket.send(JSON.stringify({ envelope_id, type, payload, accepts_response_payload: type !== 'events_api', ...again }));
    return acked;
  }

  async function overHttp(to: string, type: string, payload: Json, retry?: number): Promise<Ack> {
    const isJson = type === 'events_api';
    const body = isJson
      ? JSON.stringify(payload)
      : new URLSearchParams(
          type === 'interactive'
            ? { payload: JSON.stringify(payload) }
            : Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, String(value)])),
        ).toString();
    const again = retry === undefined ? {} : { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' };
    const response = await fetch(to, {
      method: 'POST',
      headers: {
        'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
        ...signature(body),
        ...again,
      },
      body,
    });
    const answered = await response.text();
    return { status: response.status, body: answered.startsWith('{') ? (JSON.parse(answered) as Json) : {} };
  }

  const fake: FakeSlack = {
    apiUrl: `${origin}/api/`,
    state,
    problems: [],
    requestUrl: undefined,
    sockets,
    calls: [],
    responses: [],
    fail(method, ...more) {
      faults.set(method, [...(faults.get(method) ?? []), ...more]);
    },
    hold(method) {
      let release = () => {};
      fake.fail(method, { type: 'wait', until: new Promise<void>((resolve) => (release = resolve)) });
      return release;
    },
    callsOf: (method) => fake.calls.filter((call) => call.method === method).map(({ args }) => args),
    async until(condition) {
      for (;;) {
        const value = condition();
        if (value) return value;
        await once(changed, 'change');
      }
    },
    async deliver(type, payload, retry) {
      const ack =
        fake.requestUrl === undefined
          ? await overSocket(type, payload, retry)
          : await overHttp(fake.requestUrl, type, payload, retry);
      if ('blocks' in ack.body) checked(`ack of ${type}`, messageProblems(ack.body));
      if ('response_action' in ack.body) checked('submission', submissionProblems(ack.body, payload.view as Json));
      if ('options' in ack.body || 'option_groups' in ack.body) checked('options', optionProblems(ack.body));
      return ack;
    },
    commandPayload(line, more = {}) {
      const [command = '', ...rest] = line.split(' ');
      return {
        token: 't',
        team_id: 'T1',
        team_domain: 'acme',
        channel_id: 'C1',
        channel_name: 'general',
        user_id: 'U1',
        user_name: 'ada',
        command,
        text: rest.join(' ').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'),
        api_app_id: 'A1',
        is_enterprise_install: 'false',
        response_url: fake.responseUrl(),
        trigger_id: `trigger.${next()}`,
        ...more,
      };
    },
    slash: (line, more) => fake.deliver('slash_commands', fake.commandPayload(line, more)),
    interact: (payload) =>
      fake.deliver('interactive', {
        team: { id: 'T1', domain: 'acme' },
        user: { id: 'U1', username: 'ada', name: 'ada', team_id: 'T1' },
        api_app_id: 'A1',
        token: 't',
        is_enterprise_install: false,
        enterprise: null,
        trigger_id: `trigger.${next()}`,
        ...payload,
      }),
    event: (event, more = {}) =>
      fake.deliver('events_api', {
        token: 't',
        team_id: 'T1',
        api_app_id: 'A1',
        type: 'event_callback',
        event_id: `Ev${next()}`,
        event_time: 1,
        authorizations: [{ enterprise_id: null, team_id: 'T1', user_id: 'UBOT', is_bot: true, is_enterprise_install: false }],
        is_ext_shared_channel: false,
        event,
        ...more,
      }),
    frame(frame) {
      for (const socket of sockets) if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
    },
    responseUrl: () => `${origin}/response/${next()}`,
    async close() {
      for (const socket of wss.clients) socket.terminate();
      wss.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signature(body: string, { secret = SIGNING_SECRET, at = Date.now() } = {}): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const hash = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${hash}` };
}

const JSON_FIELDS = new Set(['blocks', 'view', 'metadata', 'unfurls', 'attachments']);

function parsed(request: IncomingMessage, body: string): Json {
  if (request.headers['content-type']?.includes('json')) return JSON.parse(body) as Json;
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([key, value]) => [key, JSON_FIELDS.has(key) ? JSON.parse(value) : literal(value)]),
  );
}

const literal = (value: string): unknown => (value === 'true' ? true : value === 'false' ? false : value);
