import { dateInWords } from '../content/date.ts';
import type { Question } from '../content/question.ts';
import { CallerError } from '../errors.ts';

/** Throws where a question was retracted: of such a one only the notice may be shown. */
export function refuseRetracted({ status, code }: Question): void {
  if (status.is !== 'retracted') return;
  throw new CallerError(`That question was retracted on ${dateInWords(status.on)}: ${status.notice}`, {
    example: `/brief ${code}`,
  });
}
