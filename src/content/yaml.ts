import { Composer, type CST, type Document, isMap, isNode, isScalar, LineCounter, Parser, visit } from 'yaml';
import type { z } from 'zod';
import { type Locate, type Position, schemaProblems } from './problems.ts';
import type { FileProblem } from './status.ts';
import { utf8Text } from './utf8.ts';

type Bad = { outcome: 'bad'; problems: FileProblem[] };
export type Checked<Value> = { outcome: 'good'; value: Value } | Bad;
export type Read<Value> = { outcome: 'good'; value: Value; locate: Locate } | Bad;

/** Deeper than any field of the schemas, and far from where recursion ends. */
const MAX_DEPTH = 50;

/** A YAML file checked by a schema, or every problem in it with its place. Never throws. */
export function readYaml<Schema extends z.ZodType>(file: string, bytes: Uint8Array, schema: Schema): Read<z.output<Schema>> {
  const source = utf8Text(bytes);
  const bad = (wrong: string, remedy: string): Read<never> => ({
    outcome: 'bad',
    problems: [{ file, line: 1, column: 1, field: '(file)', wrong, remedy }],
  });
  if (source === undefined) return bad('is not UTF-8 text', 'save it as UTF-8');
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(source)];
  if (tokens.some(isTooDeep)) return bad('nests too deeply', 'look for brackets that are never closed');
  const [document, second] = new Composer({ prettyErrors: false, uniqueKeys: false }).compose(tokens, true, source.length);
  if (!document || second) return bad('holds several documents', 'remove the lines “---”: one document a file');
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const errors = [
    ...document.errors.map(({ pos, message }) => ({ offset: pos[0], message })),
    ...repeatedKeys(document).map((offset) => ({ offset, message: 'Map keys must be unique' })),
  ];
  if (errors.length > 0) {
    const problems = errors.map(({ offset, message }) => ({
      file,
      ...at(offset),
      field: '(file)',
      // Without the words of the file that some messages end with: they may not be for all to see.
      wrong: `is not valid YAML: ${message.replace(/(?<=\w): .*$/s, '')}`,
      remedy: 'correct the line; text with “: ” or “#” in it needs quotes',
    }));
    return { outcome: 'bad', problems };
  }
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    const wrong = `cannot be expanded: ${error instanceof Error ? error.message : String(error)}`;
    return bad(wrong, 'write the text out instead of using aliases');
  }
  const locate: Locate = (path, which = 'value') => {
    const holder = document.getIn(path.slice(0, -1), true);
    const name = isMap(holder) ? holder.items.find(({ key }) => String(key) === String(path.at(-1)))?.key : undefined;
    if (which === 'name' && isNode(name) && name.range) return at(name.range[0]);
    for (let length = path.length; length >= 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return at(node.range[0]);
    }
    return { line: 1, column: 1 };
  };
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return { outcome: 'good', value: parsed.data, locate };
  return { outcome: 'bad', problems: schemaProblems(file, parsed.error.issues, locate) };
}

/** Where a key stands that its map has already. The library compares each key with all before it: with thousands of them, for seconds. */
function repeatedKeys(document: Document): number[] {
  const offsets: number[] = [];
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) offsets.push(key.range?.[0] ?? 0);
        seen.add(key.value);
      }
    },
  });
  return offsets;
}

/** Counted level by level, because reading is recursive and so would counting be. */
function isTooDeep(token: CST.Token): boolean {
  let level = [token];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap(within);
  }
  return false;
}

function within(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value].filter((one) => one !== null && one !== undefined));
}
