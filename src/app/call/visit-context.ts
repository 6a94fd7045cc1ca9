import type { BehaviorSubject, Observable, Subject } from 'rxjs';

import type { CallRecord, GuestRecord, Seat } from '../signaling/records';
import type { Entry } from '../links/answered-link';
import type { LinkContext } from '../links/link';
import type { LiveRoster } from './live-roster';
import type { Asked } from './moderating';
import type { SharedEncoders } from './shared-encoders';

/** What the steps of one visit share: the person, and what outlives a step. */
export interface VisitContext extends LinkContext {
  readonly uid: string;
  readonly callId: string;
  /** The server's clock, in ms since the epoch. */
  readonly now: () => number;
  /** Another person rings this one into the call, and is about to create it. */
  readonly awaitsCaller: boolean;
  /** Whether this person has left: nothing more may be created or taken. */
  readonly gone$: BehaviorSubject<boolean>;
  /** The seat held before a reload, preferred if it is free. */
  readonly preferred: number | null;
  readonly roster: LiveRoster;
  readonly encoders: SharedEncoders;
  /** The seats, emitted again whenever a lease runs out. One listener from prejoin to the end. The roster learns of them first. */
  readonly seats$: Observable<readonly Seat[]>;
  /** Reads the seats into `seats$`, because a refusal shows that the known state is stale. Never rejects. */
  readonly lookAtSeats: () => Promise<void>;
  /** The call as a guest needs it; see `followCall`. The roster learns of it first. */
  readonly call$: Observable<CallRecord | null>;
  /** Makes `call$` read the call again, because the known state turned out to be stale. */
  readonly lookAgain$: Subject<void>;
  /** This user's own document among the guests. One listener while it matters. */
  readonly guest$: Observable<GuestRecord | null>;
  /** Whether a seat was refused although the door is open. */
  readonly refused$: BehaviorSubject<boolean>;
  /** What pages ask of the host or the members. */
  readonly requests$: Subject<Asked>;
  readonly entry$: BehaviorSubject<Entry>;
}
