import type { QuestionToStore, ResponseToStore } from '../content/question.ts';
import type { WordTally } from './tally.ts';
import { filters, filterWord, questionBody, sentenceOffsets } from './terms.ts';
import { fold, sentenceLexemes } from './tokens.ts';

/** Everything that is written of a question, but for its keys: made without a database, in any thread. */
export interface QuestionRows {
  id: string;
  code: string;
  file: string;
  hash: string;
  collection: string;
  publication: string;
  sample: boolean;
  listed: boolean;
  date: string;
  /** JSON, without the responses. */
  doc: string;
  /** Folded and as written; none where it is not listed, like all that follows. */
  topics: [string, string][];
  countries: string[];
  words: string;
  responses: ResponseRows[];
}

export interface ResponseRows {
  id: string;
  language: string;
  hash: string;
  text: string;
  /** JSON: start, end, start, end … of each sentence. */
  sentences: string;
  /** JSON, without text and hash. */
  doc: string;
  persons: string[];
  /** What the full-text table holds of each sentence; none where its words may not be found. */
  sentenceWords: string[];
}

/** Cuts the responses into sentences and words, which the tally counts. */
export function rowsOf(
  question: QuestionToStore,
  { file, hash }: { file: string; hash: string },
  tally: WordTally,
): QuestionRows {
  const { responses, ...doc } = question;
  const listed = question.status.is === 'usable';
  return {
    id: question.id,
    code: question.code,
    file,
    hash,
    collection: question.collection,
    publication: question.publication,
    sample: question.sample,
    listed,
    date: question.date,
    doc: JSON.stringify(doc),
    topics: listed ? [...new Map(question.topics.map((label): [string, string] => [fold(label), label]))] : [],
    countries: listed ? [...new Set(question.countries)] : [],
    words: listed ? questionBody(question) : '',
    responses: listed ? responses.map((response) => responseRows(question, response, tally)) : [],
  };
}

function responseRows(question: QuestionToStore, response: ResponseToStore, tally: WordTally): ResponseRows {
  const { text, hash, ...doc } = response;
  const offsets = sentenceOffsets(text, doc.language);
  return {
    id: doc.id,
    language: doc.language.split('-')[0] ?? '',
    hash,
    text,
    sentences: JSON.stringify(offsets),
    doc: JSON.stringify(doc),
    persons: doc.translationOf === undefined ? [...new Set(doc.respondents.map(({ person }) => person))] : [],
    sentenceWords: sentenceWords({ question, response, offsets }, tally, 1),
  };
}

/** A response with the offsets of its sentences. */
export interface Cut {
  question: Pick<QuestionToStore, 'sample' | 'topics' | 'countries'>;
  response: Pick<ResponseToStore, 'text' | 'language' | 'respondents' | 'quotable'>;
  offsets: readonly number[];
}

/** What the full-text table holds of each sentence: its stems and the filters that apply to it. The tally counts its words as gained or lost. */
export function sentenceWords({ question, response, offsets }: Cut, tally: WordTally, by: 1 | -1): string[] {
  if (!response.quotable) return [];
  const own = [...filters(question), ...response.respondents.map(({ person }) => filterWord.person(person))].join(' ');
  return sentenceLexemes(response.text, response.language, offsets).map((words) => {
    tally.add(words, question.sample, by);
    let body = '';
    for (const { stem } of words) body += `${stem} `;
    return body + own;
  });
}

/** Counts the words of rows that another tally has counted, or takes them off again. */
export function countRows({ sample, responses }: QuestionRows, tally: WordTally, by: 1 | -1): void {
  for (const { text, language, sentences, sentenceWords: found } of responses) {
    if (found.length === 0) continue;
    for (const words of sentenceLexemes(text, language, JSON.parse(sentences))) tally.add(words, sample, by);
  }
}
