import { readdirSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { described } from '../support/made/described.ts';
import { docxOf } from '../support/made/docx.ts';
import { type Layout, pdfOf } from '../support/made/pdf.ts';
import { expectedOf, expectedSchema, folder, read, type Sample } from './expected.ts';

const madeSchema = z.array(
  z.strictObject({
    name: z.string(),
    /** The document of the corpus whose words it holds. */
    from: z.string(),
    layout: z.custom<Layout>().optional(),
    /** What a person reads in it that is not in the other. */
    differs: expectedSchema.partial().optional(),
  }),
);
export type Made = z.infer<typeof madeSchema>[number];

/** A PDF or Word document of the corpus and what a person read in it. */
export interface FileCase {
  name: string;
  expected: Sample['expected'];
  bytes: () => Uint8Array;
  /** How it is made, where it is no file. */
  made?: Made;
}

/** The bytes of a document that is made: of its source, or of one with something done to it. */
export function bytesOf({ name, from, layout = {} }: Made, source = read(from).toString()): Uint8Array {
  const blocks = described(source, from);
  return name.endsWith('.docx') ? docxOf(blocks) : pdfOf(blocks, layout);
}

/** The PDF and Word documents of the corpus: those of other programs as files, the others made of the words of its texts. */
export const files: FileCase[] = [
  ...readdirSync(folder)
    .filter((name) => /\.(?:pdf|docx)$/.test(name))
    .sort()
    .map((name) => ({ name, expected: expectedOf(name), bytes: () => read(name) })),
  ...madeSchema.parse(parse(read('made.yaml').toString())).map((made) => ({
    name: made.name,
    expected: expectedSchema.parse({ ...expectedOf(made.from), ...made.differs }),
    bytes: () => bytesOf(made),
    made,
  })),
];
