import type { Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../errors.ts';

export interface FoundFile {
  /** Relative to the data folder, with forward slashes. */
  path: string;
  collection: string;
  kind: 'collection' | 'respondents' | 'question' | 'lines';
  size: number;
  modified: number;
}

/** Whether it holds questions: else it describes its collection. */
export const holdsQuestions = ({ kind }: FoundFile): boolean => kind === 'question' || kind === 'lines';

/** Every content file of every collection (a folder with a collection.yaml). Throws OperatorError where the folder cannot be read. */
export async function scan(folder: string): Promise<Map<string, FoundFile[]>> {
  const collections = new Map<string, FoundFile[]>();
  for (const name of await list(folder)) {
    if (name.startsWith('.')) continue;
    const files = await collectionFiles(folder, name);
    if (files.some((file) => file.kind === 'collection')) collections.set(name, files);
  }
  return collections;
}

async function list(folder: string): Promise<string[]> {
  return (await readdir(folder).catch((error: unknown) => refuse(folder, error))).sort();
}

/** Undefined where there is nothing, or a link to nothing. Any other error is no reason to take content for removed. */
async function statOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' || error.code === 'ELOOP' ? undefined : refuse(path, error),
  );
}

function refuse(path: string, error: unknown): never {
  throw new OperatorError(
    `The content folder ${path} cannot be read: set BRIEFDESK_DATA to the folder that holds your collections, and let the process read it.`,
    { cause: error },
  );
}

async function collectionFiles(folder: string, collection: string): Promise<FoundFile[]> {
  const inside = join(folder, collection);
  if (!(await statOf(inside))?.isDirectory()) return [];
  const files: FoundFile[] = [];
  for (const name of await list(inside)) {
    const kind = kindOf(name);
    if (!kind) continue;
    const found = await statOf(join(inside, name));
    if (found?.isFile())
      files.push({ path: `${collection}/${name}`, collection, kind, size: found.size, modified: found.mtimeMs });
  }
  return files;
}

function kindOf(name: string): FoundFile['kind'] | undefined {
  if (name.startsWith('.')) return undefined;
  if (name === 'collection.yaml') return 'collection';
  if (name === 'respondents.yaml') return 'respondents';
  if (/\.ya?ml$/.test(name)) return 'question';
  return name.endsWith('.jsonl') ? 'lines' : undefined;
}
