import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { CollectionToStore } from '../store/store.ts';
import { isUnchanged, type Pass, remember, unread } from './pass.ts';
import { readPersons } from './persons.ts';
import { type FoundFile, holdsQuestions } from './scan.ts';
import { collectionSchema, type PersonFile } from './schema.ts';
import type { FileProblem } from './status.ts';
import { type Checked, readYaml } from './yaml.ts';

/** Looked up before others have a turn. */
const PERSONS_A_TURN = 100;

export interface Collections {
  /** Without those that never were good. */
  inUse: ReadonlyMap<string, CollectionToStore>;
  /** Sample collections while samples are off. */
  unwanted: ReadonlySet<string>;
  /** Whether what has changed in a collection bears on a file of questions that has not. */
  mustReread: (file: FoundFile) => boolean;
}

type ByName = Map<string, CollectionToStore>;

/**
 * Reads collection.yaml and respondents.yaml of every collection where they changed; a bad one leaves the last good version in use.
 * Collections that are gone are removed first, so that another may take over their ids.
 */
export async function loadCollections(pass: Pass, found: Map<string, FoundFile[]>): Promise<Collections> {
  const before = await knownCollections(pass);
  const inUse: ByName = new Map();
  const unwanted = new Set<string>();
  for (const name of before.keys()) if (!found.has(name)) await pass.index.removeCollection(name);
  for (const [name, files] of found) {
    const { wanted, value } = await loadCollection(pass, { name, files, known: before.get(name) });
    if (value) inUse.set(name, value);
    if (!wanted) unwanted.add(name);
  }
  // An id that was taken may have been given up by a collection that was read later.
  for (const [name, files] of found) {
    if (!files.some((file) => !holdsQuestions(file) && hasConflict(pass, file))) continue;
    const { value } = await loadCollection(pass, { name, files, known: inUse.get(name) });
    if (value) inUse.set(name, value);
  }
  return { inUse, unwanted, mustReread: bearing(pass, before, inUse) };
}

async function knownCollections({ index }: Pass): Promise<ByName> {
  const known: ByName = new Map();
  for (const name of await index.collectionNames()) {
    const collection = await index.collection(name);
    if (collection) known.set(name, collection);
  }
  return known;
}

/** All questions rest on the persons, those of a collection on its publications; problems may be settled by any change. */
function bearing({ stamps }: Pass, before: ByName, now: ByName): Collections['mustReread'] {
  const persons = personIds(now);
  const personLost = [...personIds(before)].some((id) => !persons.has(id));
  const changed = [...now].some(([name, value]) => before.get(name) !== value);
  return ({ path, collection }) =>
    personLost ||
    placements(before.get(collection)) !== placements(now.get(collection)) ||
    (changed && (stamps.get(path)?.problems.length ?? 0) > 0);
}

const personIds = (collections: ByName): Set<string> =>
  new Set([...collections.values()].flatMap(({ persons }) => [...persons.keys()]));

/** What of a collection is written into each of its questions. */
function placements(collection: CollectionToStore | undefined): string {
  const rights = collection?.file.publications.map((one) => `${one.id} ${one.rights}`).sort();
  return JSON.stringify([collection?.file.sample ?? false, rights]);
}

const hasConflict = ({ stamps }: Pass, { path }: FoundFile): boolean =>
  stamps.get(path)?.problems.some(({ other }) => other !== undefined) ?? false;

interface Reading {
  name: string;
  files: FoundFile[];
  known: CollectionToStore | undefined;
}

/** `value` is the known one where nothing changed, undefined where it never was good or is not wanted. */
async function loadCollection(
  pass: Pass,
  { name, files, known }: Reading,
): Promise<{ wanted: boolean; value?: CollectionToStore | undefined }> {
  const own = files.filter((file) => !holdsQuestions(file));
  const hadRespondents = pass.stamps.has(`${name}/respondents.yaml`);
  const hasRespondents = own.some((file) => file.kind === 'respondents');
  const same = hadRespondents === hasRespondents && own.every((file) => isUnchanged(pass, file) && !hasConflict(pass, file));
  const read = known && same ? undefined : await readCollection(pass, name, own);
  const value = read?.value ?? known;
  if (value?.file.sample && !pass.sample) {
    if (known) await pass.index.removeCollection(name);
    return { wanted: false };
  }
  for (const file of read?.files ?? []) {
    const problems = read?.problems.filter((problem) => problem.file === file.path) ?? [];
    await remember(pass, file, problems);
  }
  if (read?.value) await pass.index.putCollection(read.value);
  return { wanted: true, value };
}

/** `files` as they are to be remembered. */
interface CollectionRead {
  value?: CollectionToStore;
  files: FoundFile[];
  problems: FileProblem[];
}

async function readCollection(pass: Pass, name: string, own: FoundFile[]): Promise<CollectionRead> {
  const problems: FileProblem[] = [];
  const files: FoundFile[] = [];
  const read = async <Value>(
    kind: FoundFile['kind'],
    check: (path: string, bytes: Uint8Array) => Checked<Value> | Promise<Checked<Value>>,
  ): Promise<Value | undefined> => {
    const file = own.find((one) => one.kind === kind);
    if (!file) return undefined;
    const bytes = await readFile(join(pass.folder, file.path)).catch((error: unknown) => unread(file, error));
    if (!(bytes instanceof Uint8Array)) {
      files.push(bytes.file);
      problems.push(bytes.problem);
      return undefined;
    }
    files.push(file);
    const result = await check(file.path, bytes);
    if (result.outcome === 'good') return result.value;
    problems.push(...result.problems);
    return undefined;
  };
  const about = await read('collection', (path, bytes) => readYaml(path, bytes, collectionSchema));
  const persons = await read('respondents', readPersons);
  if (!about || problems.length > 0) return { files, problems };
  const value = { name, file: about, persons: new Map<string, PersonFile>(Object.entries(persons ?? {})) };
  problems.push(...(await takenIds(pass, value)));
  return problems.length > 0 ? { files, problems } : { value, files, problems };
}

/** Ids of persons and publications belong to one collection; others may refer to them. */
async function takenIds({ index }: Pass, { name, file, persons }: CollectionToStore): Promise<FileProblem[]> {
  const problems: FileProblem[] = [];
  const taken = async (kind: 'person' | 'publication', id: string, path: string, field: string) => {
    const holder = await index.collectionOf(kind, id);
    if (holder === undefined || holder === name) return;
    const remedy = kind === 'person' ? 'leave it out here: questions of any collection may refer to it' : 'choose another id';
    problems.push({
      file: path,
      line: 1,
      column: 1,
      field,
      wrong: `the ${kind} “${id}” is already defined in collection “${holder}”`,
      remedy,
      other: `${holder}/${path.slice(path.indexOf('/') + 1)}`,
    });
  };
  let asked = 0;
  for (const id of persons.keys()) {
    await taken('person', id, `${name}/respondents.yaml`, id);
    asked += 1;
    if (asked % PERSONS_A_TURN === 0) await setImmediate();
  }
  for (const { id } of file.publications) await taken('publication', id, `${name}/collection.yaml`, 'publications');
  return problems;
}
