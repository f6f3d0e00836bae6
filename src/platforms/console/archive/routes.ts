import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { ContentStatus } from '../../../content/status.ts';
import type { Log } from '../../../log.ts';
import { fold } from '../../../search/tokens.ts';
import type { NameKind, Store } from '../../../store/store.ts';
import { correctedQuote } from '../../../summary/corrected-quote.ts';
import { findQuotes } from '../../../summary/quotes.ts';
import { aboutPage } from './about-page.ts';
import { withQuery } from './address.ts';
import { apiQuestions, apiQuotes, apiRespondents } from './api.ts';
import { apiPage } from './api-page.ts';
import { type Feed, jsonFeed, questionPiece, quotePiece, rss } from './feeds.ts';
import { type PageOptions, page as whole } from './layout.ts';
import { brokenPage, missingPage, refusedPage } from './notice-pages.ts';
import { asQuery, inWords, ParameterError, readParameters, resolve, type Search } from './parameters.ts';
import { pagesOfResponses, questionPage } from './question-page.ts';
import { questionsPage } from './questions-page.ts';
import { correctedPage, quotePage } from './quote-page.ts';
import { quotesPage } from './quotes-page.ts';
import { htmlReply, jsonReply, xmlReply } from './replies.ts';
import { respondentPage } from './respondent-page.ts';
import { respondentsPage } from './respondents-page.ts';
import { searchQuestions, searchQuotes } from './search.ts';
import { subjectPage, topicsPage } from './topics-page.ts';

export interface ArchiveOptions {
  store: Store;
  now: () => Date;
  /** Lifts embargoes that are due. */
  refresh: () => Promise<void>;
  /** Where readers reach the archive; else the address of each request. */
  publicUrl: string | undefined;
  status: () => ContentStatus;
  log: Log;
}

