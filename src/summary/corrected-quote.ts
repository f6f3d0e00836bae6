import type { Question, Quote, Response } from '../content/question.ts';
import { tokens } from '../search/tokens.ts';
import type { Store } from '../store/store.ts';
import { candidateSpans, firstSpan, mayQuote, quoteCode, quoteOf, type Span } from './quotes.ts';

export interface Corrected {
  /** Day of the correction. */
  on: string;
  what: string;
  /** How the words read now; undefined where nothing stands in their place. */
  now?: Quote | undefined;
}

/** At least this share of the old words must stand in a sentence for it to be called the new reading. */
const NEARLY_THE_SAME = 0.4;

/**
 * What became of a quote whose code no longer fits: from the corrections recorded with the response, else from the text it had before
 * it was changed. Old words are never shown. Undefined where no such quote ever was.
 */
export async function correctedQuote(
  question: Question,
  suffix: string,
  store: Pick<Store, 'formerTexts'>,
): Promise<Corrected | undefined> {
  const code = `${question.code}-${suffix}`;
  const former = await store.formerTexts(question.id);
  for (const response of question.responses.filter((one) => mayQuote(question, one))) {
    const texts = [
      ...response.corrections.flatMap(({ on, was, now }) =>
        was === undefined ? [] : [{ text: before(response.text, was, now), on }],
      ),
      ...former.filter(({ responseId }) => responseId === response.id).map(({ text, replacedOn }) => ({ text, on: replacedOn })),
    ];
    for (const { text, on } of texts) {
      const old = { ...response, text };
      const span = candidateSpans(old).find(
        ({ start, end }) => quoteCode(question, response.id, text.slice(start, end)) === code,
      );
      if (span) return corrected(question, response, text.slice(span.start, span.end), on);
    }
  }
  return undefined;
}

/** The text as it was before a recorded correction. */
function before(text: string, was: string, now: string | undefined): string {
  return now === undefined ? `${text}\n\n${was}` : text.replace(now, () => was);
}

function corrected(question: Question, response: Response, oldWords: string, on: string): Corrected {
  const recorded = response.corrections.find(
    (one) => one.was !== undefined && (oldWords.includes(one.was) || one.was.includes(oldWords)),
  );
  const what = recorded?.what ?? 'The response was changed.';
  const span = recorded?.now === undefined ? nearestSentence(response, oldWords) : sentenceAround(response, recorded.now);
  return { on: recorded?.on ?? on, what, now: span && quoteOf(question, response, span) };
}

function sentenceAround(response: Response, words: string): Span | undefined {
  const at = firstSpan(response.text, words);
  return at && (candidateSpans(response).find(({ start, end }) => start <= at.start && end >= at.end) ?? at);
}

function nearestSentence(response: Response, oldWords: string): Span | undefined {
  const old = new Set(tokens(oldWords, response.language).map(({ stem }) => stem));
  const scored = candidateSpans(response).map((span) => {
    const own = new Set(tokens(response.text.slice(span.start, span.end), response.language).map(({ stem }) => stem));
    const shared = [...old].filter((stem) => own.has(stem)).length;
    return { span, score: shared / Math.max(old.size, own.size, 1) };
  });
  const best = scored.reduce<(typeof scored)[number] | undefined>(
    (top, one) => (top && top.score >= one.score ? top : one),
    undefined,
  );
  return best && best.score >= NEARLY_THE_SAME ? best.span : undefined;
}
