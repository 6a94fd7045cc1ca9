/** Who speaks; sessions name members, this one included. */
export interface Speech {
  /** The member who has the floor; silence doesn't change it. */
  readonly speaker: string | null;
  /** The members who speak at present. */
  readonly speaking: readonly string[];
}

export const QUIET: Speech = { speaker: null, speaking: [] };
