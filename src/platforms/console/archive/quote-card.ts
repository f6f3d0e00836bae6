import { responseNotes } from '../../../summary/provenance.ts';
import type { Span } from '../../../summary/quotes.ts';
import { questionHref, quoteHref } from './address.ts';
import { badges, dateline, lang, speaker } from './badges.ts';
import { bdi, dotted, type Html, html, shortened, shortName } from './markup.ts';
import { questionTitle } from './question-title.ts';
import { type FoundQuote, PARTLY } from './search.ts';

const CARD_CHARS = 900;

/** A quote as a list shows it: the words, who says so, where and when; the whole is one link away. */
export function quoteCard({ quote, words, hits, tag }: FoundQuote, now: Date): Html {
  const { question, response, code, start } = quote;
  const notes = responseNotes(response);
  const cut = shortened(words, CARD_CHARS);
  const shown = cut === words ? marked(words, start, hits) : html`${cut}`;
  return html`<article class="quote-card">
<blockquote dir="auto"${lang(response.language)} cite="${questionHref(question)}"><p>“${shown}”</p></blockquote>
<p class="speaker">${speaker(response)}</p>
${notes.length === 0 ? '' : html`<p class="small">${notes.map((one, index) => html`${index === 0 ? '' : ' · '}${bdi(one)}`)}</p>`}
<p class="meta">${dateline(question)} ${badges(question, now)}</p>
<p class="meta">${dotted([
    html`<a href="${quoteHref(code)}">In context, with citations <code>${code}</code></a>`,
    html`<a href="${questionHref(question)}">${bdi(shortName(questionTitle(question)))}</a>`,
    tag === PARTLY ? undefined : tag,
  ])}</p>
</article>`;
}

/** Words with the hits marked. */
function marked(words: string, offset: number, hits: readonly Span[]): Html {
  const pieces: (Html | string)[] = [];
  let at = 0;
  for (const hit of hits) {
    const [start, end] = [hit.start - offset, hit.end - offset];
    if (start < at || end > words.length) continue;
    pieces.push(words.slice(at, start), html`<mark>${words.slice(start, end)}</mark>`);
    at = end;
  }
  return html`${[...pieces, words.slice(at)]}`;
}
