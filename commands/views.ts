import { z } from 'zod';
import { type Context, defineCommand, message } from '../src/command.ts';
import type { Question, Response } from '../src/content/question.ts';
import { CallerError } from '../src/errors.ts';
import { actions, type Block, heading, labelled, note, run, type Span, text } from '../src/message/document.ts';
import { completeSubjects, dateFilter, exampleSubject, since, until, words } from '../src/options.ts';
import { chooseQuestions } from '../src/search/choose.ts';
import { agreementLines } from '../src/summary/agreement-lines.ts';
import { attribution, hasWords, inLanguageOf, onFile, originals } from '../src/summary/attribution.ts';
import { lineForPart, MAIN_RULE, mainSentence, PART_RULE } from '../src/summary/extract.ts';
import { gaps } from '../src/summary/gaps.ts';
import { matchedNote, otherQuestions } from '../src/summary/other-questions.ts';
import { provenance, questionName, responseNotes, sourceAction } from '../src/summary/provenance.ts';
import { quoteBlock } from '../src/summary/quote-block.ts';
import { mayQuote, type Span as QuoteSpan, quoteOf } from '../src/summary/quotes.ts';
import { refuseRetracted } from '../src/summary/retracted.ts';

export default defineCommand({
  name: 'views',
  description: 'Respondents and parts: for each a verbatim line, and who agrees where stances are on file',
  words: 'about',
  options: z.object({ about: words('Topic, country, words, or a question id'), since, until }),
  example: exampleSubject,
  complete: { about: completeSubjects },

  async run({ about, ...dates }, context) {
    if (about === undefined) throw new CallerError('Say which question or topic.');
    const chosen = await chooseQuestions({
      store: context.store,
      about,
      dates: dateFilter(dates),
      again: { command: 'views', option: 'about' },
    });
    const { best } = chosen;
    refuseRetracted(best);
    const title = `Views: ${questionName(best)}`;
    const blocks = [
      ...matchedNote(chosen, about),
      heading(title),
      note(...provenance(best, context.now), text(` · ${onFile(best)}`)),
      ...matrix(best, context),
      ...otherQuestions(chosen, { command: 'views', option: 'about', label: 'Views' }),
    ];
    return message({ title, blocks });
  },
});

function matrix(question: Question, context: Context): Block[] {
  const { code, rights, parts } = question;
  if (rights === 'link') return [note('The rights on file allow only a link to this question.'), actions(sourceAction(question))];
  const held = originals(question).filter(hasWords);
  const stated = originals(question).filter((response) => !hasWords(response) && response.stances.length > 0);
  const columns = ['Respondent', ...parts.map((_, index) => (parts.length === 1 ? 'Line' : String(index + 1)))];
  return [
    asked(question),
    { type: 'table', columns, rows: [...held, ...stated].map((response) => row(question, response, context)) },
    ...agreementLines(question),
    ...gaps(question),
    note(`How lines are chosen: an editor’s first, else by rule. ${parts.length === 1 ? MAIN_RULE : PART_RULE}`),
    actions(
      sourceAction(question),
      run('Brief', 'brief', { about: code }),
      rights === 'whole' && held.length > 0 ? run('Whole responses', 'read', { question: code }) : undefined,
    ),
  ];
}

function asked({ kind, parts }: Question): Block {
  const label = kind === 'statement' ? 'Statement' : 'Asked';
  const [whole = ''] = parts;
  if (parts.length === 1) return labelled(label, whole);
  return { type: 'list', label, entries: parts.map((part, index) => ({ marker: String(index + 1), spans: [text(part)] })) };
}

function row(question: Question, original: Response, context: Context): Span[][] {
  const response = inLanguageOf(question, original);
  const notes = responseNotes(response);
  const who = [text(attribution(original), 'strong'), ...(notes.length === 0 ? [] : [text(` · ${notes.join(' · ')}`, 'faint')])];
  return [
    who,
    ...question.parts.map((_, index) => [
      ...stance(question, original, index + 1),
      ...cell(question, response, index + 1, context),
    ]),
  ];
}

function stance({ parts }: Question, { stances }: Response, part: number): Span[] {
  const held = stances.find((one) => (one.part ?? (parts.length === 1 ? 1 : undefined)) === part);
  if (!held) return [];
  const confidence = held.confidence === undefined ? '' : `, confidence ${held.confidence}`;
  return [text(`${held.value}${confidence}${held.by === 'editor' ? ' [as read by the editor]' : ''}`, 'strong'), text(' · ')];
}

function cell(question: Question, response: Response, part: number, { log }: Context): Span[] {
  if (!mayQuote(question, response)) return [text('no words on file', 'faint')];
  const found = lineForPart(question, response, part);
  if (found === 'not-addressed') return [text('does not address this [recorded by the editor]', 'faint')];
  if (found) return quoted(question, response, found.span, found.by === 'editor' ? 'mapped by the editor' : 'extracted', log);
  const main = question.parts.length === 1 ? mainSentence(response) : undefined;
  return main ? quoted(question, response, main, 'extracted: main sentence', log) : [text('no matching line found', 'faint')];
}

function quoted(question: Question, response: Response, span: QuoteSpan, tag: string, log: Context['log']): Span[] {
  const block = quoteBlock(quoteOf(question, response, span), { log });
  if (block.type !== 'quote') return [text('a quote was refused: it no longer matches', 'faint')];
  return [text('“'), ...block.words, text('”'), text(` [${tag}]`, 'faint')];
}
