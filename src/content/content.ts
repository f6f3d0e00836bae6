import type { Log } from '../log.ts';
import type { ContentIndex } from '../store/store.ts';
import { liftEmbargoes, nextEmbargo } from './embargo.ts';
import { loadContent } from './load.ts';
import type { FileProblem } from './status.ts';

export interface ContentOptions {
  folder: string;
  sample: boolean;
  index: ContentIndex;
  log: Log;
}

/** The content files, followed: what may be shown at a moment is in the index at that moment. */
export interface Content {
  /** Reads what changed on disk since the last time. Throws OperatorError where the folder cannot be read. */
  load(now: Date): Promise<void>;
  /** Lifts (or, where the clock went back, restores) embargoes. Costs nothing while none is due. */
  refresh(now: Date): Promise<void>;
  problems(): readonly FileProblem[];
}

export function openContent({ folder, sample, index, log }: ContentOptions): Content {
  let problems: FileProblem[] = [];
  /** The index shows what may be shown from … to before … (ms). */
  let valid = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY };
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: two readings of the files never overlap. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  }

  async function lift(now: number): Promise<void> {
    const lifted = await liftEmbargoes(index, now);
    if (lifted > 0) log('info', 'embargoes changed', { questions: lifted });
    valid = { from: now, to: (await nextEmbargo(index, now)) ?? Number.POSITIVE_INFINITY };
  }

  return {
    load: (now) =>
      inTurn(async () => {
        problems = await loadContent({ folder, sample, index, log, now: now.getTime() });
        await lift(now.getTime());
      }),
    async refresh(now) {
      const at = now.getTime();
      if (at < valid.from || at >= valid.to) await inTurn(() => lift(at));
    },
    problems: () => problems,
  };
}
