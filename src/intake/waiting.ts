import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { schemaProblems } from '../content/problems.ts';
import { type QuestionFile, questionSchema, type RespondentsFile, respondentsSchema } from '../content/schema.ts';
import { readYaml } from '../content/yaml.ts';
import { OperatorError } from '../errors.ts';
import { isCode, jsonOf, replaceFile, textOf, writeNew, yamlText } from './files.ts';
import { NEW_PERSON } from './incoming.ts';
import { type ImportRecord, type NewRecord, type Origin, recordSchema, recordText } from './record.ts';

const draftSchema = z.strictObject({
  publication: z.string().optional(),
  slug: z.string(),
  persons: respondentsSchema,
  question: z.record(z.string(), z.unknown()),
});
type WaitingDraft = z.infer<typeof draftSchema>;

export interface Waiting {
  key: string;
  collection: string;
  /** Relative to the data folder. */
  file: string;
  record: ImportRecord;
}

const folderOf = (folder: string, collection: string) => join(folder, collection, 'review');
const fileOf = (collection: string, key: string) => `${collection}/review/${key}.yaml`;

/** Keeps a draft for a person to decide; one that waits already, perhaps edited, stays as it is. Returns its file. */
export async function keepForReview(
  folder: string,
  {
    collection,
    key,
    draft,
    record,
    reasons,
  }: { collection: string; key: string; draft: WaitingDraft; record: NewRecord | ImportRecord; reasons: string[] },
): Promise<string> {
  const file = fileOf(collection, key);
  const inside = folderOf(folder, collection);
  await writeNew(join(inside, `${key}.json`), recordText(record));
  await writeNew(join(folder, file), `${opening(key, record, reasons)}${yamlText(draft)}`);
  return file;
}

function opening(key: string, { name, address, retrieved }: Origin, reasons: readonly string[]): string {
  const from = [name, address === name ? undefined : address, retrieved === undefined ? undefined : `fetched ${retrieved}`];
  const lines = [
    `From ${from.filter((piece) => piece !== undefined).join(', ')}`,
    'To decide:',
    ...reasons.map((reason) => `  - ${reason}`),
    `Correct and complete it here, then: briefdesk review accept ${key}`,
  ];
  return lines.map((line) => `# ${line.replace(/[\n\r]+/g, ' ')}\n`).join('');
}

/** Everything that waits, by collection, oldest import first. */
export async function allWaiting(folder: string): Promise<Waiting[]> {
  const found: Waiting[] = [];
  for (const place of await places(folder)) {
    const waiting = await at(folder, place);
    if (waiting) found.push(waiting);
  }
  return found.sort((a, b) => a.record.on.localeCompare(b.record.on) || a.key.localeCompare(b.key));
}

/** How much waits, without a look into the records. */
export const countWaiting = async (folder: string): Promise<number> => (await places(folder)).length;

/** Throws OperatorError where nothing waits under the key. */
export async function waitingBy(folder: string, key: string): Promise<Waiting> {
  const all = await places(folder);
  const place = all.find((one) => one.key === key);
  const found = place && (await at(folder, place));
  if (found) return found;
  const there = all.map((one) => one.key).slice(0, 10);
  throw new OperatorError(
    `Nothing waits for review under “${key}”. ${there.length === 0 ? 'Nothing waits at all.' : `Waiting: ${there.join(', ')}.`}`,
  );
}

interface Place {
  key: string;
  collection: string;
}

async function places(folder: string): Promise<Place[]> {
  const found: Place[] = [];
  for (const collection of await names(folder)) {
    for (const name of await names(folderOf(folder, collection))) {
      const key = /^([0-9a-z]+)\.yaml$/.exec(name)?.[1];
      if (key !== undefined) found.push({ key, collection });
    }
  }
  return found;
}

async function at(folder: string, { key, collection }: Place): Promise<Waiting | undefined> {
  const record = await recordIn(join(folderOf(folder, collection), `${key}.json`));
  return record && { key, collection, file: fileOf(collection, key), record };
}

async function recordIn(path: string): Promise<ImportRecord | undefined> {
  const parsed = recordSchema.safeParse(jsonOf((await textOf(path)) ?? ''));
  return parsed.success ? parsed.data : undefined;
}

