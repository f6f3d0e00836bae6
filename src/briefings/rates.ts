import type { Courier } from './courier.ts';

/** A workspace with so many messages on their way gets no further ones until some have ended. */
const MAX_UNDER_WAY = 20;
/** So many wait for one platform at most, or their leases would run out in its queue. */
const MAX_UNDER_WAY_IN_ALL = 500;
/** At most a second’s worth at once, however late the tick is. */
const SECOND_MS = 1000;

export interface Rates {
  /** What may be started now: so many a workspace, none in some, and so many in all. */
  allowed(at: number): { each: number; inAll: number; without: string[] };
  started(workspace: string): void;
  /** `seconds`: for so long the workspace wants no message. */
  ended(workspace: string, at: number, seconds?: number): void;
}

/**
 * How much a platform takes, over time. Each process counts for itself: two on one database may ask for twice as much, are told to
 * wait by the platform, and do, so that more processes cost tries and no message.
 */
export function createRates({ perSecond, perSecondInAll = Number.POSITIVE_INFINITY }: Courier): Rates {
  const underWay = new Map<string, number>();
  const resting = new Map<string, { from: number; until: number }>();
  const [each, inAll] = [createAllowance(perSecond), createAllowance(perSecondInAll)];

  return {
    allowed(at) {
      // One that rests from a moment to come was told so before the clock went back.
      for (const [workspace, { from, until }] of resting) if (at < from || at >= until) resting.delete(workspace);
      const busy = [...underWay].filter(([, count]) => count >= MAX_UNDER_WAY).map(([workspace]) => workspace);
      const total = [...underWay.values()].reduce((sum, count) => sum + count, 0);
      return {
        each: each(at),
        inAll: Math.min(inAll(at), Math.max(0, MAX_UNDER_WAY_IN_ALL - total)),
        without: [...busy, ...resting.keys()],
      };
    },
    started(workspace) {
      underWay.set(workspace, (underWay.get(workspace) ?? 0) + 1);
    },
    ended(workspace, at, seconds) {
      const left = (underWay.get(workspace) ?? 1) - 1;
      if (left > 0) underWay.set(workspace, left);
      else underWay.delete(workspace);
      if (seconds !== undefined) resting.set(workspace, { from: at, until: at + seconds * SECOND_MS });
    },
  };
}

/** How many may be started since the last time; what is left of a whole one is kept for the next. */
function createAllowance(perSecond: number): (at: number) => number {
  let usedUpTo: number | undefined;
  if (perSecond === Number.POSITIVE_INFINITY) return () => Number.MAX_SAFE_INTEGER;
  const most = Math.max(SECOND_MS, SECOND_MS / perSecond);
  return (at) => {
    const since = usedUpTo === undefined || at < usedUpTo ? most : Math.min(at - usedUpTo, most);
    const count = Math.floor((since * perSecond) / SECOND_MS);
    usedUpTo = at - since + (count * SECOND_MS) / perSecond;
    return count;
  };
}
