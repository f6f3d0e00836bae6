import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { OperatorError } from './errors.ts';
import { type AllowedHosts, NO_HOSTS, readAllowedHosts } from './intake/allowed-hosts.ts';
import { distance } from './search/spelling.ts';
import { type LogLevel, type Settings, settings, settingsSchema } from './settings.ts';

export interface Config {
  /** Folder with the collections. */
  data: string;
  /** File of the database. */
  database: string;
  sample: boolean;
  console: { host: string; port: number; token: string | undefined; archivePublic: boolean; publicUrl: string | undefined };
  /** Undefined: off. */
  slack: SlackConfig | undefined;
  discord: DiscordConfig | undefined;
  briefings: { catchUpHours: number; managers: string[] };
  /** What may be fetched although it is not public. */
  imports: { allow: AllowedHosts };
  logLevel: LogLevel;
  /** Where somebody reads the answers, only what goes wrong is logged unless LOG_LEVEL says otherwise. */
  terminalLogLevel: LogLevel;
  /** False where NO_COLOR is set: https://no-color.org */
  colour: boolean;
  /** What the person at the terminal edits texts with. */
  editor: string | undefined;
}

export interface SlackConfig {
  transport: { type: 'socket'; appToken: string } | { type: 'http'; signingSecret: string };
  /** One workspace by token, or many by OAuth. */
  workspaces: { type: 'one'; botToken: string } | SlackOAuth;
  apiUrl: string | undefined;
  port: number;
}

export interface SlackOAuth {
  type: 'many';
  clientId: string;
  clientSecret: string;
  stateSecret: string;
  authorizeUrl: string | undefined;
  /** The first encrypts; all decrypt. */
  encryptionKeys: Buffer[];
  publicUrl: string;
}

export interface DiscordConfig {
  token: string;
  applicationId: string | undefined;
  guildId: string | undefined;
  apiUrl: string | undefined;
  shards: 'auto' | number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of this process: its environment and, for what that leaves out, the file .env of the folder it runs in. */
export function loadConfig(env: Environment = process.env, file = '.env'): Config {
  return readConfig({ ...settingsIn(file), ...present(env) });
}

/** Checks the settings; an empty value counts as absent. Throws one OperatorError that names every problem. */
export function readConfig(env: Environment): Config {
  const given = present(env);
  const { data: read, error } = settingsSchema.safeParse(given);
  const problems = [
    ...(error?.issues ?? []).map(({ path: [name], message }) => wrongValue(String(name), message, given)),
    ...Object.keys(given)
      .filter((name) => /^(BRIEFDESK|SLACK|DISCORD)_/.test(name) && !(name in settingsSchema.shape))
      .map(unknownName),
  ];
  const slack = read && slackConfig(read, problems);
  const discord = read && discordConfig(read, problems);
  if (!read || problems.length > 0) throw new OperatorError(['The settings are not right.', ...problems].join('\n- '));
  return {
    data: read.BRIEFDESK_DATA,
    database: read.BRIEFDESK_DB,
    sample: read.BRIEFDESK_SAMPLE === 'on',
    console: {
      host: read.HOST,
      port: read.PORT,
      token: read.CONSOLE_TOKEN,
      archivePublic: read.ARCHIVE_PUBLIC === 'on',
      publicUrl: publicUrl(read),
    },
    slack,
    discord,
    briefings: {
      catchUpHours: read.BRIEFINGS_CATCH_UP,
      managers: (read.BRIEFDESK_MANAGERS ?? '').split(/\s*,\s*/).filter((id) => id !== ''),
    },
    imports: { allow: readAllowedHosts(read.IMPORT_ALLOW_HOSTS ?? '') ?? NO_HOSTS },
    logLevel: read.LOG_LEVEL,
    terminalLogLevel: given.LOG_LEVEL === undefined ? 'warn' : read.LOG_LEVEL,
    colour: given.NO_COLOR === undefined,
    editor: given.VISUAL ?? given.EDITOR,
  };
}

const publicUrl = (read: Settings): string | undefined => read.PUBLIC_URL?.replace(/\/$/, '');

/** Off without any of its tokens and secrets; else every piece that is missing or too many is told. */
function slackConfig(read: Settings, problems: string[]): SlackConfig | undefined {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_CLIENT_ID: clientId,
  } = read;
  const set = Object.entries({
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_CLIENT_ID: clientId,
    SLACK_CLIENT_SECRET: read.SLACK_CLIENT_SECRET,
    SLACK_STATE_SECRET: read.SLACK_STATE_SECRET,
  }).find(([, value]) => value !== undefined)?.[0];
  if (set === undefined) return undefined;
  if (botToken !== undefined && clientId !== undefined) {
    problems.push(
      'SLACK_BOT_TOKEN and SLACK_CLIENT_ID are both set: the token is for one workspace, the client id for many. Remove one of them.',
    );
  }
  const transport = slackTransport(appToken, signingSecret);
  if (!transport) {
    problems.push(
      `SLACK_APP_TOKEN is missing: needed because ${set} is set (Socket Mode). For HTTP set SLACK_SIGNING_SECRET instead.`,
    );
  }
  const oauth = set !== 'SLACK_BOT_TOKEN' && (clientId ?? read.SLACK_CLIENT_SECRET ?? read.SLACK_STATE_SECRET) !== undefined;
  if (botToken === undefined && !oauth) {
    problems.push(`SLACK_BOT_TOKEN is missing: needed because ${set} is set. For many workspaces set SLACK_CLIENT_ID instead.`);
  }
  const workspaces = oauth
    ? slackOAuth(read, problems)
    : botToken === undefined
      ? undefined
      : ({ type: 'one', botToken } as const);
  return transport && workspaces && { transport, workspaces, apiUrl: read.SLACK_API_URL, port: read.SLACK_PORT };
}

