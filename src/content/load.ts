import { type Collections, loadCollections } from './load-collection.ts';
import { type FileToLoad, loadQuestions } from './load-questions.ts';
import { isUnchanged, type LoadOptions, type Pass } from './pass.ts';
import { type FoundFile, holdsQuestions, scan } from './scan.ts';
import type { FileProblem } from './status.ts';

/** Raised whenever tokens, sentences or the visible form of a question change: every file is then read again once. */
const INDEX_VERSION = `3 ICU ${process.versions.icu}`;

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
  const today = new Date(options.now).toISOString().slice(0, 10);
  const pass: Pass = { ...options, sameIndex, stamps, today, present, touched: new Set(), persons: new Map() };
  const collections = await loadCollections(pass, found);
  const changed = (file: FoundFile) => collections.mustReread(file) || !isUnchanged(pass, file);
  await loadQuestions(pass, filesOf(found, collections, changed));
  await removeGone(pass, found, collections);
  await settleConflicts(pass, found, collections);
  await index.finish();
  if (!sameIndex) await index.setIndexVersion(INDEX_VERSION);
  return [...stamps.values()].flatMap((stamp) => stamp.problems);
}

/** Files that are no longer there, or no longer wanted, take their questions with them. */
async function removeGone({ index, stamps, touched, today }: Pass, found: Map<string, FoundFile[]>, { unwanted }: Collections) {
  const wanted = [...found].filter(([name]) => !unwanted.has(name)).flatMap(([, files]) => files);
  const present = new Set(wanted.map((file) => file.path));
  for (const path of [...stamps.keys()].filter((known) => !present.has(known))) {
    touched.add(path);
    const questions = await index.questionsOf(path);
    await index.removeQuestions(
      questions.map(({ id }) => id),
      today,
    );
    await index.putEmbargoes(path, []);
    await index.removeFile(path);
    stamps.delete(path);
  }
}

/** A file that conflicted with another is read again once that one has changed or gone. */
async function settleConflicts(pass: Pass, found: Map<string, FoundFile[]>, collections: Collections): Promise<void> {
  const touched = new Set(pass.touched);
  const conflicts = ({ path }: FoundFile) =>
    pass.stamps.get(path)?.problems.some(({ other }) => other !== undefined && touched.has(other)) === true;
  await loadQuestions(pass, filesOf(found, collections, conflicts));
}

function filesOf(found: Map<string, FoundFile[]>, { inUse }: Collections, isWanted: (file: FoundFile) => boolean): FileToLoad[] {
  return [...inUse].flatMap(([name, collection]) =>
    (found.get(name) ?? []).filter((file) => holdsQuestions(file) && isWanted(file)).map((file) => ({ found: file, collection })),
  );
}
