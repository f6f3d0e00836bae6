import { createReadStream } from 'node:fs';
import { schemaProblems } from './problems.ts';
import { type QuestionFile, questionSchema } from './schema.ts';
import type { FileProblem } from './status.ts';
import { utf8Text } from './utf8.ts';

export type LineRead =
  | { outcome: 'good'; question: QuestionFile; line: number }
  /** `id` where the line still tells which question it is. */
  | { outcome: 'bad'; id: string | undefined; line: number; problems: FileProblem[] };

const MAX_LINE_BYTES = 5_000_000;
const NEW_LINE = 10;

/** The questions of a JSON Lines file, one line at a time; a bad line is reported and the next one read. */
export async function* readLines(file: string, path: string): AsyncGenerator<LineRead> {
  let line = 0;
  for await (const bytes of byteLines(path)) {
    line += 1;
    const read = readLine(file, line, bytes);
    if (read) yield read;
  }
}

/** Not node:readline, which ends a line at U+2028 too: JSON allows that inside a text. Of a line that is too long only the beginning is kept. */
async function* byteLines(path: string): AsyncGenerator<Uint8Array> {
  const chunks: AsyncIterable<Buffer> = createReadStream(path);
  let pieces: Buffer[] = [];
  let held = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEW_LINE); end >= 0; end = chunk.indexOf(NEW_LINE, start)) {
      yield Buffer.concat([...pieces, chunk.subarray(start, end)]);
      pieces = [];
      held = 0;
      start = end + 1;
    }
    if (held > MAX_LINE_BYTES) continue;
    pieces.push(chunk.subarray(start));
    held += chunk.length - start;
  }
  if (held > 0) yield Buffer.concat(pieces);
}

/** Nothing for an empty line. */
function readLine(file: string, line: number, bytes: Uint8Array): LineRead | undefined {
  const bad = (wrong: string, remedy: string, column = 1): LineRead => ({
    outcome: 'bad',
    id: undefined,
    line,
    problems: [{ file, line, column, field: '(line)', wrong, remedy }],
  });
  if (bytes.length > MAX_LINE_BYTES) return bad(`is larger than ${MAX_LINE_BYTES} bytes`, 'split the question');
  const source = utf8Text(bytes);
  if (source === undefined) return bad('holds bytes that are not UTF-8', 'save the file as UTF-8');
  if (source.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    // Only the place: the message itself may hold words of the line, which may not be for all to see.
    const place = /at position (\d+)/.exec(String(error))?.[1] ?? 0;
    return bad('is not valid JSON', 'write one whole question a line', Number(place) + 1);
  }
  const parsed = questionSchema.safeParse(value, { reportInput: true });
  if (parsed.success) return { outcome: 'good', question: parsed.data, line };
  const id = typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' ? value.id : undefined;
  return { outcome: 'bad', id, line, problems: schemaProblems(file, parsed.error.issues, () => ({ line, column: 1 })) };
}
