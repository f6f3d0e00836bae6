import type { Draft, SourceType } from './model.ts';

export interface Origin {
  sha256: string;
  type: SourceType;
}

/** A document that was not read, and why: one sentence. */
export function refusedDraft(reason: string, { sha256, type }: Origin): Draft {
  return {
    outcome: 'refused',
    reasons: [reason],
    type,
    sha256,
    text: '',
    question: { kind: 'question', parts: [] },
    responses: [],
    corrections: [],
    further: [],
    blocks: [],
    doubts: [],
    repairs: [],
  };
}
