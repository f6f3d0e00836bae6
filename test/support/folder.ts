import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import type { CollectionFile } from '../../src/content/schema.ts';
import { openTestBot, type TestBot, type TestBotOptions } from './bot.ts';

type Files = Record<string, object | string | Uint8Array | undefined>;

export interface ContentFolder {
  folder: string;
  /** File of the database: what one bot leaves, the next one finds. */
  database: string;
  path(file: string): string;
  /** Writes files below the content folder (an object becomes YAML; undefined removes the file). */
  put(files: Files): void;
  /** Changes a file behind the bot’s back: size and time stay, so that only a bot that reads it again can notice. */
  tamper(file: string, from: string, to: string): void;
  open(options?: TestBotOptions): Promise<TestBot>;
}

/** A content folder and a database file that outlive a bot; both are gone, and all bots closed, when the test is over. */
export function aContentFolder(files: Files = {}): ContentFolder {
  const root = mkdtempSync(join(tmpdir(), 'briefdesk-test-'));
  chmodSync(root, 0o755);
  onTestFinished(() => rmSync(root, { recursive: true }));
  const folder = join(root, 'data');
  const database = join(root, 'briefdesk.db');
  mkdirSync(folder);
  const path = (file: string) => join(folder, file);
  let written = Date.parse('2026-01-01T00:00:00Z') / 1000;
  const put: ContentFolder['put'] = (all) => {
    for (const [file, content] of Object.entries(all)) {
      if (content === undefined) {
        rmSync(path(file), { recursive: true });
        continue;
      }
      mkdirSync(dirname(path(file)), { recursive: true });
      writeFileSync(path(file), typeof content === 'string' || content instanceof Uint8Array ? content : stringify(content));
      // A whole second later than the last, so that no file system takes two versions for one.
      utimesSync(path(file), written, ++written);
    }
  };
  put(files);
  return {
    folder,
    database,
    path,
    put,
    tamper(file, from, to) {
      const { mtime } = statSync(path(file));
      const before = readFileSync(path(file), 'utf8');
      const after = before.replaceAll(from, to);
      if (after === before || Buffer.byteLength(after) !== Buffer.byteLength(before))
        throw new Error('a change of the same size');
      writeFileSync(path(file), after);
      utimesSync(path(file), mtime, mtime);
    },
    async open(options) {
      const test = await openTestBot({ data: folder, database, ...options });
      let closing: Promise<void> | undefined;
      const close = () => (closing ??= test.close());
      onTestFinished(close);
      return { ...test, close };
    },
  };
}

export const aCollection = (changed: Partial<CollectionFile> = {}): CollectionFile => ({
  name: 'Real',
  publications: [{ id: 'digest', name: 'Policy Digest', publisher: 'Digest House', language: 'en', rights: 'whole' }],
  ...changed,
});

/** Does something with the permissions of an ordinary account, also where the tests run as the superuser. */
export async function asOrdinary<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
