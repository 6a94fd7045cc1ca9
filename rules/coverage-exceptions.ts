/** An expression of firestore.rules that cannot be seen both true and false, and why. */
export interface CoverageException {
  /** The expression as it stands in the rules, white space collapsed. */
  readonly expression: string;
  /** The function it stands in, or the collection and methods of the `allow`. */
  readonly within: string;
  /** The value that is never seen. */
  readonly never: 'true' | 'false' | 'either';
  readonly why: string;
}

export const coverageExceptions: readonly CoverageException[] = [];
