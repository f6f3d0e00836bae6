import { join } from 'node:path';
import type { QuestionFile, RespondentsFile } from '../content/schema.ts';
import { fold } from '../search/tokens.ts';
import type { ContentIndex } from '../store/store.ts';
import { amend } from './amend.ts';
import { addPersons, personsIn, questionIn, questionText, textOf, writeNew } from './files.ts';
import { gainOf } from './gain.ts';
import type { Taken } from './incoming.ts';
import { type ImportRecord, type NewRecord, recordText } from './record.ts';
import { asksTheSame } from './same.ts';

/** A question ready for its collection. */
export interface Ready {
  key: string;
  collection: string;
  question: QuestionFile;
  /** Persons to add. */
  persons: RespondentsFile;
  record: NewRecord | ImportRecord;
}

type Stored = Exclude<Taken, { outcome: 'review' | 'refused' }>;
/** Not stored: a person has to decide; the reasons, where they are not known already. */
type Doubt = { outcome: 'doubt'; reasons: string[] };

/** What a person knows of a question before it is stored. */
export interface How {
  /** They have looked at it. */
  confirmed: boolean;
  /** There are doubts about what it says: only what needs no decision is done (a question that is known, a further address of it). */
  doubtful: boolean;
  /** Whether one of its persons is somebody on file of the same name is open. */
  unsure: boolean;
}

/** Where questions are kept: new ones become files, those on file gain what is new in them. */
export interface Stacks {
  put(ready: Ready, how: How): Promise<Stored | Doubt>;
  /** What a question refers to that is nowhere on file. */
  missing(ready: Pick<Ready, 'question' | 'persons' | 'collection'>): Promise<string[]>;
  /** Persons to add whose names are on file already. */
  namesakes(ready: Pick<Ready, 'persons' | 'collection'>): Promise<Namesake[]>;
}

/** A person to add with the name of a person on file: nobody has said yet whether they are the same. */
export interface Namesake {
  id: string;
  name: string;
  /** Id of the person on file. */
  known: string;
}

interface OnFile {
  question: QuestionFile;
  file: string;
}

export function createStacks({
  folder,
  index,
}: {
  folder: string;
  index: Pick<ContentIndex, 'collection' | 'collectionOf' | 'questionsOn'>;
}): Stacks {
  /** By publication and date: written by this process, perhaps not yet in the index. */
  const written = new Map<string, { id: string; file: string }[]>();

  async function onDay(day: string): Promise<OnFile[]> {
    const [publication = '', date = ''] = day.split('/');
    const indexed = await index.questionsOn(publication, date);
    const files = new Map([...indexed, ...(written.get(day) ?? [])].map((one) => [one.id, one.file]));
    const found: OnFile[] = [];
    for (const [id, file] of files) {
      const question = await questionIn(folder, file, id);
      if (question) found.push({ question, file });
    }
    return found;
  }

  async function store({ collection, question, persons, key, record }: Ready, others: readonly OnFile[]): Promise<Stored> {
    const [publication = '', date = '', slug = ''] = question.id.split('/');
    const taken = new Set(others.map((other) => other.question.id));
    for (let n = 1; ; n += 1) {
      const last = n === 1 ? slug : `${slug}-${n}`;
      const id = `${publication}/${date}/${last}`;
      const file = `${collection}/${date}-${last}.yaml`;
      if (taken.has(id) || (await textOf(join(folder, file))) !== undefined) continue;
      // The question comes last: until it is there, nothing refers to the others.
      await keepRecord(`${date}-${last}`, { collection, key, record });
      await addPersons(folder, collection, persons);
      if (!(await writeNew(join(folder, file), questionText({ ...question, id })))) {
        return store({ collection, question, persons: {}, key, record }, others);
      }
      const day = `${publication}/${date}`;
      written.set(day, [...(written.get(day) ?? []), { id, file }]);
      return { outcome: 'stored', id, file };
    }
  }

  async function keepRecord(
    name: string,
    { collection, key, record }: Pick<Ready, 'collection' | 'key' | 'record'>,
  ): Promise<void> {
    await writeNew(join(folder, collection, 'imported', `${name}.${key}.json`), recordText(record));
  }

  async function gain(ready: Ready, { question, file }: OnFile, how: How): Promise<Stored | Doubt> {
    const { collection, key, record } = ready;
    const onFile = await personsIn(folder, file.split('/')[0] ?? collection);
    const nameOf = (id: string) => ready.persons[id]?.name ?? onFile.get(id)?.name ?? id;
    const gained = gainOf({ question, nameOf: (id) => onFile.get(id)?.name ?? id }, { ...ready, nameOf });
    const { id } = question;
    if (gained.outcome === 'known') return { outcome: 'known', id, file };
    const isDoubtful = how.doubtful || gained.doubts.length > 0 || (how.unsure && Object.keys(gained.persons).length > 0);
    if (isDoubtful && gained.outcome !== 'reposted' && !how.confirmed) return { outcome: 'doubt', reasons: gained.doubts };
    await keepRecord(id.split('/').slice(1).join('-'), { collection, key, record });
    await addPersons(folder, collection, gained.persons);
    const wrong = (await amend({ folder, file }, new Map([[id, gained.edits]]))).get(id);
    if (wrong !== undefined) return { outcome: 'doubt', reasons: [`${file} cannot take it: ${wrong}`] };
    return { outcome: gained.outcome, id, file };
  }

  return {
    async put(ready, how) {
      const others = await onDay(ready.question.id.split('/').slice(0, 2).join('/'));
      const same = others.find(({ question }) => asksTheSame(question, ready.question));
      if (same) return gain(ready, same, how);
      return !how.confirmed && (how.doubtful || how.unsure) ? { outcome: 'doubt', reasons: [] } : store(ready, others);
    },

    async missing({ question, persons, collection }) {
      const publication = question.id.split('/')[0] ?? '';
      const missing: string[] = [];
      if ((await index.collectionOf('publication', publication)) !== collection) {
        missing.push(`there is no publication “${publication}” in ${collection}/collection.yaml`);
      }
      const held = await personsIn(folder, collection);
      const named = new Set(question.responses.flatMap(({ respondents }) => respondents?.map(({ person }) => person) ?? []));
      for (const id of named) {
        if (persons[id] || held.has(id) || (await index.collectionOf('person', id)) !== undefined) continue;
        missing.push(`there is no person “${id}”: add them under persons`);
      }
      missing.push(...namesakesIn(persons, held).map(namesakeProblem));
      for (const id of Object.keys(persons)) {
        if (held.has(id))
          missing.push(`the person “${id}” is in respondents.yaml already: take them out of persons, or give them another id`);
      }
      return missing;
    },

    namesakes: async ({ persons, collection }) => namesakesIn(persons, await personsIn(folder, collection)),
  };
}

const namesakesIn = (persons: RespondentsFile, held: ReadonlyMap<string, { name: string }>): Namesake[] =>
  Object.entries(persons).flatMap(([id, { name, note }]) => {
    const known = [...held].find(([, person]) => fold(person.name) === fold(name))?.[0];
    return known === undefined || known === id || note !== undefined ? [] : [{ id, name, known }];
  });

export const namesakeProblem = ({ id, name, known }: Namesake): string =>
  `${name} is a name on file (${known}): put ${known} in the place of ${id} and take it out of persons (or accept with --same "${name}=${known}"); somebody else gets a note that tells the two apart`;
