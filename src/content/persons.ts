import { setImmediate } from 'node:timers/promises';
import { type RespondentsFile, respondentsSchema } from './schema.ts';
import type { FileProblem } from './status.ts';
import { utf8Text } from './utf8.ts';
import { type Checked, readYaml } from './yaml.ts';

/** Read in one turn of the event loop, so that nobody waits for thousands of persons. */
const CHARS_A_SLICE = 3_000;
/** A person begins at the left margin, and everything of theirs stands to the right of it. */
const PERSON = /^[a-z0-9-]+:(?=\s)/gm;
/** That nothing may follow is not seen from the slices. */
const END = /^\.\.\./m;

/** A respondents.yaml, read in slices with what reading it whole would give. Never rejects. */
export async function readPersons(file: string, bytes: Uint8Array): Promise<Checked<RespondentsFile>> {
  const whole = () => readYaml(file, bytes, respondentsSchema);
  const source = utf8Text(bytes) ?? '';
  const starts = sliceStarts(source);
  if (starts.length === 1) return whole();
  const persons = new Map<string, RespondentsFile[string]>();
  const problems: FileProblem[] = [];
  let linesBefore = 0;
  for (const [index, start] of starts.entries()) {
    const slice = source.slice(start, starts[index + 1]);
    const read = readYaml(file, Buffer.from(slice), respondentsSchema);
    const found = read.outcome === 'good' ? Object.entries(read.value) : [];
    const bad = read.outcome === 'bad' ? read.problems : [];
    // That it is no good YAML, or names somebody twice, is told of the whole file.
    if (bad.some(({ field }) => field === '(file)') || found.some(([id]) => persons.has(id))) return whole();
    for (const [id, person] of found) persons.set(id, person);
    problems.push(...bad.map((problem) => ({ ...problem, line: problem.line + linesBefore })));
    linesBefore += slice.split('\n').length - 1;
    await setImmediate();
  }
  return problems.length > 0 ? { outcome: 'bad', problems } : { outcome: 'good', value: Object.fromEntries(persons) };
}

/** Where the slices begin, each with a person; the first has what stands above. It is the only one where the file cannot be cut. */
function sliceStarts(source: string): number[] {
  const starts = [0];
  if (source.length <= CHARS_A_SLICE || END.test(source)) return starts;
  const persons = [...source.matchAll(PERSON)].map(({ index }) => index);
  const above = source.slice(0, persons[0]).split('\n');
  if (!above.every((line) => /^\s*(?:#|$)/.test(line))) return starts;
  for (const index of persons) if (index - (starts.at(-1) ?? 0) >= CHARS_A_SLICE) starts.push(index);
  return starts;
}