async function names(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return [];
    throw new OperatorError(`${folder} cannot be read: let the process read the content folder.`, { cause: error });
  }
}

export type Decision =
  | { outcome: 'ready'; question: QuestionFile; persons: RespondentsFile }
  | { outcome: 'problems'; problems: string[] };

/** The draft as it stands in its file, as a question that may be stored, or each thing that is missing or wrong with its line. */
export async function decisionOn(folder: string, { file }: Waiting): Promise<Decision> {
  const text = (await textOf(join(folder, file))) ?? '';
  const read = readYaml(file, Buffer.from(text), draftSchema);
  if (read.outcome === 'bad') return { outcome: 'problems', problems: read.problems.map(inWords) };
  const { publication, slug, persons, question } = read.value;
  const date = typeof question.date === 'string' ? question.date.replaceAll('?', '') : undefined;
  const id = question.id ?? (publication === undefined || date === undefined ? undefined : `${publication}/${date}/${slug}`);
  const parsed = questionSchema.safeParse({ ...question, ...(id === undefined ? {} : { id }) }, { reportInput: true });
  if (parsed.success) return { outcome: 'ready', question: parsed.data, persons };
  // The id follows from the publication and the date.
  const issues = parsed.error.issues.filter(({ path }) => id !== undefined || path[0] !== 'id');
  const problems = schemaProblems(file, issues, (path) => read.locate(['question', ...path])).map(inWords);
  return {
    outcome: 'problems',
    problems: [
      ...(publication === undefined ? ['publication is missing: add the id of one of collection.yaml'] : []),
      ...problems,
    ],
  };
}

/** The persons that a draft adds; none where it cannot be read. */
export async function personsToAdd(folder: string, { file }: Waiting): Promise<RespondentsFile> {
  const read = readYaml(file, Buffer.from((await textOf(join(folder, file))) ?? ''), draftSchema);
  return read.outcome === 'good' ? read.value.persons : {};
}

/** The draft with persons on file, or persons who are somebody else of the same name, as an editor decided. */
export function samePersons(
  { question, persons }: Extract<Decision, { outcome: 'ready' }>,
  same: Readonly<Record<string, string>>,
): { question: QuestionFile; persons: RespondentsFile } {
  const decided = new Map(Object.entries(persons).map(([id, { name }]) => [id, same[name]]));
  const idOf = (id: string) => {
    const chosen = decided.get(id);
    return chosen === undefined || chosen === NEW_PERSON ? id : chosen;
  };
  const kept = Object.entries(persons).filter(([id]) => idOf(id) === id);
  return {
    question: {
      ...question,
      responses: question.responses.map((response) => ({
        ...response,
        ...(response.respondents
          ? { respondents: response.respondents.map((one) => ({ ...one, person: idOf(one.person) })) }
          : {}),
      })),
    },
    persons: Object.fromEntries(
      kept.map(([id, person]) => [id, decided.get(id) === NEW_PERSON ? { ...person, note: person.note ?? NAMESAKE } : person]),
    ),
  };
}

const NAMESAKE = 'another person of this name';

const inWords = ({ line, field, wrong, remedy }: { line: number; field: string; wrong: string; remedy: string }): string =>
  `line ${line}: ${field} ${wrong}${remedy === '' ? '' : `: ${remedy}`}`;

/** The draft’s file as it stands, and its parsed fields where it is valid YAML. */
export async function draftText(folder: string, { file }: Waiting): Promise<string> {
  return (await textOf(join(folder, file))) ?? '';
}

/** Puts an edited draft in the place of the old one. Throws OperatorError where it is no YAML. */
export async function rewriteDraft(folder: string, { file }: Waiting, text: string): Promise<void> {
  // Comparing each key with all before it would take a minute for some tens of thousands.
  const wrong = parseDocument(text, { uniqueKeys: false }).errors[0]?.message.split('\n')[0];
  if (wrong !== undefined) throw new OperatorError(`That is no valid YAML: ${wrong}`);
  await replaceFile(join(folder, file), text);
}

/** Takes a draft out of the review folder. */
export async function removeFromReview(folder: string, { collection, key }: Pick<Waiting, 'collection' | 'key'>): Promise<void> {
  for (const ending of ['yaml', 'json']) await rm(join(folderOf(folder, collection), `${key}.${ending}`), { force: true });
}
