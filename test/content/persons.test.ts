import { expect, test } from 'vitest';
import { readPersons } from '../../src/content/persons.ts';
import { respondentsSchema } from '../../src/content/schema.ts';
import { readYaml } from '../../src/content/yaml.ts';

/** Several slices long. */
const persons = Array.from(
  { length: 900 },
  (_, n) => `person-${n}:\n  name: "Ada\n    Quill ${n}"\n  variants:\n  - name: A. Quill ${n}\n# next\n`,
);
const good = persons.join('');
const changed = (line: string, to: string): string => {
  expect(good).toContain(line);
  return good.replace(line, () => to);
};

async function both(source: string | Uint8Array) {
  const bytes = Buffer.from(source);
  const sliced = await readPersons('r.yaml', bytes);
  const whole = readYaml('r.yaml', bytes, respondentsSchema);
  const result = (read: typeof sliced) => (read.outcome === 'good' ? Object.entries(read.value) : read.problems);
  expect(result(sliced)).toEqual(result(whole));
  return result(sliced);
}

test('a long list of persons is read whole', async () => {
  expect(await both(`# Everybody\n\n${good}`)).toHaveLength(900);
  expect(await both(good.replaceAll('\n', '\r\n'))).toHaveLength(900);
  expect(await both(`\uFEFF${good}`)).toHaveLength(900);
});

const long = (id: string) =>
  `${id}:\n  name: Ada\n  variants:\n${`    - { name: Ada, source: ${'x'.repeat(280)} }\n`.repeat(20)}`;

test.each<[string, string | Uint8Array]>([
  ['a field that is not known', changed('  variants:\n  - name: A. Quill 700', '  variantz:\n  - name: A. Quill 700')],
  ['an id that cannot be one', changed('person-650:', 'Person_650:')],
  ['a person named twice', changed('person-850:', 'person-3:')],
  ['a person named twice in a row', changed('person-851:', 'person-850:')],
  ['a quotation mark that is never closed', changed('Quill 640"', 'Quill 640')],
  ['a line at the margin that is no person', changed('person-800:', 'person 800')],
  ['a second document', changed('person-800:', '---\nperson-800:')],
  ['an end before the end', `${long('one')}...\n${long('two')}`],
  ['a list', good.replaceAll(/^person/gm, '- person')],
  ['an indented first person', ` ${good}`],
  ['bytes that are not UTF-8', Buffer.concat([Buffer.from(good), Buffer.from([0xff])])],
])('%s is told with its place in a long list too', async (_, source) => {
  const problems = await both(source);
  expect(problems[0]).toHaveProperty('wrong');
});

test.each([
  ['an alias', changed('"Ada\n    Quill 880"', '*a').replace('name: "Ada\n    Quill 0"', 'name: &a Ada')],
  ['braces', `{ ${Array.from({ length: 900 }, (_, n) => `\nperson-${n}: { name: Ada }`).join(',')} }`],
])('a long list may hold %s', async (_, source) => {
  expect(await both(source)).toHaveLength(900);
});
