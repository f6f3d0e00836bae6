import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { responseText } from '../../src/content/question-rules.ts';
import { collectionSchema, questionSchema, type ResponseFile, respondentsSchema } from '../../src/content/schema.ts';

const folder = new URL('../../data/sample/', import.meta.url);
const read = (name: string): unknown => parse(readFileSync(new URL(name, folder), 'utf8'));

const names = readdirSync(folder).filter(
  (name) => name.endsWith('.yaml') && name !== 'collection.yaml' && name !== 'respondents.yaml',
);
const questions = names.map((name) => questionSchema.parse(read(name)));
const responses = questions.flatMap((question) => question.responses.map((response) => ({ question, response })));
const persons = respondentsSchema.parse(read('respondents.yaml'));
const collection = collectionSchema.parse(read('collection.yaml'));

const some = (has: (response: ResponseFile) => unknown) => responses.some(({ response }) => has(response));
const allText = responses.map(({ response }) => responseText(response)).join('\n');
const future = '2026-12-31';

test('the sample says that it is one, and every file is named after its question', () => {
  expect(collection).toMatchObject({ name: 'Sample collection', sample: true });
  expect(names).toEqual(questions.map(({ id }) => `${id.split('/').slice(1).join('-')}.yaml`));
});

test('it holds at least a dozen questions of three publications in three languages, with three to seven responses each', () => {
  expect(questions.length).toBeGreaterThanOrEqual(12);
  expect(new Set(questions.map(({ id }) => id.split('/')[0]))).toEqual(new Set(collection.publications.map(({ id }) => id)));
  expect(new Set(questions.map(({ language }) => language))).toEqual(new Set(['en', 'es', 'pt']));
  for (const { id, responses: own } of questions) expect(own.length, id).toSatisfy((count: number) => count >= 3 && count <= 7);
});

test('every respondent is a person on file and every person on file responds', () => {
  const used = new Set(responses.flatMap(({ response }) => response.respondents ?? []).map(({ person }) => person));
  expect([...used].sort()).toEqual(Object.keys(persons).sort());
});

test('every address is one that cannot exist', () => {
  for (const { id, source } of questions) expect(new URL(source?.url ?? '').hostname, id).toMatch(/\.example$/);
});

test('it covers Latin America, Africa, Asia and Europe', () => {
  const countries = new Set(questions.flatMap((question) => question.countries ?? []));
  for (const country of ['BR', 'PA', 'KE', 'ZM', 'IN', 'VN', 'DE', 'PL']) expect(countries).toContain(country);
});

test('some questions have parts, some have none', () => {
  expect(questions.some(({ parts = [] }) => parts.length === 3)).toBe(true);
  expect(questions.some(({ parts }) => parts === undefined)).toBe(true);
});

test('there is a clear agreement and a sharp disagreement on a part', () => {
  const positions = questions.flatMap((question) =>
    (question.parts ?? []).map((_, index) =>
      question.responses.flatMap(({ stances = [] }) => stances.filter((stance) => stance.part === index + 1)),
    ),
  );
  const ends = (held: (typeof positions)[number]) =>
    held.map(({ value, scale = [] }) => scale.indexOf(value) / (scale.length - 1));
  expect(positions.some((held) => new Set(held.map(({ value }) => value)).size < held.length)).toBe(true);
  expect(positions.some((held) => ends(held).includes(0) && ends(held).includes(1))).toBe(true);
});

test('there is a panel with a vote and a confidence for all who voted, one without a comment, one who did not answer', () => {
  const panel = questions.find(({ responses: own }) => own.some(({ availability }) => availability === 'did-not-answer'))!;
  const voted = panel.responses.filter(({ availability }) => availability !== 'did-not-answer');
  expect(panel.kind).toBe('statement');
  for (const { id, stances = [] } of voted) {
    expect(stances, id).toHaveLength(1);
    expect(stances[0]?.scale).toEqual(['Strongly disagree', 'Disagree', 'Uncertain', 'Agree', 'Strongly agree', 'No opinion']);
    expect(stances[0]).toMatchObject({ by: 'respondent', confidence: expect.any(Number) });
  }
  expect(voted.filter(({ availability }) => availability === 'stance-only')).toHaveLength(1);
  expect(voted.flatMap(({ stances = [] }) => stances.map(({ value }) => value))).toContain('No opinion');
});

test.each(['text', 'anonymous', 'stance-only', 'declined', 'no-reply', 'did-not-answer', 'withdrawn'])(
  'there is a response that is %s',
  (availability) => {
    expect(some((response) => response.availability === availability)).toBe(true);
  },
);

