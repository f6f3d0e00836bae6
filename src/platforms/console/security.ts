import type { MiddlewareHandler } from 'hono';
import type { Config } from '../../config.ts';
import { OperatorError } from '../../errors.ts';

export type ConsoleSettings = Config['console'];

const LOOPBACK_NAMES = ['127.0.0.1', '[::1]', 'localhost'];
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i;

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

/** Throws OperatorError where the console would be open to others without a token. */
export function checkExposure({ host, token }: ConsoleSettings): void {
  if (LOOPBACK.test(host) || token !== undefined) return;
  throw new OperatorError(
    `CONSOLE_TOKEN is missing: needed because HOST is ${host}, where others can reach the console. ` +
      'Set it to a secret of at least 16 characters, or leave HOST out to stay on this machine.',
  );
}

export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  c.header('Content-Security-Policy', CSP);
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Referrer-Policy', 'same-origin');
  c.header('Cross-Origin-Opener-Policy', 'same-origin');
  c.header('Cross-Origin-Resource-Policy', 'same-origin');
  c.header('X-Frame-Options', 'DENY');
};

/**
 * On loopback only names of this machine and of PUBLIC_URL are answered: a page elsewhere whose name was pointed at 127.0.0.1
 * (DNS rebinding) gets nothing.
 */
export function knownHost({ host, publicUrl }: ConsoleSettings): MiddlewareHandler {
  const known = new Set([...LOOPBACK_NAMES, ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname])]);
  return async (c, next) => {
    if (LOOPBACK.test(host) && !known.has(hostName(c.req.header('host')))) {
      return c.text('This address is not one of the console. Set PUBLIC_URL if it should be.', 421);
    }
    return next();
  };
}

/** Whether somebody at this machine asks, not a proxy for somebody elsewhere. */
export function isLocal(headers: { host: string | undefined; forwarded: boolean }): boolean {
  return !headers.forwarded && LOOPBACK_NAMES.includes(hostName(headers.host));
}

/** Writes come from pages of the console alone; a browser always says where a write comes from. */
export const sameOrigin: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
  const site = c.req.header('sec-fetch-site');
  const origin = c.req.header('origin');
  const same = origin === undefined ? site === 'same-origin' : originHost(origin) === c.req.header('host')?.toLowerCase();
  if (!same || (site !== undefined && site !== 'same-origin')) {
    return c.json({ problem: 'Only pages of the console may do this.' }, 403);
  }
  return next();
};

function hostName(host: string | undefined): string {
  return (host ?? '').replace(/:\d+$/, '').toLowerCase();
}

function originHost(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
