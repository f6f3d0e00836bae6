import { expect, test } from 'vitest';
import { jsonSchemas } from '../../src/content/json-schema.ts';

// To write them anew: npx vitest run test/content/json-schema.test.ts -u
test.each(Object.entries(jsonSchemas()))('data/%s is what the schema says', async (name, schema) => {
  await expect(schema).toMatchFileSnapshot(`../../data/${name}`);
});
