import { defer, merge, Observable, switchMap, take, tap, timer } from 'rxjs';

import { Documents, DocumentsError } from '../firebase/documents';
import { networkChanges$ } from '../links/network-changes';
import { retrying } from '../rx/retrying';

/** The first and the longest delay before probing whether Firestore is reachable again, in ms. */
const SETBACK = 1_000;
const MOST_SETBACK = 30_000;

/**
 * Probes Firestore silently, and emits once it responds. Begins after a delay, or when the network changes.
 *
 * @param setbacks how many times in a row Firestore was lost before: each doubles the delay
 */
export const reachable = (connect: () => Promise<Documents>, setbacks: number): Observable<unknown> => {
  const reached$ = defer(connect).pipe(
    switchMap((documents) => documents.reach()),
    tap((reached) => {
      if (!reached) throw new DocumentsError('offline');
    }),
    retrying('call', () => false),
  );
  const pause = Math.min(MOST_SETBACK, SETBACK * 2 ** setbacks);
  return merge(timer(pause), networkChanges$).pipe(
    switchMap(() => reached$),
    take(1),
  );
};
