import type { Question } from '../../../content/question.ts';
import type { Store } from '../../../store/store.ts';
import { hasWords, onFile } from '../../../summary/attribution.ts';
import { leadQuotes } from '../../../summary/quote-lines.ts';
import { verify } from '../../../summary/quotes.ts';
import { questionHref, quoteHref, withQuery } from './address.ts';
import { badges, dateline, lang, pager, sampleNotice, speaker, subjects } from './badges.ts';
import type { PageOptions } from './layout.ts';
import { bdi, counted, flat, type Html, html, shortened, shortName } from './markup.ts';
import { asQuery, inWords, type Search } from './parameters.ts';
import { questionTitle } from './question-title.ts';
import { type Found, searchQuestions } from './search.ts';
import { searchForm } from './search-form.ts';

const ASKED_CHARS = 260;
const LEAD_QUOTE_CHARS = 420;

/** The archive’s front: questions newest first, or those that a search finds. */
export async function questionsPage(search: Search, { store, now }: { store: Store; now: Date }): Promise<PageOptions> {
  const found = await searchQuestions(store, search);
  const [topics, countries] = await Promise.all([store.names('topic', found.sample), store.names('country', found.sample)]);
  const asked = inWords(search);
  const query = asQuery(search.typed);
  const isFront = asked === '' && search.page === 1;
  const [lead, ...rest] = found.shown;
  return {
    title: asked === '' ? 'Questions' : `Questions: ${asked}`,
    path: '/archive',
    description: 'What was asked, what each respondent said in their own words, and what is missing.',
    section: 'questions',
    fictional: found.sample,
    feeds: feedsOf('questions', asked, query),
    body: html`<header class="title${isFront ? ' front' : ''}"><h1>${isFront ? 'Who said what, in their own words' : 'Questions'}</h1>
${isFront ? html`<p class="standfirst">Expert Q&amp;As on policy: every response verbatim, with source and date, and what is missing said plainly.</p>` : ''}</header>
${searchForm({ action: '/archive', typed: search.typed, what: 'questions', topics, countries })}
${asked === '' ? '' : html`<p class="result-count" role="status">${resultCount(found, 'question')} for ${bdi(asked)} · <a href="/archive">Clear</a> · <a href="${withQuery('/quotes', query)}">Search quotes instead</a></p>`}
${sampleNotice(found.sample)}
${found.total === 0 ? nothing(asked) : ''}
${isFront && lead ? html`${feature(lead, now)}${questionList(rest, now)}` : questionList(found.shown, now)}
${pager('/archive', query, { page: search.page, pages: found.pages })}
${otherHalf(found, '/archive', query, 'question')}`,
  };
}

const resultCount = ({ total, more }: Pick<Found<unknown>, 'total' | 'more'>, what: string): string =>
  more ? `The newest ${counted(total, what)}; older ones exist` : counted(total, what);

export const feedsOf = (kind: 'questions' | 'quotes', asked: string, query: Record<string, string | undefined>) => ({
  title: asked === '' ? `New ${kind}` : `${kind === 'quotes' ? 'Quotes' : 'Questions'}: ${asked}`,
  rss: withQuery(`/feeds/${kind}.rss`, query),
  json: withQuery(`/feeds/${kind}.json`, query),
});

/** The way to the sample, or back from it; the two are never on one list. */
export function otherHalf(
  { sample, inSample }: Found<unknown>,
  path: string,
  query: Record<string, string | undefined>,
  what: string,
): Html {
  if (sample && query.sample === 'on') {
    return html`<section class="other-half"><p>This is the fictional sample. <a href="${withQuery(path, { ...query, sample: undefined })}">Back to real content</a></p></section>`;
  }
  if (inSample === 0) return html``;
  return html`<section class="other-half"><h2>The sample collection</h2><p>${counted(inSample, what)} with invented persons and institutions, to see what agreement, translations, corrections and long responses look like. <a href="${withQuery(path, { ...query, sample: 'on' })}">See the sample</a></p></section>`;
}

function nothing(asked: string): Html {
  return asked === ''
    ? html`<div class="empty"><h2 class="empty-title">Nothing is on file yet</h2><p>Put a collection of questions into the content folder; <a href="/about">About</a> tells what is loaded.</p></div>`
    : html`<div class="empty"><h2 class="empty-title">No question matches</h2><p>Try fewer words, or words in another form: accents and case never matter, and <q>exact phrases</q>, <code>-word</code> and <code>a OR b</code> work. <a href="/topics">All topics</a></p></div>`;
}

/** The newest question, with the voice that stands for it. */
function feature(question: Question, now: Date): Html {
  const voice = question.responses.flatMap((response) => leadQuotes(question, response).slice(0, 1))[0];
  const words = voice && verify(voice.quote);
  const summary = question.summary?.sentences.map(({ text }) => text).join(' ');
  return html`<article class="feature">
<div><p class="meta">${dateline(question)} ${badges(question, now)}</p>
<h2 dir="auto"><a href="${questionHref(question)}">${shortName(questionTitle(question))}</a></h2>
${summary === undefined ? askedLine(question) : html`<p class="lead" dir="auto">${summary} <span class="tag">[${question.summary?.author}]</span></p>`}
<p class="count">${countOnFile(question)}</p>
${subjects(question)}</div>
${voice && words !== undefined ? html`<figure class="pull"><blockquote dir="auto"${lang(voice.quote.response.language)}><p>“${shortened(words, LEAD_QUOTE_CHARS)}”</p></blockquote><figcaption>${speaker(voice.quote.response)} <a class="tag" href="${quoteHref(voice.quote.code)}">${voice.tag}</a></figcaption></figure>` : ''}
</article>`;
}

export function questionList(questions: readonly Question[], now: Date): Html {
  if (questions.length === 0) return html``;
  return html`<ul class="questions">${questions.map(
    (question) => html`<li><article aria-label="${flat(shortName(questionTitle(question)))}">
<p class="meta">${dateline(question)} ${badges(question, now)}</p>
<h2 dir="auto"><a href="${questionHref(question)}">${shortName(questionTitle(question))}</a></h2>
${askedLine(question)}
<p class="count">${countOnFile(question)}</p>
</article></li>`,
  )}</ul>`;
}

function askedLine({ rights, status, parts, language }: Question): Html {
  if (status.is === 'retracted') return html`<p class="asked-line">Retracted on ${status.on}: ${bdi(status.notice)}</p>`;
  return rights === 'link'
    ? html``
    : html`<p class="asked-line" dir="auto"${lang(language)}>${shortened(parts.join(' '), ASKED_CHARS)}</p>`;
}

const countOnFile = (question: Question): string => (question.responses.some(hasWords) ? onFile(question) : 'No words on file');