test('there is a co-signed response, an excerpt, a mapped line and a part that an editor found not addressed', () => {
  expect(some(({ respondents = [] }) => respondents.length === 2)).toBe(true);
  expect(some(({ completeness }) => completeness === 'excerpt')).toBe(true);
  expect(some(({ lines }) => lines?.length)).toBe(true);
  expect(some(({ doesNotAddress }) => doesNotAddress?.length)).toBe(true);
});

test('Spanish and Portuguese originals come with an English translation', () => {
  const translated = responses.flatMap(({ question, response }) => {
    const original = question.responses.find(({ id }) => id === response.translationOf);
    return original && response.translatedBy
      ? [`${original.language ?? question.language} → ${response.language ?? question.language}`]
      : [];
  });
  expect(translated).toEqual(expect.arrayContaining(['es → en', 'pt → en']));
});

test('a dated correction gives the words before and after', () => {
  expect(some(({ corrections = [] }) => corrections.some(({ was, now }) => was && now))).toBe(true);
});

test('there is a retracted response without words, a withheld one and one under embargo', () => {
  expect(some(({ status, paragraphs }) => status?.is === 'retracted' && !paragraphs)).toBe(true);
  expect(some(({ status }) => status?.is === 'withheld')).toBe(true);
  expect(some(({ status }) => status?.is === 'embargoed' && status.until > future)).toBe(true);
});

test('a whole question is under embargo until March 2027', () => {
  const status = { is: 'embargoed', until: '2027-03-01T06:00:00-05:00' };
  expect(questions.map((question) => question.status)).toContainEqual(status);
});

test('no summary rests on words that are not shown yet', () => {
  for (const { id, summary, responses: own } of questions) {
    const hidden = own.filter(({ status }) => status !== undefined).map((response) => response.id);
    const rested = summary?.sentences.flatMap(({ quotes }) => quotes.map(({ response }) => response)) ?? [];
    expect(
      rested.filter((response) => hidden.includes(response)),
      id,
    ).toEqual([]);
  }
});

test('two responses are longer than 6,000 characters', () => {
  expect(responses.filter(({ response }) => responseText(response).length > 6000)).toHaveLength(2);
});

test('rights of each kind occur', () => {
  expect(collection.publications.map(({ rights }) => rights)).toContain('whole');
  expect(questions.map(({ rights }) => rights)).toEqual(expect.arrayContaining([undefined, 'quotes', 'link']));
});

test.each(['van der ', 'de la ', 'd’', 'el-', 'Ó ', 'N’', 'ø', 'Ł', 'ł', 'ę', 'ñ', 'ö', 'ễ', 'ũ', 'ç'])(
  'a name with “%s” is on file',
  (piece) => {
    expect(Object.values(persons).some(({ name }) => name.includes(piece))).toBe(true);
  },
);

test('two different persons have exactly the same name, told apart by a note', () => {
  const twins = Object.values(persons).filter(({ name }) => name === 'Ana Lucía Peralta');
  expect(new Set(twins.map(({ note }) => note)).size).toBe(2);
  expect(twins.every(({ note }) => note)).toBe(true);
});

test('one person answers on three dates in three different roles', () => {
  const roles = responses.flatMap(({ question, response }) =>
    response.translationOf
      ? []
      : (response.respondents ?? [])
          .filter(({ person }) => person === 'tadhg-o-faoileain')
          .map(({ role, affiliation }) => [question.date, role, affiliation]),
  );
  for (const piece of [0, 1, 2]) expect(new Set(roles.map((role) => role[piece])).size).toBe(3);
});

test.each([
  '*Water off*',
  '_count_',
  '__init__',
  '`',
  '<!channel>',
  '@everyone',
  '<script>alert(1)</script>',
  '](javascript:',
  '~~',
  '||',
  '&',
])('a response quotes “%s” as it stands', (piece) => {
  expect(allText).toContain(piece);
});

test('one date is inferred in month and day, one gives the month alone, and all lie between 2024-02 and 2026-11', () => {
  expect(questions.some(({ date }) => /^\d{4}-\d\d\?-\d\d\?$/.test(date))).toBe(true);
  expect(questions.map(({ date }) => date)).toContain('2025-06');
  for (const { date } of questions) expect(date >= '2024-02' && date < '2026-12', date).toBe(true);
});

test('most questions have a summary by the editor', () => {
  const summarised = questions.filter(({ summary }) => summary?.author === 'editor');
  expect(summarised.length).toBeGreaterThan(questions.length / 2);
});

test('responses are long enough to be worth reading', () => {
  const words = responses.map(({ response }) => responseText(response)).filter((text) => text !== '');
  const count = words.reduce((sum, text) => sum + text.split(/\s+/).length, 0);
  expect(count / words.length).toBeGreaterThan(150);
});
