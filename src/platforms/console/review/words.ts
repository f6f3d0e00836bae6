import { z } from 'zod';
import type { ImportRecord } from '../../../intake/record.ts';
import { type Html, html } from '../archive/markup.ts';
import type { Past } from './decide.ts';

export const reviewHref = (key: string): string => `/review/${key}`;

const namedSchema = z.looseObject({
  title: z.string().optional().catch(undefined),
  question: z.looseObject({ text: z.string().optional() }).optional().catch(undefined),
});

/** What to call a draft: its title, else its question, else its file. */
export function titleOf({ name, draft }: ImportRecord): string {
  const { title, question } = namedSchema.parse(draft);
  return title ?? question?.text ?? name;
}

/** How the source was read. */
export const outcomeBadge = (outcome: 'ok' | 'review' | 'refused'): Html =>
  outcome === 'ok'
    ? html`<span class="badge badge-ok">Read: ok</span>`
    : html`<span class="badge badge-doubt">Read: ${outcome}</span>`;

const ROLES: Readonly<Record<string, string>> = {
  title: 'Title',
  date: 'Date',
  byline: 'Byline',
  introduction: 'Introduction',
  question: 'Question',
  respondent: 'Respondent line',
  response: 'Response',
  attribution: 'Attribution',
  listed: 'Listed respondents',
  absent: 'No response',
  panel: 'Panel',
  'editors-note': 'Editor’s note',
  bio: 'About a person',
  'pull-quote': 'Pull quote',
  correction: 'Correction',
  interest: 'Declared interest',
  caption: 'Caption',
  furniture: 'Page furniture',
  unassigned: 'Not assigned',
  unread: 'In no block',
};
export const roleInWords = (role: string): string => ROLES[role] ?? role;

/** What became of a draft. */
export function pastInWords({ outcome }: Past): string {
  switch (outcome) {
    case 'stored':
      return 'Stored as a new question.';
    case 'known':
      return 'It was on file already, word for word: nothing was added.';
    case 'reposted':
      return 'It was on file already; its further address was added.';
    case 'extended':
      return 'It was on file already; what was new was added.';
    case 'corrected':
      return 'It was on file already; the changed text became a dated correction.';
    case 'rejected':
      return 'Rejected: the draft was thrown away. The source can be imported again.';
  }
}

/** “lines 4–9”. */
export const linesInWords = (from: number, to: number): string => (from === to ? `line ${from}` : `lines ${from}–${to}`);

const TONES = 8;
/** The class of a respondent’s colour; beside it stands the respondent’s number. */
export const toneOf = (place: number): string => `by by-${(place % TONES) + 1}`;
