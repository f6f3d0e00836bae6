import { dateInWords } from '../../../content/date.ts';
import { findNames } from '../../../search/find-names.ts';
import { fold } from '../../../search/tokens.ts';
import type { RespondentCount, Store } from '../../../store/store.ts';
import { nameParts, wholeFamily } from '../../../summary/names.ts';
import { respondentHref } from './address.ts';
import { pager, sampleNotice } from './badges.ts';
import type { PageOptions } from './layout.ts';
import { bdi, counted, type Html, html } from './markup.ts';
import { asQuery, type Search } from './parameters.ts';

const PAGE = 200;

/** Everybody who responded or is named, by family name; the fictional ones apart. */
export async function respondentsPage(search: Search, { store }: { store: Store }): Promise<PageOptions> {
  const { typed, page } = search;
  const [real, sample] = await Promise.all([
    typed.sample === 'on' ? [] : respondentsIn(store, search, false),
    typed.sample === 'off' || (page > 1 && typed.sample !== 'on') ? [] : respondentsIn(store, search, true),
  ]);
  const query = asQuery(typed);
  return {
    title: 'Respondents',
    path: '/respondents',
    description: 'Who responded, who is named, and how much of theirs is on file.',
    section: 'respondents',
    body: html`<header class="title"><h1>Respondents</h1>
<p class="standfirst">Persons that a source names. Those whose words are not on file are listed as such, and never quoted.</p></header>
<search><form class="search" action="/respondents" method="get"><div class="search-row"><label class="hidden" for="q">Search names</label>
<input id="q" name="q" type="search" value="${typed.q ?? ''}" placeholder="A name in any spelling" maxlength="200" dir="auto" autocomplete="off" enterkeyhint="search"><button type="submit">Search</button></div></form></search>
${real.length + sample.length > 0 ? '' : nobody(typed.q)}
${real.length === 0 ? '' : html`${letters(real.slice((page - 1) * PAGE, page * PAGE), (letter) => html`<h2 class="letter">${letter}</h2>`)}${pager('/respondents', query, { page, pages: Math.ceil(real.length / PAGE) })}`}
${sample.length === 0 ? '' : fictional(sample, real.length > 0 ? 1 : page, query)}`,
  };
}

function fictional(sample: readonly RespondentCount[], page: number, query: Record<string, string | undefined>): Html {
  return html`<section class="sample-half" aria-labelledby="sample"><h2 id="sample">The sample collection</h2>${sampleNotice(true)}
${letters(sample.slice((page - 1) * PAGE, page * PAGE), (letter) => html`<h3 class="letter">${letter}</h3>`)}
${pager('/respondents', { ...query, sample: 'on' }, { page, pages: Math.ceil(sample.length / PAGE) })}</section>`;
}

function nobody(typed: string | undefined): Html {
  return typed === undefined
    ? html`<div class="empty"><h2 class="empty-title">Nobody is on file yet</h2><p>The sources loaded so far name no respondent. <a href="/about">What is loaded</a></p></div>`
    : html`<div class="empty"><h2 class="empty-title">No name like that</h2><p>Accents and case never matter; the first letters of a word are enough. <a href="/respondents">All respondents</a></p></div>`;
}

/** Those that a search asks for, by family name where it can be told, else by the sort name on file. `q` is a name in any spelling. */
export async function respondentsIn(
  store: Store,
  { typed, person, filter }: Search,
  sample: boolean,
): Promise<RespondentCount[]> {
  const found = await store.respondents(filter(sample));
  const ids = typed.q === undefined ? undefined : new Set((await findNames(store, typed.q, ['person'])).map(({ ref }) => ref));
  return found
    .filter((one) => (person === undefined || one.person.id === person.id) && (ids?.has(one.person.id) ?? true))
    .map((one) => ({ one, key: sortKey(one.person) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ one }) => one);
}

function sortKey({ name, sort }: RespondentCount['person']): string {
  const parts = nameParts(name, sort === name ? undefined : sort);
  return fold('literal' in parts ? sort : `${wholeFamily(parts)} ${parts.given}`);
}

function letters(respondents: readonly RespondentCount[], heading: (letter: string) => Html): Html {
  const groups = new Map<string, RespondentCount[]>();
  for (const one of respondents) {
    const letter = sortKey(one.person).charAt(0).toUpperCase() || '#';
    groups.set(letter, [...(groups.get(letter) ?? []), one]);
  }
  return html`<div class="letters">${[...groups].map(
    ([letter, own]) => html`<div class="letter-group">${heading(letter)}<ul class="rows">${own.map(row)}</ul></div>`,
  )}</div>`;
}

const row = ({ person, questions, withWords, newest }: RespondentCount): Html =>
  html`<li><a href="${respondentHref(person.id)}">${bdi(person.name)}</a>${person.note === undefined ? '' : html` <span class="role">${bdi(person.note)}</span>`}
<span class="row-facts">${withWords === 0 ? 'named, no words on file' : `${counted(withWords, 'response')} on file`} · ${withWords === questions ? '' : `${counted(questions, 'question')} · `}newest ${dateInWords(newest)}</span></li>`;