/** Socket Mode where both are set. */
function slackTransport(appToken: string | undefined, signingSecret: string | undefined): SlackConfig['transport'] | undefined {
  if (appToken !== undefined) return { type: 'socket', appToken };
  return signingSecret === undefined ? undefined : { type: 'http', signingSecret };
}

function slackOAuth(read: Settings, problems: string[]): SlackOAuth | undefined {
  const needed = {
    SLACK_CLIENT_ID: read.SLACK_CLIENT_ID,
    SLACK_CLIENT_SECRET: read.SLACK_CLIENT_SECRET,
    SLACK_STATE_SECRET: read.SLACK_STATE_SECRET,
    TOKEN_ENCRYPTION_KEY: read.TOKEN_ENCRYPTION_KEY,
    PUBLIC_URL: publicUrl(read),
  };
  const because = Object.entries(needed).find(([, value]) => value !== undefined)?.[0];
  for (const [name, value] of Object.entries(needed)) {
    if (value === undefined) problems.push(`${name} is missing: needed because ${because} is set (many workspaces).`);
  }
  const {
    SLACK_CLIENT_ID: clientId,
    SLACK_CLIENT_SECRET: clientSecret,
    SLACK_STATE_SECRET: stateSecret,
    TOKEN_ENCRYPTION_KEY: keys,
    PUBLIC_URL: url,
  } = needed;
  if (
    clientId === undefined ||
    clientSecret === undefined ||
    stateSecret === undefined ||
    keys === undefined ||
    url === undefined
  )
    return undefined;
  const encryptionKeys = keys
    .split(',')
    .map((key) => Buffer.from(key.trim(), /^[0-9a-f]{64}$/i.test(key.trim()) ? 'hex' : 'base64'));
  return {
    type: 'many',
    clientId,
    clientSecret,
    stateSecret,
    authorizeUrl: read.SLACK_AUTHORIZE_URL,
    encryptionKeys,
    publicUrl: url,
  };
}

function discordConfig(read: Settings, problems: string[]): DiscordConfig | undefined {
  const { DISCORD_TOKEN: token, DISCORD_APPLICATION_ID: applicationId, DISCORD_GUILD_ID: guildId, DISCORD_SHARDS: shards } = read;
  if (token === undefined) {
    const set = Object.entries({ DISCORD_APPLICATION_ID: applicationId, DISCORD_GUILD_ID: guildId }).find(
      ([, value]) => value !== undefined,
    )?.[0];
    if (set !== undefined) problems.push(`DISCORD_TOKEN is missing: needed because ${set} is set.`);
    return undefined;
  }
  return {
    token,
    applicationId,
    guildId,
    apiUrl: read.DISCORD_API_URL?.replace(/\/$/, ''),
    shards: shards === 'auto' ? 'auto' : Number(shards),
  };
}

function settingsIn(file: string): Environment {
  if (!existsSync(file)) return {};
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new OperatorError(`The file ${file} cannot be read. Make it a text file like .env.example, or remove it.`, { cause });
  }
}

const present = (env: Environment): Environment => Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));

function wrongValue(name: string, must: string, given: Environment): string {
  const setting = settings.find((one) => one.name === name);
  const value = setting?.secret === false ? ` (now: “${given[name]}”)` : '';
  const left = setting?.default === '' ? 'leave it out' : `leave it out for the default, ${setting?.default}`;
  return `${name} ${must}${value}: change it, or ${left}.`;
}

function unknownName(name: string): string {
  const near = settings.map((one) => one.name).sort((a, b) => distance(name, a, name.length) - distance(name, b, name.length));
  return `${name} is no setting of Briefdesk: did you mean ${near[0]}? Otherwise remove it.`;
}
