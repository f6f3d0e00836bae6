import type { Question, Quote } from '../../../content/question.ts';
import { findQuestions } from '../../../search/find-questions.ts';
import { findSentences } from '../../../search/find-quotes.ts';
import { hits, isEmpty } from '../../../search/query.ts';
import type { Filter, Store } from '../../../store/store.ts';
import { leadQuotes } from '../../../summary/quote-lines.ts';
import { mayQuote, quoteOf, type Span, verify } from '../../../summary/quotes.ts';
import type { Search } from './parameters.ts';

const PAGE = 20;
/** Tag of a quote that holds not all of the words. */
export const PARTLY = 'some of the words';

/** One page of what was found, real or sample. */
export interface Found<Kind> {
  sample: boolean;
  shown: Kind[];
  total: number;
  pages: number;
  /** Older ones exist beyond those that were ranked. */
  more: boolean;
  /** How many of the sample match too, where real content is shown. */
  inSample: number;
}

export interface FoundQuote {
  quote: Quote;
  words: string;
  hits: Span[];
  /** Why this one: chosen by the editor, extracted, or how it matches. */
  tag: string | undefined;
}

type FindPage<Kind> = (sample: boolean) => Promise<Omit<Found<Kind>, 'sample' | 'inSample' | 'pages'>>;

export const searchQuestions = (store: Store, search: Search, strict = false): Promise<Found<Question>> =>
  realFirst(search, strict, (sample) => questionsPage(store, search, search.filter(sample)));

export const searchQuotes = (store: Store, search: Search, strict = false): Promise<Found<FoundQuote>> =>
  realFirst(search, strict, (sample) => quotesPage(store, search, search.filter(sample)));

/** Real content; the sample where it was asked for, or (unless `strict`) where nothing real fits. They are never mixed. */
async function realFirst<Kind>({ typed }: Search, strict: boolean, find: FindPage<Kind>): Promise<Found<Kind>> {
  const withPages = (found: Awaited<ReturnType<FindPage<Kind>>>) => ({
    ...found,
    pages: Math.max(1, Math.ceil(found.total / PAGE)),
  });
  if (typed.sample === 'on') return { ...withPages(await find(true)), sample: true, inSample: 0 };
  const real = withPages(await find(false));
  if (strict || typed.sample === 'off') return { ...real, sample: false, inSample: 0 };
  const sample = withPages(await find(true));
  if (real.total === 0 && sample.total > 0) return { ...sample, sample: true, inSample: 0 };
  return { ...real, sample: false, inSample: sample.total };
}

async function questionsPage(store: Store, { query, page }: Search, filter: Filter) {
  const offset = (page - 1) * PAGE;
  if (isEmpty(query)) {
    const { questions, total } = await store.questions(filter, { limit: PAGE, offset });
    return { shown: questions, total, more: false };
  }
  const { keys } = await findQuestions(store, query, filter);
  return { shown: await store.questionsByKey(keys.slice(offset, offset + PAGE)), total: keys.length, more: false };
}

async function quotesPage(store: Store, search: Search, filter: Filter) {
  const offset = (search.page - 1) * PAGE;
  if (isEmpty(search.query)) return leading(store, filter, offset);
  const { hits: found, more } = await findSentences(store, search.query, filter);
  const wanted = found.slice(offset, offset + PAGE);
  const held = await store.responsesByKey(wanted.map(({ responseKey }) => responseKey));
  const byKey = new Map(held.map((one) => [one.response.key, one]));
  const shown = wanted.flatMap((hit): FoundQuote[] => {
    const of = byKey.get(hit.responseKey);
    if (!of || !mayQuote(of.question, of.response)) return [];
    const quote = quoteOf(of.question, of.response, hit);
    const words = verify(quote);
    const marks = hits(search.query, of.response.text, hit.start, hit.end, of.response.language);
    return words === undefined ? [] : [{ quote, words, hits: marks, tag: hit.mode === 'all' ? undefined : PARTLY }];
  });
  return { shown, total: found.length, more };
}

/** No words: the quote that stands for each response, newest first; pages are counted in questions. */
async function leading(store: Store, filter: Filter, offset: number) {
  const { questions, total } = await store.questions(filter, { limit: PAGE, offset });
  const shown = questions.flatMap((question) =>
    question.responses
      .filter(({ respondents }) => filter.person === undefined || respondents.some(({ person }) => person.id === filter.person))
      .filter(({ translationOf }) => translationOf === undefined)
      .flatMap((response): FoundQuote[] => {
        const [lead] = leadQuotes(question, response);
        const words = lead && verify(lead.quote);
        return words === undefined || !lead ? [] : [{ quote: lead.quote, words, hits: [], tag: lead.tag }];
      }),
  );
  return { shown, total: shown.length === 0 && total <= PAGE ? 0 : total, more: false };
}
