import { dateSpan } from '../content/date.ts';

/*
 * Keys are numbers that sort by date, so that “newest first” is the order of the index itself:
 * day (22 bits) · question of that day (18) · response (8) · sentence (14). Sample content has negative days.
 */
const PER_DAY = 2 ** 18;
const PER_QUESTION = 2 ** 8;
const SENTENCE_BITS = 14;
export const MAX_SENTENCES = 2 ** SENTENCE_BITS;
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.parse('0000-01-01T00:00:00Z');
const SAMPLE_SHIFT = 2 ** 22;

export interface KeyRange {
  from: number;
  to: number;
}

function dayNumber(date: string, sample: boolean): number {
  const day = Math.round((new Date(`${date}T00:00:00Z`).getTime() - FIRST_DAY) / DAY_MS);
  return sample ? day - SAMPLE_SHIFT : day;
}

/** The keys a question of this date may have; a partial date counts from its first day. */
export function keysOfDate(edtf: string, sample: boolean): KeyRange {
  const day = dayNumber(dateSpan(edtf).first, sample);
  return { from: day * PER_DAY, to: (day + 1) * PER_DAY - 1 };
}

export interface KeyFilter {
  sample: boolean;
  question?: number;
  since?: string;
  until?: string;
}

/** The one question, or question keys between two days, inclusive; without days: all real or all sample ones. */
export function questionKeys({ sample, question, since, until }: KeyFilter): KeyRange {
  if (question !== undefined) return { from: question, to: question };
  const from = since === undefined ? (sample ? -SAMPLE_SHIFT * PER_DAY : 0) : dayNumber(since, sample) * PER_DAY;
  const end = until === undefined ? (sample ? 0 : SAMPLE_SHIFT * PER_DAY) : (dayNumber(until, sample) + 1) * PER_DAY;
  return { from, to: end - 1 };
}

export const responseKey = (question: number, index: number): number => question * PER_QUESTION + index;
export const questionOfResponse = (response: number): number => Math.floor(response / PER_QUESTION);
export const responseKeys = ({ from, to }: KeyRange): KeyRange => ({
  from: from * PER_QUESTION,
  to: (to + 1) * PER_QUESTION - 1,
});

/** Sentence keys need 64 bits: bound as BigInt (a JS number would be bound as REAL, which FTS5 does not use as a bound). */
export function sentenceKeys(responses: KeyRange): { from: bigint; to: bigint } {
  const bits = BigInt(SENTENCE_BITS);
  return { from: BigInt(responses.from) << bits, to: (BigInt(responses.to + 1) << bits) - 1n };
}

export const sentenceKey = (response: number, sentence: number): bigint =>
  (BigInt(response) << BigInt(SENTENCE_BITS)) + BigInt(Math.min(sentence, MAX_SENTENCES - 1));

export const SENTENCE_SHIFT = SENTENCE_BITS;
