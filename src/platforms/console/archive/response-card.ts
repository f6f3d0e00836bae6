import type { Question, Response } from '../../../content/question.ts';
import type { Log } from '../../../log.ts';
import { responseNotes } from '../../../summary/provenance.ts';
import { leadQuotes } from '../../../summary/quote-lines.ts';
import { firstSpan, mayQuote, quoteOf, type Span, verify } from '../../../summary/quotes.ts';
import { quoteHref } from './address.ts';
import { lang, speaker } from './badges.ts';
import { bdi, type Html, html } from './markup.ts';
import { isIntact } from './whole-text.ts';

/** One response: who, as printed, and their words as far as rights allow; lines that an editor chose are marked in them. */
export function responseCard(question: Question, response: Response, log: Log): Html {
  const notes = responseNotes(response);
  return html`<article class="response" id="response-${response.id}" aria-label="Response">
<header><h3 class="speaker">${speaker(response)}</h3>
${notes.length === 0 ? '' : html`<ul class="notes">${notes.map((note) => html`<li>${bdi(note)}</li>`)}</ul>`}</header>
${words(question, response, log)}
</article>`;
}

function words(question: Question, response: Response, log: Log): Html {
  if (!mayQuote(question, response)) return html`<p class="absent">No words may be shown.</p>`;
  if (!isIntact(response)) {
    log('error', 'response refused: it does not match its hash', { question: question.id, response: response.id });
    return html`<p class="absent">This response was refused: it no longer matches what was stored.</p>`;
  }
  const leads = leadQuotes(question, response);
  const lift = leads[0] && html`<p class="meta"><a href="${quoteHref(leads[0].quote.code)}">Lift a quote</a></p>`;
  if (question.rights === 'quotes') {
    const quotes = leads.flatMap(({ quote, tag }) => {
      const said = verify(quote);
      return said === undefined
        ? []
        : [
            html`<blockquote dir="auto"${lang(response.language)}><p>“${said}”</p></blockquote><p class="meta"><a href="${quoteHref(quote.code)}">${quote.code}</a> · ${tag}</p>`,
          ];
    });
    return html`${quotes}<p class="small">The rights on file allow quotes, not the whole response.</p>`;
  }
  return html`<div class="words"${lang(response.language)}>${text(question, response)}</div>${lift ?? ''}`;
}

/** The whole text by paragraphs; each line of the editor is a link to its quote. */
function text(question: Question, response: Response): Html[] {
  const lines = response.lines
    .flatMap(({ part, quote }) => {
      const span = firstSpan(response.text, quote);
      return span ? [{ part, span }] : [];
    })
    .sort((a, b) => a.span.start - b.span.start);
  return paragraphSpans(response.text).map(({ start, end }) => {
    const pieces: (Html | string)[] = [];
    let at = start;
    for (const { part, span } of lines.filter((line) => line.span.start >= start && line.span.end <= end)) {
      if (span.start < at) continue;
      const number = question.parts.length > 1 ? html`<sup class="part-mark">${part}</sup>` : '';
      const { code } = quoteOf(question, response, span);
      pieces.push(
        response.text.slice(at, span.start),
        html`<a class="line" href="${quoteHref(code)}">${response.text.slice(span.start, span.end)}</a>${number}`,
      );
      at = span.end;
    }
    return html`<p dir="auto">${[...pieces, response.text.slice(at, end)]}</p>`;
  });
}

export function paragraphSpans(whole: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const gap of whole.matchAll(/\n\s*\n/g)) {
    spans.push({ start, end: gap.index });
    start = gap.index + gap[0].length;
  }
  return [...spans, { start, end: whole.length }];
}
