import { hash } from 'node:crypto';
import { WITH_TEXT } from '../content/availability.ts';
import type { Question, Quote, Response } from '../content/question.ts';
import { sentences } from '../search/sentences.ts';

/** A piece of a response’s text, in UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

// Crockford’s base 32: no i, l, o or u, so that a code is read aloud and typed with a thumb without doubt.
// https://www.crockford.com/base32.html
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const CODE_LENGTH = 5;
const LONGEST_RUN = 3;

/** The short code of exact words: the question’s code, a hyphen, five letters or digits drawn from the words. */
export function quoteCode(question: { code: string }, responseId: string, words: string): string {
  const drawn = Number.parseInt(sha256(`${responseId}\n${words}`).slice(0, 8), 16);
  const digits = Array.from({ length: CODE_LENGTH }, (_, place) => DIGITS[(drawn >>> (27 - 5 * place)) & 31]);
  return `${question.code}-${digits.join('')}`;
}

export function quoteOf(question: Question, response: Response, { start, end }: Span): Quote {
  return { question, response, start, end, code: quoteCode(question, response.id, response.text.slice(start, end)) };
}

/** The words of a quote, checked again against the response; undefined where they no longer match. */
export function verify({ question, response, start, end, code }: Quote): string | undefined {
  if (!(start >= 0 && start < end && end <= response.text.length)) return undefined;
  if (sha256(response.text) !== response.hash) return undefined;
  const words = response.text.slice(start, end);
  return quoteCode(question, response.id, words) === code ? words : undefined;
}

/** Whether words of this response may be shown as quotes now. */
export function mayQuote(question: Question, response: Response): boolean {
  return (
    question.rights !== 'link' &&
    question.status.is === 'usable' &&
    response.status.is === 'usable' &&
    WITH_TEXT.includes(response.availability) &&
    response.text !== ''
  );
}

/** What can be quoted by code: each sentence, runs of two and three sentences of one paragraph, and the editor’s lines. */
export function candidateSpans(response: Response): Span[] {
  const { text } = response;
  const found = sentences(text, response.language);
  const spans: Span[] = [];
  found.forEach((first, index) => {
    let end = first.start;
    for (const sentence of found.slice(index, index + LONGEST_RUN)) {
      if (end > first.start && text.slice(end, sentence.start).includes('\n\n')) break;
      end = sentence.end;
      spans.push({ start: first.start, end });
    }
  });
  spans.push(...response.lines.flatMap(({ quote }) => firstSpan(text, quote) ?? []));
  return spans;
}

/** Where the words first stand in the text. */
export function firstSpan(text: string, words: string): Span | undefined {
  const start = text.indexOf(words);
  return start < 0 || words === '' ? undefined : { start, end: start + words.length };
}

/**
 * The quotes of a question that may be shown and whose code ends in these five letters or digits, as typed. Nearly always one;
 * two where different words share a code: then only the caller can choose.
 */
export function findQuotes(question: Question, suffix: string): Quote[] {
  const code = `${question.code}-${asTyped(suffix)}`;
  return quotesStarting(question, suffix).filter((quote) => quote.code === code);
}

/** The quotes that may be shown and whose code, after the hyphen, begins as typed. */
export function quotesStarting(question: Question, begun: string): Quote[] {
  const start = `${question.code}-${asTyped(begun)}`;
  const found = new Map<string, Quote>();
  for (const response of question.responses.filter((one) => mayQuote(question, one))) {
    for (const span of [...candidateSpans(response), ...summarySpans(question, response)]) {
      const quote = quoteOf(question, response, span);
      const key = `${response.id}\n${response.text.slice(span.start, span.end)}`;
      if (quote.code.startsWith(start) && !found.has(key)) found.set(key, quote);
    }
  }
  return [...found.values()];
}

function summarySpans(question: Question, response: Response): Span[] {
  const rested = question.summary?.sentences.flatMap((sentence) => sentence.quotes) ?? [];
  return rested.filter((quote) => quote.response === response.id).flatMap(({ text }) => firstSpan(response.text, text) ?? []);
}

const asTyped = (suffix: string): string => suffix.trim().toLowerCase().replace(/[il]/g, '1').replaceAll('o', '0');

function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}
