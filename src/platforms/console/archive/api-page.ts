import type { PageOptions } from './layout.ts';
import { html } from './markup.ts';
import { PARAMETERS } from './parameters.ts';

const READS = [
  {
    path: '/api/questions',
    says: 'Questions newest first, or best first where q is given, with responses as far as rights allow.',
    example: '/api/questions?country=VE&since=2019',
  },
  {
    path: '/api/quotes',
    says: 'Verbatim quotes, each with its exact place in the stored response. Without q: the quote that stands for each response.',
    example: '/api/quotes?q=patience',
  },
  {
    path: '/api/respondents',
    says: 'Persons by family name, with counts. Here q is a name in any spelling.',
    example: '/api/respondents?topic=Venezuela',
  },
] as const;

/** How to read the archive by machine. */
export const apiPage: PageOptions = {
  title: 'API and feeds',
  path: '/api',
  section: 'about',
  crumbs: [{ label: 'About', href: '/about' }, { label: 'API and feeds' }],
  body: html`<header class="title"><h1>API and feeds</h1>
<p class="standfirst">The reads of these pages as JSON, with GET, the same parameters, and the same rights.</p></header>
<section class="block" aria-labelledby="reads"><h2 id="reads">Reads</h2>
<table class="plain"><thead><tr><th scope="col">Address</th><th scope="col">Answers with</th><th scope="col">Try</th></tr></thead>
<tbody>${READS.map(({ path, says, example }) => html`<tr><td><code>${path}</code></td><td>${says}</td><td><a href="${example}"><code>${example}</code></a></td></tr>`)}</tbody></table></section>
<section class="block" aria-labelledby="parameters"><h2 id="parameters">Parameters</h2>
<table class="plain"><thead><tr><th scope="col">Name</th><th scope="col">Meaning</th><th scope="col">Example</th></tr></thead>
<tbody>${PARAMETERS.map(({ name, description, example }) => html`<tr><td><code>${name}</code></td><td>${description}</td><td><code>${example}</code></td></tr>`)}</tbody></table>
<p>An unknown parameter, a value that cannot be read, or a name that is not on file is answered 400: <code>{"error": {"parameter", "message", "example", "nearest"}}</code>. Real and fictional content are never mixed: <code>sample=on</code> reads the sample instead, and every record says which it is.</p></section>
<section class="block" aria-labelledby="feeds"><h2 id="feeds">Feeds</h2>
<p><code>/feeds/questions.rss</code>, <code>/feeds/questions.json</code>, <code>/feeds/quotes.rss</code> and <code>/feeds/quotes.json</code> (RSS 2.0 and JSON Feed 1.1) take the same parameters, so that every search and every topic is a feed: <a href="/feeds/questions.rss?topic=Venezuela"><code>/feeds/questions.rss?topic=Venezuela</code></a>. Ids never change. A date is given only where the source states the whole day.</p></section>
<section class="block" aria-labelledby="caching"><h2 id="caching">Caching</h2>
<p>Answers carry an <code>ETag</code>: send it back in <code>If-None-Match</code> and an answer that has not changed is 304 without a body. Keep none without asking again: an embargo or a retraction counts at once.</p></section>`,
};
