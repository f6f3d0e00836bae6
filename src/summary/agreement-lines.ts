import type { Question } from '../content/question.ts';
import { type Block, labelled, text } from '../message/document.ts';
import { type Agreement, agreement, type StanceGroup } from './agreement.ts';
import { respondentName } from './attribution.ts';

const READ_BY_EDITOR = '[as read by the editor]';

/** Who agrees or differs, only where stances are on file; else why it cannot be judged. */
export function agreementLines(question: Question): Block[] {
  const judged = agreement(question);
  const [first] = judged;
  if (
    first?.verdict === 'cannot be judged' &&
    judged.every((one) => one.verdict === first.verdict && one.reason === first.reason)
  ) {
    return [labelled('Agreement', text(`cannot be judged: ${first.reason}`))];
  }
  return judged.map((one) => labelled('Agreement', text(`${partOf(question, one)}${verdict(one)}`)));
}

/** The same in one line, by counts alone: for where space is short. */
export function agreementInBrief(question: Question): Block[] {
  const judged = agreement(question);
  if (judged.every((one) => one.verdict === 'cannot be judged')) return agreementLines(question);
  const pieces = judged.map((one) => {
    const counts = one.groups.map(({ value, held }) => `“${value}” ${held.length}`).join(' · ');
    return `${partOf(question, one)}${one.verdict} (${one.verdict === 'cannot be judged' ? one.reason : counts})`;
  });
  const read = judged.some((one) => one.groups.some(({ held }) => held.some(({ stance }) => stance.by === 'editor')));
  return [labelled('Agreement', text(`${pieces.join('; ')}${read ? ` ${READ_BY_EDITOR}` : ''}`))];
}

const partOf = ({ parts }: Question, { part }: Agreement): string =>
  parts.length > 1 ? `${part === undefined ? 'on the whole' : `on ${part}`}: ` : '';

function verdict(judged: Agreement): string {
  if (judged.verdict === 'cannot be judged') return `cannot be judged: ${judged.reason}`;
  return `they ${judged.verdict}: ${judged.groups.map(group).join('; ')}`;
}

/** “Yes” 2 (Ada Quill, confidence 7 · Bo Sørensen [as read by the editor]). */
function group({ value, held }: StanceGroup): string {
  const names = held.map(({ response, stance }) => {
    const confidence = stance.confidence === undefined ? '' : `, confidence ${stance.confidence}`;
    return `${respondentName(response)}${confidence}${stance.by === 'editor' ? ` ${READ_BY_EDITOR}` : ''}`;
  });
  return `“${value}” ${held.length} (${names.join(' · ')})`;
}
