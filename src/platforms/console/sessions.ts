import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

const COOKIE = 'briefdesk_session';
const YEAR_S = 31_536_000;
const SECRET_BYTES = 24;

/**
 * A session is a random secret in a cookie that no script can read; where a token is set, it is sealed with an HMAC of that token, so that
 * another token ends every session. Nothing is kept: the hash of the secret is the id of the caller.
 */
export interface Sessions {
  /** Id of the caller, or undefined without a session. */
  caller(c: Context): string | undefined;
  begin(c: Context): void;
  end(c: Context): void;
  isToken(typed: string): boolean;
}

export function createSessions({ token, secure }: { token: string | undefined; secure: (c: Context) => boolean }): Sessions {
  const seal = (secret: string): string =>
    token === undefined ? 'open' : createHmac('sha256', token).update(`session ${secret}`).digest('base64url');
  return {
    caller(c) {
      const [secret = '', sealed = ''] = (getCookie(c, COOKIE) ?? '').split('.');
      if (!/^[\w-]{32}$/.test(secret) || !isSame(sealed, seal(secret))) return undefined;
      return createHash('sha256').update(secret).digest('hex').slice(0, 32);
    },
    begin(c) {
      const secret = randomBytes(SECRET_BYTES).toString('base64url');
      setCookie(c, COOKIE, `${secret}.${seal(secret)}`, {
        path: '/',
        httpOnly: true,
        sameSite: 'Strict',
        maxAge: YEAR_S,
        secure: secure(c),
      });
    },
    end(c) {
      deleteCookie(c, COOKIE, { path: '/' });
    },
    isToken: (typed) => token !== undefined && isSame(typed, token),
  };
}

/** Compares in constant time, whatever the lengths. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
