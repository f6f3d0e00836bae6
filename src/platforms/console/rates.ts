/** How many requests at once, and how many more each second. */
export interface Rate {
  burst: number;
  perSecond: number;
}

const MAX_KEYS = 10_000;

/** Counts requests by key; `take` is false where a key has used up what it may. */
export function createRates({ burst, perSecond }: Rate, now: () => Date): { take(key: string): boolean } {
  const left = new Map<string, { tokens: number; at: number }>();
  return {
    take(key) {
      const at = now().getTime();
      const before = left.get(key) ?? { tokens: burst, at };
      const tokens = Math.min(burst, before.tokens + (Math.max(0, at - before.at) / 1000) * perSecond);
      const taken = tokens >= 1;
      // Deleted and set again, so that the key used longest ago comes first.
      left.delete(key);
      left.set(key, { tokens: taken ? tokens - 1 : tokens, at });
      const [oldest] = left.size > MAX_KEYS ? left.keys() : [];
      if (oldest !== undefined) left.delete(oldest);
      return taken;
    },
  };
}
