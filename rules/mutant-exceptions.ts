/** A condition of firestore.rules whose weakening no attack can notice, and why. */
export interface MutantException {
  /** The function it stands in, or the collection and methods of the `allow`. */
  readonly within: string;
  /** The condition as it stands in the rules, white space collapsed. */
  readonly condition: string;
  /** What stands in its place; `true` when not given. */
  readonly instead?: string;
  readonly why: string;
}

export const mutantExceptions: readonly MutantException[] = [];
