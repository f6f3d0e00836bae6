import type { Question } from '../content/question.ts';
import type { Change } from './subscription.ts';

/** What readers were shown of a question: enough to tell later what was corrected, retracted or added. */
interface Shown {
  status: string;
  corrections: number;
  responses: Record<string, { hash: string; status: string; corrections: number }>;
}

/** The state of a question as it is shown, as text to keep; of one that is not shown at all, too. */
export function shownState(question: Question | undefined): string {
  const shown: Shown = question
    ? {
        status: question.status.is,
        corrections: question.corrections.length,
        responses: Object.fromEntries(
          question.responses.map(({ id, hash, status, corrections }) => [
            id,
            { hash, status: status.is, corrections: corrections.length },
          ]),
        ),
      }
    : { status: 'gone', corrections: 0, responses: {} };
  return JSON.stringify(shown);
}

/** What happened to a question since it was shown; undefined where nothing did that readers must know. */
export function changeSince(state: string, question: Question | undefined): Change | undefined {
  const before: Shown = JSON.parse(state);
  const now: Shown = JSON.parse(shownState(question));
  if (now.status !== before.status) {
    if (now.status === 'gone') return 'withdrawn';
    if (now.status === 'retracted') return 'retracted';
    return 'shown again';
  }
  if (now.status === 'retracted') return undefined;
  const pairs = Object.entries(before.responses).map(([id, old]) => ({ old, own: now.responses[id] }));
  if (pairs.some(({ old, own }) => own?.status === 'retracted' && old.status !== 'retracted')) return 'retracted';
  if (pairs.some(({ own }) => own === undefined)) return 'withdrawn';
  const corrected = pairs.some(({ old, own }) => own && (own.hash !== old.hash || own.corrections > old.corrections));
  if (corrected || now.corrections > before.corrections) return 'corrected';
  return Object.keys(now.responses).length > pairs.length ? 'more responses' : undefined;
}
