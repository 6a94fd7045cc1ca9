import {
  BehaviorSubject,
  catchError,
  defer,
  filter,
  first,
  ignoreElements,
  type Observable,
  of,
  race,
  switchMap,
  take,
  tap,
  timer,
} from 'rxjs';

import { noted } from '../log/note';
import { cover, type Outlets } from '../rtc/outlets';
import { retrying } from '../rx/retrying';
import type { LiveRoster } from './live-roster';

/** Links made beside this many members can share an encoder: with fewer, each encodes for itself. */
const FROM = 4;
/** How long the first links wait for what sharing needs, in ms. They are prepared before Join. */
const PATIENCE = 1_500;

/** Lets the links of a visit share encoders, where the browser can. */
export class SharedEncoders {
  private readonly outlets$ = new BehaviorSubject<Outlets | 'impossible' | null>(null);

  /** Loads what sharing needs once there are enough members, and ends it when unsubscribed. Emits nothing. */
  readonly load$: Observable<never>;

  constructor(private readonly roster: LiveRoster) {
    this.load$ = defer(() => roster.part$('seats')).pipe(
      first(({ length }) => length >= FROM),
      switchMap(() => defer(() => import('../rtc/fan-out')).pipe(retrying('call', () => true))),
      switchMap(({ FanOut }) => (FanOut.isPossible ? FanOut.ready$() : of('impossible' as const))),
      // Without workers, each link encodes for itself.
      catchError(noted('call', 'share-encoders', of('impossible' as const))),
      tap((outlets) => this.outlets$.next(outlets)),
      ignoreElements(),
    );
  }

  /** Emits once a new link may be made: not before it can share, unless that takes too long. */
  due(): Observable<unknown> {
    return defer(() =>
      this.roster.now.seats.length < FROM
        ? of(null)
        : race(this.outlets$.pipe(filter((outlets) => outlets !== null)), timer(PATIENCE)).pipe(take(1)),
    );
  }

  /** Lets a new connection share, if what that needs has arrived. */
  cover(connection: RTCPeerConnection): RTCPeerConnection {
    const outlets = this.outlets$.value;
    if (outlets !== null && outlets !== 'impossible') cover(connection, outlets);
    return connection;
  }
}
