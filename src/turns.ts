import { setImmediate } from 'node:timers/promises';

/** Long work goes on in steps, between which everybody else has a turn; never inside a transaction, which others would wait for. */
export const pause = (): Promise<void> => setImmediate();

const TURN_MS = 15;

export type Turns = () => Promise<void>;

/** For work of many small steps: gives everybody else a turn where the last one is long past. */
export function turns(): Turns {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < TURN_MS) return;
    await pause();
    since = performance.now();
  };
}
