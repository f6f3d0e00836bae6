import type { Completion, Context } from './command.ts';
import { fold, stems, tokens } from './search/tokens.ts';
import type { Match, Store } from './store/store.ts';
import { respondentName } from './summary/attribution.ts';
import { questionName } from './summary/provenance.ts';
import { leadQuotes } from './summary/quote-lines.ts';
import { quotesStarting, verify } from './summary/quotes.ts';

const MANY = 20;
const WORDS_SHOWN = 12;
/** Before questions with any word that begins so are looked for: of one letter there are too many, and the newest will do. */
const LEAST_LETTERS = 2;

/** Questions whose code begins with what was typed, then those whose words do, newest first; real ones before the sample. */
export async function completeQuestions(typed: string, { store }: Context): Promise<Completion[]> {
  const folded = fold(typed);
  const coded = folded === '' ? [] : await store.questionsCoded(typed.toLowerCase(), MANY);
  const isShort = folded.length < LEAST_LETTERS;
  const keys = new Set([...coded, ...(isShort ? await newest(store) : await wordsBegunWith(typed, store))]);
  const questions = await store.questionsAsked(isShort ? [...keys] : [...keys].slice(0, MANY));
  const fitting = isShort
    ? questions.filter((one) => coded.includes(one.key) || ` ${fold(questionName(one))}`.includes(` ${folded}`))
    : questions;
  return fitting
    .slice(0, MANY)
    .map((question) => ({ value: question.code, label: `${question.code} · ${questionName(question)}` }));
}

async function newest(store: Store): Promise<number[]> {
  const pages = [false, true].map((sample) => store.matching({ sample }, { limit: MANY, offset: 0 }));
  return (await Promise.all(pages)).flatMap(({ keys }) => keys);
}

async function wordsBegunWith(typed: string, store: Store): Promise<number[]> {
  const languages = await store.languages();
  const words = tokens(typed, 'und').map(({ word }) => word);
  const of = words.map((word, index): Match => {
    const whole = stems(word, languages).map((stem): Match => ({ type: 'phrase', tokens: [stem] }));
    // The last word may only have been begun.
    return { type: 'any', of: index < words.length - 1 ? whole : [...whole, { type: 'start', of: word }] };
  });
  if (of.length === 0) return [];
  const matching = [false, true].map((sample) => store.matchQuestions({ type: 'all', of }, { sample }, MANY));
  return (await Promise.all(matching)).flat();
}

/** Questions, and the quotes of the one whose code was typed: those that stand for its responses, then any whose code begins so. */
export async function completeQuotes(typed: string, context: Context): Promise<Completion[]> {
  const [code = '', begun] = typed.toLowerCase().split(/[-–]/);
  const question = code === '' ? undefined : await context.store.question(code);
  if (!question) return completeQuestions(typed, context);
  const leads = question.responses.flatMap((response) => leadQuotes(question, response).map(({ quote }) => quote));
  const quotes = begun ? quotesStarting(question, begun) : leads;
  const offered = quotes.flatMap((quote) => {
    const words = verify(quote)?.split(/\s+/);
    if (!words) return [];
    const first = words.length <= WORDS_SHOWN ? words.join(' ') : `${words.slice(0, WORDS_SHOWN).join(' ')} […]`;
    return [{ value: quote.code, label: `${quote.code} · ${respondentName(quote.response)}: “${first}”` }];
  });
  const itself = begun === undefined ? await completeQuestions(code, context) : [];
  return [...itself.slice(0, 1), ...offered, ...itself.slice(1)].slice(0, MANY);
}
