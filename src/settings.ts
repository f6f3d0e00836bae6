import { z } from 'zod';
import { readAllowedHosts } from './intake/allowed-hosts.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const onOff = (initial: 'on' | 'off') => z.enum(['on', 'off'], 'must be on or off').default(initial);
const port = (initial: number) =>
  z.coerce
    .number('must be a port number')
    .int('must be a port number')
    .min(0, 'must be 0 to 65535')
    .max(65_535, 'must be 0 to 65535')
    .default(initial);
const address = z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional();
const token = (prefix: string) => z.string().startsWith(prefix, `must begin with ${prefix}`).optional();
const snowflake = z
  .string()
  .regex(/^\d{5,25}$/, 'must be an id of digits')
  .optional();

/** 32 bytes as 64 hexadecimal digits or in base 64. */
const isKey = (key: string): boolean => /^[0-9a-f]{64}$/i.test(key) || Buffer.from(key, 'base64').length === 32;

const secret = { secret: true };

/** Every setting by its name in the environment. `secret` in the meta: its value is never printed. */
export const settingsSchema = z.object({
  BRIEFDESK_DATA: z.string().default('data').describe('Folder with the collections of questions.'),
  BRIEFDESK_DB: z
    .string()
    .regex(/^(?![a-z][a-z+]+:\/\/)/i, 'must be the path of a file, not an address')
    .default('var/briefdesk.db')
    .describe('File of the SQLite database; made where it is missing.')
    // An address of a database server, put here by mistake, holds a password.
    .meta(secret),
  BRIEFDESK_SAMPLE: onOff('on').describe('Whether the fictional sample collection is loaded: on or off.'),
  BRIEFDESK_MANAGERS: z
    .string()
    .regex(/^[A-Z0-9]+(?:\s*,\s*[A-Z0-9]+)*$/, 'must be Slack member ids, separated by commas')
    .optional()
    .describe('Slack members who may manage the briefings of every channel: ids, separated by commas.'),
  BRIEFINGS_CATCH_UP: z.coerce
    .number('must be a number of hours')
    .min(0, 'must be 0 to 48 hours')
    .max(48, 'must be 0 to 48 hours')
    .default(6)
    .describe('Hours within which a briefing that was missed is still sent, marked late.'),
  IMPORT_ALLOW_HOSTS: z
    .string()
    .refine(
      (list) => readAllowedHosts(list) !== undefined,
      'must be host names, addresses or ranges such as wiki.example, 10.1.0.0/16, separated by commas',
    )
    .optional()
    .describe(
      'Hosts of an intranet that imports and feeds may fetch from beside public ones: names, addresses or ranges, separated by commas.',
    ),
  HOST: z.string().default('127.0.0.1').describe('Address the console listens on; another than loopback needs CONSOLE_TOKEN.'),
  PORT: port(3000).describe('Port of the console; the next free one where it is taken.'),
  PUBLIC_URL: address.describe('Address at which readers reach the archive pages; links in answers lead there.'),
  CONSOLE_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('Opens the console where it is not on loopback.')
    .meta(secret),
  ARCHIVE_PUBLIC: onOff('off').describe('Whether archive pages can be read without the token: on or off.'),
  SLACK_BOT_TOKEN: token('xoxb-').describe('Bot token of the one workspace.').meta(secret),
  SLACK_APP_TOKEN: token('xapp-').describe('App-level token: Socket Mode, no public address needed.').meta(secret),
  SLACK_SIGNING_SECRET: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('Signing secret: HTTP instead of Socket Mode.')
    .meta(secret),
  SLACK_API_URL: address
    .refine((url) => url === undefined || url.endsWith('/api/'), 'must end in /api/')
    .describe('Another Slack, such as GovSlack; ends in /api/.'),
  SLACK_CLIENT_ID: z.string().optional().describe('Many workspaces by OAuth: client id of the app.'),
  SLACK_CLIENT_SECRET: z.string().optional().describe('Many workspaces: client secret of the app.').meta(secret),
  SLACK_STATE_SECRET: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('Many workspaces: signs the state of an installation.')
    .meta(secret),
  SLACK_AUTHORIZE_URL: address.describe('Many workspaces: another authorization page.'),
  SLACK_PORT: port(3001).describe('Port on which Slack’s events and installations arrive (HTTP or OAuth).'),
  TOKEN_ENCRYPTION_KEY: z
    .string()
    .refine(
      (keys) => keys.split(',').every((key) => isKey(key.trim())),
      'must be 32 bytes in hexadecimal or base 64; several, separated by commas: the first encrypts',
    )
    .optional()
    .describe('Many workspaces: encrypts their tokens; 32 bytes in hexadecimal or base 64, new,old while rotating.')
    .meta(secret),
  DISCORD_TOKEN: z.string().min(20, 'is too short for a bot token').optional().describe('Bot token.').meta(secret),
  DISCORD_APPLICATION_ID: snowflake.describe('Application id; found by itself when absent.'),
  DISCORD_GUILD_ID: snowflake.describe('Register commands in this one server at once, while developing.'),
  DISCORD_API_URL: address.describe('A REST proxy, such as http://127.0.0.1:8080/api.'),
  DISCORD_SHARDS: z
    .string()
    .regex(/^(auto|[1-9]\d{0,3})$/, 'must be auto or a number')
    .default('auto')
    .describe('Number of gateway connections: auto or a number.'),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`)
    .default('info')
    .describe(`How much is logged: ${LOG_LEVELS.join(', ')}.`),
});

export type Settings = z.output<typeof settingsSchema>;

export interface Setting {
  name: string;
  default: string;
  description: string;
  secret: boolean;
}

/** Every setting, for .env.example and the README. */
export const settings: readonly Setting[] = Object.entries(settingsSchema.shape).map(([name, of]) => ({
  name,
  default: String(of.parse(undefined) ?? ''),
  description: of.description ?? '',
  secret: of.meta()?.secret === true,
}));
