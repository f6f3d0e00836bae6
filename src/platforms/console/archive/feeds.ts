import { raw } from 'hono/html';
import { dateInWords, dateSpan } from '../../../content/date.ts';
import type { Question } from '../../../content/question.ts';
import { attribution, hasWords, onFile } from '../../../summary/attribution.ts';
import { SAMPLE_NOTICE } from '../../../summary/provenance.ts';
import { leadQuotes } from '../../../summary/quote-lines.ts';
import { verify } from '../../../summary/quotes.ts';
import { questionHref, quoteHref } from './address.ts';
import { flat, type Html, html, shortName, webAddress } from './markup.ts';
import { questionTitle } from './question-title.ts';
import type { FoundQuote } from './search.ts';

/** One piece of a feed; `id` never changes. */
export interface FeedPiece {
  id: string;
  path: string;
  title: string;
  content: Html;
  /** EDTF. */
  date: string;
  authors: string[];
  tags: string[];
  source: { name: string; url: string | undefined };
}

export interface Feed {
  title: string;
  /** Path of the page that shows the same. */
  page: string;
  /** Path of the feed itself, with its query. */
  self: string;
  pieces: FeedPiece[];
}

export function questionPiece(question: Question): FeedPiece {
  const { id, parts, rights, summary, topics, publication, source, status, date, sample } = question;
  const quotes = question.responses.filter(hasWords).flatMap((response) =>
    leadQuotes(question, response)
      .slice(0, 1)
      .flatMap(({ quote }) => {
        const words = verify(quote);
        return words === undefined
          ? []
          : [html`<blockquote><p dir="auto">“${words}”</p><p>— <bdi>${attribution(response)}</bdi></p></blockquote>`];
      }),
  );
  const retracted = status.is === 'retracted' ? html`<p>Retracted on ${status.on}: ${status.notice}</p>` : '';
  return {
    id: `briefdesk:question:${id}`,
    path: questionHref(question),
    title: marked(questionTitle(question), sample),
    content: html`${sample ? html`<p><strong>${SAMPLE_NOTICE}.</strong></p>` : ''}<p>${publication.name} · ${dateInWords(date)}</p>${retracted}${
      retracted === ''
        ? html`${summary ? html`<p dir="auto">${summary.sentences.map(({ text }) => text).join(' ')} [${summary.author}]</p>` : ''}<p>${onFile(question)}</p>${
            rights === 'link' ? '' : html`<ol>${parts.map((part) => html`<li dir="auto">${part}</li>`)}</ol>`
          }${quotes}`
        : ''
    }`,
    date,
    authors: [],
    tags: topics,
    source: { name: publication.name, url: webAddress(source?.url) },
  };
}

export function quotePiece({ quote, words }: FoundQuote): FeedPiece {
  const { question, response, code } = quote;
  return {
    id: `briefdesk:quote:${code}`,
    path: quoteHref(code),
    title: marked(`${attribution(response)}: “${words}”`, question.sample),
    content: html`${question.sample ? html`<p><strong>${SAMPLE_NOTICE}.</strong></p>` : ''}<blockquote><p dir="auto">“${words}”</p></blockquote><p>— <bdi>${attribution(response)}</bdi></p><p>${question.publication.name} · ${dateInWords(question.date)} · <bdi>${questionTitle(question)}</bdi></p>`,
    date: question.date,
    authors: response.respondents.map(({ name }) => name),
    tags: question.topics,
    source: { name: question.publication.name, url: webAddress(question.source?.url) },
  };
}

const marked = (title: string, sample: boolean): string => `${sample ? '[Sample] ' : ''}${flat(shortName(title))}`;

/** RSS 2.0: https://www.rssboard.org/rss-specification. A partial or inferred date is said in words, not as pubDate. */
export function rss({ title, page, self, pieces }: Feed, origin: string): Html {
  return html`${raw('<?xml version="1.0" encoding="UTF-8"?>')}
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>Briefdesk: ${flat(shortName(title))}</title>
<link>${origin}${page}</link>
<atom:link href="${origin}${self}" rel="self" type="application/rss+xml"/>
<description>Expert Q&amp;As: who said what, in their own words.</description>
<generator>Briefdesk</generator>
${pieces.map(
  ({ id, path, title: name, content, date, authors, tags, source }) => html`<item>
<title>${name}</title>
<link>${origin}${path}</link>
<guid isPermaLink="false">${id}</guid>
${exactDay(date) === undefined ? '' : html`<pubDate>${new Date(`${exactDay(date)}T00:00:00Z`).toUTCString()}</pubDate>`}
${authors.map((author) => html`<dc:creator>${author}</dc:creator>`)}
${tags.map((tag) => html`<category>${tag}</category>`)}
${source.url === undefined ? '' : html`<source url="${source.url}">${source.name}</source>`}
<description>${`${content}`}</description>
</item>
`,
)}</channel>
</rss>
`;
}

/** JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/ */
export function jsonFeed({ title, page, self, pieces }: Feed, origin: string): object {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: `Briefdesk: ${flat(shortName(title))}`,
    home_page_url: `${origin}${page}`,
    feed_url: `${origin}${self}`,
    language: 'en',
    items: pieces.map(({ id, path, title: name, content, date, authors, tags, source }) => ({
      id,
      url: `${origin}${path}`,
      title: name,
      content_html: `${content}`,
      ...(exactDay(date) === undefined ? {} : { date_published: `${exactDay(date)}T00:00:00Z` }),
      ...(authors.length === 0 ? {} : { authors: authors.map((author) => ({ name: author })) }),
      ...(tags.length === 0 ? {} : { tags }),
      ...(source.url === undefined ? {} : { external_url: source.url }),
    })),
  };
}

/** The day where all of it is known as stated. */
function exactDay(edtf: string): string | undefined {
  const { first, last } = dateSpan(edtf);
  return first === last && !edtf.includes('?') ? first : undefined;
}
