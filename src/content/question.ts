import type { Availability, Correction, DateBasis, Publication, QuestionFile, Rights, Stance, Status } from './schema.ts';

/** A canonical person. Two persons of one name stay two. */
export interface Person {
  id: string;
  name: string;
  sort: string;
  variants: string[];
  note?: string;
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
  title?: string;
  headline?: string;
  date: string;
  dateBasis: DateBasis;
  text: string;
  /** At least one: the whole text where the question has no parts. */
  parts: string[];
  introduction?: string;
  topics: string[];
  countries: string[];
  language: string;
  source?: NonNullable<QuestionFile['source']>;
  rights: Rights;
  status: Status;
  corrections: Correction[];
  repairs: string[];
  summary?: NonNullable<QuestionFile['summary']>;
  responses: Response[];
}

export interface Respondent {
  person: Person;
  /** As printed with this response. */
  name: string;
  role?: string;
  affiliation?: string;
}

export interface Response {
  key: number;
  id: string;
  availability: Availability;
  respondents: Respondent[];
  label?: string;
  /** Empty where no words are on file. */
  text: string;
  /** SHA-256 of the text, hex: a quote is refused when it no longer matches. */
  hash: string;
  language: string;
  translationOf?: string;
  translatedBy?: string;
  completeness: 'whole' | 'excerpt' | 'teaser';
  note?: string;
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
