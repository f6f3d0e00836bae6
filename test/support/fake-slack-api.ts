import { messageProblems, viewProblems } from './slack-checks.ts';

export type Json = Record<string, unknown>;

export interface Posted extends Json {
  channel: string;
  ts: string;
}

interface Channel {
  name: string;
  creator: string;
  /** Whether the bot is in it. */
  isMember: boolean;
  isArchived: boolean;
  /** Of a private channel. */
  members?: string[];
}

export interface SlackState {
  socketUrl: string;
  appToken: string;
  /** Bot token → workspace. */
  teams: Map<string, { team: string; url: string; bot: string; botId: string }>;
  /** Code of an installation → team and its token; with `enterprise` it is for all teams of that organisation. */
  codes: Map<string, { team: string; token: string; enterprise?: string | undefined }>;
  users: Map<string, Json>;
  channels: Map<string, Channel>;
  messages: Posted[];
  ephemeral: Json[];
  homes: Map<string, Json>;
  modals: Json[];
  unfurls: Json[];
  scopes: string;
}

export function newState({ socketUrl, appToken }: { socketUrl: string; appToken: string }): SlackState {
  return {
    socketUrl,
    appToken,
    teams: new Map([['xoxb-1', { team: 'T1', url: 'https://acme.slack.com/', bot: 'UBOT', botId: 'B1' }]]),
    codes: new Map(),
    users: new Map([
      ['U1', { id: 'U1', tz: 'America/Bogota', is_admin: false, is_owner: false }],
      ['U2', { id: 'U2', tz: 'Europe/Madrid', is_admin: true, is_owner: false }],
    ]),
    channels: new Map([
      ['C1', { name: 'general', creator: 'U1', isMember: true, isArchived: false }],
      ['C2', { name: 'random', creator: 'U9', isMember: false, isArchived: false }],
      ['C3', { name: 'press', creator: 'U9', isMember: true, isArchived: false }],
    ]),
    messages: [],
    ephemeral: [],
    homes: new Map(),
    modals: [],
    unfurls: [],
    scopes: 'commands,chat:write',
  };
}

interface Asked {
  args: Json;
  token: string;
  state: SlackState;
  ts: () => string;
}

/** The answer of one method, and what it changes. */
export function answerApi(method: string, asked: Asked, check: (problems: string[]) => void): Json {
  const { args, token, state } = asked;
  if (method === 'apps.connections.open')
    return token === state.appToken ? { ok: true, url: state.socketUrl } : { ok: false, error: 'invalid_auth' };
  if (method === 'oauth.v2.access') return installed(args, state);
  const team = state.teams.get(token);
  if (!team) return { ok: false, error: 'invalid_auth' };
  switch (method) {
    case 'auth.test':
      return {
        ok: true,
        url: team.url,
        team: team.team,
        team_id: team.team,
        user_id: team.bot,
        bot_id: team.botId,
        scopes: state.scopes,
      };
    case 'users.info': {
      const user = state.users.get(String(args.user));
      return user ? { ok: true, user } : { ok: false, error: 'user_not_found' };
    }
    case 'conversations.info': {
      const id = String(args.channel);
      const channel = state.channels.get(id);
      // Of direct messages the bot sees its own.
      if (/^DU/.test(id)) return { ok: true, channel: { id, is_im: true, user: id.slice(1) } };
      return channel ? { ok: true, channel: described(id, channel) } : { ok: false, error: 'channel_not_found' };
    }
    case 'conversations.open':
      return { ok: true, channel: { id: `D${String(args.users)}` } };
    case 'conversations.list': {
      const all = [...state.channels].filter(([, { members, isArchived }]) => members === undefined && !isArchived);
      return page(
        'channels',
        all.map(([id, channel]) => described(id, channel)),
        args,
      );
    }
    case 'conversations.members':
      return page('members', state.channels.get(String(args.channel))?.members ?? [], args);
    case 'conversations.history': {
      const own = state.messages.filter(({ channel, thread_ts: thread }) => channel === args.channel && thread === undefined);
      return page('messages', own.filter(isSince(args)).reverse(), args);
    }
    case 'conversations.replies': {
      const own = state.messages.filter(
        (one) => one.channel === args.channel && (one.thread_ts === args.ts || one.ts === args.ts),
      );
      return page(
        'messages',
        own.filter((one) => one.ts === args.ts || isSince(args)(one)),
        args,
      );
    }
    case 'chat.postMessage':
      return posted(asked, check);
    case 'chat.postEphemeral':
      check(messageProblems(args));
      state.ephemeral.push(args);
      return { ok: true, message_ts: asked.ts() };
    case 'chat.update': {
      check(messageProblems(args));
      const message = state.messages.find((one) => one.ts === args.ts && one.channel === args.channel);
      if (!message) return { ok: false, error: 'message_not_found' };
      Object.assign(message, args);
      return { ok: true, ts: message.ts };
    }
    case 'chat.unfurl':
      for (const { blocks } of Object.values(args.unfurls as Record<string, Json>)) check(messageProblems({ text: 'x', blocks }));
      state.unfurls.push(args);
      return { ok: true };
    case 'views.publish':
      check(viewProblems(args.view as Json));
      state.homes.set(String(args.user_id), args.view as Json);
      return { ok: true };
    case 'views.open':
    case 'views.push':
    case 'views.update':
      check(viewProblems(args.view as Json));
      state.modals.push(args.view as Json);
      return { ok: true, view: { id: 'V1' } };
    default:
      return { ok: false, error: 'unknown_method' };
  }
}

const described = (id: string, { name, creator, isMember, isArchived, members }: Channel): Json => ({
  id,
  name,
  creator,
  is_member: isMember,
  is_archived: isArchived,
  is_private: members !== undefined,
});

const isSince =
  ({ oldest = 0 }: Json) =>
  ({ ts }: Posted): boolean =>
    Number(ts) > Number(oldest);

function page(name: string, all: unknown[], { limit = 100, cursor = 0 }: Json): Json {
  const end = Number(cursor) + Number(limit);
  return {
    ok: true,
    [name]: all.slice(Number(cursor), end),
    response_metadata: { next_cursor: end < all.length ? String(end) : '' },
  };
}

function posted({ args, state, ts }: Asked, check: (problems: string[]) => void): Json {
  check(messageProblems(args));
  const id = String(args.channel);
  const channel = state.channels.get(id);
  if (!channel && !/^[DU]/.test(id)) return { ok: false, error: 'channel_not_found' };
  if (channel && !channel.isMember) return { ok: false, error: 'not_in_channel' };
  if (channel?.isArchived) return { ok: false, error: 'is_archived' };
  const message = { ...args, channel: id, ts: ts() };
  state.messages.push(message);
  return { ok: true, channel: id, ts: message.ts, message };
}

function installed(args: Json, state: SlackState): Json {
  const code = state.codes.get(String(args.code));
  if (!code) return { ok: false, error: 'invalid_code' };
  const isOrganisation = code.enterprise !== undefined;
  state.teams.set(code.token, {
    team: code.team,
    url: `https://${code.team.toLowerCase()}.slack.com/`,
    bot: 'UBOT',
    botId: 'B1',
  });
  return {
    ok: true,
    app_id: 'A1',
    authed_user: { id: 'U1' },
    scope: 'commands,chat:write',
    token_type: 'bot',
    access_token: code.token,
    bot_user_id: 'UBOT',
    team: isOrganisation ? null : { id: code.team, name: code.team },
    enterprise: isOrganisation ? { id: code.enterprise, name: code.enterprise } : null,
    is_enterprise_install: isOrganisation,
  };
}
