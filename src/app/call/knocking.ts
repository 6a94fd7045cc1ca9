import {
  catchError,
  concat,
  concatMap,
  defer,
  EMPTY,
  finalize,
  fromEvent,
  ignoreElements,
  map,
  merge,
  Observable,
  of,
  switchMap,
  takeWhile,
  tap,
  timer,
} from 'rxjs';

import { isRefusal } from '../firebase/documents';
import { noted } from '../log/note';
import { Knocks } from '../signaling/knocks';
import type { CallState } from './call-state';
import { entrance$ } from './entrance';
import { retrying } from '../rx/retrying';
import type { VisitContext } from './visit-context';

/** Time between knocks, in ms: a knock is shown for ten minutes. */
const AGAIN = 540_000;
/** How long after a refusal an admission still leads into the call, in ms: the host may have answered at the same moment. */
const REVERSED = 15_000;

/**
 * Knocks, and waits for an answer while it is subscribed. Ends with `in` when the guest may enter, also soon after a
 * refusal, or with null when there is no more to wait for: refused, or the door no longer asks.
 */
export const knocking = (context: VisitContext, name: string): Observable<CallState | 'in' | null> => {
  const knocks = new Knocks(context.signaling);
  let answered = false;
  let stage: 'new' | 'waiting' | 'refused' = 'new';
  const knock$ = defer(() => knocks.knock({ name })).pipe(
    // Refused: a member has decided, or the door has changed. Both are followed below.
    catchError((error: unknown) => {
      if (isRefusal(error)) context.lookAgain$.next();
      else throw error;
      return EMPTY;
    }),
    retrying('call', () => true),
  );
  const withdraw = () => {
    if (answered) return;
    answered = true;
    void knocks.withdraw().catch(noted('call', 'withdraw-knock'));
  };
  const answer$ = context.call$.pipe(
    switchMap((call) =>
      (call ? entrance$(context, call) : of('closed' as const)).pipe(
        switchMap((entrance): Observable<CallState | 'in' | null> => {
          if (entrance === 'ask') {
            stage = 'waiting';
            return of({ phase: 'knocking', name });
          }
          // If the door was opened or closed instead, the knock still waits.
          answered = entrance === 'refused' || (entrance === 'free' && call?.door !== 'open');
          const asks = call?.door === 'ask';
          if (entrance === 'refused' && stage !== 'new' && asks) {
            stage = 'refused';
            return concat(of<CallState>({ phase: 'refused' }), timer(REVERSED).pipe(map(() => null)));
          }
          // A door that opens is still closed to a guest who was refused.
          return of(entrance === 'free' && (asks || stage !== 'refused') ? 'in' : null);
        }),
      ),
    ),
  );
  return merge(
    answer$,
    timer(0, AGAIN).pipe(
      concatMap(() => knock$),
      ignoreElements(),
    ),
    fromEvent(window, 'pagehide').pipe(tap(withdraw), ignoreElements()),
  ).pipe(
    takeWhile((state) => state !== 'in' && state !== null, true),
    finalize(withdraw),
  );
};
