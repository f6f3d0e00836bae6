import type { Availability } from './availability.ts';
import type { Correction, DateBasis, Publication, QuestionFile, Rights, Stance, Status } from './schema.ts';

/** A canonical person. Two persons of one name stay two. */
export interface Person {
  id: string;
  name: string;
  sort: string;
  variants: string[];
  note?: string | undefined;
}

/** A question as it may be shown now: withheld and embargoed responses are not in it. */
export interface Question {
  /** Orders questions by date; real content is positive, sample content negative. */
  key: number;
  id: string;
  code: string;
  collection: string;
  sample: boolean;
  publication: Publication;
  kind: 'question' | 'statement' | 'prompt';
  title?: string | undefined;
  headline?: string | undefined;
  date: string;
  dateBasis: DateBasis;
  text: string;
  /** At least one: the whole text where the question has no parts. */
  parts: string[];
  introduction?: string | undefined;
  topics: string[];
  countries: string[];
  language: string;
  source?: NonNullable<QuestionFile['source']> | undefined;
  rights: Rights;
  status: Status;
  corrections: Correction[];
  repairs: string[];
  summary?: NonNullable<QuestionFile['summary']> | undefined;
  responses: Response[];
}

/** What was asked, without what was answered. */
export type QuestionAsked = Omit<Question, 'responses'>;

export interface Respondent {
  person: Person;
  /** As printed with this response. */
  name: string;
  role?: string | undefined;
  affiliation?: string | undefined;
}

export interface Response {
  key: number;
  id: string;
  availability: Availability;
  respondents: Respondent[];
  label?: string | undefined;
  /** Empty where no words are on file. */
  text: string;
  /** SHA-256 of the text, hex: a quote is refused when it no longer matches. */
  hash: string;
  language: string;
  translationOf?: string | undefined;
  translatedBy?: string | undefined;
  completeness: 'whole' | 'excerpt' | 'teaser';
  note?: string | undefined;
  stances: Stance[];
  lines: { part: number; quote: string }[];
  doesNotAddress: number[];
  corrections: Correction[];
  status: Status;
}

/** An exact span of a stored response, in UTF-16 units of its text. */
export interface Quote {
  question: Question;
  response: Response;
  start: number;
  end: number;
  /** Stable short code: question code, hyphen, five letters or digits drawn from the words. */
  code: string;
}

/** A question as the index keeps it: persons by id, so that a corrected name needs no new index. */
export interface QuestionToStore extends Omit<Question, 'key' | 'publication' | 'responses'> {
  publication: string;
  responses: ResponseToStore[];
}

export interface ResponseToStore extends Omit<Response, 'key' | 'respondents'> {
  respondents: { person: string; name?: string | undefined; role?: string | undefined; affiliation?: string | undefined }[];
  /** Whether its words may be found and quoted. */
  quotable: boolean;
}
