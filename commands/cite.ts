import { z } from 'zod';
import { type Answer, type Context, defineCommand, message } from '../src/command.ts';
import { completeQuotes } from '../src/complete-questions.ts';
import { dateInWords } from '../src/content/date.ts';
import type { Question, Quote } from '../src/content/question.ts';
import { CallerError, type Nearest } from '../src/errors.ts';
import { exampleQuestion } from '../src/examples.ts';
import { actions, type Block, heading, line, note, run, text } from '../src/message/document.ts';
import { typedOptions, words } from '../src/options.ts';
import { findChosen } from '../src/search/choose.ts';
import { respondentName } from '../src/summary/attribution.ts';
import { CITATION_STYLES, cite } from '../src/summary/citation.ts';
import { type Corrected, correctedQuote } from '../src/summary/corrected-quote.ts';
import { provenance, questionName, SAMPLE_NOTICE } from '../src/summary/provenance.ts';
import { quoteBlock } from '../src/summary/quote-block.ts';
import { leadQuotes, quoteLines } from '../src/summary/quote-lines.ts';
import { findQuotes } from '../src/summary/quotes.ts';
import { refuseRetracted } from '../src/summary/retracted.ts';

const MAX_QUOTES = 6;
const FIRST_WORDS = 10;
/** What a pasted code may bring along. */
const AROUND = /^[\s"'“”‘’([<#]+|[\s"'“”‘’)\]>.,;:]+$/g;

export default defineCommand({
  name: 'cite',
  description: 'A citation ready to paste, for a quote or a question',
  words: 'of',
  options: z.object({
    of: words('Quote code or question id'),
    style: z
      .enum(CITATION_STYLES, `choose one of ${CITATION_STYLES.join(', ')}`)
      .optional()
      .describe('chicago (default), apa, memo, bibtex or csl-json'),
  }),
  example: async (context) => {
    const question = await exampleQuestion(context);
    const lead = question?.responses.flatMap((response) => leadQuotes(question, response))[0];
    return typedOptions({ of: lead?.quote.code ?? question?.code });
  },
  complete: { of: completeQuotes, style: async () => CITATION_STYLES.map((style) => ({ value: style, label: style })) },

  async run({ of, style = 'chicago' }, context) {
    if (of === undefined) throw new CallerError('Say which quote or question.');
    const ref = of.toLowerCase().replace(AROUND, '');
    const whole = await context.store.question(ref);
    if (whole) return cited(whole, [], style, context);
    const [code = '', suffix = ''] = ref.split(/[-–]/);
    const question = suffix === '' ? undefined : await context.store.question(code);
    if (!question) {
      throw new CallerError(`There is no quote or question “${of}”.`, { nearest: await nearest(of, context) });
    }
    refuseRetracted(question);
    const found = findQuotes(question, suffix);
    if (found.length > 0) return cited(question, found, style, context);
    const corrected = await correctedQuote(question, suffix, context.store);
    if (corrected) return superseded(corrected, context);
    throw new CallerError(`There is no quote “${of}” in ${question.code}.`, { example: `/cite ${question.code}` });
  },
});

type Style = (typeof CITATION_STYLES)[number];

/** The question that the words may have meant. */
async function nearest(typed: string, { store }: Context): Promise<Nearest[]> {
  const chosen = await findChosen({ store, about: typed, dates: {} });
  return chosen ? [{ label: questionName(chosen.best), command: 'cite', options: { of: chosen.best.code } }] : [];
}

/** Without a quote: the question. Several quotes, where different words share a code: each with its own citation. */
function cited(question: Question, quotes: Quote[], style: Style, context: Context): Answer {
  refuseRetracted(question);
  const of = quotes[0]?.code ?? question.code;
  const title = `Citation (${style})`;
  const copy = (quote?: Quote): Block => ({
    type: 'copy',
    text: cite(quote ? { question, quote } : { question }, style, context.now),
  });
  const quoteToCopy = (quote: Quote): Block[] => {
    const checked = quoteBlock(quote, context);
    return checked.type === 'quote' ? [note(...provenance(question, context.now)), copy(quote)] : [checked];
  };
  const blocks: Block[] = [
    heading(title),
    ...(question.sample ? [note(`${SAMPLE_NOTICE}: not to be cited in earnest.`)] : []),
    ...(quotes.length === 0 ? [copy(), ...quotesToCite(question, context)] : quotes.flatMap(quoteToCopy)),
    actions(...CITATION_STYLES.filter((other) => other !== style).map((other) => run(other, 'cite', { of, style: other }))),
  ];
  return message({ title, blocks });
}

/** An old code still answers: what was corrected, and how the words read now. */
function superseded({ on, what, now }: Corrected, context: Context): Answer {
  const title = `Corrected on ${dateInWords(on)}`;
  const blocks: Block[] = [
    heading(title),
    line(now ? `${what} It now reads:` : `${what} These words are no longer in the response.`),
  ];
  if (now) blocks.push(...quoteLines(now, context), actions(run('Brief', 'brief', { about: now.question.code })));
  return message({ title, blocks });
}

/** The quotes that stand for the responses, each with the line that cites it. */
function quotesToCite(question: Question, context: Context): Block[] {
  const leads = question.responses.flatMap((response) => leadQuotes(question, response)).slice(0, MAX_QUOTES);
  const entries = leads.flatMap(({ quote }) => {
    if (quoteBlock(quote, context).type !== 'quote') return [];
    const words = quote.response.text.slice(quote.start, quote.end).split(/\s+/);
    const first = words.length <= FIRST_WORDS ? words.join(' ') : `${words.slice(0, FIRST_WORDS).join(' ')} […]`;
    return [{ spans: [text(`${respondentName(quote.response)}: “${first}”`)], action: run('Cite', 'cite', { of: quote.code }) }];
  });
  return entries.length === 0 ? [] : [{ type: 'list', label: 'Quotes', entries }];
}
