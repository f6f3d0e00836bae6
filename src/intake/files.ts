import { appendFile, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import {
  type PersonFile,
  type QuestionFile,
  questionSchema,
  type RespondentsFile,
  respondentsSchema,
} from '../content/schema.ts';
import { readYaml } from '../content/yaml.ts';
import { OperatorError } from '../errors.ts';

const SCHEMA_LINE = (name: string) => `# yaml-language-server: $schema=../${name}.schema.json\n`;

export const yamlText = (value: unknown): string => stringify(value, { lineWidth: 120 });

/** A question as its file in a collection holds it. */
export const questionText = (question: QuestionFile): string => `${SCHEMA_LINE('question')}${yamlText(question)}`;

/** Writes a file that is not there yet; false where it is. Throws OperatorError where it cannot be written. */
export async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'wx');
    try {
      await file.writeFile(text);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw notWritten(path, error);
  }
}

/** Puts a text in the place of a file, whole or not at all: whoever reads it meanwhile sees the old one. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const part = join(dirname(path), `.${process.pid}-${Date.now()}.part`);
  try {
    await mkdir(dirname(path), { recursive: true });
    const before = await stat(path).catch(() => undefined);
    const file = await open(part, 'wx');
    try {
      if (before) await file.chmod(before.mode);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw notWritten(path, error);
  }
}

export const isCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;

export function notWritten(path: string, cause: unknown): OperatorError {
  return new OperatorError(
    `${path} cannot be written: let the process write in the content folder, and see that the disk has room.`,
    {
      cause,
    },
  );
}

/** The text of a file, or undefined where there is none. */
export async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw new OperatorError(`${path} cannot be read: let the process read the content folder.`, { cause: error });
  }
}

/** What each respondents.yaml held when it was last read: it may be long, and every document asks for it. */
const readBefore = new Map<string, { stamp: string; persons: ReadonlyMap<string, PersonFile> }>();

/** Everybody in the respondents.yaml of a collection. Throws OperatorError where it has mistakes: nobody is added to it then. */
export async function personsIn(folder: string, collection: string): Promise<Map<string, PersonFile>> {
  const path = join(folder, collection, 'respondents.yaml');
  const { mtimeMs, size } = await stat(path).catch(() => ({ mtimeMs: 0, size: 0 }));
  const stamp = `${mtimeMs} ${size}`;
  const before = readBefore.get(path);
  if (before?.stamp === stamp) return new Map(before.persons);
  const persons = await readPersons(path);
  readBefore.set(path, { stamp, persons });
  return new Map(persons);
}

async function readPersons(path: string): Promise<Map<string, PersonFile>> {
  const text = await textOf(path);
  if (text === undefined || text.trim() === '') return new Map();
  const read = readYaml(path, Buffer.from(text), respondentsSchema);
  if (read.outcome === 'good') return new Map(Object.entries(read.value));
  throw new OperatorError(`${path} has mistakes: run “briefdesk check” and correct them before you import.`);
}

/** Adds persons at the end of respondents.yaml; what stands there is not touched. */
export async function addPersons(folder: string, collection: string, persons: RespondentsFile): Promise<void> {
  if (Object.keys(persons).length === 0) return;
  const path = join(folder, collection, 'respondents.yaml');
  const held = await textOf(path);
  const opening = held === undefined ? SCHEMA_LINE('respondents') : held.endsWith('\n') || held === '' ? '' : '\n';
  const added = `${opening}${yamlText(persons)}`;
  const read = readYaml(path, Buffer.from(`${held ?? ''}${added}`), respondentsSchema);
  if (read.outcome === 'bad') {
    throw new OperatorError(
      `${path} cannot take more persons: write it as lines “id:” with their fields below, and see “briefdesk check”.`,
    );
  }
  await appendFile(path, added).catch((error: unknown) => {
    throw notWritten(path, error);
  });
}

/** One question of a content file (YAML, or a line of JSON Lines), or undefined where the file no longer holds it in good order. */
export async function questionIn(folder: string, file: string, id: string): Promise<QuestionFile | undefined> {
  const text = await textOf(join(folder, file));
  if (text === undefined) return undefined;
  const found = file.endsWith('.jsonl') ? questionOnLine(text, id) : undefined;
  if (found !== undefined) return found;
  const read = readYaml(file, Buffer.from(text), questionSchema);
  return read.outcome === 'good' && read.value.id === id ? read.value : undefined;
}

/** The first line of a JSON Lines text that holds the question. */
function questionOnLine(text: string, id: string): QuestionFile | undefined {
  const needle = JSON.stringify(id);
  for (const line of text.split('\n')) {
    if (!line.includes(needle)) continue;
    const parsed = questionSchema.safeParse(jsonOf(line));
    if (parsed.success && parsed.data.id === id) return parsed.data;
  }
  return undefined;
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
