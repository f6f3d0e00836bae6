import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadConfig, readConfig } from '../src/config.ts';
import { OperatorError } from '../src/errors.ts';
import { settings } from '../src/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'briefdesk-config-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('Briefdesk runs without a single setting', () => {
  expect(readConfig({})).toEqual({
    data: 'data',
    database: 'var/briefdesk.db',
    sample: true,
    console: { host: '127.0.0.1', port: 3000, token: undefined, archivePublic: false, publicUrl: undefined },
    slack: undefined,
    discord: undefined,
    briefings: { catchUpHours: 6, managers: [] },
    imports: { allow: { names: new Set(), ranges: [] } },
    logLevel: 'info',
    terminalLogLevel: 'warn',
    colour: true,
  });
});

test('a setting that is set is used', () => {
  const env = { BRIEFDESK_DATA: '/srv/archive', BRIEFDESK_DB: '/srv/b.db', BRIEFDESK_SAMPLE: 'off', LOG_LEVEL: 'debug' };
  expect(readConfig(env)).toMatchObject({ data: '/srv/archive', database: '/srv/b.db', sample: false, logLevel: 'debug' });
});

test('hosts that imports may reach are checked where they are set', () => {
  const { names, ranges } = readConfig({ IMPORT_ALLOW_HOSTS: 'wiki.corp, 10.1.0.0/16' }).imports.allow;
  expect([[...names], ranges.length]).toEqual([['wiki.corp'], 1]);
  expect(problemsOf({ IMPORT_ALLOW_HOSTS: 'https://wiki.corp/' })).toContain(
    'IMPORT_ALLOW_HOSTS must be host names, addresses or ranges such as wiki.example, 10.1.0.0/16, separated by commas (now: “https://wiki.corp/”)',
  );
});

test('an empty setting counts as one that is not there, even with an unknown name', () => {
  expect(readConfig({ BRIEFDESK_DATA: '', BRIEFDESK_SAMPLE: ' ', BRIEFDESK_OLD: '' })).toEqual(readConfig({}));
});

test('every wrong setting is named at once, with what it must be and what to do', () => {
  expect(problemsOf({ BRIEFDESK_SAMPLE: 'yes', LOG_LEVEL: 'loud', BRIEFDESK_SAMPEL: 'off', HOME: '/root' })).toBe(
    [
      'The settings are not right.',
      '- BRIEFDESK_SAMPLE must be on or off (now: “yes”): change it, or leave it out for the default, on.',
      '- LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent (now: “loud”): change it, or leave it out for the default, info.',
      '- BRIEFDESK_SAMPEL is no setting of Briefdesk: did you mean BRIEFDESK_SAMPLE? Otherwise remove it.',
    ].join('\n'),
  );
});

test('a misspelt name is answered with the nearest one', () => {
  for (const [typed, meant] of Object.entries({ BRIEFDESK_DATE: 'BRIEFDESK_DATA', BRIEFDESK_BD: 'BRIEFDESK_DB' })) {
    expect(problemsOf({ [typed]: 'x' })).toContain(`did you mean ${meant}?`);
  }
});

test('a password in a setting is never printed', () => {
  const printed = problemsOf({ BRIEFDESK_DB: 'postgres://desk:hunter2@db/desk' });
  expect(printed).toContain('BRIEFDESK_DB must be the path of a file');
  expect(printed).not.toContain('hunter2');
});

test('the environment wins over the file .env, which fills in what is missing or empty there', () => {
  const file = join(folder, 'of-the-operator');
  writeFileSync(file, 'BRIEFDESK_DATA=from-file\nBRIEFDESK_DB=from-file.db\nLOG_LEVEL="warn" # quiet\n');
  expect(loadConfig({ BRIEFDESK_DATA: 'from-environment', BRIEFDESK_DB: '' }, file)).toMatchObject({
    data: 'from-environment',
    database: 'from-file.db',
    logLevel: 'warn',
  });
});

test('a .env that is no file is a problem that says what to do; none at all is fine', () => {
  expect(() => loadConfig({}, folder)).toThrow(/cannot be read. Make it a text file/);
  expect(loadConfig({}, join(folder, '.env'))).toEqual(readConfig({}));
});

test('.env.example shows every setting with its default and what it is for, and no other', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
    .split('\n\n')
    .slice(1);
  expect(example.map((lines) => lines.trim())).toEqual(
    settings.map((one) => `# ${one.description}\n#${one.name}=${one.default}`),
  );
});

function problemsOf(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof OperatorError) return error.message;
    throw error;
  }
  return 'no problem';
}

test('Slack runs by Socket Mode or HTTP, for one workspace or many', () => {
  const bot = { SLACK_BOT_TOKEN: 'xoxb-1' };
  expect(readConfig({ ...bot, SLACK_APP_TOKEN: 'xapp-1' }).slack).toMatchObject({
    transport: { type: 'socket' },
    workspaces: { type: 'one' },
  });
  expect(readConfig({ ...bot, SLACK_SIGNING_SECRET: 's'.repeat(32) }).slack).toMatchObject({
    transport: { type: 'http' },
    port: 3001,
  });
  const many = {
    SLACK_CLIENT_ID: '1.2',
    SLACK_CLIENT_SECRET: 'c',
    SLACK_STATE_SECRET: 's'.repeat(32),
    SLACK_SIGNING_SECRET: 's'.repeat(32),
    TOKEN_ENCRYPTION_KEY: `${'0f'.repeat(32)}, ${Buffer.alloc(32, 7).toString('base64')}`,
    PUBLIC_URL: 'https://desk.example/',
  };
  expect(readConfig(many).slack?.workspaces).toMatchObject({
    type: 'many',
    publicUrl: 'https://desk.example',
    encryptionKeys: [Buffer.alloc(32, 15), Buffer.alloc(32, 7)],
  });
});

test('settings that do not fit together are explained completely', () => {
  expect(problemsOf({ SLACK_BOT_TOKEN: 'xoxb-1' })).toContain(
    'SLACK_APP_TOKEN is missing: needed because SLACK_BOT_TOKEN is set',
  );
  expect(problemsOf({ SLACK_APP_TOKEN: 'xapp-1' })).toContain(
    'SLACK_BOT_TOKEN is missing: needed because SLACK_APP_TOKEN is set',
  );
  const half = problemsOf({ SLACK_CLIENT_ID: '1.2', SLACK_APP_TOKEN: 'xapp-1' });
  for (const name of ['SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET', 'TOKEN_ENCRYPTION_KEY', 'PUBLIC_URL'])
    expect(half).toContain(`${name} is missing`);
  expect(problemsOf({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_CLIENT_ID: '1.2', SLACK_APP_TOKEN: 'xapp-1' })).toContain('are both set');
  expect(problemsOf({ SLACK_API_URL: 'https://slack-gov.com', TOKEN_ENCRYPTION_KEY: 'short' })).toMatch(
    /must end in \/api\/[\s\S]*must be 32 bytes/,
  );
  expect(problemsOf({ DISCORD_GUILD_ID: '123456' })).toContain(
    'DISCORD_TOKEN is missing: needed because DISCORD_GUILD_ID is set.',
  );
});

test('the README tells every setting', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
  for (const { name, default: initial, description } of settings) {
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
    expect(row, name).toContain(description.replace(/\.$/, ''));
    if (initial !== '') expect(row).toContain(`\`${initial}\``);
  }
});
