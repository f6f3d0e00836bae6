import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { importDocument } from '../../src/content/import/import-document.ts';
import { draftToQuestion } from '../../src/content/import/to-question.ts';
import { questionSchema } from '../../src/content/schema.ts';

const root = join(import.meta.dirname, '../..');
const held = questionSchema.parse(
  parse(readFileSync(join(root, 'data/latin-america-advisor/2019-04-18-pompeo-trip.yaml'), 'utf8')),
);
const draft = importDocument(readFileSync(join(root, 'test/fixtures/pompeo-qa-2019.txt')), { name: 'pompeo-qa-2019.txt' });

test('the seed imports by itself to what data/ holds, and waits for its year', () => {
  expect(draft.outcome).toBe('review');
  expect(draft.reasons).toEqual(['The year of the date is missing.']);
  expect(draft.question.text).toBe(held.text);
  expect(draft.question.parts).toEqual(held.parts);
  expect(draft.introduction).toBe(held.introduction);
  expect(draft.date).toEqual({ month: 4, day: 18, basis: 'stated' });
  expect(draft.language).toBe('en');
  expect(draft.responses.map((one) => [one.availability, one.label, one.paragraphs.map((paragraph) => paragraph.text)])).toEqual(
    held.responses.map((one) => [one.availability, one.label, one.paragraphs ?? []]),
  );
});

test('with the year told, the seed becomes the question of data/, its persons proposed and never merged by name', () => {
  const choices = {
    publication: 'latin-america-advisor',
    slug: 'pompeo-trip',
    topics: held.topics,
    acceptProposals: true,
    persons: { 'ray-walser': { name: 'Ray Walser' } },
  };
  expect(draftToQuestion(draft, choices)).toMatchObject({ outcome: 'gaps', missing: ['the year of the date'] });
  const made = draftToQuestion(draft, { ...choices, date: '2019?-04-18', same: { 'Brian Turner': 'brian-turner-of-whittier' } });
  if (made.outcome !== 'complete') throw new Error(made.missing.join());
  expect(made.question).toMatchObject({
    id: held.id,
    date: held.date,
    dateBasis: { year: 'inferred' },
    text: held.text,
    parts: held.parts,
  });
  expect(made.question.responses[0]).toEqual({
    id: 'author',
    availability: 'unnamed',
    label: 'Author of the post',
    paragraphs: held.responses[0]?.paragraphs,
  });
  expect(made.question.countries).toEqual(expect.arrayContaining(['CL', 'PY', 'PE', 'CO', 'VE']));
  expect(made.persons).toMatchObject({
    'ray-walser-2': { name: 'Ray Walser', sort: 'Walser, Ray' },
    'francisco-durand': { sort: 'Durand, Francisco' },
  });
  expect(made.persons).not.toHaveProperty('brian-turner');
  expect(made.proposals.persons.find((person) => person.display === 'Ray Walser')?.sameName).toEqual(['ray-walser']);
  expect(made.proposals.headlines).toEqual(held.parts?.slice(0, 2));
});
