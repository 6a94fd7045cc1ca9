import type { BehaviorSubject, Observable, Subject } from 'rxjs';

import type { CallRecord, Seat } from '../signaling/records';
import type { AnsweredLink, Entry } from '../links/answered-link';
import type { LinkContext } from '../links/link';

/** What the steps of one visit share: the person, and the streams that outlive a step. */
export interface VisitContext extends LinkContext {
  readonly uid: string;
  readonly callId: string;
  /** The server's clock, in ms since the epoch. */
  readonly now: () => number;
  /** The seat held before a reload, preferred if it is free. */
  readonly preferred: number | null;
  /** The seats, emitted again whenever a lease runs out. One listener from prejoin to the end. */
  readonly seats$: Observable<readonly Seat[]>;
  /** Sessions whose link is active, even if their lease has expired; starts with the present ones. */
  readonly active$: Observable<ReadonlySet<string>>;
  /** The call: normally read once, followed while it is missing or closed. */
  readonly call$: Observable<CallRecord | null>;
  /** Makes `call$` read the call again, because the known state turned out to be stale. */
  readonly lookAgain$: Subject<void>;
  /** The links that this member answers, prepared before Join and running afterwards; starts with an empty list. */
  readonly answered$: Observable<readonly AnsweredLink[]>;
  readonly entry$: BehaviorSubject<Entry>;
}

/** The seat this member has taken. */
export interface Seated {
  readonly number: number;
  readonly name: string;
  /** When the seat was taken, by `elapsed`, in ms. */
  readonly since: number;
  readonly call: CallRecord;
}
