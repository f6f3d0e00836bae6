import { z } from 'zod';
import { type Context, defineCommand, message } from '../src/command.ts';
import type { Question, Response } from '../src/content/question.ts';
import { CallerError } from '../src/errors.ts';
import { exampleQuestion } from '../src/examples.ts';
import { actions, type Block, heading, labelled, line, note, run, text } from '../src/message/document.ts';
import { completeNames, completeSubjects, name, noSuchPage, page, typedOptions, words } from '../src/options.ts';
import { chooseQuestions } from '../src/search/choose.ts';
import { fold } from '../src/search/tokens.ts';
import { absence, attribution, hasWords, originals, respondentName } from '../src/summary/attribution.ts';
import { gaps } from '../src/summary/gaps.ts';
import { matchedNote, otherQuestions } from '../src/summary/other-questions.ts';
import { provenance, questionName, responseNotes, sourceAction } from '../src/summary/provenance.ts';
import { pagesOf, type ReadingPage, tampered } from '../src/summary/reading-pages.ts';
import { refuseRetracted } from '../src/summary/retracted.ts';

const MOST_NEAR = 3;

export default defineCommand({
  name: 'read',
  description: 'Whole responses, page by page',
  words: 'question',
  options: z.object({
    question: words('Question id or code, topic, country or words'),
    by: name('Only this respondent'),
    page,
  }),
  example: async (context) => {
    const question = await exampleQuestion(context);
    const isReadable = question?.rights === 'whole' && question.responses.some(hasWords);
    return typedOptions({ question: isReadable ? question.code : undefined });
  },
  complete: { question: completeSubjects, by: completeNames('person') },

  async run({ question: about, by, page: wanted = 1 }, context) {
    if (about === undefined) throw new CallerError('Say which question.');
    const found = await chooseQuestions({
      store: context.store,
      about,
      dates: {},
      again: { command: 'read', option: 'question' },
    });
    const { best: question } = found;
    refuseWithoutRights(question);
    const chosen = by === undefined ? question.responses : responsesBy(question, by);
    const pages = pagesOf(question, chosen);
    const shown = pages[wanted - 1];
    const refused = refusals(question, chosen, context);
    if (!shown && pages.length > 0) throw noSuchPage(pages.length, { command: 'read', options: turn(pages.length) });
    if (!shown) throw new CallerError(emptyReason(question, chosen, refused));
    function turn(to: number): Record<string, string> {
      return { question: question.code, ...(by === undefined ? {} : { by }), page: String(to) };
    }
    const title = questionName(question);
    const isFirst = wanted === 1;
    const blocks: Block[] = [
      ...(isFirst ? matchedNote(found, about) : []),
      heading(title),
      note(...provenance(question, context.now), text(pages.length === 1 ? '' : ` · page ${wanted} of ${pages.length}`)),
      ...(isFirst ? opening(question, by) : []),
      ...refused.map((response) => note(`The response of ${respondentName(response)} was refused: its text no longer matches.`)),
      ...shown.pieces.flatMap((piece) => pieceBlocks(piece)),
      actions(
        wanted > 1 ? run('Previous page', 'read', turn(wanted - 1)) : undefined,
        wanted < pages.length ? run('Next page', 'read', turn(wanted + 1)) : undefined,
        sourceAction(question),
        run('Brief', 'brief', { about: question.code }),
        run('Cite', 'cite', { of: question.code }),
      ),
      ...(isFirst ? otherQuestions(found, { command: 'read', option: 'question', label: 'Read' }) : []),
    ];
    return message({ title, blocks });
  },
});

function refuseWithoutRights(question: Question): void {
  refuseRetracted(question);
  if (question.rights === 'whole') return;
  const where = question.source?.url === undefined ? '' : ` The whole text: ${question.source.url}`;
  const allowed = question.rights === 'quotes' ? 'quotes, not whole responses' : 'a link, no text';
  throw new CallerError(`The rights on file for this question allow ${allowed}.${where}`, { example: `/brief ${question.code}` });
}

function responsesBy(question: Question, by: string): Response[] {
  const wanted = fold(by);
  const found = question.responses.filter((response) => {
    const names = [
      respondentName(response),
      ...response.respondents.flatMap(({ person }) => [person.id, person.name, ...person.variants]),
    ];
    return wanted !== '' && names.some((one) => ` ${fold(one)}`.includes(` ${wanted}`));
  });
  if (found.length > 0) return found;
  const names = originals(question).map(respondentName);
  const readable = originals(question).filter(hasWords).map(respondentName);
  throw new CallerError(`Nobody called “${by}” is among the respondents: ${names.join(', ')}.`, {
    nearest: readable
      .slice(0, MOST_NEAR)
      .map((label) => ({ label, command: 'read', options: { question: question.code, by: label } })),
  });
}

/** Responses whose words no longer match what was stored: logged, never shown. */
function refusals(question: Question, responses: Response[], { log }: Context): Response[] {
  const refused = tampered(question, responses);
  for (const { id } of refused)
    log('error', 'response refused: it does not match its hash', { question: question.id, response: id });
  return refused;
}

function emptyReason(question: Question, responses: Response[], refused: Response[]): string {
  const why = (response: Response) => (refused.includes(response) ? 'refused: its text no longer matches' : absence(response));
  const reasons = responses.map((response) => `${respondentName(response)} (${why(response) ?? 'no words'})`);
  return reasons.length === 0 ? `No responses to ${question.code} are on file.` : `No words are on file: ${reasons.join(', ')}.`;
}

/** The question itself, whole, and who has no words on file. */
function opening(question: Question, by: string | undefined): Block[] {
  if (by !== undefined) return [];
  return [labelled(question.kind === 'statement' ? 'Statement' : 'Question', question.text), ...gaps(question)];
}

function pieceBlocks({ response, paragraphs, continued, last }: ReadingPage['pieces'][number]): Block[] {
  const notes = responseNotes(response);
  return [
    line(text(`${attribution(response)}${continued ? ' (continued)' : ''}`, 'strong')),
    ...(continued || notes.length === 0 ? [] : [note(notes.join(' · '))]),
    ...paragraphs.map((paragraph) => line(paragraph)),
    ...(last ? [] : [note('[…] continues on the next page')]),
  ];
}
