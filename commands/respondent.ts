import { z } from 'zod';
import { ask, type Context, defineCommand, message } from '../src/command.ts';
import { dateInWords } from '../src/content/date.ts';
import type { Person } from '../src/content/question.ts';
import { CallerError } from '../src/errors.ts';
import { exampleName } from '../src/examples.ts';
import { actions, type Block, heading, labelled, note, run, text } from '../src/message/document.ts';
import { completeNames, name, noSuchPage, page, typedOptions } from '../src/options.ts';
import { choosePersons } from '../src/search/choose-person.ts';
import type { Name, ResponseInQuestion } from '../src/store/store.ts';
import { absence, hasWords } from '../src/summary/attribution.ts';
import { personChoice } from '../src/summary/person-choice.ts';
import { questionName, SAMPLE_NOTICE } from '../src/summary/provenance.ts';
import { leadQuotes, quoteLines } from '../src/summary/quote-lines.ts';
import { mayQuote } from '../src/summary/quotes.ts';

const A_PAGE = 10;
const LATEST_QUOTES = 2;
const HISTORY = 200;

export default defineCommand({
  name: 'respondent',
  description: 'Who this is, roles over time, topics, latest quotes, all responses',
  words: 'name',
  options: z.object({ name: name('A name in any spelling'), page }),
  example: async (context) => typedOptions({ name: await exampleName(context, 'person') }),
  complete: { name: completeNames('person') },

  async run({ name: typed, page: wanted = 1 }, context) {
    if (typed === undefined) throw new CallerError('Say whom.');
    const again = ({ ref, label }: Name) => ({ label, command: 'respondent', options: { name: ref } });
    const [found, ...others] = await choosePersons(context.store, typed, again);
    if (others.length > 0) return ask(await personChoice([found, ...others], context.store, again));
    const person = await context.store.person(found.ref);
    if (!person) throw new CallerError(`No respondent “${typed}” is on file.`);
    const { responses, total } = await context.store.responsesOf(person.id, { limit: HISTORY, offset: 0 });
    const listed = await list(person.id, wanted, context);
    if (listed.length === 0) throw noSuchPage(Math.ceil(total / A_PAGE), { command: 'respondent', options: { name: person.id } });
    const blocks: Block[] = [
      heading(person.name),
      ...(wanted === 1 ? about(person, found, responses, context) : []),
      ...listed,
      turn(person, wanted, { total, quoted: responses.some(isQuotable) }),
    ];
    return message({ title: person.name, blocks });
  },
});

function about(person: Person, found: Name, responses: ResponseInQuestion[], context: Context): Block[] {
  const withWords = responses.filter(({ response }) => hasWords(response));
  const blocks: Block[] = [
    ...(found.sample ? [note(`${SAMPLE_NOTICE}.`)] : []),
    ...(person.note === undefined ? [] : [note(person.note)]),
    ...(person.variants.length === 0 ? [] : [labelled('Also written', text(person.variants.join(' · ')))]),
    ...rolesOverTime(person, responses),
  ];
  const named = `named in ${counted(found.count, 'question')}`;
  blocks.push(
    labelled(
      'On file',
      text(
        withWords.length === 0
          ? `${named}, no text on file`
          : `${named}, ${counted(withWords.length, 'response')} with words on file`,
      ),
    ),
  );
  const topics = new Map<string, number>();
  for (const topic of responses.flatMap(({ question }) => question.topics)) topics.set(topic, (topics.get(topic) ?? 0) + 1);
  const ranked = [...topics].sort((a, b) => b[1] - a[1]).map(([topic, count]) => `${topic} (${count})`);
  if (ranked.length > 0) blocks.push(labelled('Topics', text(ranked.join(' · '))));
  const latest = withWords.slice(0, LATEST_QUOTES).flatMap(({ question, response }) =>
    leadQuotes(question, response)
      .slice(0, 1)
      .flatMap(({ quote, tag }) => quoteLines(quote, { ...context, tags: [tag] })),
  );
  if (latest.length > 0) blocks.push(labelled('Latest quotes', ''), ...latest);
  return blocks;
}

/** Roles as printed, newest first; one line for each change. */
function rolesOverTime(person: Person, responses: ResponseInQuestion[]): Block[] {
  const entries: { role: string; dates: string[] }[] = [];
  for (const { question, response } of responses) {
    const printed = response.respondents.find((one) => one.person.id === person.id);
    const role = [printed?.role, printed?.affiliation].filter((piece) => piece !== undefined).join(', ');
    if (role === '') continue;
    const last = entries.at(-1);
    if (last?.role === role) last.dates.push(question.date);
    else entries.push({ role, dates: [question.date] });
  }
  if (entries.length === 0) return [];
  return [
    {
      type: 'list',
      label: 'As printed',
      entries: entries.map(({ role, dates }) => ({ spans: [text(`${role} · ${span(dates)}`)] })),
    },
  ];
}

function span(dates: string[]): string {
  const [newest = '', oldest = ''] = [dates[0], dates.at(-1)];
  return newest === oldest ? dateInWords(newest) : `${dateInWords(oldest)} to ${dateInWords(newest)}`;
}

/** All responses, newest first, a page of them. */
async function list(person: string, wanted: number, { store }: Context): Promise<Block[]> {
  const { responses } = await store.responsesOf(person, { limit: A_PAGE, offset: (wanted - 1) * A_PAGE });
  if (responses.length === 0) return [];
  const entries = responses.map(({ question, response }) => {
    const why = absence(response);
    const spans = [text(`${questionName(question)} · ${dateInWords(question.date)}${why === undefined ? '' : ` · ${why}`}`)];
    const whole = why === undefined && question.rights === 'whole';
    return {
      spans,
      action: whole
        ? run('Read', 'read', { question: question.code, by: person })
        : run('Brief', 'brief', { about: question.code }),
    };
  });
  return [{ type: 'list', label: 'Responses', entries }];
}

function turn(person: Person, wanted: number, { total, quoted }: { total: number; quoted: boolean }): Block {
  const to = (page: number) => ({ name: person.id, page: String(page) });
  return actions(
    wanted > 1 ? run('Previous page', 'respondent', to(wanted - 1)) : undefined,
    wanted * A_PAGE < total ? run('Next page', 'respondent', to(wanted + 1)) : undefined,
    quoted ? run('Quotes', 'quotes', { by: person.id }) : undefined,
  );
}

const isQuotable = ({ question, response }: ResponseInQuestion): boolean => mayQuote(question, response);
const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
