import { dateInWords } from '../../../content/date.ts';
import type { Question } from '../../../content/question.ts';
import { questionName } from '../../../summary/provenance.ts';

/** What to call a question on a page: where only a link may be shown, no word of its text. */
export function questionTitle(question: Question): string {
  const { rights, headline, title, publication, date } = question;
  if (rights === 'link' && headline === undefined && title === undefined) return `${publication.name}, ${dateInWords(date)}`;
  return questionName(question);
}
