import { NotPublic } from './checked-connector.ts';
import type { FetchResult } from './fetch.ts';

const BY_CODE: readonly [RegExp, (host: string, code: string) => string][] = [
  [/^(?:ENOTFOUND|EAI_AGAIN|ENODATA|ESERVFAIL)$/, (host) => `${host} cannot be found: check how it is written.`],
  [/^ECONNREFUSED$/, (host) => `${host} refuses the connection.`],
  [/^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, (host) => `${host} broke the connection off.`],
  [/TIMEDOUT|TIMEOUT$/, (host) => `${host} does not answer.`],
  [/CERT|TLS|SSL|SELF_SIGNED|ISSUER/, (host, code) => `${host} has no certificate that can be trusted (${code}).`],
  [/^Z_|^ERR_.*(?:ZLIB|BROTLI)/, (host) => `What ${host} sent is packed, and damaged.`],
  [/^(?:HPE_|UND_ERR_HEADERS|UND_ERR_RES)/, (host) => `${host} does not keep to the rules of HTTP.`],
];

/** What an error of a request means. */
export function failureOf(error: unknown, at: { host: string; ms: number; tooLarge: string; isStopped: boolean }): FetchResult {
  if (at.isStopped) return { outcome: 'failed', reason: 'It was stopped.' };
  const causes = chain(error);
  const refused = causes.find((one) => one instanceof NotPublic);
  if (refused) return { outcome: 'refused', reason: refused.message };
  if (causes.some((one) => one.name === 'TimeoutError'))
    return { outcome: 'failed', reason: `${at.host} did not answer in full within ${at.ms / 1000} seconds.` };
  const code = causes.map((one) => ('code' in one ? String(one.code) : '')).find((one) => /^[A-Z]\w+$/.test(one)) ?? '';
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return { outcome: 'refused', reason: at.tooLarge };
  const words = BY_CODE.find(([pattern]) => pattern.test(code))?.[1];
  const reason = words?.(at.host, code) ?? `${at.host} cannot be reached${code === '' ? '' : ` (${code})`}.`;
  return { outcome: 'failed', reason };
}

function chain(error: unknown): Error[] {
  const causes: Error[] = [];
  for (let one = error; one instanceof Error && causes.length < 10; one = one.cause) causes.push(one);
  return causes;
}
