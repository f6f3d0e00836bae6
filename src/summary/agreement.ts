import { WITH_TEXT } from '../content/availability.ts';
import type { Question, Response } from '../content/question.ts';
import type { Stance } from '../content/schema.ts';

/** Responses that hold one value on one part, as on file. */
export interface StanceGroup {
  value: string;
  held: { response: Response; stance: Stance }[];
}

/** What the stances on file say about one part of a question; no `part`: the question as a whole. */
export type Agreement = { part?: number; groups: StanceGroup[] } & (
  | { verdict: 'agree' | 'differ' }
  | {
      verdict: 'cannot be judged';
      reason: 'no response on file' | 'one response on file' | 'no stance on file' | 'one stance on file';
    }
);

/** Who agrees or differs, part by part: only from stances on file, never from words. Translations count with their originals. */
export function agreement(question: Question): Agreement[] {
  const counted = question.responses.filter((one) => one.translationOf === undefined && one.status.is === 'usable');
  const onFile = counted.filter((one) => WITH_TEXT.includes(one.availability) || one.stances.length > 0).length;
  const byPart = question.parts.map((_, index) => judged(groupsOf(question, counted, index + 1), onFile, index + 1));
  const onWhole = question.parts.length > 1 ? groupsOf(question, counted, undefined) : [];
  return onWhole.length > 0 ? [...byPart, judged(onWhole, onFile)] : byPart;
}

function judged(groups: StanceGroup[], onFile: number, part?: number): Agreement {
  const of = part === undefined ? { groups } : { part, groups };
  const stances = groups.reduce((sum, { held }) => sum + held.length, 0);
  if (stances > 1) return { ...of, verdict: groups.length === 1 ? 'agree' : 'differ' };
  const reason =
    onFile === 0
      ? 'no response on file'
      : onFile === 1
        ? 'one response on file'
        : stances === 0
          ? 'no stance on file'
          : 'one stance on file';
  return { ...of, verdict: 'cannot be judged', reason };
}

/** The largest group first; groups of one size stay in the order of the responses. */
function groupsOf(question: Question, responses: readonly Response[], part: number | undefined): StanceGroup[] {
  const groups = new Map<string, StanceGroup>();
  for (const response of responses) {
    const stance = stanceOn(question, response, part);
    if (!stance) continue;
    const key = stance.value.toLowerCase();
    const group = groups.get(key) ?? { value: stance.value, held: [] };
    group.held.push({ response, stance });
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.held.length - a.held.length);
}

/** One stance of a response on a part; the respondent’s own word goes before an editor’s reading. */
function stanceOn({ parts }: Question, { stances }: Response, part: number | undefined): Stance | undefined {
  const onPart = stances.filter((stance) => (parts.length === 1 ? (stance.part ?? 1) : stance.part) === part);
  return onPart.find(({ by }) => by === 'respondent') ?? onPart[0];
}
