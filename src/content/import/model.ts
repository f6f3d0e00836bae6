import type { Availability } from '../availability.ts';
import type { Stance } from '../schema.ts';

export const SOURCE_TYPES = ['text', 'markdown', 'html', 'csv', 'pdf', 'docx', 'feed'] as const;
export type SourceType = (typeof SOURCE_TYPES)[number];

/** A stretch of the document’s text, in UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

export interface Mark extends Span {
  type: 'bold' | 'italic' | 'link';
}

/** One block as a reader gives it: `text.slice(start, end)` of the document are its words; line breaks in them are wraps or `<br>`. */
export interface SourceBlock extends Span {
  kind: 'heading' | 'paragraph' | 'list' | 'quote' | 'caption' | 'table' | 'rule';
  level?: number;
  marks: Mark[];
  /** The cells of a table, row by row. */
  rows?: Span[][];
  /** Why the markup calls it page furniture; `page` furniture (numbers, running heads) never ends a response. */
  furniture?: { why: string; page: boolean };
}

/** What a reader makes of a file. Offsets count in `text`: the decoded file for plain text, else its words without markup. */
export interface SourceDocument {
  text: string;
  blocks: SourceBlock[];
  /** Hints about the page; never about who answered. */
  page: { title?: string; date?: string; language?: string };
  repairs: string[];
  doubts: Doubt[];
}

export interface Doubt extends Span {
  message: string;
  /** A `note` is shown; a `review` keeps the whole import from being shown until a person confirms it. */
  weight: 'review' | 'note';
  /** Number of the line in the text, from 1; filled in at the end. */
  line?: number;
}

export type Role =
  | 'title'
  | 'date'
  | 'byline'
  | 'introduction'
  | 'question'
  | 'respondent'
  | 'response'
  | 'attribution'
  | 'listed'
  | 'absent'
  | 'panel'
  | 'editors-note'
  | 'bio'
  | 'pull-quote'
  | 'correction'
  | 'interest'
  | 'caption'
  | 'furniture'
  | 'unassigned';

/** A stretch of the text with its role and the rule that gave it. */
export interface Placed extends Span {
  role: Role;
  rule: string;
}

export interface DraftPerson {
  /** As printed, honorific and all. */
  printed: string;
  /** Without honorific and post-nominal letters. */
  display: string;
  honorific?: string;
  family?: string;
  given?: string;
  particle?: string;
  suffix?: string;
  sort?: string;
  role?: string;
  affiliation?: string;
  /** Where the source names the person for this response. */
  at: Span;
}

export interface DraftParagraph extends Span {
  text: string;
}

export interface DraftResponse {
  availability: Availability;
  respondents: DraftPerson[];
  label?: string;
  paragraphs: DraftParagraph[];
  /** The rules that drew its beginning and its end. */
  begins?: string;
  ends?: string;
  language?: string;
  translatedBy?: string;
  completeness?: 'excerpt' | 'teaser';
  note?: string;
  stances?: Stance[];
  retracted?: string;
}

/** Pieces of a date as far as the source states them. */
export interface DraftDate {
  year?: number;
  month?: number;
  day?: number;
  basis: 'stated' | 'operator';
  /** Pieces that the document does not state, but its publication suggests. */
  inferred?: ('year' | 'month' | 'day')[];
}

export interface DraftQuestion {
  kind: 'question' | 'statement' | 'prompt';
  text?: string;
  at?: Span;
  rule?: string;
  parts: string[];
}

export interface DraftSection {
  question: DraftQuestion;
  responses: DraftResponse[];
}

/** A question file with gaps, and how it was made. */
export interface Draft extends DraftSection {
  outcome: 'ok' | 'review' | 'refused';
  reasons: string[];
  type: SourceType;
  /** SHA-256 of the source bytes, hex. */
  sha256: string;
  /** The document as read: every offset counts in it. */
  text: string;
  title?: string;
  introduction?: string;
  date?: DraftDate;
  language?: string;
  sourceUrl?: string;
  publication?: string;
  embargo?: string;
  corrections: { on?: string; what: string }[];
  /** Further questions of the same document, each to become its own file. */
  further: DraftSection[];
  blocks: Placed[];
  doubts: Doubt[];
  repairs: string[];
}

export interface Hints {
  name?: string;
  type?: SourceType;
  language?: string;
  publication?: string;
  /** EDTF, from the operator. */
  date?: string;
  /** Day (ISO) on which a feed says that it published the document: proposed where the document states no date, never taken for it. */
  published?: string;
  sourceUrl?: string;
  /** What was repaired, or is not sure, before these bytes were made: the letters of the feed that held them. */
  earlier?: { repairs: string[]; doubts: string[] };
}
