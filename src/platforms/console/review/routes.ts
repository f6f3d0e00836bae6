import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ContentStatus } from '../../../content/status.ts';
import { OperatorError } from '../../../errors.ts';
import type { Log } from '../../../log.ts';
import type { Store } from '../../../store/store.ts';
import { asTyped, createDecisions, type Draft, hashOf, type ReviewDesk, type Sent } from './decide.ts';
import { draftPage } from './draft-page.ts';
import { page, type ReviewPage } from './layout.ts';
import { listPage } from './list-page.ts';
import { changedMeanwhile, LOOK_FIRST, type Message, notDone, SAVED } from './message.ts';
import { sameIn } from './namesakes.ts';
import { absentPage, overPage, wrongPage } from './over-page.ts';
import { agrees, saidIn } from './said.ts';
import { sourcePage } from './source-page.ts';
import { reviewHref } from './words.ts';

const MAX_BODY = 2 * 1024 * 1024;
const ACTIONS = ['save', 'accept', 'reject'] as const;

export interface ReviewOptions {
  desk: ReviewDesk;
  store: Pick<Store, 'question' | 'person'>;
  /** Reads what changed in the content folder. */
  load: () => Promise<void>;
  status: () => ContentStatus;
  log: Log;
}

type Status = 200 | 400 | 404 | 409 | 413 | 422 | 500;

