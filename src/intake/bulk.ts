import { basename, extname, join } from 'node:path';
import type { QuestionFile } from '../content/schema.ts';
import type { FileProblem } from '../content/status.ts';
import { amend, type Edit } from './amend.ts';
import { type BulkArchive, type Gained, questionCheck } from './bulk-check.ts';
import { questionText, writeNew } from './files.ts';
import { type LinesFile, openLinesFile } from './lines-file.ts';
import { ownQuestions } from './own-format.ts';

export interface Bulk {
  stored: number;
  /** On file already with the same words. */
  known: number;
  /** On file, and given an address, a response or a dated correction that is new in it. */
  gained: Record<Gained, number>;
  problems: FileProblem[];
  /** Files that were written, relative to the data folder. */
  files: string[];
}

export interface BulkOptions {
  /** false: everything is checked, nothing written. */
  write: boolean;
  onQuestion?: (done: number) => void;
}

/**
 * Takes a file of questions in the archive’s own format: JSON Lines stay one file of the collection, YAML becomes a file a question.
 * Questions on file gain what is new in them, what is bad is reported with its line, and nothing is seen before all of it is written.
 */
export async function takeQuestions(path: string, archive: BulkArchive, { write, onQuestion }: BulkOptions): Promise<Bulk> {
  const bulk: Bulk = { stored: 0, known: 0, gained: { reposted: 0, extended: 0, corrected: 0 }, problems: [], files: [] };
  const check = questionCheck(archive, path);
  const gains: Gains = new Map();
  const isYaml = /\.ya?ml$/i.test(path);
  const parts = new Map<string, LinesFile>();
  let done = 0;
  try {
    for await (const read of ownQuestions(path)) {
      done += 1;
      onQuestion?.(done);
      if (read.outcome === 'bad') {
        bulk.problems.push(...read.problems);
        continue;
      }
      const { question, line } = read;
      const found = await check(question);
      bulk.problems.push(...found.problems.map((problem) => ({ file: path, line, column: 1, ...problem })));
      if (found.outcome === 'known') bulk.known += 1;
      if (found.outcome === 'gains') {
        bulk.gained[found.gained] += 1;
        gains.set(found.file, (gains.get(found.file) ?? new Map<string, Gain>()).set(found.id, { ...found, line }));
      }
      if (found.outcome === 'new') {
        bulk.stored += 1;
        if (!write) continue;
        const { collection } = found;
        if (isYaml) {
          bulk.files.push(await writeQuestion(question, collection, archive.folder));
          continue;
        }
        const part = parts.get(collection) ?? (await openLinesFile(archive.folder, collection, basename(path, extname(path))));
        parts.set(collection, part);
        await part.add(question);
      }
    }
    for (const part of parts.values()) bulk.files.push(await part.finish());
    if (write) await amendAll(path, archive.folder, gains, bulk);
    return bulk;
  } finally {
    for (const part of parts.values()) await part.discard();
  }
}

interface Gain {
  gained: Gained;
  edits: readonly Edit[];
  /** Of the file that brought it. */
  line: number;
}

/** By file and question. */
type Gains = Map<string, Map<string, Gain>>;

/** Writes what questions on file gain; one that cannot take it becomes a problem. */
async function amendAll(path: string, folder: string, gains: Gains, bulk: Bulk): Promise<void> {
  for (const [file, questions] of gains) {
    const wrong = await amend({ folder, file }, new Map([...questions].map(([id, { edits }]) => [id, edits])));
    for (const [id, { gained, line }] of questions) {
      const why = wrong.get(id);
      if (why === undefined) continue;
      bulk.gained[gained] -= 1;
      const at = { file: path, line, column: 1, field: 'id' };
      bulk.problems.push({ ...at, wrong: `cannot be added to ${file}: ${why}`, remedy: 'add it there' });
    }
  }
}

async function writeQuestion(question: QuestionFile, collection: string, folder: string): Promise<string> {
  const [, date = '', slug = ''] = question.id.split('/');
  for (let n = 1; ; n += 1) {
    const file = `${collection}/${date}-${slug}${n === 1 ? '' : `-${n}`}.yaml`;
    if (await writeNew(join(folder, file), questionText(question))) return file;
  }
}
