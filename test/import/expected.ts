import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { importDocument } from '../../src/content/import/import-document.ts';
import type { Draft } from '../../src/content/import/model.ts';

export const folder = join(import.meta.dirname, '../fixtures/import');
export const read = (name: string) => readFileSync(join(folder, name));

export const expectedSchema = z.strictObject({
  outcome: z.enum(['ok', 'review', 'refused']),
  reason: z.string().optional(),
  title: z.string().nullish(),
  date: z.string().nullish(),
  language: z.string().nullish(),
  question: z.string().nullish(),
  kind: z.string().optional(),
  parts: z.array(z.string()).optional(),
  further: z.array(z.string()).optional(),
  embargo: z.string().optional(),
  corrections: z.array(z.string()).optional(),
  repairs: z.array(z.string()).optional(),
  never: z.array(z.string()).optional(),
  responses: z.array(
    z.strictObject({
      availability: z.string(),
      respondents: z
        .array(z.strictObject({ name: z.string(), role: z.string().optional(), affiliation: z.string().optional() }))
        .optional(),
      label: z.string().optional(),
      paragraphs: z.array(z.string()),
      vote: z.string().optional(),
      confidence: z.number().optional(),
      completeness: z.string().optional(),
      note: z.string().optional(),
      translatedBy: z.string().optional(),
    }),
  ),
});

export interface Sample {
  name: string;
  bytes: Uint8Array;
  expected: z.infer<typeof expectedSchema>;
  draft: Draft;
}

export const expectedOf = (name: string) => expectedSchema.parse(parse(read(`${name}.yaml`).toString()));

/** Every text of the corpus with what a person read in it and what the importer made of it. */
export const samples: Sample[] = readdirSync(folder)
  .filter((name) => /\.(?:txt|md|html|csv)$/.test(name))
  .sort()
  .map((name) => {
    const bytes = read(name);
    return { name, bytes, expected: expectedOf(name), draft: importDocument(bytes, { name }) };
  });
