import { respelt } from '../../../search/suggest.ts';
import type { Store } from '../../../store/store.ts';
import { respondentHref, withQuery } from './address.ts';
import { pager, sampleNotice } from './badges.ts';
import type { PageOptions } from './layout.ts';
import { bdi, counted, type Html, html } from './markup.ts';
import { asQuery, inWords, type Search } from './parameters.ts';
import { feedsOf, otherHalf } from './questions-page.ts';
import { quoteCard } from './quote-card.ts';
import { type Found, type FoundQuote, PARTLY, searchQuotes } from './search.ts';
import { searchForm } from './search-form.ts';

/** Quotes that a search finds, best first; without words, the one that stands for each response. */
export async function quotesPage(search: Search, { store, now }: { store: Store; now: Date }): Promise<PageOptions> {
  const found = await searchQuotes(store, search);
  const [topics, countries] = await Promise.all([store.names('topic', found.sample), store.names('country', found.sample)]);
  const asked = inWords(search);
  const query = asQuery(search.typed);
  const spelt = found.total === 0 && search.typed.q !== undefined ? await respelt(store, search.typed.q) : undefined;
  return {
    title: asked === '' ? 'Quotes' : `Quotes: ${asked}`,
    path: '/quotes',
    description: 'Verbatim quotes, each with respondent, role as printed, publication, date and source.',
    section: 'quotes',
    fictional: found.sample,
    feeds: feedsOf('quotes', asked, query),
    body: html`<header class="title"><h1>Quotes</h1></header>
${searchForm({ action: '/quotes', typed: search.typed, what: 'quotes', topics, countries })}
${asked === '' ? '' : html`<p class="result-count" role="status">${countOf(found, search)} for ${bdi(asked)} · <a href="/quotes">Clear</a> · <a href="${withQuery('/archive', query)}">Search questions instead</a></p>`}
${search.typed.q === undefined && found.shown.length > 0 ? html`<p class="small">Newest first: the line that an editor chose of each response, or its main sentence. Search to reach every sentence.</p>` : ''}
${sampleNotice(found.sample)}
${found.total === 0 ? nothing(search, spelt) : ''}
${groups(found.shown, now)}
${pager('/quotes', query, { page: search.page, pages: found.pages })}
${otherHalf(found, '/quotes', query, search.typed.q === undefined ? 'question' : 'quote')}`,
  };
}

function countOf({ total, more, shown }: Found<FoundQuote>, { typed }: Search): string {
  if (typed.q === undefined) return `Quotes of ${counted(total, 'question')}`;
  if (total === 0) return 'Nothing';
  if (more) return `The newest ${counted(total, 'quote')}, best first; older ones exist`;
  return shown.some(({ tag }) => tag === undefined)
    ? `${counted(total, 'quote')}, best first`
    : `No quote has all of the words; ${total} with some of them`;
}

/** Those that hold all the words, then those that hold some. */
function groups(shown: readonly FoundQuote[], now: Date): Html {
  const partly = shown.findIndex(({ tag }) => tag === PARTLY);
  const cards = (of: readonly FoundQuote[]) => html`<div class="quotes">${of.map((one) => quoteCard(one, now))}</div>`;
  if (partly < 0) return cards(shown);
  return html`${partly > 0 ? cards(shown.slice(0, partly)) : ''}<h2 class="divide">These hold only some of the words</h2>${cards(shown.slice(partly))}`;
}

function nothing(search: Search, spelt: string | undefined): Html {
  const { person, typed } = search;
  const again =
    spelt === undefined
      ? ''
      : html`<p>Did you mean <a href="${withQuery('/quotes', { ...asQuery(typed), q: spelt })}">${spelt}</a>?</p>`;
  if (person !== undefined && typed.q === undefined) {
    return html`<div class="empty"><h2 class="empty-title">No quote by ${bdi(person.name)}</h2><p>No words of theirs are on file here. <a href="${respondentHref(person.id)}">Where they are named</a></p></div>`;
  }
  return html`<div class="empty"><h2 class="empty-title">No quote matches</h2>${again}<p>Try fewer words. <code>"exact phrase"</code>, <code>-word</code> and <code>a OR b</code> work; accents and case never matter.</p></div>`;
}
