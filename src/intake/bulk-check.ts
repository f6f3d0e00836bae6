import { join } from 'node:path';
import { placementOf, visibleHash, visibleQuestion } from '../content/build.ts';
import { readLines } from '../content/lines.ts';
import type { QuestionFile } from '../content/schema.ts';
import type { FileProblem } from '../content/status.ts';
import type { CollectionToStore, ContentIndex, Store } from '../store/store.ts';
import type { Edit } from './amend.ts';
import { questionIn } from './files.ts';
import { type Gain, gainOf } from './gain.ts';
import { sameWords } from './same.ts';

export interface BulkArchive {
  folder: string;
  index: Pick<ContentIndex, 'collection' | 'collectionOf' | 'owner' | 'questionsOn'>;
  store: Pick<Store, 'question'>;
  now: () => Date;
}

export type Gained = Exclude<Gain['outcome'], 'known'>;

type Wrong = Pick<FileProblem, 'field' | 'wrong' | 'remedy'>;

export type Checked = { problems: Wrong[] } & (
  | { outcome: 'new'; collection: string }
  | { outcome: 'known' }
  /** On file in `file` as question `id`, which lacks something of it. */
  | { outcome: 'gains'; gained: Gained; file: string; id: string; edits: Edit[] }
  | { outcome: 'bad' }
);

/** What only the archive, and the questions before, can tell of a question that comes from a file. */
export function questionCheck(
  { folder, index, store, now }: BulkArchive,
  path: string,
): (question: QuestionFile) => Promise<Checked> {
  const collections = new Map<string, CollectionToStore | undefined>();
  const persons = new Map<string, boolean>();
  const seen = new Set<string>();
  const gaining = new Set<string>();
  const held = heldQuestions(folder);
  const bad = (field: string, wrong: string, remedy: string): Checked => ({
    outcome: 'bad',
    problems: [{ field, wrong, remedy }],
  });

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

  function gain(question: QuestionFile, onFile: OnFile, collection: CollectionToStore): Checked {
    const { file } = onFile;
    const { id } = onFile.question;
    const isCopy = id !== question.id;
    // What may not be shown is not told on its way through the words of another.
    if (!isUsable(question)) return bad('status', `is not “usable”, and ${id} is on file`, `set it in ${file}`);
    const nameOf = (person: string) => collection.persons.get(person)?.name ?? person;
    const record = { name: path, address: question.source?.url, retrieved: question.source?.retrieved, on: today() };
    const { outcome, edits, doubts } = gainOf({ question: onFile.question, nameOf }, { question, persons: {}, nameOf, record });
    if (isCopy && outcome !== 'known' && outcome !== 'reposted')
      return bad('text', `is the same question as ${id}, with other words`, `change that one instead: ${file}`);
    if (doubts.length > 0)
      return { outcome: 'bad', problems: doubts.map((wrong) => ({ field: 'responses', wrong, remedy: `look at ${file}` })) };
    const problems = (isCopy ? [] : otherwise(onFile.question, question)).map((field) => ({
      field,
      wrong: `differs from ${file}`,
      remedy: 'only words and addresses are taken over, change it there',
    }));
    if (outcome === 'known') return { outcome: problems.length > 0 ? 'bad' : 'known', problems };
    if (gaining.has(id))
      return bad('id', `has the question ${id}, which gains something earlier in this file`, 'import it again');
    gaining.add(id);
    return { outcome: 'gains', gained: outcome, file, id, edits, problems };
  }

  async function sameQuestion({ text }: QuestionFile, onDay: readonly { id: string; file: string }[]) {
    for (const one of onDay) {
      // What is not shown has its words in its file alone.
      const asked = (await store.question(one.id))?.text || (await held(one.file, one.id).catch(() => undefined))?.text;
      if (asked !== undefined && sameWords(asked, text)) return one;
    }
    return undefined;
  }

  const today = () => now().toISOString().slice(0, 10);

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
    const visible = owner?.hash && visibleQuestion(question, placementOf(question, collection), now().getTime());
    if (visible && owner.hash === visibleHash(visible)) return { outcome: 'known', problems: [] };
    const other = owner ?? (await sameQuestion(question, await index.questionsOn(publication, date)));
    if (!other) return { outcome: 'new', problems: [], collection: collection.name };
    const onFile = await held(other.file, other.id).catch(() => undefined);
    if (onFile) return gain(question, { question: onFile, file: other.file }, collection);
    return bad('id', `is on file in ${other.file}, which cannot be read`, 'see to that one first: “briefdesk check”');
  };
}

interface OnFile {
  question: QuestionFile;
  file: string;
}

/** Questions as the files of the archive have them. A JSON Lines file is read once for all of its questions. */
function heldQuestions(folder: string): (file: string, id: string) => Promise<QuestionFile | undefined> {
  const read = new Map<string, Map<string, QuestionFile>>();
  return async (file, id) => {
    if (!file.endsWith('.jsonl')) return questionIn(folder, file, id);
    const known = read.get(file) ?? new Map<string, QuestionFile>();
    if (!read.has(file)) {
      // The first of several is the one in use.
      for await (const line of readLines(file, join(folder, file)))
        if (line.outcome === 'good' && !known.has(line.question.id)) known.set(line.question.id, line.question);
      read.set(file, known);
    }
    return known.get(id);
  };
}

const isUsable = ({ status, responses }: QuestionFile): boolean =>
  [status, ...responses.map((response) => response.status)].every((one) => (one?.is ?? 'usable') === 'usable');

/** Fields that say something else than on file, and that no correction can carry: they are an editor’s to change. */
function otherwise(held: QuestionFile, found: QuestionFile): string[] {
  const responses = found.responses.flatMap((response, index) => {
    const same = held.responses.find(({ id }) => id === response.id);
    return same ? differing(same, response, ['paragraphs', 'corrections']).map((field) => `responses[${index}].${field}`) : [];
  });
  return [...differing(held, found, ['responses', 'source', 'corrections', 'repairs']), ...responses];
}

function differing(held: object, found: object, carried: readonly string[]): string[] {
  const values: Record<string, unknown> = Object.fromEntries(Object.entries(held));
  return Object.entries(found).flatMap(([field, value]) =>
    carried.includes(field) || JSON.stringify(values[field] ?? ABSENT[field]) === JSON.stringify(value) ? [] : [field],
  );
}

/** What a field means that is left out. */
const ABSENT: Readonly<Record<string, unknown>> = {
  kind: 'question',
  countries: [],
  respondents: [],
  completeness: 'whole',
  status: { is: 'usable' },
};
