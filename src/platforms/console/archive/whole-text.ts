import { sha256 } from '../../../content/code.ts';
import type { Question, Response } from '../../../content/question.ts';
import { mayQuote } from '../../../summary/quotes.ts';

/** The whole words of a response, checked against its hash; undefined where rights or status forbid them, or they no longer match. */
export function wholeText(question: Question, response: Response): string | undefined {
  return question.rights === 'whole' && mayQuote(question, response) && isIntact(response) ? response.text : undefined;
}

export const isIntact = (response: Response): boolean => sha256(response.text) === response.hash;
