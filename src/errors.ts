/** Something the caller can put right: shown to them alone, with the nearest matches and one example that works. */
export class CallerError extends Error {
  readonly nearest: readonly Nearest[];
  readonly example: string | undefined;
  /** The option that is wrong, where it is a single one. */
  readonly option: string | undefined;

  constructor(message: string, { nearest = [], example, option }: Correction = {}) {
    super(message);
    this.name = 'CallerError';
    this.nearest = nearest;
    this.example = example;
    this.option = option;
  }
}

interface Correction {
  nearest?: readonly Nearest[];
  example?: string | undefined;
  option?: string;
}

/** A corrected invocation to offer as “did you mean”. */
export interface Nearest {
  label: string;
  command: string;
  options: Record<string, string>;
}

/** Something the operator can put right (settings, files, database): printed without a stack, exit code 1. */
export class OperatorError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OperatorError';
  }
}
