import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { readLines } from '../content/lines.ts';
import { schemaProblems } from '../content/problems.ts';
import { type QuestionFile, questionSchema } from '../content/schema.ts';
import type { FileProblem } from '../content/status.ts';
import { utf8Text } from '../content/utf8.ts';
import { readYaml } from '../content/yaml.ts';
import { OperatorError } from '../errors.ts';
import { jsonOf } from './files.ts';

export type OwnRead = { outcome: 'good'; question: QuestionFile; line: number } | { outcome: 'bad'; problems: FileProblem[] };

const MAX_BYTES = 50_000_000;

/** Whether a file is in the archive’s own format: JSON Lines, or YAML or JSON with a question’s fields. */
export async function isOwnFormat(path: string): Promise<boolean> {
  switch (extname(path).toLowerCase()) {
    case '.jsonl':
    case '.ndjson':
      return true;
    case '.yaml':
    case '.yml':
      return true;
    case '.json': {
      const value = jsonOf((await bytesOf(path)).toString('utf8'));
      const first: unknown = Array.isArray(value) ? value[0] : value;
      return typeof first === 'object' && first !== null && 'responses' in first;
    }
    default:
      return false;
  }
}

/** The questions of such a file, one at a time; what is wrong comes with its line. Throws OperatorError where the file cannot be read. */
export async function* ownQuestions(path: string): AsyncGenerator<OwnRead> {
  switch (extname(path).toLowerCase()) {
    case '.jsonl':
    case '.ndjson':
      yield* readLines(path, path);
      return;
    case '.json': {
      const text = utf8Text(await bytesOf(path));
      const value = text === undefined ? undefined : jsonOf(text);
      const at = { file: path, line: 1, column: 1, field: '(file)' };
      if (value === undefined)
        yield {
          outcome: 'bad',
          problems: [{ ...at, wrong: 'is not valid JSON', remedy: 'write one question, or a list of them' }],
        };
      else for (const one of Array.isArray(value) ? value : [value]) yield checked(path, one);
      return;
    }
    default: {
      const read = readYaml(path, await bytesOf(path), questionSchema);
      yield read.outcome === 'good' ? { outcome: 'good', question: read.value, line: 1 } : read;
    }
  }
}

function checked(file: string, value: unknown): OwnRead {
  const parsed = questionSchema.safeParse(value, { reportInput: true });
  if (parsed.success) return { outcome: 'good', question: parsed.data, line: 1 };
  return { outcome: 'bad', problems: schemaProblems(file, parsed.error.issues, () => ({ line: 1, column: 1 })) };
}

async function bytesOf(path: string): Promise<Buffer> {
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new OperatorError(`${path} cannot be read: ${cause.message}`, { cause });
  });
  if (bytes.length > MAX_BYTES)
    throw new OperatorError(`${path} is larger than 50 MB: write it as JSON Lines, one question a line.`);
  return bytes;
}
