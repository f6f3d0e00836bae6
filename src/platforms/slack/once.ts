/** So many of the newest are remembered; Slack sends again within minutes. */
const REMEMBERED = 5_000;

/** Keys that were seen in this process. */
export interface Recent {
  /** Whether the key comes for the first time. */
  isFirst(key: string): boolean;
}

export function createRecent(): Recent {
  const seen = new Set<string>();
  return {
    isFirst(key) {
      if (seen.has(key)) return false;
      seen.add(key);
      forgetOldest(seen);
      return true;
    },
  };
}

/** One answer to each request, however often it is delivered. */
export interface Once<Answer> {
  /**
   * Makes the answer at the first delivery. The newest delivery is acknowledged with it: Slack delivers again what it saw no
   * acknowledgement of. All others are acknowledged empty. Resolves to what `ack` did, undefined where it was not called or failed; rejects where there is no answer.
   */
  answer<Ready, Acked>(key: string, make: () => Promise<Answer>, acks: Acks<Answer, Ready, Acked>): Promise<Acked | undefined>;
}

interface Acks<Answer, Ready, Acked> {
  /** Resolves when it is time to acknowledge. */
  ready(answer: Promise<Answer>): Promise<Ready>;
  ack(ready: Ready): Promise<Acked>;
  empty(): Promise<void>;
  failed(error: unknown): void;
}

export function createOnce<Answer>(): Once<Answer> {
  const known = new Map<string, { answer: Promise<Answer>; deliveries: number; acked: Promise<boolean> }>();
  return {
    async answer(key, make, { ready, ack, empty, failed }) {
      const one = known.get(key) ?? { answer: make(), deliveries: 0, acked: Promise.resolve(false) };
      one.deliveries += 1;
      const mine = one.deliveries;
      known.set(key, one);
      forgetOldest(known);
      const inTime = await readyOrEmpty();
      try {
        if (one.deliveries !== mine || (await one.acked)) {
          await empty();
          return undefined;
        }
        const acking = ack(inTime);
        one.acked = acking.then(
          () => true,
          () => false,
        );
        return await acking;
      } catch (error) {
        failed(error);
        return undefined;
      }

      /** Where there is no answer, Slack need not wait for one. */
      async function readyOrEmpty() {
        try {
          return await ready(one.answer);
        } catch (error) {
          known.delete(key);
          await empty().catch(failed);
          throw error;
        }
      }
    },
  };
}

function forgetOldest(known: { size: number; keys(): Iterable<string>; delete(key: string): boolean }): void {
  if (known.size <= REMEMBERED) return;
  for (const oldest of known.keys()) {
    known.delete(oldest);
    return;
  }
}
