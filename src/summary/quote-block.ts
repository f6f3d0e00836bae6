import type { Quote } from '../content/question.ts';
import type { Log } from '../log.ts';
import { type Block, type Span as MessageSpan, note, text } from '../message/document.ts';
import { type Span, verify } from './quotes.ts';

export interface QuoteBlockOptions {
  log: Log;
  marker?: string | undefined;
  tags?: string[];
  /** Spans of the response to highlight. */
  hits?: readonly Span[];
}

/** A quote as shown, its words checked at this moment; one that no longer matches is refused, logged and never shown. */
export function quoteBlock(quote: Quote, { log, marker, tags = [], hits = [] }: QuoteBlockOptions): Block {
  const words = verify(quote);
  if (words === undefined) {
    log('error', 'quote refused: it does not match the stored response', { quote: quote.code, question: quote.question.id });
    return note('A quote was refused: it no longer matches the stored response.');
  }
  return {
    type: 'quote',
    ...(marker === undefined ? {} : { marker }),
    words: highlighted(words, quote.start, hits),
    code: quote.code,
    tags,
  };
}

function highlighted(words: string, offset: number, hits: readonly Span[]): MessageSpan[] {
  const spans: MessageSpan[] = [];
  let at = 0;
  for (const hit of hits) {
    const [start, end] = [hit.start - offset, hit.end - offset];
    if (start < at || end > words.length) continue;
    if (start > at) spans.push(text(words.slice(at, start)));
    spans.push(text(words.slice(start, end), 'hit'));
    at = end;
  }
  if (at < words.length) spans.push(text(words.slice(at)));
  return spans;
}
