import { z } from 'zod';
import { type Answer, ask, type Context, defineCommand, message } from '../src/command.ts';
import { completeQuestions } from '../src/complete-questions.ts';
import { dateInWords } from '../src/content/date.ts';
import type { Question } from '../src/content/question.ts';
import { CallerError, type Nearest } from '../src/errors.ts';
import { exampleQuestion } from '../src/examples.ts';
import { actions, type Block, heading, note, run } from '../src/message/document.ts';
import { completeNames, dateFilter, name, noSuchPage, page, since, typedOptions, until, words } from '../src/options.ts';
import { choosePersons } from '../src/search/choose-person.ts';
import { findExactName, findNames, nearestNames } from '../src/search/find-names.ts';
import { findSentences, WINDOW } from '../src/search/find-quotes.ts';
import { hits, isEmpty, parseQuery, type Query } from '../src/search/query.ts';
import { type Corrected, corrections } from '../src/search/suggest.ts';
import type { Filter, Name } from '../src/store/store.ts';
import { leadingQuotes } from '../src/summary/leading.ts';
import { personChoice } from '../src/summary/person-choice.ts';
import { quoteLines } from '../src/summary/quote-lines.ts';
import { mayQuote, quoteOf } from '../src/summary/quotes.ts';
import { refuseRetracted } from '../src/summary/retracted.ts';
import { countOf, describe, type Searched } from '../src/summary/search-words.ts';

const A_PAGE = 5;
/** So many pages show one window of ranked matches; the next page begins with the window before it in time. */
const PAGES_A_WINDOW = WINDOW / A_PAGE;
const MAX_LEADING_PAGES = 200;
const MOST_NEAR = 3;

const options = z.object({
  words: words('Words, "exact phrase", -without, a OR b'),
  by: name('Respondent, in any spelling'),
  topic: name('Topic or country'),
  question: name('Question id or code'),
  since,
  until,
  page,
});
type Options = z.infer<typeof options>;

interface Search extends Searched {
  typed: Options;
  query: Query;
}

export default defineCommand({
  name: 'quotes',
  description: 'Search verbatim quotes by words, respondent, topic and date',
  words: 'words',
  options,
  example: async (context) => {
    const question = await exampleQuestion(context);
    const isQuotable = question?.responses.some((response) => mayQuote(question, response));
    return typedOptions({ topic: isQuotable ? question?.topics[0] : undefined });
  },
  complete: { by: completeNames('person'), topic: completeNames('topic', 'country'), question: completeQuestions },

  async run(typed, context) {
    const query = parseQuery(typed.words ?? '');
    const { page: _, words: _words, ...keys } = typed;
    if (isEmpty(query) && Object.values(keys).every((value) => value === undefined)) {
      throw new CallerError('Say what to look for: words, by:respondent, topic:, question:, since: or until:.');
    }
    const persons =
      typed.by === undefined ? [] : await choosePersons(context.store, typed.by, (one) => again(typed, { by: one.label }));
    if (persons.length > 1) {
      return ask(await personChoice(persons, context.store, (one) => again(typed, { by: one.ref })));
    }
    const [person] = persons;
    const question = typed.question === undefined ? undefined : await questionAsked(typed.question, context);
    const search: Search = { typed, query, person, question };
    const answer = await answerOf(search, context);
    if (answer) return answer;
    if (person && !(await answerOf({ ...search, typed: {}, query: parseQuery('') }, context))) return onlyNamed(person);
    throw await nothing(search, context);
  },
});

/** Real content first, sample content only where nothing real fits; a person or question is one or the other. */
async function answerOf(search: Search, context: Context): Promise<Answer | undefined> {
  const { person, question, query } = search;
  const only = person ?? question;
  for (const sample of only ? [only.sample] : [false, true]) {
    const filter = await filterOf(search, sample, context);
    const answer = isEmpty(query) ? await leading(search, filter, context) : await matching(search, filter, context);
    if (answer) return answer;
  }
  return undefined;
}

async function questionAsked(ref: string, { store }: Context): Promise<Question> {
  const question = await store.question(ref.toLowerCase());
  if (!question) throw new CallerError(`There is no question “${ref}”.`);
  refuseRetracted(question);
  if (question.rights === 'link')
    throw new CallerError('The rights on file allow only a link to this question, no quotes.', {
      example: `/brief ${question.code}`,
    });
  return question;
}

async function filterOf({ typed, person, question }: Search, sample: boolean, { store }: Context): Promise<Filter> {
  const filter: Filter = {
    sample,
    ...dateFilter(typed),
    ...(person ? { person: person.ref } : {}),
    ...(question ? { question: question.key } : {}),
  };
  if (typed.topic === undefined) return filter;
  const found = await findExactName(store, typed.topic, ['topic', 'country']);
  if (found) return { ...filter, ...(found.kind === 'topic' ? { topic: found.label } : { country: found.ref }) };
  const near = await nearestNames(store, typed.topic, ['topic', 'country']);
  throw new CallerError(`There is no topic “${typed.topic}”.`, {
    nearest: near.map(({ label }) => again(typed, { topic: label })),
  });
}

