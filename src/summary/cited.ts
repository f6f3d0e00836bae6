import { dateInWords } from '../content/date.ts';
import type { Question, Quote, Respondent, Response } from '../content/question.ts';
import { type NameParts, nameParts } from './names.ts';
import { mayQuote, verify } from './quotes.ts';

/** What a citation points at: a quote, a response, or the question with no response named. */
export interface CitationTarget {
  question: Question;
  quote?: Quote | undefined;
  response?: Response | undefined;
}

/** What every style says, in plain text, before it is arranged. */
export interface Cited {
  id: string;
  question: Question;
  response: Response | undefined;
  /** The exact words, checked. */
  words: string | undefined;
  /** Names alone; absent where the question itself is cited. */
  names: string | undefined;
  /** Names with role and affiliation as printed with the response; an unnamed respondent with who reproduces the words. */
  attribution: string | undefined;
  /** As printed, or the question’s first words: an editor’s headline is never cited. */
  title: string;
  titled: boolean;
  publication: string;
  publisher: string | undefined;
  date: string;
  /** Translation, corrections, retraction. */
  remarks: string[];
  /** “as reproduced at site, address, retrieved date”, or the address. */
  place: string | undefined;
  /** The same where the attribution has already named the site. */
  placeAfterAttribution: string | undefined;
  /** Family and given name where they can be told apart; as printed where not. */
  authors: NameParts[];
}

/** How a respondent is called whose name is not on file. */
const UNNAMED = '[unnamed respondent]';
const FIRST_WORDS = 8;
const FIRST_CHARS = 80;
const DID_NOT_ANSWER: readonly string[] = ['declined', 'no-reply', 'did-not-answer'];

/** Throws where the quote may not be shown or no longer matches its response: check both before. */
export function citedOf({ quote, ...target }: CitationTarget, now: Date): Cited {
  const { question, response: asked } = quote ?? target;
  const response = asked && !DID_NOT_ANSWER.includes(asked.availability) ? asked : undefined;
  const respondents = response?.respondents ?? [];
  const { name: publication, publisher } = question.publication;
  const names = response && (respondents.length > 0 ? series(respondents.map(({ name }) => name)) : UNNAMED);
  const attribution = response && (respondents.length > 0 ? attributed(respondents) : reproduced(question));
  const { place, address } = placeOf(question);
  const siteNamed = response !== undefined && respondents.length === 0;
  return {
    id: quote?.code ?? (response ? `${question.code}-${response.id}` : question.code),
    question,
    response,
    words: quote && wordsOf(quote),
    authors:
      response && respondents.length === 0
        ? [{ literal: UNNAMED }]
        : respondents.map(({ name, person }) => nameParts(name, person.sort)),
    names,
    attribution,
    title: question.title ?? firstWords(question.text),
    titled: question.title !== undefined,
    publication,
    publisher: publisher === publication ? undefined : publisher,
    date: dateInWords(question.date),
    remarks: remarksOf(question, response, now),
    place,
    placeAfterAttribution: siteNamed ? address : place,
  };
}

/** The title as printed; without one, what is cited and the first words of the question. */
export function titleOrFirstWords({ titled, title, question, response }: Cited): string {
  if (titled) return title;
  return response
    ? `Response to the ${question.kind} “${title}”`
    : `${question.kind[0]?.toUpperCase()}${question.kind.slice(1)} “${title}”`;
}

/** “A”, “A and B”, “A, B, and C”; parts that hold commas are set apart by semicolons. */
function series(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  const mark = parts.some((part) => part.includes(',')) ? ';' : ',';
  if (parts.length < 2) return last;
  const before = parts.slice(0, -1).join(`${mark} `);
  return parts.length === 2 && mark === ',' ? `${before} and ${last}` : `${before}${mark} and ${last}`;
}

/** The pieces that are there, between commas. */
export const listed = (...pieces: (string | undefined)[]): string => pieces.filter((piece) => piece !== undefined).join(', ');

function wordsOf(quote: Quote): string {
  const words = mayQuote(quote.question, quote.response) ? verify(quote) : undefined;
  if (words === undefined) throw new Error(`quote ${quote.code} may not be shown or no longer matches its response`);
  return words;
}

const attributed = (respondents: readonly Respondent[]): string =>
  series(respondents.map(({ name, role, affiliation }) => listed(name, role, affiliation)));

function reproduced({ source }: Question): string {
  return source?.site === undefined ? UNNAMED : `${UNNAMED}, reproduced by ${source.site}`;
}

function firstWords(text: string): string {
  const all = text.trim().split(/\s+/);
  const words = all.slice(0, FIRST_WORDS).join(' ');
  const kept = Array.from(words).slice(0, FIRST_CHARS).join('');
  return all.length <= FIRST_WORDS && kept === words ? words : `${kept.replace(/[\s,;:.–—-]+$/u, '')}…`;
}

function remarksOf(question: Question, response: Response | undefined, now: Date): string[] {
  const today = now.toISOString().slice(0, 10);
  const corrections = [...question.corrections, ...(response?.corrections ?? [])].filter(({ on }) => on <= today);
  const days = [...new Set(corrections.map(({ on }) => on))].sort();
  const retracted = [response?.status, question.status].find((status) => status?.is === 'retracted');
  return [
    ...(response?.translatedBy === undefined ? [] : [`translated by ${response.translatedBy}`]),
    ...(response?.translationOf !== undefined && response.translatedBy === undefined ? ['in translation'] : []),
    ...(days.length === 0 ? [] : [`corrected ${days.map(dateInWords).join(' and ')}`]),
    ...(retracted?.is === 'retracted' ? [`retracted ${dateInWords(retracted.on)}`] : []),
    ...(response?.availability === 'withdrawn' ? ['withdrawn'] : []),
    ...(question.sample ? ['fictional sample'] : []),
  ];
}

function placeOf({ source }: Question): { place: string | undefined; address: string | undefined } {
  if (source?.site === undefined) return { place: source?.url, address: source?.url };
  const retrieved = source.retrieved === undefined ? undefined : `retrieved ${dateInWords(source.retrieved)}`;
  const address = listed(source.url, retrieved) || undefined;
  return { place: listed(`as reproduced at ${source.site}`, address), address };
}
