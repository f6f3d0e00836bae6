import type { Question, QuestionAsked } from '../content/question.ts';
import { CallerError, type Nearest } from '../errors.ts';
import type { Filter, Store } from '../store/store.ts';
import { findExactName, findNames, nearestNames } from './find-names.ts';
import { findQuestions } from './find-questions.ts';
import { parseQuery } from './query.ts';
import { respelt } from './suggest.ts';
import { fold } from './tokens.ts';

const OTHERS = 5;
const MOST_NEAR = 3;

export interface Chosen {
  best: Question;
  others: QuestionAsked[];
  total: number;
  /** How it was found. */
  how: 'question' | 'name' | 'all words' | 'any word';
  /** Whether the words were found in what respondents say. */
  quoted: boolean;
}

export interface ChooseRequest {
  store: Store;
  about: string | undefined;
  dates: Pick<Filter, 'since' | 'until'>;
  /** To run the corrected request: which command, and the option that `about` came in. */
  again: { command: string; option: string };
}

/**
 * The questions that a caller means by a question id or code, a topic, a country, or any words; without a word: the newest.
 * Real content first; sample content only where nothing real fits. Throws CallerError with the nearest match.
 */
export async function chooseQuestions(request: ChooseRequest): Promise<Chosen> {
  return (await findChosen(request)) ?? (await refuse(request));
}

/** The same; undefined where nothing fits. */
export async function findChosen({ store, about, dates }: Omit<ChooseRequest, 'again'>): Promise<Chosen | undefined> {
  const named = about === undefined ? undefined : await store.question(about.toLowerCase());
  if (named) return { best: named, others: [], total: 1, how: 'question', quoted: false };
  for (const sample of [false, true]) {
    const chosen = await chooseFrom(store, about, { sample, ...dates });
    if (chosen) return chosen;
  }
  return undefined;
}

async function chooseFrom(store: Store, about: string | undefined, filter: Filter): Promise<Chosen | undefined> {
  if (about === undefined) return newest(store, filter);
  const name = await findExactName(store, about, ['topic', 'country']);
  if (name) {
    const chosen = await newest(store, { ...filter, ...(name.kind === 'topic' ? { topic: name.label } : { country: name.ref }) });
    if (chosen) return chosen;
  }
  const { keys, mode, quoted } = await findQuestions(store, parseQuery(about), filter);
  const how = mode === 'all' ? 'all words' : 'any word';
  const chosen = await bestOf(keys.slice(0, OTHERS + 1), store);
  return chosen && { ...chosen, total: keys.length, how, quoted: quoted.has(chosen.best.key) };
}

async function newest(store: Store, filter: Filter): Promise<Chosen | undefined> {
  const { keys, total } = await store.matching(filter, { limit: OTHERS + 1, offset: 0 });
  const chosen = await bestOf(keys, store);
  return chosen && { ...chosen, total, how: 'name', quoted: false };
}

/** Only the best is shown with its responses. */
async function bestOf([first, ...rest]: readonly number[], store: Store): Promise<Pick<Chosen, 'best' | 'others'> | undefined> {
  if (first === undefined) return undefined;
  const [best] = await store.questionsByKey([first]);
  return best && { best, others: await store.questionsAsked(rest) };
}

async function refuse({ store, about, dates, again }: ChooseRequest): Promise<never> {
  const isDated = dates.since !== undefined || dates.until !== undefined;
  const within = isDated ? ' in that time' : '';
  const asked = (typed?: string) => ({ command: again.command, options: typed === undefined ? {} : { [again.option]: typed } });
  const nearest: Nearest[] = [];
  if (isDated && (await findChosen({ store, about, dates: {} }))) {
    nearest.push({ label: about === undefined ? 'the newest' : `${about}, at any time`, ...asked(about) });
  } else if (about !== undefined) {
    const persons = await findNames(store, about, ['person']);
    nearest.push(...persons.map(({ label, ref }) => ({ label, command: 'respondent', options: { name: ref } })));
    nearest.push(...(await nearby(store, about)).map((label) => ({ label, ...asked(label) })));
  }
  throw new CallerError(about === undefined ? `Nothing is on file${within}.` : `Nothing matches “${about}”${within}.`, {
    nearest: nearest.slice(0, MOST_NEAR),
  });
}

/** Topics, countries and words spelt nearly like what was typed. */
async function nearby(store: Store, about: string): Promise<string[]> {
  const names = await nearestNames(store, about, ['topic', 'country']);
  const spelt = await respelt(store, about);
  const labels = [...names.map(({ label }) => label), ...(spelt === undefined ? [] : [spelt])];
  return labels.filter((label, index) => labels.findIndex((other) => fold(other) === fold(label)) === index);
}
