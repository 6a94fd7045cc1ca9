import {
  distinctUntilChanged,
  EMPTY,
  filter,
  interval,
  map,
  merge,
  Observable,
  of,
  shareReplay,
  skipUntil,
  startWith,
  switchMap,
  take,
  takeUntil,
  tap,
  throwError,
  timer,
  withLatestFrom,
} from 'rxjs';

import { note } from '../log/note';
import { connectionState$ } from '../rtc/connection-state';
import { linkStatistics$ } from '../rtc/link-statistics';
import { revival } from '../rtc/revival';
import { LinkError } from './link-error';
import type { LinkEnd } from './link-end';
import { noteFailure } from './obstacle';
import { reconfiguring } from './reconfiguring';
import type { Recovery, RecoveryEvent, RecoveryStep } from './recovery';
import { recovering } from './recovering';
import type { LinkTerms } from './link-terms';

/** How often to check whether the connection still exists, in ms. */
const LOOK = 1_000;
/** From when and until when an unused path is looked for in a link that is well, in ms. At first, the agents still choose. */
const CHOSEN = 5_000;
const WATCHED = 18_000;
/** How many restarts a link gets to leave a relay for a path without one. */
const ATTEMPTS = 2;

const TROUBLED: readonly RecoveryStep[] = ['silent', 'channel', 'renewing', 'signaling', 'checking'];
const isTroubled = ({ step }: Recovery) => TROUBLED.includes(step);

/** Number of links so far: it tells them apart in the debug log. */
let made = 0;

/**
 * The state of a link's recovery, from all that happens to the link; starts with the present state. Errors with `LinkError`
 * (`failed`) when nothing helped.
 *
 * @param hears$ whether the peer is heard
 */
export const linkRecovery$ = (
  {
    context,
    role,
    connection,
    negotiation,
    recovery$,
  }: Pick<LinkEnd, 'context' | 'role' | 'connection' | 'negotiation' | 'recovery$'>,
  { peer$, described$ }: Pick<LinkTerms, 'peer$' | 'described$'>,
  hears$: Observable<boolean>,
): Observable<Recovery> => {
  const event = (name: RecoveryEvent) => map(() => name);
  const failed$ = connectionState$(connection).pipe(filter((state) => state === 'failed'));
  const session$ = peer$.pipe(startWith(null), distinctUntilChanged());
  // After a provisional answer, the peer may be heard before it is settled who the peer is.
  const known$ = peer$.pipe(
    take(1),
    switchMap(() =>
      merge(
        hears$.pipe(map((heard): RecoveryEvent => (heard ? 'heard' : 'silent'))),
        // If ICE gave up earlier, report it now that it matters.
        described$.pipe(
          take(1),
          switchMap(() => failed$.pipe(event('failed'), startWith('described' as const))),
        ),
      ),
    ),
  );
  const broken$ = failed$.pipe(
    withLatestFrom(session$),
    tap(([, session]) => noteFailure(connection, session, context.obstacles)),
    event('failed'),
  );
  // An answer gathered on the previous network may still be in flight; a new connection would not fit it.
  const moved$ = context.networkChanges$.pipe(
    withLatestFrom(session$),
    filter(([, session]) => session === null || recovery$.value.step !== 'waiting'),
    event('changed'),
  );
  // The peer's checks can be faster than its answer. Those that come through its relay then look as if they came from the peer
  // itself (peer-reflexive, RFC 8445, section 7.3.1.3), and Chromium gives up every other pair for the first one that works.
  // That happens to the offerer alone: the answerer has the offer before any check of the offerer.
  const better$ =
    role === 'offerer'
      ? recovery$.pipe(
          map(({ step }) => step === 'well'),
          distinctUntilChanged(),
          switchMap((well) => (well ? unusedPath$(connection) : EMPTY)),
          take(ATTEMPTS),
        )
      : EMPTY;
  const link = ++made;
  return recovering(
    role,
    merge(
      known$,
      broken$,
      moved$,
      better$.pipe(event('changed')),
      reconfiguring(connection, context.configuration$).pipe(event('changed')),
      negotiation.restarted$.pipe(event('answered')),
    ),
  ).pipe(
    tap((recovery) => {
      const { step, silent, restarts } = recovery;
      note('links', 'recovery', { link, role, step, silent, restarts });
      recovery$.next(recovery);
    }),
    switchMap((recovery) =>
      recovery.step === 'lost' ? throwError(() => new LinkError('failed')) : of(recovery),
    ),
    shareReplay({ bufferSize: 1, refCount: true }),
  );
};

/** Emits while a connection that has just become well uses a relay although it need not. */
const unusedPath$ = (connection: RTCPeerConnection): Observable<unknown> =>
  linkStatistics$(connection).pipe(
    skipUntil(timer(CHOSEN)),
    takeUntil(timer(WATCHED)),
    filter(({ unusedPath }) => unusedPath),
  );

/**
 * Does what recovery asks for: restarts ICE, and keeps ICE checking while the link is in trouble. Emits nothing of interest.
 * Errors with `LinkError` (`failed`) when the browser has closed the connection.
 */
export const repairing = (
  { connection, negotiation }: Pick<LinkEnd, 'connection' | 'negotiation'>,
  recovery$: Observable<Recovery>,
): Observable<unknown> => {
  const restart$ = recovery$.pipe(
    map(({ restarts }) => restarts),
    distinctUntilChanged(),
    filter((restarts) => restarts > 0),
    tap(() => negotiation.restart()),
  );
  const revive$ = recovery$.pipe(
    map(isTroubled),
    distinctUntilChanged(),
    switchMap((troubled) => (troubled ? revival(connection) : EMPTY)),
  );
  // The browser can take a connection away without a sign: closing fires no event.
  const closed$ = interval(LOOK).pipe(
    tap(() => {
      if (connection.signalingState === 'closed') throw new LinkError('failed');
    }),
  );
  return merge(closed$, restart$, revive$);
};
