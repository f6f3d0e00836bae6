import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '../..');

export interface Process {
  child: ChildProcess;
  /** What it said and how it ended, once it has. */
  ended: Promise<{ out: string; problems: string; code: number | null }>;
}

/** The command as an operator runs it, in a process of its own, from the source; ended with the test. */
export function startProcess(args: string[], env: Record<string, string>): Process {
  const folder = mkdtempSync(join(tmpdir(), 'briefdesk-test-'));
  const settings = { BRIEFDESK_DATA: join(root, 'data'), BRIEFDESK_DB: join(folder, 'bot.db'), PORT: '0', ...env };
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), join(root, 'src/cli.ts'), ...args], {
    env: { PATH: process.env.PATH, ...settings },
    cwd: folder,
  });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const ended = Promise.all([text(child.stdout), text(child.stderr), closed]).then(([out, problems, code]) => ({
    out,
    problems,
    code,
  }));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true });
  });
  return { child, ended };
}
