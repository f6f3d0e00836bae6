import type { Question } from '../content/question.ts';
import { type Block, labelled, text } from '../message/document.ts';
import { notOnFile, respondentName } from './attribution.ts';

/** Who is known but has no words on file, by the reason; nothing where nobody is missing. */
export function gaps(question: Question): Block[] {
  const groups = notOnFile(question).map(({ reason, responses }) => `${responses.map(respondentName).join(' · ')} (${reason})`);
  return groups.length === 0 ? [] : [labelled('Not on file', text(groups.join('; ')))];
}
