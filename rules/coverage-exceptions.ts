/** An expression of firestore.rules that can't be seen both true and false, and why. */
export interface CoverageException {
  /** The expression as it is in the rules, with white space collapsed. */
  readonly expression: string;
  /** The function that contains it, or the collection and methods of the `allow`. */
  readonly within: string;
  /** The value that never occurs. */
  readonly never: 'true' | 'false' | 'either';
  readonly why: string;
}

export const coverageExceptions: readonly CoverageException[] = [];
