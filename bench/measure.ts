import { setImmediate } from 'node:timers/promises';

export interface Times {
  p50: number;
  p95: number;
  p99: number;
}

/** Percentiles of milliseconds. */
export function percentiles(times: readonly number[]): Times {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** Milliseconds that the work took, from an event loop with nothing else to do. */
export async function timed(work: () => unknown): Promise<number> {
  await setImmediate();
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Runs the work and returns the longest time (ms) for which a timer of 1 ms did not come to its turn. */
export async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  const tick = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const ticker = setInterval(tick, 1);
  await work();
  await setImmediate();
  tick();
  clearInterval(ticker);
  return longest;
}

/** Milliseconds of processor time that this process has used so far: steadier than the clock where others work too. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
