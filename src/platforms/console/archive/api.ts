import { countryName } from '../../../content/countries.ts';
import { ageLabel, dateInWords } from '../../../content/date.ts';
import type { Question, Response } from '../../../content/question.ts';
import type { Store } from '../../../store/store.ts';
import { absence, attribution, originals } from '../../../summary/attribution.ts';
import { SAMPLE_NOTICE } from '../../../summary/provenance.ts';
import { questionHref, quoteHref, respondentHref } from './address.ts';
import { webAddress } from './markup.ts';
import { ParameterError, type Search } from './parameters.ts';
import { questionTitle } from './question-title.ts';
import { respondentsIn } from './respondents-page.ts';
import { searchQuestions, searchQuotes } from './search.ts';
import { wholeText } from './whole-text.ts';

const PAGE = 50;

export interface ApiContext {
  store: Store;
  now: Date;
  origin: string;
}

/** `GET /api/questions`: newest first, or best first where words were asked for. */
export async function apiQuestions(search: Search, context: ApiContext): Promise<object> {
  const { shown, total, pages, sample, more } = await searchQuestions(context.store, search, true);
  return {
    ...head({ search, total, pages, sample, more }),
    questions: shown.map((question) => questionRecord(question, context)),
  };
}

/** `GET /api/quotes`: best first; without words, the quote that stands for each response, counted in questions. */
export async function apiQuotes(search: Search, context: ApiContext): Promise<object> {
  const { shown, total, pages, sample, more } = await searchQuotes(context.store, search, true);
  const quotes = shown.map(({ quote, words, tag }) => ({
    code: quote.code,
    url: `${context.origin}${quoteHref(quote.code)}`,
    words,
    chosen: tag ?? 'all of the words',
    span: { response: quote.response.id, start: quote.start, end: quote.end, sha256: quote.response.hash },
    ...speakers(quote.response, context.origin),
    language: quote.response.language,
    question: brief(quote.question, context),
  }));
  return {
    ...head({ search, total, pages, sample, more }),
    counted: search.typed.q === undefined ? 'questions' : 'quotes',
    quotes,
  };
}

/** `GET /api/respondents`: by family name. `q` is a name in any spelling. */
export async function apiRespondents(search: Search, { store, origin }: ApiContext): Promise<object> {
  const sample = search.typed.sample === 'on';
  const named = await respondentsIn(store, search, sample);
  const pages = Math.max(1, Math.ceil(named.length / PAGE));
  const shown = named.slice((search.page - 1) * PAGE, search.page * PAGE);
  return {
    ...head({ search, total: named.length, pages, sample, more: false }),
    respondents: shown.map(({ person, questions, withWords, newest }) => ({
      id: person.id,
      url: `${origin}${respondentHref(person.id)}`,
      name: person.name,
      sort: person.sort,
      variants: person.variants,
      note: person.note,
      questions,
      questionsWithWords: withWords,
      newest: { edtf: newest, words: dateInWords(newest) },
    })),
  };
}

function head({
  search,
  total,
  pages,
  sample,
  more,
}: {
  search: Search;
  total: number;
  pages: number;
  sample: boolean;
  more: boolean;
}): object {
  if (search.page > pages)
    throw new ParameterError('page', `There ${pages === 1 ? 'is only 1 page' : `are only ${pages} pages`}.`);
  return {
    sample,
    total,
    page: search.page,
    pages,
    ...(more ? { note: 'Only the newest matches were ranked; older ones exist.' } : {}),
  };
}

function brief(question: Question, { now, origin }: ApiContext): object {
  const { id, code, title, headline, date, dateBasis, publication, source, rights, sample } = question;
  return {
    id,
    code,
    url: `${origin}${questionHref(question)}`,
    name: questionTitle(question),
    title,
    headline,
    publication: publication.name,
    date: { edtf: date, words: dateInWords(date), basis: dateBasis, age: ageLabel(date, now) },
    source: webAddress(source?.url),
    rights,
    sample,
    notice: sample ? SAMPLE_NOTICE : undefined,
  };
}

function questionRecord(question: Question, context: ApiContext): object {
  const { text, parts, topics, countries, language, rights, status, corrections } = question;
  const mayShow = rights !== 'link' && status.is === 'usable';
  return {
    ...brief(question, context),
    status,
    ...(mayShow ? { text, parts } : {}),
    topics,
    countries: countries.map((code) => ({ code, name: countryName(code) })),
    language,
    corrections: corrections.map(({ on, what }) => ({ on, what })),
    summary: mayShow ? question.summary : undefined,
    responses: originals(question).map((response) => ({
      id: response.id,
      ...speakers(response, context.origin),
      onFile: absence(response) === undefined,
      reason: absence(response),
      language: response.language,
      text: wholeText(question, response),
    })),
  };
}

const speakers = (response: Response, origin: string): object => ({
  attribution: attribution(response),
  respondents: response.respondents.map(({ person, name, role, affiliation }) => ({
    id: person.id,
    url: `${origin}${respondentHref(person.id)}`,
    name,
    role,
    affiliation,
  })),
});
