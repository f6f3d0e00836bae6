import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { agrees, saidIn } from '../../../src/platforms/console/review/said.ts';

const response = (names: string[], ...texts: string[]) => ({
  paragraphs: texts.map((text) => ({ text, start: 0, end: 1 })),
  respondents: names.map((display) => ({ display, printed: `Dr. ${display}` })),
  by: names.join(' and ') || 'not named',
});
const source = (...responses: ReturnType<typeof response>[]) => ({
  outcome: 'review' as const,
  reasons: [],
  type: 'text',
  sha256: '',
  text: '',
  blocks: [],
  doubts: [],
  repairs: [],
  responses,
});
const onFile = async (id: string) => (id === 'bo' ? { name: 'Bo Sørensen', variants: ['B. Sorensen'] } : undefined);
const persons = { ada: { name: 'Ada Quill' }, eve: { name: 'Eve Marsh' } };
type Draft = { respondents?: { person: string; name?: string }[]; paragraphs?: string[]; label?: string };
const look = async (responses: Draft[], ...of: ReturnType<typeof response>[]) => {
  const said = await saidIn(stringify({ persons, question: { responses } }), source(...of), onFile);
  if (!said) throw new Error('not read');
  return { ...said, agrees: agrees(said) };
};
const by = (person: string, ...paragraphs: string[]): Draft => ({ respondents: [{ person }], paragraphs });

test('the same words under the same names agree, in any order and by any known name', async () => {
  const { agrees: fine, said } = await look(
    [by('bo', 'Two.'), { respondents: [{ person: 'ada', name: 'Dr. Ada Quill' }], paragraphs: ['One.', 'More.'] }],
    response(['Ada Quill'], 'One.', 'More.'),
    response(['B. Sorensen'], 'Two.'),
  );
  expect(fine).toBe(true);
  expect(said.map(({ source: at }) => at)).toEqual([1, 0]);
});

test.each<[string, Draft[]]>([
  ['another person', [by('eve', 'One.')]],
  [
    'the right name as printed on another person',
    [{ respondents: [{ person: 'eve', name: 'Ada Quill' }], paragraphs: ['One.'] }],
  ],
  [
    'another name as printed on the right person',
    [{ respondents: [{ person: 'ada', name: 'Eve Marsh' }], paragraphs: ['One.'] }],
  ],
  ['a person whom nobody knows', [by('nobody', 'One.')]],
  ['nobody', [{ label: 'Author of the post', paragraphs: ['One.'] }]],
  ['one more person', [{ respondents: [{ person: 'ada' }, { person: 'eve' }], paragraphs: ['One.'] }]],
])('words of Ada Quill given to %s do not agree', async (_, responses) => {
  const { agrees: fine, said } = await look(responses, response(['Ada Quill'], 'One.'));
  expect(said[0]?.instead).toBe('Ada Quill');
  expect(fine).toBe(false);
});

test('a name for words that the source leaves unnamed does not agree', async () => {
  const { said } = await look([by('ada', 'One.')], response([], 'One.'));
  expect(said[0]?.instead).toBe('not named');
});

test('of two who signed together, one cannot stand for both', async () => {
  const both: Draft = { respondents: [{ person: 'ada' }, { person: 'ada' }], paragraphs: ['One.'] };
  expect((await look([both], response(['Ada Quill', 'Eve Marsh'], 'One.'))).agrees).toBe(false);
});

test('a paragraph that moved to somebody else is pointed at, and so are words left out', async () => {
  const {
    said,
    left,
    agrees: fine,
  } = await look(
    [by('ada', 'One.', 'More.', 'Two.')],
    response(['Ada Quill'], 'One.', 'More.'),
    response(['Eve Marsh'], 'Two.'),
    response(['Bo Sørensen'], 'Three.'),
  );
  expect(said[0]?.changed).toHaveLength(1);
  expect(left).toEqual([2]);
  expect(fine).toBe(false);
});

test('the same words of two persons are told apart by their names', async () => {
  const of = [response(['Ada Quill'], 'Yes.'), response(['Eve Marsh'], 'Yes.')];
  expect((await look([by('eve', 'Yes.'), by('ada', 'Yes.')], ...of)).said.map(({ source: at }) => at)).toEqual([1, 0]);
  expect((await look([by('eve', 'Yes.')], ...of)).left).toEqual([0]);
});

test('what cannot be read says nothing', async () => {
  expect(await saidIn('question: [', source(), onFile)).toBe(undefined);
  expect(await saidIn('persons: {}', source(), onFile)).toBe(undefined);
});
