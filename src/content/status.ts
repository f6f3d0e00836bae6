/** One thing wrong in a content file, as `briefdesk check` prints it. Lines and columns count from 1. */
export interface FileProblem {
  file: string;
  line: number;
  column: number;
  field: string;
  wrong: string;
  remedy: string;
  /** The other file it conflicts with. */
  other?: string;
}

/** What is loaded, for `/briefdesk`. */
export interface ContentStatus {
  version: string;
  problems: readonly FileProblem[];
}