/** The pages where a person decides on what imports left; for those who may use the console, whom its own routes check before. */
export function reviewRoutes({ desk, store, load, status, log }: ReviewOptions): Hono {
  const saidOf = (text: string, { record }: Draft) => saidIn(text, record.draft, store.person);
  const decisions = createDecisions({
    desk,
    load,
    async agrees(text, draft) {
      const said = await saidOf(text, draft);
      // What cannot be read is refused with its problems.
      return said === undefined || agrees(said);
    },
    log,
  });
  const routes = new Hono();

  const show = (c: Context, of: ReviewPage, code: Status = 200): Response => {
    c.header('Cache-Control', 'no-store');
    c.header('X-Robots-Tag', 'noindex, nofollow');
    return c.html(page(of, status().version), code);
  };

  async function showDraft(
    c: Context,
    draft: Draft,
    given: { typed?: string | undefined; problems?: string[]; message?: Message; same?: Sent['same'] } = {},
    code: Status = 200,
  ): Promise<Response> {
    const typed = given.typed ?? asTyped(draft.text);
    const isFile = typed === asTyped(draft.text);
    return show(
      c,
      draftPage({
        draft,
        typed,
        seen: hashOf(draft.text),
        problems: given.problems ?? (isFile ? await desk.problems(draft.key) : undefined),
        said: await saidOf(typed, draft),
        namesakes: await desk.namesakes(draft.key),
        same: given.same ?? {},
        message: given.message,
        waiting: await desk.waitingCount(),
      }),
      code,
    );
  }

  async function showNone(c: Context, key: string, typed?: string): Promise<Response> {
    const over = decisions.past(key);
    const waiting = await desk.waitingCount();
    if (!over) return show(c, absentPage({ key, waiting, typed }), 404);
    const { past, hash } = over;
    const isIn = typed === undefined || hashOf(typed) === hash;
    const isRejected = past.outcome === 'rejected';
    return show(
      c,
      overPage({
        past,
        question: isRejected ? undefined : await store.question(past.id),
        problems: isRejected ? [] : status().problems.filter(({ file }) => file === past.file),
        waiting,
        next: waiting === 0 ? undefined : (await desk.waiting())[0]?.key,
        typed: isIn ? undefined : typed,
      }),
      isIn ? 200 : 409,
    );
  }

  routes.onError((error, c) => {
    if (error instanceof OperatorError) {
      return show(c, wrongPage({ title: 'That cannot be done now', words: error.message, back: '/review' }), 500);
    }
    return show(c, wrongPage({ title: 'Something broke', words: broke(c, error), back: '/review' }), 500);
  });

  function broke(c: Context, error: unknown): string {
    const id = randomBytes(4).toString('hex');
    log('error', 'review page', { path: c.req.path, id, error });
    return `It was logged under the id ${id}. Try again; if it stays, tell whoever runs this archive.`;
  }

  routes.get('/', async (c) => show(c, listPage(await desk.waiting(), pageOf(c.req.query('page')))));

  routes.get('/:key', async (c) => {
    const key = c.req.param('key');
    const draft = await decisions.find(key);
    if (!draft) return showNone(c, key);
    return showDraft(c, draft, c.req.query('saved') === undefined ? {} : { message: SAVED });
  });

  routes.get('/:key/source', async (c) => {
    const key = c.req.param('key');
    const draft = await decisions.find(key);
    if (!draft) return showNone(c, key);
    const shown = sourcePage(draft, { part: pageOf(c.req.query('part')), waiting: await desk.waitingCount() });
    return show(c, shown ?? absentPage({ key, waiting: await desk.waitingCount() }), shown ? 200 : 404);
  });

  routes.post('/:key', bodyLimit({ maxSize: MAX_BODY, onError: tooLarge }), async (c) => {
    const key = c.req.param('key');
    const sent = await sentIn(c);
    if (!sent) {
      const words = 'The request was not as this page sends it: go back and press the button again.';
      return show(c, wrongPage({ title: 'That was not understood', words, back: reviewHref(key) }), 400);
    }
    try {
      return await decide(c, key, sent);
    } catch (error) {
      // What was typed must not be lost, whatever broke.
      const words = error instanceof OperatorError ? error.message : broke(c, error);
      return show(c, wrongPage({ title: 'That could not be done', words, typed: sent.typed, back: reviewHref(key) }), 500);
    }
  });

  async function decide(c: Context, key: string, sent: Sent): Promise<Response> {
    const decided = await decisions.decide(key, sent);
    const draft = decided?.outcome === 'over' ? undefined : await decisions.find(key);
    if (decided?.outcome === 'over') return c.redirect(reviewHref(key), 303);
    if (!decided || !draft) return showNone(c, key, sent.typed);
    switch (decided.outcome) {
      case 'saved':
        return c.redirect(`${reviewHref(key)}?saved`, 303);
      case 'changed meanwhile':
        return showDraft(c, draft, { typed: sent.typed, same: sent.same, message: changedMeanwhile(draft.text) }, 409);
      case 'look first':
        return showDraft(c, draft, { same: sent.same, message: LOOK_FIRST }, 409);
      case 'problems': {
        const { problems, saved } = decided;
        return showDraft(c, draft, { typed: sent.typed, same: sent.same, problems, message: notDone(sent, saved) }, 422);
      }
    }
  }

  function tooLarge(c: Context): Response {
    const words =
      'That is more than 2 MB. Go back with your browser: what you typed is still in the form. Shorten it there, or edit the file of the draft.';
    return show(c, wrongPage({ title: 'That is too large', words }), 413);
  }

  routes.all('*', async (c) => show(c, absentPage({ key: c.req.path.slice(1), waiting: await desk.waitingCount() }), 404));
  return routes;
}

async function sentIn(c: Context): Promise<Sent | undefined> {
  const body: Record<string, unknown> = await c.req.parseBody().catch((error: unknown) => {
    if (error instanceof TypeError) return {};
    throw error;
  });
  const action = ACTIONS.find((one) => one === body.action);
  const [name, draft] = Object.entries(body).find(([field]) => /^(draft|seen):/.test(field)) ?? [];
  if (action === undefined || name === undefined || typeof draft !== 'string') return undefined;
  const [field, seen = ''] = name.split(':');
  return { action, seen, typed: field === 'draft' ? asTyped(draft) : undefined, same: sameIn(body) };
}

function pageOf(typed: string | undefined): number {
  const page = Number(typed ?? 1);
  return Number.isSafeInteger(page) && page >= 1 ? page : 1;
}
