import { BehaviorSubject } from 'rxjs';

/** Sessions of one visit. */
export type Sessions = ReadonlySet<string>;

export const isSameSet = (a: Sessions, b: Sessions): boolean =>
  a.size === b.size && [...a].every((session) => b.has(session));

/**
 * The members who have departed although their seat is still held, by session. Members who said `bye` don't come back under
 * that session. Members who were not heard for 30 s are back once a link to them connects.
 */
export class Departures {
  private readonly left = new BehaviorSubject<Sessions>(new Set());
  private readonly away = new BehaviorSubject<Sessions>(new Set());

  /** Sessions that said `bye`; starts with the present ones. */
  readonly left$ = this.left.asObservable();
  /** Sessions that are not members now, for either reason; starts with the present ones. */
  readonly away$ = this.away.asObservable();

  /** The member said `bye`. */
  leave(session: string): void {
    // First remove the member: otherwise they would be shown without a link for a moment.
    this.lose(session);
    this.left.next(new Set(this.left.value).add(session));
  }

  /** The member was not heard for 30 s. */
  lose(session: string): void {
    if (!this.away.value.has(session)) this.away.next(new Set(this.away.value).add(session));
  }

  /** A link to the member is connected. */
  find(session: string): void {
    if (!this.away.value.has(session) || this.left.value.has(session)) return;
    this.away.next(new Set([...this.away.value].filter((other) => other !== session)));
  }

  hasLeft(session: string): boolean {
    return this.left.value.has(session);
  }
}
