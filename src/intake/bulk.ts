import { basename, extname, join } from 'node:path';
import { placementOf, visibleHash, visibleQuestion } from '../content/build.ts';

import type { QuestionFile } from '../content/schema.ts';
import type { FileProblem } from '../content/status.ts';
import type { CollectionToStore, ContentIndex, Store } from '../store/store.ts';
import { questionText, writeNew } from './files.ts';
import { type LinesFile, openLinesFile } from './lines-file.ts';
import { ownQuestions } from './own-format.ts';
import { sameWords } from './same.ts';

export interface BulkArchive {
  folder: string;
  index: Pick<ContentIndex, 'collection' | 'collectionOf' | 'owner' | 'questionsOf' | 'questionsOn'>;
  store: Pick<Store, 'question'>;
  now: () => Date;
}

export interface Bulk {
  stored: number;
  /** On file already with the same content. */
  known: number;
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
 * What is on file already is left out, what is bad is reported with its line, and nothing is seen before all of it is written.
 */
export async function takeQuestions(path: string, archive: BulkArchive, { write, onQuestion }: BulkOptions): Promise<Bulk> {
  const bulk: Bulk = { stored: 0, known: 0, problems: [], files: [] };
  const check = checker(archive);
  const isYaml = /\.ya?ml$/i.test(path);
  const parts = new Map<string, LinesFile>();
  try {
    for await (const read of ownQuestions(path)) {
      onQuestion?.(bulk.stored + bulk.known + bulk.problems.length + 1);
      if (read.outcome === 'bad') {
        bulk.problems.push(...read.problems);
        continue;
      }
      const { question, line } = read;
      const found = await check(question);
      if (found.outcome === 'known') bulk.known += 1;
      else if (found.outcome === 'bad') bulk.problems.push({ file: path, line, column: 1, ...found.problem });
      else {
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
    return bulk;
  } finally {
    for (const part of parts.values()) await part.discard();
  }
}

type Checked =
  | { outcome: 'new'; collection: string }
  | { outcome: 'known' }
  | { outcome: 'bad'; problem: Pick<FileProblem, 'field' | 'wrong' | 'remedy'> };

/** What only the archive and the questions before can tell of a question. */
function checker({ index, store, now }: BulkArchive): (question: QuestionFile) => Promise<Checked> {
  const collections = new Map<string, CollectionToStore | undefined>();
  const persons = new Map<string, boolean>();
  const seen = new Set<string>();
  const bad = (field: string, wrong: string, remedy: string): Checked => ({ outcome: 'bad', problem: { field, wrong, remedy } });

  async function collectionOf(publication: string): Promise<CollectionToStore | undefined> {
    if (!collections.has(publication)) {
      const name = await index.collectionOf('publication', publication);
      collections.set(publication, name === undefined ? undefined : await index.collection(name));
    }
    return collections.get(publication);
  }

  async function isPerson(id: string, collection: CollectionToStore): Promise<boolean> {
    const known = persons.get(id) ?? (collection.persons.has(id) || (await index.collectionOf('person', id)) !== undefined);
    persons.set(id, known);
    return known;
  }

  return async (question) => {
    const [publication = '', date = ''] = question.id.split('/');
    const collection = await collectionOf(publication);
    if (!collection) return bad('id', `there is no publication “${publication}”`, 'add it to a collection.yaml first');
    for (const { person } of question.responses.flatMap(({ respondents }) => respondents ?? [])) {
      if (!(await isPerson(person, collection)))
        return bad('responses', `there is no person “${person}”`, `add them to ${collection.name}/respondents.yaml first`);
    }
    if (seen.has(question.id)) return bad('id', 'is used twice', 'keep one of the two');
    seen.add(question.id);
    const owner = await index.owner({ id: question.id });
    if (owner) {
      const visible = visibleQuestion(question, placementOf(question, collection), now().getTime());
      const held = (await index.questionsOf(owner.file)).find(({ id }) => id === question.id);
      if (visible && held?.hash === visibleHash(visible)) return { outcome: 'known' };
      return bad('id', `is on file in ${owner.file} with another content`, 'change it there');
    }
    for (const { id } of await index.questionsOn(publication, date)) {
      const other = await store.question(id);
      if (other && sameWords(other.text, question.text))
        return bad('text', `is the same question as ${id}`, 'change that one instead');
    }
    return { outcome: 'new', collection: collection.name };
  };
}

async function writeQuestion(question: QuestionFile, collection: string, folder: string): Promise<string> {
  const [, date = '', slug = ''] = question.id.split('/');
  for (let n = 1; ; n += 1) {
    const file = `${collection}/${date}-${slug}${n === 1 ? '' : `-${n}`}.yaml`;
    if (await writeNew(join(folder, file), questionText(question))) return file;
  }
}
