import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { createLog } from '../src/log.ts';

const PASSWORD = 'hunter2-hunter2';
// Put together here, so that no scanner takes them for real ones.
const SLACK = ['xoxb', '123456789012', 'abcdefABCDEF'].join('-');
const DISCORD = ['MTIzNDU2Nzg5MDEyMzQ1Njc4', 'GabcdE', 'abcdefghijklmnopqrstuvwxyz0123456789AB'].join('.');

function logging(level = 'debug') {
  const lines: string[] = [];
  return { log: createLog(level, { write: (line) => void lines.push(line) }), lines };
}

test('a line of the log is one JSON object with its time, level, event and fields', () => {
  const { log, lines } = logging();
  log('info', 'invocation', { command: 'brief', ms: 12 });
  expect(lines.join('')).toMatch(/^\{[^\n]+\}\n$/);
  expect(JSON.parse(lines[0]!)).toEqual({ level: 'info', time: expect.any(String), msg: 'invocation', command: 'brief', ms: 12 });
});

test('what is called a token, secret, authorization or password is never logged, however deep it lies', () => {
  const { log, lines } = logging();
  log('info', 'started', {
    token: PASSWORD,
    password: { was: PASSWORD },
    slack: { botToken: PASSWORD, SIGNING_SECRET: PASSWORD },
    request: { retries: [{ headers: { Authorization: PASSWORD } }] },
    error: Object.assign(new Error('no answer'), { config: { headers: { authorization: PASSWORD } } }),
  });
  expect(lines.join('')).not.toContain(PASSWORD);
  expect(lines.join('').match(/\[hidden\]/g)).toHaveLength(6);
});

test('a token is never logged, not even inside the words of an error', () => {
  const { log, lines } = logging();
  for (const token of [SLACK, DISCORD, `Bearer ${PASSWORD}`])
    log('error', `refused: ${token}`, { error: new Error(`“${token}” is wrong`) });
  for (const token of [SLACK, DISCORD, PASSWORD]) expect(lines.join('')).not.toContain(token);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    msg: 'refused: [hidden]',
    error: { type: 'Error', message: '“[hidden]” is wrong' },
  });
});

test('what is below the level is not logged', () => {
  const { log, lines } = logging('warn');
  log('info', 'started');
  log('warn', 'slow');
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['slow']);
  const silent = logging('silent');
  silent.log('fatal', 'gone');
  expect(silent.lines).toEqual([]);
});

test('the log goes to stderr, because stdout is for answers', () => {
  const script = `import { createLog } from './src/log.ts'; createLog('info')('info', 'started'); process.exit(0);`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: new URL('..', import.meta.url),
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
  expect(JSON.parse(stderr)).toMatchObject({ msg: 'started' });
});
