import { catchError, defer, type Observable, of, switchMap } from 'rxjs';

import { noteError } from '../log/note';
import type { Lobbies } from './lobbies';
import type { RingOffer } from './lobby-documents';
import { reasonOf } from './presence';
import { type Meeting, ringOut$, type RingProgress } from './ring-out';

/** Rings a person through the lobby with this code, as `ringOut$` does, also if the lobby can't be reached. Never errors. */
export const placedRing$ = (
  lobbies: Lobbies,
  lobby: string,
  to: string,
  offer: RingOffer,
  session: string,
  meeting: Meeting,
): Observable<RingProgress> =>
  defer(() => lobbies.of(lobby)).pipe(
    switchMap((documents) => ringOut$(documents, to, offer, session, meeting)),
    catchError((error: unknown) => {
      noteError('people', 'ring-out', error);
      const outcome = reasonOf(error) === 'offline' ? 'offline' : 'failed';
      return of<RingProgress>({ outcome, message: null, code: offer.code });
    }),
  );
