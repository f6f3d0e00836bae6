import type { OperatorError } from '../errors.ts';
import type { Log } from '../log.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

interface Retrying {
  /** “slack”, “discord” */
  platform: string;
  connect: () => Promise<void>;
  /** What no further try can change; undefined for anything else. */
  finalProblem: (error: unknown) => OperatorError | undefined;
  reasonOf: (error: unknown) => string;
  failed: (error: OperatorError) => void;
  log: Log;
  /** A line for the operator. */
  say: (line: string) => void;
}

/** Connecting again after longer and longer waits; the operator is told once. */
export interface Retry {
  /** Tries until it is connected, stopped, or of no use; after so many tries that have failed. */
  keepTrying(failures: number): Promise<void>;
  lost(reason: string): void;
  /** Takes note that it is connected; whether it was lost before. */
  isBack(): boolean;
  stop(): void;
}

export function createRetry({ platform, connect, finalProblem, reasonOf, failed, log, say }: Retrying): Retry {
  let isLost = false;
  let isStopped = false;
  let waiting: { timer: NodeJS.Timeout; wake: () => void } | undefined;

  async function pause(failures: number): Promise<void> {
    const ms = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
    await new Promise<void>((wake) => {
      waiting = { timer: setTimeout(wake, ms), wake };
    });
    waiting = undefined;
  }

  const retry: Retry = {
    async keepTrying(before) {
      for (let failures = before; !isStopped; failures++) {
        if (failures > 0) await pause(failures);
        if (isStopped) return;
        try {
          await connect();
          return;
        } catch (error) {
          const final = finalProblem(error);
          if (final) return failed(final);
          retry.lost(reasonOf(error));
        }
      }
    },

    lost(reason) {
      log('warn', `${platform} is not connected`, { reason });
      if (!isLost) say(`${reason}: trying again until it works.`);
      isLost = true;
    },

    isBack() {
      const before = isLost;
      isLost = false;
      return before;
    },

    stop() {
      isStopped = true;
      clearTimeout(waiting?.timer);
      waiting?.wake();
    },
  };
  return retry;
}
