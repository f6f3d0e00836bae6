import type { Person, Question, QuestionAsked, Response } from '../content/question.ts';
import type { CollectionFile, PersonFile, Publication } from '../content/schema.ts';
import type { FileProblem } from '../content/status.ts';
import type { QuestionRows } from '../search/index-rows.ts';
import type { WordChanges } from '../search/tally.ts';

/** Real content and the fictional sample are never mixed: every read names the one it means. */
export interface Filter {
  sample: boolean;
  topic?: string;
  country?: string;
  person?: string;
  /** Key of one question. */
  question?: number;
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
  /** Tokens that begin so. */
  | { type: 'start'; of: string }
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
  about?: string | undefined;
  sample: boolean;
  questions: number;
  responses: number;
  newest?: string | undefined;
}

/** A person among the questions of a filter. */
export interface RespondentCount {
  person: Person;
  questions: number;
  /** Questions with words of theirs on file. */
  withWords: number;
  /** EDTF date of the newest question. */
  newest: string;
}

/** `period` is a month (2019-04), or a year where no month is known. */
export interface PeriodCount {
  period: string;
  questions: number;
  /** With words on file, translations left out. */
  responses: number;
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
  /** Keys of the questions that fit, newest first. */
  matching(filter: Filter, page: Page): Promise<{ keys: number[]; total: number }>;
  /** Keys of at most `limit` questions whose code begins so, in the order of their codes. */
  questionsCoded(start: string, limit: number): Promise<number[]>;
  questionsByKey(keys: readonly number[]): Promise<Question[]>;
  questionsAsked(keys: readonly number[]): Promise<QuestionAsked[]>;
  /** Keys of at most `limit` questions whose own words, topics or countries match, newest first. */
  matchQuestions(match: Match, filter: Filter, limit: number): Promise<number[]>;
  /** At most `limit` sentences of responses that match, newest first. */
  matchSentences(match: Match, filter: Filter, limit: number): Promise<SentenceHit[]>;
  /** The bare words of responses, for ranking; `sentences` holds start, end, start, end … */
  responseTexts(keys: readonly number[]): Promise<Map<number, { text: string; language: string; sentences: number[] }>>;
  /** In the order of the keys, each with its question. */
  responsesByKey(keys: readonly number[]): Promise<ResponseInQuestion[]>;
  /** Responses of one person, newest first, names alone (listed, declined) included, translations not. */
  responsesOf(person: string, page: Page): Promise<{ responses: ResponseInQuestion[]; total: number }>;
  person(id: string): Promise<Person | undefined>;
  /** Everybody named in the questions that fit. */
  respondents(filter: Filter): Promise<RespondentCount[]>;
  /** Oldest first; periods without questions are left out. */
  periods(filter: Filter): Promise<PeriodCount[]>;
  /** Names with a word that starts with the folded text, the most used first; an empty text gives the most used. */
  namesStarting(folded: string, kinds: readonly NameKind[], limit: number): Promise<Name[]>;
  /** Names whose folded whole name, variant or code equals the folded text. */
  namesEqual(folded: string, kinds: readonly NameKind[]): Promise<Name[]>;
  /** All names of a kind, the most used first. */
  names(kind: NameKind, sample: boolean): Promise<Name[]>;
  /** Topics of the questions on a country, the most used first; counts are those of that country. */
  topicsOf(country: string, sample: boolean): Promise<Name[]>;
  /** In how many sentences each folded word occurs; words that never occur are left out. */
  wordCounts(words: readonly string[], sample: boolean): Promise<Map<string, number>>;
  /** Folded words near in length, for spelling suggestions. */
  wordsLike(shape: { first: readonly string[]; minLength: number; maxLength: number }, sample: boolean): Promise<WordCount[]>;
  /** Languages of the responses on file (first subtag). */
  languages(): Promise<string[]>;
  /** Texts that a response had before it was changed, newest first. */
  formerTexts(questionId: string): Promise<{ responseId: string; text: string; replacedOn: string }[]>;
  collections(): Promise<CollectionCount[]>;
  /** By name, real ones first. */
  publications(): Promise<(Publication & { sample: boolean })[]>;
}

export interface FileStamp {
  path: string;
  collection: string;
  size: number;
  modified: number;
  problems: FileProblem[];
}

export interface CollectionToStore {
  name: string;
  file: CollectionFile;
  persons: Map<string, PersonFile>;
}

/** A question that is not, or not wholly, to be shown before a moment, which may never come: kept outside the index until then. */
export interface Embargo {
  questionId: string;
  code: string;
  file: string;
  collection: string;
  /** Milliseconds since 1970. */
  until: number;
  lifted: boolean;
  raw: string;
}

/** The writing half, for content alone. */
export interface ContentIndex {
  files(): Promise<FileStamp[]>;
  putFile(stamp: FileStamp): Promise<void>;
  removeFile(path: string): Promise<void>;
  collection(name: string): Promise<CollectionToStore | undefined>;
  collectionNames(): Promise<string[]>;
  putCollection(collection: CollectionToStore): Promise<void>;
  removeCollection(name: string): Promise<void>;
  /** Where a person or publication is defined. */
  collectionOf(kind: 'person' | 'publication', id: string): Promise<string | undefined>;
  questionsOf(file: string): Promise<{ id: string; hash: string }[]>;
  /** Which question holds this id or code, and from which file; `hash` of what may be shown of it, where it is not under embargo. */
  owner(by: { id: string } | { code: string }): Promise<{ id: string; file: string; hash: string | null } | undefined>;
  /** Questions of a publication on a day, month or year (as in their ids), with their files; those under embargo included. */
  questionsOn(publication: string, date: string): Promise<{ id: string; file: string }[]>;
  /**
   * Writes all in one transaction, replacing what these ids had; texts that are replaced are kept as former texts. The words of the
   * new ones are to be told with `addWords`.
   */
  putQuestions(questions: readonly QuestionRows[], today: string): Promise<void>;
  /** What questions that were put add to the counts of words; where some of it is lost, all words are counted anew. */
  addWords(changes: WordChanges | 'lost'): void;
  removeQuestions(ids: readonly string[], today: string): Promise<void>;
  /** Replaces the embargoes that a file had. */
  putEmbargoes(file: string, embargoes: readonly Embargo[]): Promise<void>;
  embargoes(): Promise<Embargo[]>;
  /** Counts of words and names as they are after the writes before; a crash before it is made good at the next start. */
  finish(): Promise<void>;
  /** Cuts all responses on file into sentences and words anew. */
  reindex(): Promise<void>;
  /** Version of the tokenizer that the index was made with; a different one makes every file be read again. */
  indexVersion(): Promise<string | undefined>;
  setIndexVersion(version: string): Promise<void>;
}
