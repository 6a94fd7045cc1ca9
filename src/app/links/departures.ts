/** Sessions of one visit. */
export type Sessions = ReadonlySet<string>;

export const isSameSet = (a: Sessions, b: Sessions): boolean =>
  a.size === b.size && [...a].every((session) => b.has(session));

/** What links report about the member at their other end. */
export interface Departures {
  /** The member said `bye`, and doesn't come back under that session. */
  leave(session: string): void;
  /** The member was not heard for 30 s. */
  lose(session: string): void;
  /** A link to the member is connected: a lost member is back. */
  find(session: string): void;
}
