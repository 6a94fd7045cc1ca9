import type { BehaviorSubject, Observable, Subject } from 'rxjs';

import type { CallRecord, Seat } from '../signaling/records';
import type { AnsweredLink, Entry } from './answered-link';
import type { LinkContext } from './link';

/** What the steps of one visit share: who is visiting, and the streams that outlive a step. */
export interface VisitContext extends LinkContext {
  readonly uid: string;
  readonly callId: string;
  /** The server's clock, ms since the epoch. */
  readonly now: () => number;
  /** The seat held before a reload, wanted again if it is free. */
  readonly preferred: number | null;
  /** The seats, told anew whenever a lease runs out. One listener from prejoin to the end. */
  readonly seats$: Observable<readonly Seat[]>;
  /** Sessions whose connection stands or may come back, whatever became of their lease; starts with the present ones. */
  readonly standing$: Observable<ReadonlySet<string>>;
  /** The call: read once when all is well, followed while it is missing or closed. */
  readonly call$: Observable<CallRecord | null>;
  /** Makes `call$` read the call anew: what is known of it has turned out to be old. */
  readonly lookAgain$: Subject<void>;
  /** The links to those who offered, prepared before Join and running after; starts with none. */
  readonly answered$: Observable<readonly AnsweredLink[]>;
  readonly entry$: BehaviorSubject<Entry>;
}

/** The seat this member has taken. */
export interface Seated {
  readonly number: number;
  readonly name: string;
  /** When, by `elapsed`, in ms. */
  readonly since: number;
  readonly call: CallRecord;
}
