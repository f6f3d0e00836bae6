import { setImmediate } from 'node:timers/promises';
import type { SlackStore } from '../../store/slack.ts';
import type { Answered, Run } from './answers.ts';

const KEPT = 500;
/** What they answer hangs on the place, the caller or the process. */
const NEVER = new Set(['briefings', 'briefdesk']);

/** Answers as they were last made: a channel often asks the same within minutes, and nothing has changed since. */
export interface RecentAnswers {
  /** The answer that was made before, unless anything was written to the database or a new day has begun since; else a new one. */
  answer(asked: Run, about: string, make: () => Promise<Answered>): Promise<Answered>;
}

interface Watching {
  store: Pick<SlackStore, 'version'>;
  /** Shows what may be shown by now. */
  refresh: () => Promise<void>;
  now: () => Date;
  /** Told of each answer that was not made anew. */
  reused: (command: string, ms: number) => void;
}

export function createRecentAnswers({ store, refresh, now, reused }: Watching): RecentAnswers {
  const kept = new Map<string, Answered>();
  let validFor = '';
  let lastTurn: Promise<unknown> = Promise.resolve();

  /**
   * Each answer is begun in a turn of the event loop of its own. The database answers without giving one away: of a burst, the last
   * would else be acknowledged with the others, too late.
   */
  const inTurn = async (make: () => Promise<Answered>) => {
    lastTurn = lastTurn.then(() => setImmediate());
    await lastTurn;
    return make();
  };

  return {
    async answer(asked, about, make) {
      if (NEVER.has(asked.command) || 'share' in asked.options) return inTurn(make);
      const started = performance.now();
      await refresh();
      const version = await store.version();
      if (version === undefined) return inTurn(make);
      // Answers say how old things are.
      const valid = `${version} ${now().toISOString().slice(0, 10)}`;
      if (valid !== validFor) kept.clear();
      validFor = valid;
      const key = JSON.stringify([about, asked.command, asked.options]);
      const before = kept.get(key);
      if (before) {
        reused(asked.command, performance.now() - started);
        return before;
      }
      const made = await inTurn(make);
      if (!made.problem && valid === validFor) kept.set(key, made);
      const [oldest] = kept.keys();
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
      return made;
    },
  };
}
