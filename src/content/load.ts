import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CollectionToStore } from '../store/store.ts';
import { readLines } from './lines.ts';
import { type Collections, loadCollections } from './load-collection.ts';
import { type FileSink, questionSink } from './load-questions.ts';
import { isUnchanged, type LoadOptions, type Pass, remember, unread } from './pass.ts';
import { type FoundFile, holdsQuestions, scan } from './scan.ts';
import { questionSchema } from './schema.ts';
import type { FileProblem } from './status.ts';
import { readYaml } from './yaml.ts';

/** Raised whenever tokens, sentences or the visible form of a question change: every file is then read again once. */
const INDEX_VERSION = `2 ICU ${process.versions.icu}`;
const MAX_YAML_BYTES = 5_000_000;

/**
 * Brings the index up to date with the files: only new and changed ones are read, those that are gone are removed.
 * A file that is bad keeps the last good version of its questions. Returns every problem on file, also of files not read again.
 * Throws OperatorError where the content folder cannot be read; the index then stays as it is.
 */
export async function loadContent(options: LoadOptions): Promise<FileProblem[]> {
  const { index } = options;
  const found = await scan(options.folder);
  const sameIndex = (await index.indexVersion()) === INDEX_VERSION;
  if (!sameIndex) await index.reindex();
  const stamps = new Map((await index.files()).map((stamp) => [stamp.path, stamp]));
  const present = new Set([...found.values()].flat().map((file) => file.path));
  const pass: Pass = { ...options, sameIndex, stamps, sink: questionSink({ ...options, sameIndex, present }) };
  const collections = await loadCollections(pass, found);
  for (const [name, collection] of collections.inUse) {
    await loadQuestions(pass, collection, (found.get(name) ?? []).filter(holdsQuestions), collections);
  }
  await removeGone(pass, found, collections);
  await settleConflicts(pass, found, collections);
  await index.finish();
  if (!sameIndex) await index.setIndexVersion(INDEX_VERSION);
  return [...stamps.values()].flatMap((stamp) => stamp.problems);
}

async function loadQuestions(
  pass: Pass,
  collection: CollectionToStore,
  files: FoundFile[],
  { mustReread }: Collections,
): Promise<void> {
  for (const file of files) if (mustReread(file) || !isUnchanged(pass, file)) await loadFile(pass, collection, file);
}

async function loadFile(pass: Pass, collection: CollectionToStore, file: FoundFile): Promise<void> {
  const receive = await pass.sink.open(file.path, collection);
  try {
    await readQuestions(pass, file, receive);
  } catch (error) {
    const failed = unread(file, error);
    receive.bad(undefined, [failed.problem]);
    return remember(pass, failed.file, await receive.close());
  }
  await remember(pass, file, await receive.close());
}

async function readQuestions({ folder }: Pass, file: FoundFile, receive: FileSink): Promise<void> {
  const path = join(folder, file.path);
  if (file.kind === 'lines') {
    for await (const read of readLines(file.path, path)) {
      if (read.outcome === 'good') await receive.question(read.question, () => ({ line: read.line, column: 1 }));
      else receive.bad(read.id, read.problems);
    }
  } else if (file.size > MAX_YAML_BYTES) {
    const wrong = `is larger than ${MAX_YAML_BYTES} bytes`;
    const remedy = 'one question a file; bulk content goes into .jsonl';
    receive.bad(undefined, [{ file: file.path, line: 1, column: 1, field: '(file)', wrong, remedy }]);
  } else {
    const read = readYaml(file.path, await readFile(path), questionSchema);
    if (read.outcome === 'good') await receive.question(read.value, read.locate);
    else receive.bad(undefined, read.problems);
  }
}

/** Files that are no longer there, or no longer wanted, take their questions with them. */
async function removeGone({ index, stamps, sink }: Pass, found: Map<string, FoundFile[]>, { unwanted }: Collections) {
  const wanted = [...found].filter(([name]) => !unwanted.has(name)).flatMap(([, files]) => files);
  const present = new Set(wanted.map((file) => file.path));
  for (const path of [...stamps.keys()].filter((known) => !present.has(known))) {
    await sink.remove(path);
    await index.removeFile(path);
    stamps.delete(path);
  }
}

/** A file that conflicted with another is read again once that one has changed or gone. */
async function settleConflicts(pass: Pass, found: Map<string, FoundFile[]>, { inUse }: Collections): Promise<void> {
  const touched = pass.sink.touched();
  for (const [name, collection] of inUse) {
    const conflicting = (found.get(name) ?? [])
      .filter(holdsQuestions)
      .filter(({ path }) => pass.stamps.get(path)?.problems.some(({ other }) => other !== undefined && touched.has(other)));
    for (const file of conflicting) await loadFile(pass, collection, file);
  }
}
