import type { Json } from './discord-checks.ts';

export interface Called {
  /** When it had arrived (ms). */
  at: number;
  method: string;
  path: string;
  query: URLSearchParams;
  body: Json;
  token: string;
}

export interface DiscordState {
  token: string;
  gateway: string;
  bot: Json;
  member: Json;
  /** Of the member who asks. */
  permissions: bigint;
  guilds: Map<string, Json>;
  channels: Map<string, Json>;
  /** By channel, oldest first. */
  messages: Map<string, Json[]>;
  /** Answers to interactions by `token`: the original and follow-ups, as they stand. */
  replies: Map<string, Json[]>;
  callbacks: Map<string, number>;
  /** What was registered, by route. */
  commands: Map<string, Json[]>;
  threads: Json[];
  /** Connections that Discord recommends. */
  shards: number;
  nextId(): string;
  message(channel: string, body: Json): Json;
}

const EPOCH = 1_420_070_400_000n;
const ALL = '274878024704';

export function newState(gateway: string, token: string): DiscordState {
  let counter = 0n;
  const bot = { id: '900', username: 'briefdesk', discriminator: '0', bot: true, avatar: null };
  const channel = (id: string, name: string, more: Json = {}) => ({
    id,
    name,
    type: 0,
    guild_id: '1',
    position: 0,
    permission_overwrites: [],
    parent_id: null,
    ...more,
  });
  const channels = [
    channel('10', 'general'),
    channel('11', 'closed', { permission_overwrites: [{ id: '1', type: 0, allow: '0', deny: '65536' }] }),
    channel('12', 'questions', {
      type: 15,
      flags: 16,
      available_tags: [
        { id: '71', name: 'Other', moderated: false, emoji_id: null, emoji_name: null },
        { id: '72', name: 'Briefings', moderated: false, emoji_id: null, emoji_name: null },
      ],
    }),
  ];
  const joined = '2020-01-01T00:00:00.000Z';
  const guild = {
    id: '1',
    name: 'Server',
    owner_id: '999',
    roles: [
      { id: '1', name: '@everyone', permissions: ALL, position: 0, color: 0, hoist: false, managed: false, mentionable: false },
    ],
    channels,
    threads: [],
    members: [{ user: bot, roles: [], joined_at: joined, deaf: false, mute: false, flags: 0 }],
    emojis: [],
    stickers: [],
    features: [],
    member_count: 2,
    premium_tier: 0,
  };
  const state: DiscordState = {
    token,
    gateway,
    bot,
    member: {
      user: { id: '42', username: 'ada', global_name: 'Ada', discriminator: '0', avatar: null },
      roles: [],
      joined_at: joined,
      deaf: false,
      mute: false,
      flags: 0,
    },
    permissions: 0n,
    guilds: new Map([['1', guild]]),
    channels: new Map(channels.map((one) => [one.id, one])),
    messages: new Map(),
    replies: new Map(),
    callbacks: new Map(),
    commands: new Map(),
    threads: [],
    shards: 1,
    nextId: () => String(((BigInt(Date.now()) - EPOCH) << 22n) + ++counter),
    message: (channel_id, { nonce: _, enforce_nonce: __, ...body }) => ({
      id: state.nextId(),
      channel_id,
      author: bot,
      content: '',
      timestamp: new Date().toISOString(),
      edited_timestamp: null,
      tts: false,
      mention_everyone: false,
      mentions: [],
      mention_roles: [],
      attachments: [],
      pinned: false,
      type: 0,
      embeds: [],
      components: [],
      ...body,
    }),
  };
  return state;
}

type Answer = { status: number; body: unknown };
const refuse = (status: number, code: number, message: string): Answer => ({ status, body: { code, message } });
const ok = (body: unknown): Answer => ({ status: 200, body });

/** Discord’s answer to one request. */
export function answerRest(called: Called, state: DiscordState): Answer {
  const { method, path, body, token } = called;
  const [, kind = '', id = '', part = '', last = ''] = path.split('/');
  if (kind === 'interactions') return callback(id, part, called, state);
  if (kind === 'webhooks') return webhook(part, path.split('/')[5], called, state);
  if (token !== state.token) return refuse(401, 0, '401: Unauthorized');
  if (path === '/gateway/bot') {
    const session_start_limit = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 16 };
    return ok({ url: state.gateway, shards: state.shards, session_start_limit });
  }
  if (path === '/applications/@me') return ok({ id: '100' });
  if (kind === 'applications' && method === 'GET') return ok(state.commands.get(path) ?? []);
  if (kind === 'applications') {
    state.commands.set(path, body as unknown as Json[]);
    return ok([]);
  }
  if (path === '/users/@me/channels') {
    state.channels.set(`8${String(body.recipient_id)}`, { id: `8${String(body.recipient_id)}`, type: 1 });
    return ok({ id: `8${String(body.recipient_id)}`, type: 1 });
  }
  if (kind === 'guilds') return ok({ threads: state.threads, members: [] });
  const channel = state.channels.get(id);
  if (!channel) return refuse(404, 10003, 'Unknown Channel');
  if (part === '') return ok(channel);
  const messages = state.messages.get(id) ?? [];
  state.messages.set(id, messages);
  if (part === 'threads') return forumPost(id, channel, body, state);
  if (method === 'GET') {
    const later = messages.filter((one) => BigInt(String(one.id)) > BigInt(called.query.get('after') ?? 0));
    return ok(later.slice(0, Number(called.query.get('limit') ?? 50)).reverse());
  }
  if (method === 'POST') {
    const before = messages.find((one) => one.sentNonce === body.nonce && body.enforce_nonce === true);
    if (before) return ok(before);
    const made = { ...state.message(id, body), sentNonce: body.nonce };
    messages.push(made);
    return ok(made);
  }
  const at = messages.find((one) => one.id === last);
  if (!at) return refuse(404, 10008, 'Unknown Message');
  return ok(Object.assign(at, body));
}

function forumPost(forum: string, channel: Json, body: Json, state: DiscordState): Answer {
  const required = (Number(channel.flags ?? 0) & 16) !== 0;
  if (required && (body.applied_tags as string[]).length === 0) return refuse(400, 40067, 'A tag is required');
  const id = state.nextId();
  const thread = { id, type: 11, name: body.name, parent_id: forum, owner_id: state.bot.id, applied_tags: body.applied_tags };
  state.channels.set(id, thread);
  state.threads.push(thread);
  state.messages.set(id, [{ ...state.message(id, body.message as Json), id }]);
  return ok(thread);
}

function callback(id: string, token: string, { body }: Called, state: DiscordState): Answer {
  if (state.callbacks.has(id)) return refuse(400, 40060, 'Interaction has already been acknowledged.');
  const { type, data } = body as { type: number; data?: Json };
  state.callbacks.set(id, type);
  if (type === 4 || type === 5 || type === 7) state.replies.set(token, [state.message('10', data ?? {})]);
  else state.replies.set(token, [state.message('10', { pressed: true })]);
  return { status: 204, body: undefined };
}

function webhook(token: string, message: string | undefined, { method, body }: Called, state: DiscordState): Answer {
  const replies = state.replies.get(token);
  if (!replies) return refuse(404, 10015, 'Unknown Webhook');
  if (method === 'POST') {
    const made = state.message('10', body);
    replies.push(made);
    return ok(made);
  }
  const at = message === '@original' ? 0 : replies.findIndex((one) => one.id === message);
  if (method === 'DELETE') {
    replies.splice(at, 1);
    return { status: 204, body: undefined };
  }
  return ok(Object.assign(replies[at] ?? {}, body));
}
