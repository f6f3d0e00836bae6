import type { Draft, DraftResponse } from './model.ts';
import type { Questioned } from './to-question.ts';

/** What an import made of a document, for the person who decides: every assignment with the rule behind it, and every doubt with its line. */
export function importReport(draft: Draft, made: Questioned): string {
  const { outcome, reasons, question, responses, further, doubts, repairs, text } = draft;
  if (outcome === 'refused') return `Refused: ${reasons.join('; ')}`;
  const lines = [
    `Outcome: ${outcome}${reasons.length === 0 ? '' : ` — ${reasons.join('; ')}`}`,
    `Question: ${question.text ?? '(none found)'}${question.rule === undefined ? '' : `  [${question.rule}]`}`,
    ...(question.parts.length < 2 ? [] : question.parts.map((part, index) => `  ${index + 1} ${part}`)),
    ...responses.flatMap(responseLines),
    ...(further.length === 0 ? [] : [`Further questions in the document, each for a file of its own: ${further.length}`]),
    ...draft.blocks
      .filter(({ role }) => role === 'unassigned')
      .map(({ start, end }) => `Unassigned: ${clipped(text.slice(start, end))}`),
    ...doubts.map(
      ({ line, weight, message }) =>
        `${weight === 'review' ? 'To review' : 'Note'}${line === undefined ? '' : `, line ${line}`}: ${message}`,
    ),
    ...repairs.map((repair) => `Repair: ${repair}`),
    ...(made.outcome === 'gaps' ? made.missing.map((missing) => `Missing: ${missing}`) : []),
    ...proposalLines(made),
  ];
  return lines.join('\n');
}

function responseLines({ availability, respondents, label, paragraphs, begins, ends }: DraftResponse): string[] {
  const who = respondents.map(({ display, role, affiliation }) =>
    [display, role, affiliation].filter((piece) => piece !== undefined).join(', '),
  );
  const rules = [begins === undefined ? undefined : `begins: ${begins}`, ends === undefined ? undefined : `ends: ${ends}`].filter(
    (rule) => rule !== undefined,
  );
  return [
    `Response (${availability}): ${who.join(' and ') || label || 'not named'}${rules.length === 0 ? '' : `  [${rules.join('; ')}]`}`,
    ...paragraphs.map((paragraph) => `  ${clipped(paragraph.text)}`),
  ];
}

function proposalLines({ proposals, persons }: Questioned): string[] {
  const names = Object.entries(persons).map(([id, { name }]) => `${name} (${id})`);
  return [
    ...(proposals.topics.length === 0 ? [] : [`Proposed topics: ${proposals.topics.join(', ')}`]),
    ...(proposals.countries.length === 0 ? [] : [`Proposed countries: ${proposals.countries.join(', ')}`]),
    ...(names.length === 0 ? [] : [`For respondents.yaml: ${names.join(', ')}`]),
  ];
}

const SHOWN = 100;
const clipped = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= SHOWN ? line : `${line.slice(0, SHOWN)} […]`;
};
