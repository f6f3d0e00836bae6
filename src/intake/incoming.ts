import type { Hints } from '../content/import/model.ts';

/** A document on its way into the archive. */
export interface Incoming {
  /** How messages call it: a path, an address, “standard input”. */
  name: string;
  bytes: Uint8Array;
  /** What is known beside the bytes (`sourceUrl`: where it was fetched, after redirects); never who answered. */
  hints: Hints;
  /** Day (ISO) on which it was fetched. */
  retrieved?: string;
}

/** What the operator decided for all documents of one import or feed. */
export interface Decided {
  /** Id of the publication, which tells the collection. */
  publication?: string;
  /** EDTF. */
  date?: string;
  topics?: string[];
  countries?: string[];
  headline?: string;
  /** Who is who: a name as printed to the id of a person on file, or to NEW_PERSON. */
  same?: Readonly<Record<string, string>>;
}

/** Says of a name that is on file already that it is somebody else’s. */
export const NEW_PERSON = 'new';

/** What became of one question of a document. Files are relative to the data folder. */
export type Taken =
  | { outcome: 'stored'; id: string; file: string }
  /** Waits for a person; `key` names it in `briefdesk review`. */
  | { outcome: 'review'; key: string; file: string; reasons: string[] }
  /** On file already: an address, a response or a dated correction was added to it. */
  | { outcome: 'reposted' | 'extended' | 'corrected'; id: string; file: string }
  /** On file, or waiting for review, word for word. */
  | { outcome: 'known'; id: string; file: string }
  | { outcome: 'refused'; reasons: string[] };

/** Takes documents in: stores what is whole, keeps for review what is doubtful, and never stores the same Q&A twice. */
export interface Desk {
  /** One result a question of the document. Throws OperatorError where the data folder cannot be written. */
  take(incoming: Incoming, decided: Decided): Promise<Taken[]>;
}
