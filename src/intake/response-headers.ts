const MAX_SECONDS = 365 * 24 * 3600;

/** Milliseconds for which a response stays good, as Cache-Control says; undefined where it says nothing. */
export function ageOf(cacheControl: string | null): number | undefined {
  if (cacheControl === null || /\bno-(?:store|cache)\b/i.test(cacheControl)) return undefined;
  const seconds = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,10})/i.exec(cacheControl)?.[1];
  return seconds === undefined ? undefined : Math.min(Number(seconds), MAX_SECONDS) * 1000;
}

/** Milliseconds after which Retry-After asks to come back: seconds or a date. */
export function retryAfterOf(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined;
  const given = header.trim();
  const ms = /^\d{1,10}$/.test(given) ? Number(given) * 1000 : Date.parse(given) - now.getTime();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), MAX_SECONDS * 1000);
}
