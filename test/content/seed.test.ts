import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { responseText } from '../../src/content/question-rules.ts';
import { collectionSchema, questionSchema, respondentsSchema } from '../../src/content/schema.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const original = read('test/fixtures/pompeo-qa-2019.txt');
const question = questionSchema.parse(parse(read('data/latin-america-advisor/2019-04-18-pompeo-trip.yaml')));
const persons = respondentsSchema.parse(parse(read('data/latin-america-advisor/respondents.yaml')));
const author = question.responses.find((response) => response.id === 'author')!;
const listed = question.responses.filter((response) => response.availability === 'listed');

test('the stored Q&A is the original, less the repairs that the file states', () => {
  const wrapsJoined = original.replaceAll(/(?<!\n)\n(?!\n)/g, ' ');
  const [introduction, asked, ...answered] = wrapsJoined.split('\n\n');
  expect(question.introduction).toBe(introduction);
  expect(`Question: ${question.text}`).toBe(asked);
  expect(`Answer: “${responseText(author)}”`).toBe(answered.join('\n\n'));
  expect(question.repairs?.join(' ')).toMatch(/labels.*outer pair of quotation marks.*wraps/i);
});

test('line breaks inside the third paragraph are the only ones joined', () => {
  const breaks = original.split('\n\n').map((block) => block.split('\n').length - 1);
  expect(breaks).toEqual([0, 0, 0, 0, 4]);
});

test('the seed asks three questions and is answered in three paragraphs', () => {
  expect(question.parts).toEqual([
    'What did Pompeo accomplish on the trip?',
    'Is Washington’s push to end Venezuelan President Nicolás Maduro’s rule working?',
    'Should the Trump administration be doing more to help Venezuelan migrants who have sought refuge in the United States?',
  ]);
  expect(author.paragraphs).toHaveLength(3);
});

test('the one response on file is that of an unnamed author', () => {
  expect(author).toMatchObject({ availability: 'unnamed', label: 'Author of the post' });
  expect(author.respondents).toBeUndefined();
});

test('the four respondents whom the introduction names are listed, each a person on file', () => {
  expect(listed.flatMap(({ respondents = [] }) => respondents.map(({ person }) => persons[person]?.name))).toEqual([
    'Ray Walser',
    'Francisco Durand',
    'Brian Turner',
    'Maria Velez de Berliner',
  ]);
  for (const { name } of Object.values(persons)) expect(question.introduction).toContain(name);
});

test('no words, quotes or positions are attributed to anybody by name', () => {
  for (const response of question.responses.filter(({ respondents }) => respondents !== undefined)) {
    const { paragraphs, lines, stances, doesNotAddress } = response;
    expect({ paragraphs, lines, stances, doesNotAddress }).toEqual({});
  }
  const restsOn = question.summary?.sentences.flatMap(({ quotes }) => quotes.map((quote) => quote.response));
  expect(new Set(restsOn)).toEqual(new Set(['author']));
  const outsideIntroduction = JSON.stringify({ ...question, introduction: undefined });
  for (const { name } of Object.values(persons)) {
    const surname = name.split(' ').at(-1)!;
    expect(outsideIntroduction).not.toContain(name);
    expect(outsideIntroduction).not.toContain(surname);
  }
});

test('an editor mapped a line to the second question alone', () => {
  expect(author.lines?.map(({ part }) => part)).toEqual([2]);
  expect(author.doesNotAddress).toBeUndefined();
});

test('the year is inferred, the title absent, the address supplied by the operator', () => {
  expect(question).toMatchObject({
    id: 'latin-america-advisor/2019-04-18/pompeo-trip',
    date: '2019?-04-18',
    dateBasis: { year: 'inferred' },
  });
  expect(question.title).toBeUndefined();
  expect(question.source).toEqual({
    url: 'https://venezuelablog.org/latin-america-advisor-qa-pompeos-trip-latin-america/',
    site: 'venezuelablog.org',
    suppliedBy: 'operator',
  });
});

test('the collection holds one publication, shown whole and not a sample', () => {
  const collection = collectionSchema.parse(parse(read('data/latin-america-advisor/collection.yaml')));
  expect(collection.sample ?? false).toBe(false);
  expect(collection.publications).toMatchObject([
    { id: 'latin-america-advisor', publisher: 'Inter-American Dialogue', language: 'en', rights: 'whole' },
  ]);
});
