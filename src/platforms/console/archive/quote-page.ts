import { dateInWords } from '../../../content/date.ts';
import type { Quote } from '../../../content/question.ts';
import { sentences } from '../../../search/sentences.ts';
import { respondentName } from '../../../summary/attribution.ts';
import type { Corrected } from '../../../summary/corrected-quote.ts';
import { responseNotes } from '../../../summary/provenance.ts';
import { quoteOf, verify } from '../../../summary/quotes.ts';
import { questionHref, quoteHref } from './address.ts';
import { badges, dateline, lang, sampleNotice, speaker } from './badges.ts';
import { citations } from './citations.ts';
import { quotationData } from './json-ld.ts';
import type { PageOptions } from './layout.ts';
import { bdi, dotted, type Html, html, outward, shortName } from './markup.ts';
import { questionTitle } from './question-title.ts';
import { paragraphSpans } from './response-card.ts';

const MAX_LINKED_CHARS = 60_000;

/** One quote: its words, who says so, the response around it, and its citations. Several, where different words share a code. */
export function quotePage(quotes: readonly [Quote, ...Quote[]], { now, origin }: { now: Date; origin: string }): PageOptions {
  const [first] = quotes;
  const { question, response, code } = first;
  const words = verify(first);
  const name = questionTitle(question);
  return {
    title: `${respondentName(response)}: “${words ?? ''}”`,
    path: quoteHref(code),
    description: words ?? name,
    section: 'quotes',
    crumbs: [{ label: 'Questions', href: '/archive' }, { label: name, href: questionHref(question) }, { label: `Quote ${code}` }],
    fictional: question.sample,
    data: words === undefined ? undefined : quotationData(first, words, origin),
    body: html`${sampleNotice(question.sample)}
${quotes.length > 1 ? html`<p class="notice">${quotes.length} different quotes share this code. Each is shown with its own citation.</p>` : ''}
${quotes.map((quote) => oneQuote(quote, now))}`,
  };
}

function oneQuote(quote: Quote, now: Date): Html {
  const words = verify(quote);
  if (words === undefined)
    return html`<p class="notice notice-error">This quote was refused: it no longer matches the stored response.</p>`;
  const { question, response, code } = quote;
  const notes = responseNotes(response);
  const { source } = question;
  return html`<article>
<h1 class="hidden">Quote ${code} by ${respondentName(response)}</h1>
<figure class="big-quote${words.length > 400 ? ' long' : ''}">
<blockquote dir="auto"${lang(response.language)} cite="${questionHref(question)}"><p>“${words}”</p></blockquote>
<figcaption><p class="speaker">${speaker(response)}</p>
${notes.length === 0 ? '' : html`<ul class="notes">${notes.map((note) => html`<li>${bdi(note)}</li>`)}</ul>`}
<p class="meta">${dateline(question)} ${badges(question, now)}</p>
<p class="meta">${dotted([
    html`Response to <a href="${questionHref(question)}">${bdi(shortName(questionTitle(question)))}</a>`,
    source?.url === undefined ? undefined : outward(source.url, source.site ?? 'Source'),
    html`<code>${code}</code>`,
  ])}</p></figcaption>
</figure>
<div class="halves"><div>${citations({ question, quote }, now)}</div><div>${context(quote)}</div></div>
</article>`;
}

/** The whole response with the quote marked, where rights allow it; every other sentence leads to its own quote. */
function context({ question, response, start, end }: Quote): Html {
  if (question.rights !== 'whole') {
    return html`<section class="block"><h2>In context</h2><p class="notice">The rights on file allow quotes, not the whole response. ${outward(question.source?.url, 'Read it at the source')}.</p></section>`;
  }
  const { text, language } = response;
  const linked = text.length <= MAX_LINKED_CHARS;
  const found = linked ? sentences(text, language) : [];
  const body = paragraphSpans(text).map((paragraph) => {
    const inside = found.filter((sentence) => sentence.start >= paragraph.start && sentence.end <= paragraph.end);
    const edges = [start, end].filter((edge) => edge > paragraph.start && edge < paragraph.end);
    const cuts = [...new Set([paragraph.start, ...inside.flatMap((one) => [one.start, one.end]), ...edges, paragraph.end])].sort(
      (a, b) => a - b,
    );
    const pieces = cuts.slice(0, -1).map((from, index): Html | string => {
      const to = cuts[index + 1] ?? from;
      const words = text.slice(from, to);
      if (from >= start && to <= end) return html`<mark${from === start ? html` id="quote"` : ''}>${words}</mark>`;
      const sentence = inside.find((one) => one.start === from && one.end === to);
      return sentence
        ? html`<a class="sentence" href="${quoteHref(quoteOf(question, response, sentence).code)}">${words}</a>`
        : words;
    });
    return html`<p dir="auto">${pieces}</p>`;
  });
  return html`<section class="block" aria-labelledby="context">
<h2 id="context">In context</h2>
<p class="small">The whole response, the quote marked.${linked ? ' Any other sentence leads to its own quote and citations.' : ''}</p>
<div class="words"${lang(language)}>${body}</div>
</section>`;
}

/** An old code still answers: what was corrected, and how the words read now. Old words are never shown. */
export function correctedPage(
  code: string,
  { on, what, now: current }: Corrected,
  { now, origin }: { now: Date; origin: string },
): PageOptions {
  const notice = html`<div class="notice notice-corrected" role="note"><p><strong>Corrected on ${dateInWords(on)}.</strong> ${bdi(what)} ${
    current
      ? html`The quote <code>${code}</code> now reads as below, with the code <a href="${quoteHref(current.code)}"><code>${current.code}</code></a>.`
      : html`The words of the quote <code>${code}</code> are no longer in the response.`
  }</p></div>`;
  if (!current)
    return {
      title: `Quote ${code} was corrected`,
      section: 'quotes',
      fictional: true,
      body: html`<h1>Quote ${code}</h1>${notice}`,
    };
  const shown = quotePage([current], { now, origin });
  return { ...shown, title: `Corrected: ${shown.title}`, body: html`${notice}${shown.body}` };
}
