import { z } from 'zod';
import { collectionSchema, questionSchema, respondentsSchema } from './schema.ts';

/** The JSON Schemas that content files name in their first line, by file name under data/: editors complete and check with them. */
export function jsonSchemas(): Record<string, string> {
  const schemas = { question: questionSchema, collection: collectionSchema, respondents: respondentsSchema };
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      `${name}.schema.json`,
      `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`,
    ]),
  );
}
