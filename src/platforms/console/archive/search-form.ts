import type { Name } from '../../../store/store.ts';
import { flat, type Html, html } from './markup.ts';
import type { Parameters } from './parameters.ts';

export interface FormOptions {
  action: string;
  typed: { readonly [Name in keyof Parameters]?: string | number | undefined };
  /** What the search is over, for the label: quotes, questions. */
  what: string;
  /** Offered while typing. */
  topics: readonly Name[];
  countries: readonly Name[];
}

/** The same search everywhere; the filters fold away until they are wanted. */
export function searchForm({ action, typed, what, topics, countries }: FormOptions): Html {
  const { q = '', by = '', topic = '', country = '', since = '', until = '', sample } = typed;
  const filtered = [by, topic, country, since, until].some((value) => value !== '');
  return html`<search><form class="search" action="${action}" method="get">
<div class="search-row"><label class="hidden" for="q">Search ${what}</label>
<input id="q" name="q" type="search" value="${q}" placeholder="Search ${what}" maxlength="500" dir="auto" autocomplete="off" enterkeyhint="search">
<button type="submit">Search</button></div>
<details class="filters"${filtered ? html` open` : ''}><summary>Filters</summary>
<div class="fields">
${field('by', 'Respondent', by, 'such as walser')}
${field('topic', 'Topic', topic, 'such as trade', 'topics')}
${field('country', 'Country', country, 'such as Venezuela', 'countries')}
${field('since', 'Since', since, '2019-04')}
${field('until', 'Until', until, '2019')}
</div>
<datalist id="topics">${topics.slice(0, 100).map(({ label }) => html`<option value="${flat(label)}"></option>`)}</datalist>
<datalist id="countries">${countries.slice(0, 250).map(({ label }) => html`<option value="${flat(label)}"></option>`)}</datalist>
</details>
${sample === undefined ? '' : html`<input type="hidden" name="sample" value="${sample}">`}
</form></search>`;
}

const field = (name: string, label: string, value: string | number, placeholder: string, list?: string): Html =>
  html`<p><label for="${name}">${label}</label><input id="${name}" name="${name}" value="${value}" placeholder="${placeholder}" maxlength="200" dir="auto" autocomplete="off"${list === undefined ? '' : html` list="${list}"`}></p>`;
