import { dateInWords } from '../../../content/date.ts';
import type { Waiting } from '../../../intake/waiting.ts';
import { withQuery } from '../archive/address.ts';
import { bdi, counted, type Html, html, shortened, shortName } from '../archive/markup.ts';
import type { ReviewPage } from './layout.ts';
import { outcomeBadge, reviewHref, titleOf } from './words.ts';

const A_PAGE = 50;
const REASONS_SHOWN = 3;

/** Everything that waits, oldest first. */
export function listPage(all: readonly Waiting[], asked: number): ReviewPage {
  const pages = Math.max(1, Math.ceil(all.length / A_PAGE));
  const at = Math.min(Math.max(1, asked), pages);
  const shown = all.slice((at - 1) * A_PAGE, at * A_PAGE);
  return {
    title: 'Review',
    waiting: all.length,
    body: html`<header class="title front"><h1>Review</h1>
<p class="standfirst">What imports left for a person to decide. Nothing here is in any answer until it is accepted.</p></header>
${all.length === 0 ? nothing : html`<p class="result-count">${counted(all.length, 'draft')}, oldest first</p><ol class="waiting">${shown.map(row)}</ol>${pager(at, pages)}`}`,
  };
}

const nothing: Html = html`<div class="empty"><h2 class="empty-title">Nothing waits for review</h2>
<p>What a publisher sent is taken in with:</p>
<pre class="shell" tabindex="0" role="region" aria-label="Examples of imports"><code>npx briefdesk import letter.pdf
npx briefdesk import letters/ --write
npx briefdesk import https://example.org/post</code></pre>
<p>What can be read without a doubt is stored at once; everything else comes here.</p></div>`;

function row({ key, collection, record }: Waiting): Html {
  const { draft, name, on } = record;
  const title = titleOf(record);
  const [reasons, more] = [draft.reasons.slice(0, REASONS_SHOWN), draft.reasons.length - REASONS_SHOWN];
  return html`<li><article>
<h2><a href="${reviewHref(key)}">${bdi(shortName(title))}</a></h2>
<p class="meta">${outcomeBadge(draft.outcome)} <span class="from">${bdi(shortName(name))}</span> · imported ${dateInWords(on)} · collection ${bdi(collection)} · <code>${key}</code></p>
${
  reasons.length === 0
    ? html`<p class="small">The source was read without a doubt; the draft is not complete yet.</p>`
    : html`<ul class="reasons">${reasons.map((reason) => html`<li dir="auto">${shortened(reason, 300)}</li>`)}${more > 0 ? html`<li class="small">and ${counted(more, 'more reason')}</li>` : ''}</ul>`
}
</article></li>`;
}

function pager(at: number, pages: number): Html {
  if (pages < 2) return html``;
  const link = (to: number, words: string, rel: string) =>
    html`<a class="turn" rel="${rel}" href="${withQuery('/review', { page: to })}">${words}</a>`;
  return html`<nav class="pager" aria-label="Pages">
${at > 1 ? link(at - 1, '← Older', 'prev') : html`<span></span>`}
<span>Page ${at} of ${pages}</span>
${at < pages ? link(at + 1, 'Newer →', 'next') : html`<span></span>`}
</nav>`;
}
