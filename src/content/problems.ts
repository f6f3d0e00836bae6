import { z } from 'zod';
import { nearest } from '../search/spelling.ts';
import { collectionSchema, questionSchema, respondentsSchema } from './schema.ts';
import type { FileProblem } from './status.ts';

type Issue = z.core.$ZodIssue;

export interface Position {
  line: number;
  column: number;
}

/** Where a path stands in a file: its value, or its name where that is what is wrong. */
export type Locate = (path: readonly PropertyKey[], which?: 'value' | 'name') => Position;

/** Issues of a schema as problems of a file. */
export function schemaProblems(file: string, issues: readonly Issue[], locate: Locate): FileProblem[] {
  return issues.flatMap((issue) =>
    described(issue).map(({ path, which, wrong, remedy }) => ({
      file,
      ...locate(path, which),
      field: fieldName(path),
      wrong,
      remedy,
    })),
  );
}

interface Described {
  path: PropertyKey[];
  which?: 'name';
  wrong: string;
  remedy: string;
}

function described(issue: Issue): Described[] {
  const { path } = issue;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        which: 'name',
        wrong: 'is not a known field',
        remedy: knownField(key),
      }));
    case 'invalid_type':
      if (issue.input === undefined) return [{ path, wrong: 'is missing', remedy: `add it (${expected(issue.expected)})` }];
      return [{ path, wrong: `is not ${expected(issue.expected)}`, remedy: `write ${expected(issue.expected)}` }];
    case 'invalid_value':
      return [notAllowed(path, issue.values)];
    case 'invalid_union':
      if ('options' in issue && issue.options) return [notAllowed(path, issue.options)];
      return [{ path, wrong: 'fits none of the forms allowed', remedy: 'see the field in data/README.md' }];
    case 'invalid_key':
      return issue.issues.flatMap((inner) =>
        described(inner).map(({ wrong, remedy }) => ({ path, which: 'name' as const, wrong, remedy })),
      );
    case 'too_big':
      return [{ path, wrong: `is too ${issue.origin === 'string' ? 'long' : 'large'}`, remedy: `at most ${issue.maximum}` }];
    case 'too_small':
      return [{ path, wrong: tooSmall(issue), remedy: `at least ${issue.minimum}` }];
    case 'invalid_format':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'custom': {
      const [wrong = '', ...remedy] = issue.message.split(': ');
      return [{ path, wrong, remedy: remedy.join(': ') || 'correct it; data/README.md shows the format' }];
    }
  }
}

const notAllowed = (path: PropertyKey[], values: readonly unknown[]): Described => ({
  path,
  wrong: 'is not one of the values allowed',
  remedy: `use ${values.map(String).join(', ')}`,
});

/** The schema’s own words (“is empty”), else zod’s in plainer ones. */
function tooSmall({ message, origin }: z.core.$ZodIssueTooSmall): string {
  if (!message.startsWith('Too small')) return message;
  return origin === 'array' ? 'has too few' : 'is too small';
}

const TYPES: Record<string, string> = {
  string: 'text',
  array: 'a list',
  object: 'a group of fields',
  record: 'a group of fields',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};
const expected = (type: string): string => TYPES[type] ?? type;

function fieldName(path: readonly PropertyKey[]): string {
  return (
    path.reduce<string>(
      (name, step) => (typeof step === 'number' ? `${name}[${step}]` : name === '' ? String(step) : `${name}.${String(step)}`),
      '',
    ) || '(file)'
  );
}

function knownField(key: string): string {
  if (FIELDS.includes(key)) return 'it belongs elsewhere; data/README.md lists the fields';
  const [near] = nearest(
    key,
    FIELDS.map((word) => ({ word, count: 1 })),
    1,
  );
  return near === undefined ? 'remove it; data/README.md lists the fields' : `did you mean “${near}”?`;
}

const FIELDS = [
  ...new Set(
    [questionSchema, collectionSchema, respondentsSchema].flatMap((schema) =>
      propertyNames(z.toJSONSchema(schema, { io: 'input' })),
    ),
  ),
];

function propertyNames(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own =
    'properties' in schema && typeof schema.properties === 'object' && schema.properties ? Object.keys(schema.properties) : [];
  return [...own, ...Object.values(schema).flatMap(propertyNames)];
}
