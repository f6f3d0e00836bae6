import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Log } from '../../log.ts';
import type { Answering } from './answers.ts';
import type { Assets } from './assets.ts';
import { BadRequest, chatRoutes } from './chat.ts';
import type { Windows } from './events.ts';
import { addressOf, loginRoutes } from './login.ts';
import { createRates } from './rates.ts';
import { type ConsoleSettings, isLocal, knownHost, sameOrigin, securityHeaders } from './security.ts';
import { createSessions } from './sessions.ts';

const MAX_BODY = 64 * 1024;
const NEW_SESSIONS = { burst: 30, perSecond: 0.2 };

/** Who asks, once their session was checked. */
export interface Caller {
  Variables: { caller: string };
}

export interface ConsoleOptions {
  settings: ConsoleSettings;
  answering: Answering;
  windows: Windows;
  assets: Assets;
  /** Pages where a person decides on what imports left. */
  review: Hono;
  /** Pages of the archive: every path that is not the console's own. */
  archive: Hono;
  log: Log;
}

/** Everything that the console answers, behind its checks. */
export function consoleRoutes({ settings, answering, windows, assets, review, archive, log }: ConsoleOptions): Hono<Caller> {
  const { token, archivePublic, publicUrl } = settings;
  const sessions = createSessions({ token, secure: (c) => isSecure(c, publicUrl) });
  const newSessions = createRates(NEW_SESSIONS, answering.now);
  const routes = new Hono<Caller>();
  /** Without a token only somebody at this machine is let in. */
  const isOpen = (c: Context) =>
    token === undefined &&
    isLocal({
      host: c.req.header('host'),
      forwarded: ['forwarded', 'x-forwarded-for', 'x-forwarded-host'].some((name) => c.req.header(name) !== undefined),
    });
  const mayRead = (c: Context) => isOpen(c) || (token !== undefined && sessions.caller(c) !== undefined);

  routes.use(securityHeaders, knownHost(settings), sameOrigin);
  const limit = bodyLimit({ maxSize: MAX_BODY, onError: (c) => c.json({ problem: 'That is more than 64 kB.' }, 413) });
  // The review takes more, from callers who were let in.
  routes.use(async (c, next) => (c.req.path.startsWith('/review/') ? next() : limit(c, next)));
  routes.onError((error, c) => {
    if (error instanceof BadRequest) return c.json({ problem: error.message }, 400);
    const id = randomBytes(4).toString('hex');
    log('error', 'request', { path: c.req.path, id, error });
    return c.json({ problem: `Something broke (id ${id}).` }, 500);
  });

  routes.get('/assets/*', (c) => assets.serve(c, c.req.path) ?? c.notFound());
  routes.get('/favicon.svg', (c) => assets.serve(c, '/favicon.svg') ?? c.notFound());
  if (token !== undefined) routes.route('/', loginRoutes({ sessions, assets, now: answering.now }));

  routes.get('/', (c) => (mayRead(c) ? (assets.serve(c, '/index.html') ?? c.notFound()) : signIn(c, token)));

  routes.post('/chat/session', (c) => {
    if (mayRead(c) && sessions.caller(c) !== undefined) return c.body(null, 204);
    if (!isOpen(c)) return c.json({ problem: 'Sign in first.' }, 403);
    if (!newSessions.take(addressOf(c))) return c.json({ problem: 'Too much at once. Wait a few seconds and try again.' }, 429);
    sessions.begin(c);
    return c.body(null, 204);
  });
  routes.use('/chat/*', async (c, next) => {
    const caller = mayRead(c) ? sessions.caller(c) : undefined;
    if (caller === undefined) return c.json({ problem: 'Sign in first.' }, 401);
    c.set('caller', caller);
    return next();
  });
  routes.route('/chat', chatRoutes({ answering, windows, signedIn: token !== undefined }));

  routes.use('/review/*', async (c, next) => {
    if (mayRead(c)) return next();
    if (c.req.method === 'GET' || token === undefined) return signIn(c, token);
    return c.text('Sign in first, in another window; then load this page again: what you typed is sent again.', 401);
  });
  routes.route('/review', review);

  routes.use(async (c, next) => (archivePublic || mayRead(c) ? next() : signIn(c, token)));
  routes.route('/', archive);
  return routes;
}

function signIn(c: Context, token: string | undefined): Response {
  c.header('Cache-Control', 'no-store');
  if (token === undefined)
    return c.text('This console is open on its own machine alone. Set CONSOLE_TOKEN to open it to others.', 403);
  const next = encodeURIComponent(`${c.req.path}${new URL(c.req.url).search}`);
  // A strict cookie is not sent along a link from elsewhere: asking again from here sends it.
  if (c.req.header('sec-fetch-site') === 'cross-site' && c.req.header('sec-fetch-dest') === 'document') {
    return c.html('<!doctype html><html lang="en"><meta http-equiv="refresh" content="0"><title>Briefdesk</title></html>');
  }
  return c.redirect(`/login?next=${next}`, 302);
}

const isSecure = (c: Context, publicUrl: string | undefined): boolean =>
  publicUrl?.startsWith('https:') === true && new URL(publicUrl).host === c.req.header('host')?.toLowerCase();
