import { join } from 'node:path';
import { Document, parseDocument } from 'yaml';
import { type QuestionFile, questionSchema } from '../content/schema.ts';
import { jsonOf, replaceFile, textOf } from './files.ts';

/** A value to set somewhere in a question. */
export interface Edit {
  path: (string | number)[];
  value: unknown;
}

/**
 * Sets values in questions of one file, by id; comments and everything else in the file stay. Returns by id why a question would break
 * its rules: of it nothing is written then. Throws OperatorError where the file cannot be written.
 */
export async function amend(
  { folder, file }: { folder: string; file: string },
  changes: ReadonlyMap<string, readonly Edit[]>,
): Promise<Map<string, string>> {
  const full = join(folder, file);
  const text = (await textOf(full)) ?? '';
  const { amended, wrong } = file.endsWith('.jsonl') ? amendedLines(text, changes) : amendedYaml(text, changes);
  if (amended !== text) await replaceFile(full, amended);
  return wrong;
}

interface Amended {
  amended: string;
  wrong: Map<string, string>;
}

function amendedYaml(text: string, changes: ReadonlyMap<string, readonly Edit[]>): Amended {
  const document = parseDocument(text);
  const [id, edits] = [...changes][0] ?? ['', []];
  set(document, edits);
  const wrong = wrongIn(document.toJS());
  return wrong === undefined
    ? { amended: document.toString({ lineWidth: 120 }), wrong: new Map() }
    : { amended: text, wrong: new Map([[id, wrong]]) };
}

function amendedLines(text: string, changes: ReadonlyMap<string, readonly Edit[]>): Amended {
  const lines = text.split('\n');
  const left = new Map([...changes].map(([id]) => [id, `the file no longer holds ${id}`]));
  for (const [index, line] of lines.entries()) {
    if (left.size === 0) break;
    const value = jsonOf(index === 0 ? line.replace(/^\uFEFF/, '') : line);
    const id = idOf(value);
    if (id === undefined || !left.has(id)) continue;
    const document = new Document(value);
    set(document, changes.get(id) ?? []);
    const question: unknown = document.toJS();
    const wrong = wrongIn(question);
    if (wrong === undefined) {
      lines[index] = JSON.stringify(question);
      left.delete(id);
    } else left.set(id, wrong);
  }
  return { amended: lines.join('\n'), wrong: left };
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' ? value.id : undefined;
}

function set(document: Document, edits: readonly Edit[]): void {
  for (const { path, value } of edits) document.setIn(path, document.createNode(value));
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
