import { withQuery } from './address.ts';
import type { PageOptions } from './layout.ts';
import { bdi, html } from './markup.ts';
import type { ParameterError } from './parameters.ts';
import { searchForm } from './search-form.ts';

/** Nothing is at this address. */
export function missingPage(what: string): PageOptions {
  return {
    title: 'Not found',
    fictional: true,
    body: html`<div class="empty big"><p class="empty-code" aria-hidden="true">404</p><h1 class="empty-title">Nothing is here</h1><p>${bdi(what)}</p>
<p><a href="/archive">Questions</a> · <a href="/quotes">Search quotes</a> · <a href="/respondents">Respondents</a> · <a href="/topics">Topics</a></p></div>`,
  };
}

/** A search that cannot be run: what was wrong, the nearest that works, and the form as it was filled in. */
export function refusedPage(error: ParameterError, path: string, typed: Record<string, string>): PageOptions {
  const near = error.nearest.map(
    ({ label, value }) => html`<li><a href="${withQuery(path, { ...typed, [error.parameter]: value })}">${bdi(label)}</a></li>`,
  );
  const action = path === '/quotes' ? path : '/archive';
  return {
    title: 'That search cannot be run',
    fictional: true,
    body: html`<header class="title"><h1>That search cannot be run</h1></header>
<div class="notice notice-error" role="alert"><p><strong>${error.parameter}:</strong> ${bdi(error.message)}</p>
${near.length === 0 ? '' : html`<p>Did you mean</p><ul>${near}</ul>`}<p>An example that works: <code>${error.example}</code></p></div>
${searchForm({ action, typed, what: action === '/quotes' ? 'quotes' : 'questions', topics: [], countries: [] })}`,
  };
}

/** Something broke; the id leads to the log. */
export function brokenPage(id: string): PageOptions {
  return {
    title: 'Something broke',
    fictional: true,
    body: html`<div class="empty big"><h1 class="empty-title">Something broke</h1><p>It was logged under the id <code>${id}</code>. Try again; if it stays, tell whoever runs this archive.</p><p><a href="/archive">Questions</a></p></div>`,
  };
}
