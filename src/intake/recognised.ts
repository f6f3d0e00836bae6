import { appendFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Draft } from '../content/import/model.ts';
import type { QuestionFile, RespondentsFile } from '../content/schema.ts';
import { OperatorError } from '../errors.ts';
import { fold } from '../search/tokens.ts';
import { jsonOf, notWritten, textOf } from './files.ts';
import { type Decided, NEW_PERSON } from './incoming.ts';

/** An editor said that this publication, where it prints this name with this affiliation (or role, where it has none), means this person. */
const recognitionSchema = z.strictObject({
  publication: z.string(),
  name: z.string(),
  affiliation: z.string().optional(),
  role: z.string().optional(),
  person: z.string(),
  /** Day (ISO) on which it was said. */
  on: z.string(),
});
export type Recognition = z.infer<typeof recognitionSchema>;

const fileOf = (folder: string, collection: string) => join(folder, collection, 'imported', 'recognised.jsonl');

/** What sets one person of a name apart from another; nothing where a name stands alone, which never tells who it is. */
function keyOf({ publication, name, affiliation, role }: Omit<Recognition, 'person' | 'on'>): string | undefined {
  const post = fold(affiliation ?? role ?? '');
  return post === '' ? undefined : [publication, fold(name), affiliation === undefined ? 'role' : 'affiliation', post].join('\n');
}

/** By key, the last word of an editor. Throws OperatorError where the file has mistakes. */
async function recognised(folder: string, collection: string): Promise<Map<string, string>> {
  const path = fileOf(folder, collection);
  const persons = new Map<string, string>();
  for (const [index, line] of ((await textOf(path)) ?? '').split('\n').entries()) {
    if (line.trim() === '') continue;
    const parsed = recognitionSchema.safeParse(jsonOf(line));
    if (!parsed.success)
      throw new OperatorError(`Line ${index + 1} of ${path} cannot be read: correct it, or remove it to be asked again.`);
    const key = keyOf(parsed.data);
    if (key !== undefined) persons.set(key, parsed.data.person);
  }
  return persons;
}

/** Who is who in a draft of this publication, as far as an editor has said so before: display name to id of a person. */
export async function recognisedPersons(
  draft: Pick<Draft, 'responses'>,
  { folder, collection, publication }: { folder: string; collection: string; publication: string | undefined },
): Promise<Record<string, string>> {
  if (publication === undefined) return {};
  const known = await recognised(folder, collection);
  const found = new Map<string, Set<string | undefined>>();
  for (const { display, affiliation, role } of draft.responses.flatMap(({ respondents }) => respondents)) {
    const key = keyOf({ publication, name: display, affiliation, role });
    found.set(display, (found.get(display) ?? new Set()).add(key === undefined ? undefined : known.get(key)));
  }
  // Each time that the name is printed, or not at all.
  return Object.fromEntries(
    [...found].flatMap(([display, [id, ...others]]) => (id === undefined || others.length > 0 ? [] : [[display, id]])),
  );
}

/** Remembers who is who in a question that was stored, where an editor said so. Throws OperatorError where it cannot be written. */
export async function rememberPersons(
  { question, persons, same, on }: { question: QuestionFile; persons: RespondentsFile; same: Decided['same']; on: string },
  { folder, collection }: { folder: string; collection: string },
): Promise<void> {
  const [publication = ''] = question.id.split('/');
  const said = new Map(Object.entries(same ?? {}).map(([name, id]) => [id === NEW_PERSON ? idNamed(persons, name) : id, name]));
  if (said.size === 0) return;
  const known = await recognised(folder, collection);
  const lines: string[] = [];
  for (const { person, affiliation, role } of question.responses.flatMap(({ respondents }) => respondents ?? [])) {
    const name = said.get(person);
    const one = name === undefined ? undefined : { publication, name, affiliation, role, person, on };
    const key = one && keyOf(one);
    if (key === undefined || known.get(key) === person) continue;
    known.set(key, person);
    lines.push(`${JSON.stringify(one)}\n`);
  }
  if (lines.length === 0) return;
  const path = fileOf(folder, collection);
  try {
    await mkdir(dirname(path), { recursive: true });
    await appendFile(path, lines.join(''));
  } catch (error) {
    throw notWritten(path, error);
  }
}

const idNamed = (persons: RespondentsFile, name: string): string | undefined =>
  Object.entries(persons).find(([, person]) => person.name === name)?.[0];