/** The archive’s pages, feeds and API. Mounted last: what it does not know is answered 404. */
export function archiveRoutes({ store, now, refresh, publicUrl, status, log }: ArchiveOptions): Hono {
  const routes = new Hono();
  const originOf = (c: Context) => publicUrl ?? new URL(c.req.url).origin;
  const show = (c: Context, options: PageOptions, code: 200 | 400 | 404 | 500 = 200) =>
    htmlReply(c, whole({ ...options, stylesheet: `/assets/archive.css?v=${status().version}` }, originOf(c)), code);
  const at = (c: Context) => ({ store, now: now(), log, origin: originOf(c) });

  async function searched(c: Context, { strict }: { strict: boolean }): Promise<Search> {
    return resolve(readParameters(c.req.query(), { strict }), store);
  }

  routes.use(async (_, next) => {
    await refresh();
    await next();
  });

  routes.onError((error, c) => {
    const isJson = /^\/(api|feeds)\//.test(c.req.path);
    if (error instanceof ParameterError) {
      const { parameter, message, example, nearest } = error;
      if (isJson) return jsonReply(c, { error: { parameter, message, example, nearest } }, { status: 400 });
      return show(c, refusedPage(error, c.req.path, c.req.query()), 400);
    }
    const id = randomBytes(4).toString('hex');
    log('error', 'archive page', { path: c.req.path, id, error });
    if (isJson) return jsonReply(c, { error: { message: `Something broke (id ${id}).` } }, { status: 500 });
    return show(c, brokenPage(id), 500);
  });

  routes.get('/archive', async (c) => show(c, await questionsPage(await searched(c, { strict: false }), at(c))));
  routes.get('/quotes', async (c) => show(c, await quotesPage(await searched(c, { strict: false }), at(c))));
  routes.get('/questions', (c) => c.redirect(withQuery('/archive', c.req.query()), 302));

  routes.get('/questions/:ref{.+}', async (c) => {
    const ref = c.req.param('ref').toLowerCase();
    const question = await store.question(ref);
    if (!question) return show(c, missingPage(`There is no question “${ref}”.`), 404);
    const { page = 1 } = readParameters(c.req.query(), { strict: false });
    if (page > pagesOfResponses(question)) throw new ParameterError('page', 'There are not so many pages of responses.');
    return show(c, questionPage(question, { ...at(c), page }));
  });

  routes.get('/quotes/:code', async (c) => {
    const code = c.req.param('code').toLowerCase();
    const [, of = '', suffix = ''] = /^([^-]*)-(.+)$/.exec(code) ?? [];
    const question = of === '' ? undefined : await store.question(of);
    const [first, ...others] = question ? findQuotes(question, suffix) : [];
    if (first) return show(c, quotePage([first, ...others], at(c)));
    const corrected = question && (await correctedQuote(question, suffix, store));
    if (corrected) return show(c, correctedPage(code, corrected, at(c)));
    return show(c, missingPage(`There is no quote “${code}”.`), 404);
  });

  routes.get('/respondents', async (c) => show(c, await respondentsPage(await searched(c, { strict: false }), { store })));
  routes.get('/respondents/:person', async (c) => {
    const ref = c.req.param('person');
    const person = await store.person(ref);
    const { total } = person ? await store.responsesOf(ref, { limit: 1, offset: 0 }) : { total: 0 };
    if (!person || total === 0) return show(c, missingPage(`No respondent “${ref}” is on file.`), 404);
    return show(c, await respondentPage(person, at(c)));
  });

  routes.get('/topics', async (c) => show(c, await topicsPage({ store })));
  routes.get('/topics/:topic', (c) => subject(c, 'topic', c.req.param('topic')));
  routes.get('/countries/:code', (c) => subject(c, 'country', c.req.param('code')));

  async function subject(c: Context, kind: NameKind, named: string): Promise<Response> {
    const found = await store.namesEqual(fold(named), [kind]);
    const [first, ...others] = found.filter(({ ref }) => ref === found[0]?.ref);
    if (!first) return show(c, missingPage(`No ${kind} “${named}” is on file.`), 404);
    const { page = 1 } = readParameters(c.req.query(), { strict: false });
    return show(c, await subjectPage([first, ...others], { ...at(c), page }));
  }

  routes.get('/about', async (c) => show(c, await aboutPage({ store, status: status() })));
  routes.get('/api', (c) => show(c, apiPage));
  routes.get('/api/questions', async (c) => jsonReply(c, await apiQuestions(await searched(c, { strict: true }), at(c))));
  routes.get('/api/quotes', async (c) => jsonReply(c, await apiQuotes(await searched(c, { strict: true }), at(c))));
  routes.get('/api/respondents', async (c) => jsonReply(c, await apiRespondents(await searched(c, { strict: true }), at(c))));

  routes.get('/feeds/:feed{(questions|quotes)\\.(rss|json)}', async (c) => {
    const [kind = '', form = ''] = c.req.param('feed').split('.');
    const search = await searched(c, { strict: true });
    const asked = inWords(search);
    const query = asQuery(search.typed);
    const pieces =
      kind === 'quotes'
        ? (await searchQuotes(store, search, true)).shown.map(quotePiece)
        : (await searchQuestions(store, search, true)).shown.map(questionPiece);
    const feed: Feed = {
      title: `${kind === 'quotes' ? 'Quotes' : 'Questions'}${asked === '' ? '' : `: ${asked}`}`,
      page: withQuery(kind === 'quotes' ? '/quotes' : '/archive', query),
      self: withQuery(c.req.path, search.typed),
      pieces,
    };
    return form === 'rss'
      ? xmlReply(c, rss(feed, originOf(c)))
      : jsonReply(c, jsonFeed(feed, originOf(c)), { type: 'application/feed+json' });
  });

  routes.all('*', (c) => {
    if (/^\/(api|feeds)\//.test(c.req.path))
      return jsonReply(c, { error: { message: 'There is no such address. /api tells which there are.' } }, { status: 404 });
    return show(c, missingPage('No page of this archive has this address.'), 404);
  });
  return routes;
}
