import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { aCollection } from '../../support/folder.ts';
import { aSite, byPath, sends } from '../../support/site.ts';

// A process of its own, from the source.
vi.setConfig({ testTimeout: 60_000 });

const root = join(import.meta.dirname, '../../..');
const UNDATED = `April 18

Question: Will importers carry the cost of the new port fees? Should small islands be exempt?

Ana Duarte, professor of economics at Example University: “Consumers will carry the cost within a season, as they did before.”
`;

/** The commands as an operator runs them, one after the other in one folder. */
function aPlace() {
  const folder = mkdtempSync(join(tmpdir(), 'briefdesk-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'data/real'), { recursive: true });
  writeFileSync(join(folder, 'data/real/collection.yaml'), stringify(aCollection()));
  return async (
    args: string[],
    { input = '', editor, env }: { input?: string; editor?: string; env?: Record<string, string> } = {},
  ) => {
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), join(root, 'src/cli.ts'), ...args], {
      env: { PATH: process.env.PATH, ...(editor === undefined ? {} : { EDITOR: editor }), ...env },
      cwd: folder,
    });
    child.stdin.end(input);
    const [out, problems, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | null>((resolve) => child.once('close', resolve)),
    ]);
    return { out, problems, code };
  };
}

test('an import that ends in review is edited, accepted, and answers commands', async () => {
  const run = aPlace();
  const imported = await run(['import', '-', '--write', '--topic', 'Ports'], { input: UNDATED });
  expect(imported).toMatchObject({
    code: 3,
    problems: expect.stringContaining('standard input: Waits for review: real/review/'),
  });
  const [key = ''] = (await run(['review'])).out.split(' ');
  expect((await run(['review', 'show', key])).out).toContain('! The year of the date is missing.');
  expect(await run(['review', 'accept', key])).toMatchObject({ code: 3, out: expect.stringContaining('date is missing') });
  const edited = await run(['review', 'edit', key], {
    editor: 'sed -i s/^question:/question:\\n\\x20\\x20date:\\x202024-04-18/',
  });
  expect(edited).toMatchObject({ code: 0, problems: '' });
  expect(await run(['review', 'accept', key])).toMatchObject({
    code: 0,
    out: expect.stringContaining('Stored: real/2024-04-18-'),
  });
  expect((await run(['review'])).out).toBe('Nothing waits for review.\n');
  expect((await run(['ask', '/quotes by:duarte'])).out).toContain('within a season');
});

test('what cannot be imported says why and what to do', async () => {
  const run = aPlace();
  expect(await run(['import', 'nowhere.txt'])).toMatchObject({
    code: 1,
    problems: expect.stringContaining('nowhere.txt cannot be read'),
  });
  expect(await run(['import', '-', '--publication', 'gazette'], { input: UNDATED })).toMatchObject({
    code: 1,
    problems: 'No collection has a publication “gazette”: add it to a collection.yaml first. On file: digest.\n',
  });
  expect(await run(['import', '-', '--same', 'Ana Duarte'], { input: UNDATED })).toMatchObject({
    code: 1,
    problems: expect.stringContaining('--same wants a name and the id of the person'),
  });
  expect(await run(['import', '-', '--write'], { input: ' ' })).toMatchObject({
    code: 4,
    problems: expect.stringContaining('Refused'),
  });
});

test('an address is imported, and a feed followed: what it brings goes through the same import', async () => {
  const run = aPlace();
  const page = `<html><body><article><p>April 18, 2024</p>${UNDATED.split('\n\n')
    .slice(1)
    .map((line) => `<p>${line}</p>`)
    .join('')}</article></body></html>`;
  const site = await aSite(
    byPath({
      '/post': sends(page),
      '/feed': sends(
        `<rss version="2.0"><channel><title>The Quay</title><link>/</link><description>d</description><item><guid>1</guid><title>Port fees</title><link>/post</link><description>Will importers…</description></item></channel></rss>`,
        'application/rss+xml',
      ),
    }),
  );
  const allowed = { env: { IMPORT_ALLOW_HOSTS: '127.0.0.0/8' } };
  const at = (path: string) => site.at(path, '127.0.0.1');
  expect(await run(['import', at('/post'), '--write', '--topic', 'Ports', '--publication', 'digest'])).toMatchObject({
    code: 4,
    problems: expect.stringContaining('Refused'),
  });
  expect(await run(['import', at('/post'), '--write', '--topic', 'Ports', '--publication', 'digest'], allowed)).toMatchObject({
    code: 0,
    problems: expect.stringContaining('Stored: real/2024-04-18-'),
  });
  const followed = await run(['follow', at('/feed'), '--backlog', '--topic', 'Ports', '--publication', 'digest'], allowed);
  expect(followed).toMatchObject({ code: 0, out: expect.stringContaining('Following “The Quay”') });
  expect((await run(['follow'], allowed)).out).toContain('The Quay  (digest, Ports)');
  expect(await run(['follow', '--now'], allowed)).toMatchObject({
    code: 0,
    out: expect.stringContaining('The Quay: 1 on file already'),
  });
  expect((await run(['doctor'], allowed)).out).toContain('Feeds: 1 followed');
  expect((await run(['follow', at('/feed'), '--stop'], allowed)).out).toContain('Stopped following “The Quay”');
});
