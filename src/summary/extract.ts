import type { Question, Response } from '../content/question.ts';
import { sentences } from '../search/sentences.ts';
import { isStopWord, tokens } from '../search/tokens.ts';
import { DANGLING, QUESTION_WORDS } from './openings.ts';
import { firstSpan, type Span } from './quotes.ts';

/** How the main sentence is chosen, for readers. */
export const MAIN_RULE =
  'The sentence that shares most words with the rest of the response; earlier ones win a near tie, and fragments, questions and sentences that lean on the one before are passed over where there is a choice.';

/** How a line is matched to a part of the question, for readers. */
export const PART_RULE =
  'The sentence that holds the largest share of the words that only this part of the question uses: at least two of them, and a third of all.';

const MIN_WORDS = 5;
/** Marks and brackets that may close a sentence: a longer search would be quadratic in a row of dots. */
const LONGEST_CLOSE = 12;
/** A first sentence weighs this much more than a last one. */
const EARLY = 0.15;
const MIN_SHARED = 2;
const MIN_SHARE = 1 / 3;

/** A sentence in words and content stems. */
interface Sentence extends Span {
  words: number;
  stems: string[];
}

/** The most central sentence of a response, by MAIN_RULE; undefined where there are no words. */
export function mainSentence(response: Response): Span | undefined {
  const all = sentencesOf(response).filter(({ words }) => words > 0);
  const frequency = new Map<string, number>();
  for (const { stems } of all) for (const stem of stems) frequency.set(stem, (frequency.get(stem) ?? 0) + 1);
  const ranked = all.map((sentence, index) => ({
    sentence,
    faults: faultsOf(sentence, response),
    score: centrality(sentence, frequency) * (1 + EARLY * (1 - index / all.length)),
  }));
  const fewest = Math.min(...ranked.map(({ faults }) => faults));
  return spanOf(best(ranked.filter(({ faults }) => faults === fewest))?.sentence);
}

/**
 * The line of a response for a part of the question (1 is the first): the editor’s, else by PART_RULE. 'not-addressed' only where an
 * editor recorded it; undefined where no line is found, which says nothing about the response.
 */
export function lineForPart(
  question: Question,
  response: Response,
  part: number,
): { span: Span; by: 'editor' | 'rule' } | 'not-addressed' | undefined {
  for (const line of response.lines.filter((mapped) => mapped.part === part)) {
    const span = firstSpan(response.text, line.quote);
    if (span) return { span, by: 'editor' };
  }
  if (response.doesNotAddress.includes(part)) return 'not-addressed';
  if (response.text === '' || primary(question.language) !== primary(response.language)) return undefined;
  const span = matchingSentence(ownStems(question, part), response);
  return span && { span, by: 'rule' };
}

function matchingSentence(own: ReadonlySet<string>, response: Response): Span | undefined {
  const needed = Math.max(MIN_SHARED, own.size * MIN_SHARE);
  if (own.size < needed) return undefined;
  const ranked = sentencesOf(response).map((sentence) => ({
    sentence,
    score: new Set(sentence.stems.filter((stem) => own.has(stem))).size,
  }));
  return spanOf(best(ranked.filter(({ score }) => score >= needed))?.sentence);
}

/** The content stems of a part that no other part of the question uses. */
function ownStems(question: Question, part: number): ReadonlySet<string> {
  const stems = partStems(question);
  const own = new Set(stems[part - 1]);
  stems.forEach((others, index) => {
    if (index !== part - 1) for (const stem of others) own.delete(stem);
  });
  return own;
}

// Asked for once a response and part, of the same question.
const stemsOfParts = new WeakMap<readonly string[], { language: string; stems: ReadonlySet<string>[] }>();

function partStems({ parts, language }: Question): readonly ReadonlySet<string>[] {
  const known = stemsOfParts.get(parts);
  if (known?.language === language) return known.stems;
  const says = (word: string) => !isStopWord(word) && !QUESTION_WORDS.has(word);
  const stems = parts.map((text) => new Set(tokens(text, language).flatMap(({ word, stem }) => (says(word) ? [stem] : []))));
  stemsOfParts.set(parts, { language, stems });
  return stems;
}

/** How much of the response’s weight a sentence carries: the cosine between it and the whole. */
function centrality({ stems }: Sentence, frequency: ReadonlyMap<string, number>): number {
  if (stems.length === 0) return 0;
  const distinct = new Set(stems);
  let sum = 0;
  for (const stem of distinct) sum += frequency.get(stem) ?? 0;
  return sum / Math.sqrt(distinct.size);
}

function faultsOf({ start, end, words }: Sentence, { text, language }: Response): number {
  const sentence = text.slice(start, end);
  const close = sentence.slice(-LONGEST_CLOSE);
  const faults = [
    words < MIN_WORDS,
    /[?？]\P{L}*$/u.test(close),
    DANGLING.get(primary(language))?.test(sentence) ?? false,
    /(?:…|\.\.\.)\P{L}*$/u.test(close),
  ];
  return faults.filter(Boolean).length;
}

/** The first of those with the highest score. */
function best<Scored extends { score: number }>(ranked: readonly Scored[]): Scored | undefined {
  let top: Scored | undefined;
  for (const one of ranked) if (top === undefined || one.score > top.score) top = one;
  return top;
}

// A briefing asks for the main sentence and a line for each part of the same response, and the newest questions are asked for again
// and again: their words are cut once.
const cut = new Map<string, { text: string; language: string; found: Sentence[] }>();
const MAX_CUT = 500;

function sentencesOf({ hash, text, language }: Response): Sentence[] {
  const known = cut.get(hash);
  if (known?.text === text && known.language === language) return known.found;
  const words = tokens(text, language);
  let next = 0;
  const found = sentences(text, language).map(({ start, end }) => {
    const first = next;
    while (next < words.length && (words[next]?.start ?? end) < end) next += 1;
    const inside = words.slice(first, next);
    return { start, end, words: inside.length, stems: inside.filter(({ word }) => !isStopWord(word)).map(({ stem }) => stem) };
  });
  if (cut.size >= MAX_CUT) cut.clear();
  cut.set(hash, { text, language, found });
  return found;
}

const spanOf = (span: Span | undefined): Span | undefined => span && { start: span.start, end: span.end };

const primary = (language: string): string => language.split('-')[0] ?? language;
