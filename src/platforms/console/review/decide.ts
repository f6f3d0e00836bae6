import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readYaml } from '../../../content/yaml.ts';
import { OperatorError } from '../../../errors.ts';
import type { Accepted, Desk } from '../../../intake/desk.ts';
import type { Log } from '../../../log.ts';

export type ReviewDesk = Pick<
  Desk,
  'waiting' | 'waitingCount' | 'waitingUnder' | 'problems' | 'namesakes' | 'rewrite' | 'accept' | 'reject'
>;
export type Draft = Awaited<ReturnType<ReviewDesk['waitingUnder']>>;

/** What a person sends from the page of a draft. */
export interface Sent {
  action: 'save' | 'accept' | 'reject';
  /** Hash of the draft that the page showed. */
  seen: string;
  /** Left out: the draft as it stands. */
  typed: string | undefined;
  /** Who is who: a name to the id of a person on file, or to NEW_PERSON. */
  same: Readonly<Record<string, string>>;
}

/** What a draft became. */
export type Past = Exclude<Accepted, { outcome: 'problems' }> | { outcome: 'rejected' };

export type Decided =
  | { outcome: 'saved' }
  | { outcome: 'over' }
  /** Somebody else changed the draft since the page was made. */
  | { outcome: 'changed meanwhile' }
  /** What was typed is saved, but not accepted: it gives words to others than the source does, which no page has shown yet. */
  | { outcome: 'look first' }
  /** `saved`: what was typed is in the file all the same. */
  | { outcome: 'problems'; problems: string[]; saved: boolean };

export interface Decisions {
  /** Resolves to undefined where nothing waits under the key. */
  find(key: string): Promise<Draft | undefined>;
  decide(key: string, sent: Sent): Promise<Decided | undefined>;
  /** What became of a draft since the start, and the hash of its last text. */
  past(key: string): { past: Past; hash: string } | undefined;
}

const PAST_KEPT = 500;

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** A text as a form sends it back: with plain line feeds. */
export const asTyped = (text: string): string => text.replace(/\r\n?/g, '\n');

export interface DecisionOptions {
  desk: ReviewDesk;
  load: () => Promise<void>;
  /** Whether who says what in a text is as in the source. */
  agrees: (text: string, draft: Draft) => Promise<boolean>;
  log: Log;
}

/** Decisions on drafts, one at a time: of two at once, the second sees what the first did. */
export function createDecisions({ desk, load, agrees, log }: DecisionOptions): Decisions {
  const pasts = new Map<string, { past: Past; hash: string }>();
  let last: Promise<unknown> = Promise.resolve();

  async function find(key: string): Promise<Draft | undefined> {
    try {
      return await desk.waitingUnder(key);
    } catch (error) {
      if (!(error instanceof OperatorError) || (await desk.waiting()).some((one) => one.key === key)) throw error;
      return undefined;
    }
  }

  async function decided(key: string, { action, seen, typed, same }: Sent): Promise<Decided | undefined> {
    const draft = await find(key);
    if (!draft) return undefined;
    const isChanged = typed !== undefined && typed !== asTyped(draft.text);
    if (hashOf(draft.text) !== seen && (isChanged || typed === undefined)) return { outcome: 'changed meanwhile' };
    const isNew = isChanged && action !== 'reject';
    const wrong = isNew ? yamlProblems(typed) : [];
    if (wrong.length > 0) return { outcome: 'problems', problems: wrong, saved: false };
    let saved = false;
    try {
      if (isNew) await desk.rewrite(key, typed);
      saved = true;
      if (action === 'save') return { outcome: 'saved' };
      if (action === 'accept' && isNew && !(await agrees(typed, draft))) return { outcome: 'look first' };
      const past = action === 'accept' ? await desk.accept(key, same) : await rejected(key);
      if (past.outcome === 'problems') return { ...past, saved };
      keep(key, past, isNew ? typed : draft.text);
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      return { outcome: 'problems', problems: [error.message], saved };
    }
    if (action === 'accept') {
      await load().catch((error: unknown) => log('warn', 'accepted, but the content folder cannot be read yet', { error }));
    }
    return { outcome: 'over' };
  }

  async function rejected(key: string): Promise<Past> {
    await desk.reject(key);
    return { outcome: 'rejected' };
  }

  function keep(key: string, past: Past, text: string): void {
    pasts.delete(key);
    pasts.set(key, { past, hash: hashOf(asTyped(text)) });
    const [oldest] = pasts.size > PAST_KEPT ? pasts.keys() : [];
    if (oldest !== undefined) pasts.delete(oldest);
  }

  return {
    find,
    decide(key, sent) {
      const turn = last.then(() => decided(key, sent));
      last = turn.catch(() => undefined);
      return turn;
    },
    past: (key) => pasts.get(key),
  };
}

/** Why a text is no YAML, each with its line. */
function yamlProblems(text: string): string[] {
  const read = readYaml('draft', Buffer.from(text), z.unknown());
  if (read.outcome === 'good') return [];
  // One mistake makes several of the same line.
  const first = read.problems.filter(({ line }, at) => read.problems.findIndex((one) => one.line === line) === at);
  return first.map(({ line, wrong, remedy }) => `line ${line}: ${wrong}: ${remedy}`);
}
