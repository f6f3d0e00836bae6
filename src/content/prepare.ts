import { readFileSync } from 'node:fs';
import { type QuestionRows, rowsOf } from '../search/index-rows.ts';
import { inParts, openTally, type WordChanges, type WordTally } from '../search/tally.ts';
import type { CollectionToStore } from '../store/store.ts';
import { turns } from '../turns.ts';
import { embargoMoments, placementOf, questionCode, visibleHash, visibleQuestion } from './build.ts';
import { readLines } from './lines.ts';
import { unread } from './pass.ts';
import type { Locate, Position } from './problems.ts';
import type { FoundFile } from './scan.ts';
import { type QuestionFile, questionSchema } from './schema.ts';
import type { FileProblem } from './status.ts';
import { readYaml } from './yaml.ts';

/** What a thread needs to know of a file of questions. */
export interface FileToRead {
  found: FoundFile;
  /** Where it is. */
  path: string;
  collection: Pick<CollectionToStore, 'name' | 'file'>;
  /** By id, what is in the index of it already: the hash of what may be shown. */
  known: ReadonlyMap<string, string>;
}

/** A question out of a file, with all that can be made of it without looking into the database. */
export interface PreparedQuestion {
  id: string;
  code: string;
  /** Of each response, by id. */
  persons: string[][];
  /** Where it stands in the file, and those of its fields that have places of their own, by name. */
  at: Position;
  fields: Record<string, Position>;
  /** Moments (ms) at which more of it may be shown, and the whole question as JSON where there are any. */
  moments: number[];
  raw: string;
  /** Whether any of it may be shown now. */
  visible: boolean;
  /** Where it may be shown, and is not in the index as it is. */
  rows: QuestionRows | undefined;
}

/** `file` counts the files to read; a file ends with what is to be remembered of it. */
export type Step = { file: number } & (
  | { type: 'question'; question: PreparedQuestion }
  | { type: 'bad'; id: string | undefined; problems: FileProblem[] }
  | { type: 'end'; found: FoundFile }
);

export interface Batch {
  steps: Step[];
  /** A part of what the rows of all batches add to the counts of words: it comes after them. */
  words: WordChanges | undefined;
}

/** A batch holds about this much text, because it is written at once and nobody should wait for it. */
const CHARS_A_BATCH = 70_000;
const STEPS_A_BATCH = 500;
const WORDS_A_BATCH = 5000;
const MAX_YAML_BYTES = 5_000_000;

/** Reads files of questions and cuts these into sentences and words: all the work that a load can do in another thread. */
export async function* prepare(files: readonly FileToRead[], now: number): AsyncGenerator<Batch> {
  const turn = turns();
  let steps: Step[] = [];
  const tally = openTally();
  let chars = 0;
  const take = (words?: WordChanges): Batch => {
    const batch = { steps, words };
    [steps, chars] = [[], 0];
    return batch;
  };
  for (const [file, one] of files.entries()) {
    let { found } = one;
    let hasMoments = false;
    try {
      for await (const read of readQuestions(one)) {
        if (read.outcome === 'bad') steps.push({ type: 'bad', file, id: read.id, problems: read.problems });
        else {
          const question = preparedQuestion(read, one, now, tally);
          steps.push({ type: 'question', file, question });
          hasMoments ||= question.moments.length > 0;
          chars += question.rows?.responses.reduce((sum, { text }) => sum + text.length, question.rows.doc.length) ?? 0;
        }
        if (chars >= CHARS_A_BATCH || steps.length >= STEPS_A_BATCH) yield take();
        await turn();
      }
    } catch (error) {
      const failed = unread(found, error);
      found = failed.file;
      steps.push({ type: 'bad', file, id: undefined, problems: [failed.problem] });
    }
    steps.push({ type: 'end', file, found });
    // Before another file is looked at, which may have the same: what a changed file has lost goes, and what is not shown yet is noted.
    if (one.known.size > 0 || hasMoments || steps.length >= STEPS_A_BATCH) yield take();
  }
  yield take();
  for (const words of inParts(tally.changes(), WORDS_A_BATCH)) yield take(words);
}

type Read =
  | { outcome: 'good'; question: QuestionFile; at: Position; locate: Locate | undefined }
  | { outcome: 'bad'; id: string | undefined; problems: FileProblem[] };

async function* readQuestions({ found: { path: file, kind, size }, path }: FileToRead): AsyncGenerator<Read> {
  if (kind === 'lines') {
    for await (const read of readLines(file, path)) {
      if (read.outcome === 'bad') yield read;
      else yield { outcome: 'good', question: read.question, at: { line: read.line, column: 1 }, locate: undefined };
    }
  } else if (size > MAX_YAML_BYTES) {
    const wrong = `is larger than ${MAX_YAML_BYTES} bytes`;
    const remedy = 'one question a file; bulk content goes into .jsonl';
    yield { outcome: 'bad', id: undefined, problems: [{ file, line: 1, column: 1, field: '(file)', wrong, remedy }] };
  } else {
    const read = readYaml(file, readFileSync(path), questionSchema);
    if (read.outcome === 'bad') yield { ...read, id: undefined };
    else yield { outcome: 'good', question: read.value, at: { line: 1, column: 1 }, locate: read.locate };
  }
}

function preparedQuestion(
  { question, at, locate }: Read & { outcome: 'good' },
  { found, collection, known }: FileToRead,
  now: number,
  tally: WordTally,
): PreparedQuestion {
  const { id, responses } = question;
  const moments = embargoMoments(question);
  const visible = visibleQuestion(question, placementOf(question, collection), now);
  const hash = visible && visibleHash(visible);
  const isKnown = hash === undefined || known.get(id) === hash;
  return {
    id,
    code: questionCode(question),
    persons: responses.map(({ respondents }) => (respondents ?? []).map(({ person }) => person)),
    at,
    fields: locate ? fieldsOf(question, locate) : {},
    moments,
    // What is withheld is not kept anywhere else.
    raw: moments.length === 0 || question.status?.is === 'withheld' ? '' : JSON.stringify(question),
    visible: visible !== undefined,
    rows: visible && !isKnown ? rowsOf(visible, { file: found.path, hash }, tally) : undefined,
  };
}

/** Where everything stands that may clash with other files. */
function fieldsOf({ responses }: QuestionFile, locate: Locate): Record<string, Position> {
  const fields: Record<string, Position> = { id: locate(['id']), code: locate(['code']) };
  for (const [r, { respondents }] of responses.entries())
    for (const i of respondents?.keys() ?? []) fields[personField(r, i)] = locate(['responses', r, 'respondents', i, 'person']);
  return fields;
}

export const personField = (response: number, respondent: number): string =>
  `responses[${response}].respondents[${respondent}].person`;
