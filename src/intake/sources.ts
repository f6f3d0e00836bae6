import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { OperatorError } from '../errors.ts';
import type { Incoming } from './incoming.ts';
import { isOwnFormat } from './own-format.ts';

/** Something to take in, as it comes out of a file, folder, address or standard input. */
export type Source =
  | { type: 'document'; incoming: Incoming }
  /** Questions in the archive’s own format. */
  | { type: 'questions'; path: string }
  | { type: 'unread'; name: string; reason: string };

/** The ways into the world that a source may need. */
export interface Reach {
  standardInput(): Promise<Uint8Array>;
  /** The document at an address, or the entries of the feed there. */
  address(url: string): AsyncIterable<Source>;
  /** The entries of a feed; undefined where the bytes are no feed. */
  feed(name: string, bytes: Uint8Array): AsyncIterable<Source> | undefined;
}

const MAX_BYTES = 20 * 1024 * 1024;
const READ = new Set(
  'txt text md markdown html htm xhtml csv tsv pdf docx xml rss atom json jsonl ndjson yaml yml'
    .split(' ')
    .map((one) => `.${one}`),
);

export interface Sources {
  /** How many files there are, where that is known before they are read. */
  total: number | undefined;
  each: AsyncIterable<Source>;
}

/** What is behind a path, an address or “-”. Throws OperatorError where there is nothing to read. */
export async function sourcesIn(what: string, reach: Reach): Promise<Sources> {
  if (what === '-') {
    const bytes = await reach.standardInput();
    return { total: undefined, each: ofBytes('standard input', bytes, reach) };
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(what)) return { total: undefined, each: reach.address(what) };
  const found = await stat(what).catch((cause: Error) => {
    throw new OperatorError(`${what} cannot be read: ${cause.message}`, { cause });
  });
  if (!found.isDirectory()) return { total: 1, each: ofFile(what, reach) };
  const files = await filesUnder(what);
  if (files.length === 0) throw new OperatorError(`${what} holds no documents: ${[...READ].join(' ')} are read.`);
  return { total: files.length, each: ofFiles(files, reach) };
}

/** Every document below a folder, in the order of the names; hidden ones and links are left out. */
async function filesUnder(folder: string): Promise<string[]> {
  const inside = await readdir(folder, { withFileTypes: true, recursive: true }).catch((cause: Error) => {
    throw new OperatorError(`${folder} cannot be read: ${cause.message}`, { cause });
  });
  return inside
    .filter((one) => one.isFile() && READ.has(extname(one.name).toLowerCase()))
    .map((one) => join(one.parentPath, one.name))
    .filter(
      (path) =>
        !path
          .slice(folder.length)
          .split(/[/\\]/)
          .some((piece) => piece.startsWith('.')),
    )
    .sort();
}

async function* ofFiles(files: readonly string[], reach: Reach): AsyncGenerator<Source> {
  for (const file of files) yield* ofFile(file, reach);
}

async function* ofFile(path: string, reach: Reach): AsyncGenerator<Source> {
  try {
    if (await isOwnFormat(path)) yield { type: 'questions', path };
    else if ((await stat(path)).size > MAX_BYTES) yield { type: 'unread', name: path, reason: 'The file is larger than 20 MB.' };
    else yield* ofBytes(path, await readFile(path), reach);
  } catch (error) {
    yield { type: 'unread', name: path, reason: error instanceof Error ? error.message : String(error) };
  }
}

async function* ofBytes(name: string, bytes: Uint8Array, reach: Reach): AsyncGenerator<Source> {
  const feed = reach.feed(name, bytes);
  if (feed) yield* feed;
  else yield { type: 'document', incoming: { name, bytes, hints: {} } };
}
