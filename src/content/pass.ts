import type { Log } from '../log.ts';
import type { ContentIndex, FileStamp } from '../store/store.ts';
import type { FoundFile } from './scan.ts';
import type { FileProblem } from './status.ts';

/** In place of the time of a file that could not be read: it is tried again, because permissions change without it. */
const UNREAD = -1;

export interface LoadOptions {
  folder: string;
  sample: boolean;
  index: ContentIndex;
  log: Log;
  now: number;
}

/** One reading of all files. */
export interface Pass extends LoadOptions {
  /** false: everything is written anew. */
  sameIndex: boolean;
  stamps: Map<string, FileStamp>;
  /** yyyy-mm-dd */
  today: string;
  /** Paths of all files that are there: a question of a file that is gone may move to another. */
  present: ReadonlySet<string>;
  /** Files that were read or removed in this pass. */
  touched: Set<string>;
  /** Whether there is a person of this id, as far as it was looked up. */
  persons: Map<string, boolean>;
}

/** Whether the file is the one that was read last time. */
export function isUnchanged({ sameIndex, stamps }: Pass, file: FoundFile): boolean {
  const stamp = stamps.get(file.path);
  return sameIndex && stamp?.size === file.size && stamp.modified === file.modified;
}

/** Remembers what was read, with its problems, and tells the operator of new ones. */
export async function remember({ index, stamps, log }: Pass, file: FoundFile, problems: FileProblem[]): Promise<void> {
  const { path, collection, size, modified } = file;
  const told = new Set(stamps.get(path)?.problems.map((problem) => JSON.stringify(problem)));
  const stamp = { path, collection, size, modified, problems };
  await index.putFile(stamp);
  stamps.set(path, stamp);
  for (const problem of problems) {
    if (told.has(JSON.stringify(problem))) continue;
    log('warn', 'content problem: the last good version, if any, stays in use', { problem });
  }
}

/** What to remember of a file that is there but cannot be read; any other error is thrown again. */
export function unread(file: FoundFile, error: unknown): { file: FoundFile; problem: FileProblem } {
  if (!(error instanceof Error && 'syscall' in error)) throw error;
  const wrong = `cannot be read: ${error.message}`;
  const problem = { file: file.path, line: 1, column: 1, field: '(file)', wrong, remedy: 'give the process read permission' };
  return { file: { ...file, modified: UNREAD }, problem };
}
