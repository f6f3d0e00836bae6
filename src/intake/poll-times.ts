import type { FollowedFeed } from '../store/feeds.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** No feed is asked more often … */
export const FLOOR_MS = 15 * MINUTE_MS;
/** … nor more seldom. */
export const CEILING_MS = 24 * HOUR_MS;
const DEFAULT_MS = HOUR_MS;
/** Even a server that asks for longer is asked again after a week. */
const MAX_RETRY_MS = 7 * 24 * HOUR_MS;

/** Milliseconds to the next poll of a feed that works: as long as it and its server ask for, within the bounds. `random` spreads them. */
export function pauseAfterSuccess(
  { ttlMs, maxAgeMs }: { ttlMs: number | undefined; maxAgeMs: number | undefined },
  random: number,
): number {
  const stated = Math.max(ttlMs ?? 0, maxAgeMs ?? 0);
  return spread(stated === 0 ? DEFAULT_MS : stated, random);
}

/** Milliseconds to the next poll after so many failures in a row: twice as long each time, and no sooner than the server asks for. */
function pauseAfterFailure(
  failures: number,
  { retryAfterMs = 0 }: { retryAfterMs?: number | undefined },
  random: number,
): number {
  return Math.max(spread(FLOOR_MS * 2 ** Math.min(failures - 1, 10), random), Math.min(retryAfterMs, MAX_RETRY_MS));
}

/** Failures of this length are reported. */
export const BROKEN_MS = 24 * HOUR_MS;

/** A feed that was read just now. */
export const afterSuccess = (feed: FollowedFeed, { time, pauseMs }: { time: number; pauseMs: number }): FollowedFeed => ({
  ...feed,
  failures: 0,
  failingSince: undefined,
  reason: undefined,
  isReported: false,
  polledAt: time,
  nextPoll: time + pauseMs,
});

/** A feed that could not be read; from a day of that on, it is reported, once. */
export function afterFailure(
  feed: FollowedFeed,
  { reason, retryAfterMs }: { reason: string; retryAfterMs?: number | undefined },
  { time, random }: { time: number; random: number },
): FollowedFeed {
  const failures = feed.failures + 1;
  const failingSince = feed.failingSince ?? time;
  const nextPoll = time + pauseAfterFailure(failures, { retryAfterMs }, random);
  const isReported = feed.isReported || time - failingSince >= BROKEN_MS;
  return { ...feed, failures, failingSince, reason, nextPoll, isReported };
}

/** Up to a tenth later, so that feeds of one server are not all asked at the same moment; at the ceiling, earlier. */
function spread(ms: number, random: number): number {
  const bounded = Math.min(Math.max(ms, FLOOR_MS), CEILING_MS);
  const tenth = (bounded / 10) * random;
  return Math.round(bounded + tenth <= CEILING_MS ? bounded + tenth : CEILING_MS - tenth);
}
