import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { type QuestionFile, questionSchema } from '../content/schema.ts';
import { lineOf, replaceFile, textOf } from './files.ts';

/** A value to set somewhere in a question. */
export interface Edit {
  path: (string | number)[];
  value: unknown;
}

/**
 * Sets values in a question on file; comments and everything else in the file stay. Returns undefined when it is written, else why the
 * question would break its rules: nothing is written then. Throws OperatorError where the file cannot be written.
 */
export async function amend(
  path: { folder: string; file: string },
  id: string,
  edits: readonly Edit[],
): Promise<string | undefined> {
  const full = join(path.folder, path.file);
  const text = (await textOf(full)) ?? '';
  const amended = path.file.endsWith('.jsonl') ? amendedLines(text, id, edits) : amendedYaml(text, edits);
  if ('wrong' in amended) return amended.wrong;
  await replaceFile(full, amended.text);
  return undefined;
}

type Amended = { text: string } | { wrong: string };

function amendedYaml(text: string, edits: readonly Edit[]): Amended {
  const document = parseDocument(text);
  for (const { path, value } of edits) document.setIn(path, document.createNode(value));
  const wrong = wrongIn(document.toJS());
  return wrong === undefined ? { text: document.toString({ lineWidth: 120 }) } : { wrong };
}

function amendedLines(text: string, id: string, edits: readonly Edit[]): Amended {
  const found = lineOf(text, id);
  if (!found) return { wrong: `the file no longer holds ${id}` };
  const document = parseDocument(JSON.stringify(found.question));
  for (const { path, value } of edits) document.setIn(path, document.createNode(value));
  const question: unknown = document.toJS();
  const wrong = wrongIn(question);
  return wrong === undefined ? { text: text.split('\n').with(found.index, JSON.stringify(question)).join('\n') } : { wrong };
}

function wrongIn(question: unknown): string | undefined {
  const issue = questionSchema.safeParse(question).error?.issues[0];
  return issue === undefined ? undefined : `${issue.path.map(String).join('.')} ${issue.message}`;
}

const MAX_QUOTED = 2000;

/** What makes the response on file read as the source does now, with the dated note that says so; the old words stay in the note. */
export function correctionEdits(
  held: QuestionFile,
  index: number,
  { paragraphs, on, what }: { paragraphs: readonly string[]; on: string; what: string },
): Edit[] {
  const response = held.responses[index];
  const old = response?.paragraphs ?? [];
  const pairs = old.length === paragraphs.length ? old.map((was, at) => ({ was, now: paragraphs[at] ?? '' })) : [];
  const changed = pairs.filter(({ was, now }) => was !== now);
  const exact = changed.length > 0 && changed.every(({ was, now }) => was.length <= MAX_QUOTED && now.length <= MAX_QUOTED);
  const notes = exact ? changed.map((pair) => ({ on, what, ...pair })) : [{ on, what }];
  return [
    { path: ['responses', index, 'paragraphs'], value: paragraphs },
    { path: ['responses', index, 'corrections'], value: [...(response?.corrections ?? []), ...notes] },
  ];
}
