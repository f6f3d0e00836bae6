import type { Person, Question, Response } from '../content/question.ts';

/** Real content and the fictional sample are never mixed: every read names the one it means. */
export interface Filter {
  sample: boolean;
  topic?: string;
  country?: string;
  person?: string;
  /** yyyy-mm-dd, inclusive. */
  since?: string;
  until?: string;
}

export interface Page {
  limit: number;
  offset: number;
}

/** What to look for, in tokens of search/tokens.ts; each database turns it into its own query. */
export type Match =
  | { type: 'phrase'; tokens: string[] }
  | { type: 'all'; of: Match[] }
  | { type: 'any'; of: Match[] }
  | { type: 'without'; match: Match; not: Match };

/** A sentence that matches: `sentence` is its place among the sentences of the response. */
export interface SentenceHit {
  responseKey: number;
  sentence: number;
}

export type NameKind = 'topic' | 'country' | 'person';

/** A topic, country or person that callers may name. */
export interface Name {
  kind: NameKind;
  /** Topic as written, ISO country code, or person id. */
  ref: string;
  label: string;
  /** Visible questions. */
  count: number;
  /** EDTF date of the newest one. */
  newest: string;
  sample: boolean;
}

export interface CollectionCount {
  name: string;
  about?: string;
  sample: boolean;
  questions: number;
  responses: number;
  newest?: string;
}

export interface WordCount {
  word: string;
  count: number;
}

export interface ResponseInQuestion {
  question: Question;
  response: Response;
}

/** Everything commands may ask of the archive. Only what may be shown now is in it. */
export interface Store {
  /** By stable id or short code, real or sample. Retracted questions come back with their notice and without words. */
  question(ref: string): Promise<Question | undefined>;
  /** Newest first. */
  questions(filter: Filter, page: Page): Promise<{ questions: Question[]; total: number }>;
  questionsByKey(keys: readonly number[]): Promise<Question[]>;
  /** Keys of at most `limit` questions whose own words, topics or countries match, newest first. */
  matchQuestions(match: Match, filter: Filter, limit: number): Promise<number[]>;
  /** At most `limit` sentences of responses that match, newest first. */
  matchSentences(match: Match, filter: Filter, limit: number): Promise<SentenceHit[]>;
  /** In the order of the keys, each with its question. */
  responsesByKey(keys: readonly number[]): Promise<ResponseInQuestion[]>;
  /** Responses of one person, newest first, texts and names alone (listed, declined) included. */
  responsesOf(person: string, page: Page): Promise<{ responses: ResponseInQuestion[]; total: number }>;
  person(id: string): Promise<Person | undefined>;
  /** Names with a word that starts with the folded text, the most used first; an empty text gives the most used. */
  namesStarting(folded: string, kinds: readonly NameKind[], limit: number): Promise<Name[]>;
  /** Names whose folded whole name, variant or code equals the folded text. */
  namesEqual(folded: string, kinds: readonly NameKind[]): Promise<Name[]>;
  /** All names of a kind, the most used first. */
  names(kind: NameKind, sample: boolean): Promise<Name[]>;
  /** In how many sentences each folded word occurs; words that never occur are left out. */
  wordCounts(words: readonly string[], sample: boolean): Promise<Map<string, number>>;
  /** Folded words near in length, for spelling suggestions. */
  wordsLike(shape: { first: readonly string[]; minLength: number; maxLength: number }, sample: boolean): Promise<WordCount[]>;
  /** Languages of the responses on file (first subtag). */
  languages(): Promise<string[]>;
  /** Texts that a response had before it was changed, newest first. */
  formerTexts(questionId: string): Promise<{ responseId: string; text: string; replacedOn: string }[]>;
  collections(): Promise<CollectionCount[]>;
}
