import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { AVAILABILITY } from '../../src/content/availability.ts';
import { collectionSchema, questionSchema, respondentsSchema } from '../../src/content/schema.ts';

const readme = readFileSync(new URL('../../data/README.md', import.meta.url), 'utf8');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, inside = '']) => inside);
const [question = '', respondents = '', collection = ''] = blocks('yaml');

test('the examples for editors are valid as they stand', () => {
  expect(blocks('yaml')).toHaveLength(3);
  const parsed = questionSchema.parse(parse(question));
  const persons = respondentsSchema.parse(parse(respondents));
  const { publications } = collectionSchema.parse(parse(collection));
  expect(publications.map(({ id }) => id)).toContain(parsed.id.split('/')[0]);
  for (const { person } of parsed.responses.flatMap((response) => response.respondents ?? []))
    expect(persons).toHaveProperty(person);
});

test('the example of JSON Lines is one question a line', () => {
  const lines = blocks('json').flatMap((block) => block.trim().split('\n'));
  expect(lines).toHaveLength(1);
  for (const line of lines) expect(questionSchema.safeParse(JSON.parse(line)).error).toBeUndefined();
});

test('every field and every availability is explained', () => {
  const fields = [questionSchema, respondentsSchema, collectionSchema].flatMap((schema) =>
    fieldsOf(z.toJSONSchema(schema, { io: 'input' })),
  );
  const tables = readme.split('\n').filter((line) => line.startsWith('|'));
  for (const word of [...fields, ...AVAILABILITY]) {
    expect(
      tables.some((line) => new RegExp(`[\`.]${word}[\`:[]|{ is: ${word}|\\b${word}: `).test(line)),
      word,
    ).toBe(true);
  }
});

function fieldsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'properties' in schema && typeof schema.properties === 'object' ? Object.keys(schema.properties ?? {}) : [];
  return [...own, ...Object.values(schema).flatMap(fieldsOf)];
}