/** Quotes that match the words. */
async function matching(search: Search, filter: Filter, context: Context): Promise<Answer | undefined> {
  const { typed, query } = search;
  const wanted = typed.page ?? 1;
  const window = Math.floor((wanted - 1) / PAGES_A_WINDOW);
  const inWindow = (wanted - 1) % PAGES_A_WINDOW;
  const { hits: found, more } = await findSentences(context.store, query, filter, window);
  if (found.length === 0 && window === 0) return undefined;
  const at = inWindow * A_PAGE;
  // All words and some words together may be a few more than a window.
  const end = inWindow + 1 === PAGES_A_WINDOW ? found.length : at + A_PAGE;
  const shown = found.slice(at, end);
  if (shown.length === 0) throw noSuchPage(window * PAGES_A_WINDOW + Math.ceil(found.length / A_PAGE), again(typed, {}));
  const held = await context.store.responsesByKey(shown.map(({ responseKey }) => responseKey));
  const blocks: Block[] = [heading(titleOf(search)), note(`${window > 0 ? 'Older: ' : ''}${countOf(found, more)}`)];
  let mode = found[0]?.mode;
  for (const [index, hit] of shown.entries()) {
    const of = held[index];
    if (!of) continue;
    if (hit.mode !== mode) blocks.push(note('These hold only some of the words:'));
    mode = hit.mode;
    const { question, response } = of;
    const marks = hits(query, response.text, hit.start, hit.end, response.language);
    blocks.push(...quoteLines(quoteOf(question, response, hit), { ...context, hits: marks }));
  }
  const isLast = end >= found.length;
  const next = isLast ? (window + 1) * PAGES_A_WINDOW + 1 : wanted + 1;
  blocks.push(turn(typed, { before: inWindow === 0 ? 1 : wanted - 1, wanted, next: isLast && !more ? undefined : next }));
  return message({ title: titleOf(search), blocks });
}

/** No words: the quotes that stand for each response, newest first. */
async function leading(search: Search, filter: Filter, context: Context): Promise<Answer | undefined> {
  const wanted = search.typed.page ?? 1;
  if (wanted > MAX_LEADING_PAGES) throw new CallerError(`Page ${wanted} is too far back: narrow with until:.`);
  const offset = (wanted - 1) * A_PAGE;
  const from = { store: context.store, query: search.query, filter };
  const { quotes, more } = await leadingQuotes(from, { limit: A_PAGE, offset });
  if (quotes.length === 0) {
    const { quotes: before } = wanted === 1 ? { quotes: [] } : await leadingQuotes(from, { limit: offset, offset: 0 });
    if (before.length === 0) return undefined;
    throw noSuchPage(Math.ceil(before.length / A_PAGE), again(search.typed, {}));
  }
  const title = titleOf(search);
  const blocks = [
    heading(title),
    note('Chosen by the editor, or extracted: the main sentence of each response. Add words to search all sentences.'),
    ...quotes.flatMap(({ quote, tag }) => quoteLines(quote, { ...context, tags: [tag] })),
    turn(search.typed, { before: wanted - 1, wanted, next: more && wanted < MAX_LEADING_PAGES ? wanted + 1 : undefined }),
  ];
  return message({ title, blocks });
}

function turn(typed: Options, { before, wanted, next }: { before: number; wanted: number; next: number | undefined }): Block {
  const to = (page: number) => ({ ...typedOptions(typed), page: String(page) });
  return actions(
    wanted > 1 ? run(before === 1 ? 'First page' : 'Previous page', 'quotes', to(before)) : undefined,
    next === undefined ? undefined : run('Next page', 'quotes', to(next)),
  );
}

/** Somebody who is named but whose words are not on file never gets a quote. */
function onlyNamed({ label, ref, count, newest }: Name): Answer {
  const title = `No quote by ${label}`;
  const named = `${label} is named in ${count} question${count === 1 ? '' : 's'} (newest ${dateInWords(newest)}), but no words that may be quoted are on file.`;
  return message({ title, blocks: [heading(title), note(named), actions(run('About them', 'respondent', { name: ref }))] });
}

/** What to offer instead: only what answers. */
async function nothing(search: Search, context: Context): Promise<CallerError> {
  const { typed, person, question } = search;
  const answering: Nearest[] = [];
  for (const changed of await corrections(typed, context.store)) {
    const next = { ...typed, page: undefined, ...changed };
    const found = await answerOf({ typed: next, query: parseQuery(next.words ?? ''), person, question }, context);
    if (found) answering.push({ ...again(next, {}), label: labelOf(changed) });
  }
  const namesakes =
    typed.words === undefined || typed.by !== undefined ? [] : await findNames(context.store, typed.words, ['person']);
  const persons = namesakes.map(({ ref, label }) => ({ label: `by ${label}`, command: 'quotes', options: { by: ref } }));
  return new CallerError(`No quote matches ${describe(search)}.`, { nearest: [...persons, ...answering].slice(0, MOST_NEAR) });
}

const labelOf = (changed: Corrected): string => changed.words ?? 'at any time';

function again(typed: Options, changed: Partial<Record<keyof Options, string>>) {
  const given = { ...typedOptions({ ...typed, page: undefined }), ...changed };
  return { label: Object.values(changed).join(' '), command: 'quotes', options: given };
}

const titleOf = (search: Search): string => `Quotes: ${describe(search)}`;
