import { dateInWords } from '../content/date.ts';
import type { QuestionAsked } from '../content/question.ts';
import { type Block, note, run, text } from '../message/document.ts';
import { questionName } from './provenance.ts';

/** Says so where no question holds all the words. */
export function matchedNote({ how }: { how: string }, about: string | undefined): Block[] {
  return how === 'any word' ? [note(`Nothing holds all of “${about}”; this holds some of the words.`)] : [];
}

/** The other questions that match, one line and one button each; how many more there are is said. */
export function otherQuestions(
  { others, total }: { others: QuestionAsked[]; total: number },
  again: { command: string; option: string; label: string },
): Block[] {
  if (others.length === 0) return [];
  const entries = others.map((question) => ({
    spans: [text(`${questionName(question)} · ${dateInWords(question.date)}`)],
    action: run(again.label, again.command, { [again.option]: question.code }),
  }));
  const rest = total - others.length - 1;
  return [{ type: 'list', label: 'Also', entries }, ...(rest > 0 ? [note(`${rest} more match; narrow with other words.`)] : [])];
}
