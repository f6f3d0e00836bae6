import { z } from 'zod';
import { shortCode } from '../content/code.ts';
import type { Draft } from '../content/import/model.ts';

const span = { start: z.number(), end: z.number() };
const paragraph = z.looseObject({ ...span, text: z.string() });

/** How a draft calls whoever gave a response. */
export const nameOf = ({
  respondents,
  label,
}: {
  respondents: readonly { display: string }[];
  label?: string | undefined;
}): string => respondents.map(({ display }) => display).join(' and ') || label || 'not named';

/** Checks what is kept of an import when it is read back from its file. */
export const recordSchema = z.looseObject({
  name: z.string(),
  address: z.string().optional(),
  retrieved: z.string().optional(),
  on: z.string(),
  draft: z.looseObject({
    outcome: z.enum(['ok', 'review', 'refused']),
    reasons: z.array(z.string()),
    type: z.string(),
    sha256: z.string(),
    text: z.string(),
    blocks: z.array(z.looseObject({ ...span, role: z.string(), rule: z.string() })),
    doubts: z.array(
      z.looseObject({ ...span, message: z.string(), weight: z.enum(['review', 'note']), line: z.number().optional() }),
    ),
    repairs: z.array(z.string()),
    responses: z.array(
      z
        .looseObject({
          paragraphs: z.array(paragraph),
          respondents: z.array(z.looseObject({ display: z.string() })),
          label: z.string().optional(),
          begins: z.string().optional(),
          ends: z.string().optional(),
        })
        .transform((response) => ({ ...response, by: nameOf(response) })),
    ),
  }),
});

/** What is kept of an import beside the question: the source as read, its hash, the offsets of each response and the rules behind them. */
export type ImportRecord = z.infer<typeof recordSchema>;

export interface Origin {
  name: string;
  address?: string | undefined;
  retrieved?: string | undefined;
  /** Day of the import. */
  on: string;
}

/** An import on its way to its file: read back as an ImportRecord. */
export type NewRecord = Origin & { draft: Draft };

/** Names one question of one document wherever it waits: the same bytes have the same key. */
export const keyOf = (draft: Pick<Draft, 'sha256'>, section: number): string => shortCode(`${draft.sha256} ${section}`, 7);

export const recordText = (record: NewRecord | ImportRecord): string => `${JSON.stringify(record, null, 1)}\n`;
