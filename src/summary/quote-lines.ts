import { dateInWords } from '../content/date.ts';
import type { Question, Quote, Response } from '../content/question.ts';
import type { Log } from '../log.ts';
import { type Block, link, type Span as MessageSpan, run, text } from '../message/document.ts';
import { attribution } from './attribution.ts';
import { mainSentence } from './extract.ts';
import { provenance, responseNotes } from './provenance.ts';
import { quoteBlock } from './quote-block.ts';
import { firstSpan, mayQuote, quoteOf, type Span } from './quotes.ts';

export interface QuoteLineOptions {
  now: Date;
  log: Log;
  tags?: string[];
  hits?: readonly Span[];
}

/** A quote with all it takes to use it: respondent and role as printed, publication, date, source, and how to cite it. */
export function quoteLines(quote: Quote, { now, log, tags = [], hits = [] }: QuoteLineOptions): Block[] {
  const block = quoteBlock(quote, { log, tags, hits });
  if (block.type !== 'quote') return [block];
  const { question, response, code } = quote;
  const notes = responseNotes({ ...response, corrections: [] });
  const corrected = response.corrections.map(({ on }) => `corrected on ${dateInWords(on)}`);
  const spans: MessageSpan[] = [
    text(attribution(response)),
    text(' · '),
    ...provenance(question, now),
    ...[...notes, ...corrected].map((one) => text(` · ${one}`)),
    ...(question.source?.url === undefined ? [] : [text(' · '), link(question.source.site ?? 'source', question.source.url)]),
  ];
  const cite = run(`Cite ${code.split('-')[1]}`, 'cite', { of: code });
  return [block, { type: 'list', entries: [{ marker: '—', spans, action: cite }] }];
}

/** The quotes that stand for a response where no words were asked for: the editor’s lines, else its main sentence. */
export function leadQuotes(question: Question, response: Response): { quote: Quote; tag: string }[] {
  if (!mayQuote(question, response)) return [];
  const mapped = response.lines.flatMap(({ quote }) => firstSpan(response.text, quote) ?? []);
  if (mapped.length > 0) return mapped.map((span) => ({ quote: quoteOf(question, response, span), tag: 'chosen by the editor' }));
  const main = mainSentence(response);
  return main ? [{ quote: quoteOf(question, response, main), tag: 'extracted' }] : [];
}
