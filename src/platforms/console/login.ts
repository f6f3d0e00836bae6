import { type Context, Hono } from 'hono';
import type { Assets } from './assets.ts';
import { createRates } from './rates.ts';
import type { Sessions } from './sessions.ts';

const ATTEMPTS = { burst: 8, perSecond: 1 / 10 };
const MAX_PATH = 2000;

/** A form for the token; works without scripts. */
export function loginRoutes({ sessions, assets, now }: { sessions: Sessions; assets: Assets; now: () => Date }): Hono {
  const attempts = createRates(ATTEMPTS, now);
  const login = new Hono();
  const page = (c: Context, problem: string, status: 200 | 401 | 429) => {
    c.header('Cache-Control', 'no-store');
    const shown = problem === '' ? '' : `<p class="problem" role="alert">${problem}</p>`;
    return c.html(assets.text('/login.html').replace('<!--problem-->', shown), status);
  };

  login.get('/login', (c) => page(c, '', 200));

  login.post('/login', async (c) => {
    if (!attempts.take(addressOf(c))) return page(c, 'Too many attempts. Wait a minute and try again.', 429);
    const { token } = await c.req.parseBody();
    if (typeof token !== 'string' || !sessions.isToken(token.trim())) {
      return page(c, 'That is not the token of this console.', 401);
    }
    sessions.begin(c);
    return c.redirect(localPath(c.req.query('next')), 303);
  });

  login.post('/logout', (c) => {
    sessions.end(c);
    return c.redirect('/login', 303);
  });
  return login;
}

/** Where to go after signing in: a path of this console, never another site. */
function localPath(next = '/'): string {
  const base = 'http://console.invalid';
  if (next.length > MAX_PATH || !URL.canParse(next, base)) return '/';
  const { origin, pathname, search } = new URL(next, base);
  return next.startsWith('/') && origin === base && !pathname.startsWith('//') ? `${pathname}${search}` : '/';
}

export function addressOf(c: Context): string {
  const { incoming }: { incoming?: { socket?: { remoteAddress?: string } } } = c.env ?? {};
  return incoming?.socket?.remoteAddress ?? 'unknown';
}
