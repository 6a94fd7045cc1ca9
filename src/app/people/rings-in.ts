import {
  catchError,
  concat,
  defer,
  filter,
  from,
  map,
  mergeMap,
  Observable,
  of,
  race,
  shareReplay,
  switchMap,
  take,
  timer,
} from 'rxjs';

import { RINGING, type LobbyDocuments } from './lobby-documents';
import type { RingRecord } from './lobby-records';

/** What being rung takes of a lobby. */
export type DoorBell = Pick<LobbyDocuments, 'now' | 'incoming$' | 'ring' | 'offerIn'>;

/** A ring that came in, as it begins and as it ends. */
export interface RingEvent {
  /** Of this ring alone. */
  readonly id: string;
  readonly record: RingRecord;
  readonly name: string;
  readonly code: string;
  /** `here`: answered by this page. Null when it begins. */
  readonly ended: 'cancelled' | 'elsewhere' | 'missed' | 'here' | null;
}

/** Whoever rings says themselves that nobody answered; so much later it is over all the same, ms. */
const AFTER = 2_000;

/**
 * Each ring for this person while subscribed: once when it begins, once when it ends. What does not open is no ring.
 *
 * @param session names this page, among those of the same person
 */
export const ringsIn$ = (bell: DoorBell, session: string): Observable<RingEvent> =>
  defer(() => {
    const known = new Set<string>();
    const waiting$ = bell.incoming$.pipe(shareReplay({ bufferSize: 1, refCount: true }));
    return waiting$.pipe(
      mergeMap((rings) => rings),
      filter((ring) => !known.has(idOf(ring)) && ring.createdAt + RINGING > bell.now()),
      mergeMap((record) => {
        const id = idOf(record);
        known.add(id);
        const gone$ = waiting$.pipe(
          filter((rings) => !rings.some((ring) => idOf(ring) === id)),
          map(() => true),
        );
        const late$ = timer(record.createdAt + RINGING + AFTER - bell.now()).pipe(map(() => false));
        const ended$ = race(gone$, late$).pipe(
          take(1),
          switchMap((gone) => (gone ? endOf(bell, record, session) : of('missed' as const))),
        );
        return from(bell.offerIn(record)).pipe(
          filter((offer) => offer !== null),
          switchMap(({ name, code }) =>
            concat(of(null), ended$).pipe(map((ended): RingEvent => ({ id, record, name, code, ended }))),
          ),
        );
      }),
    );
  });

/** How a ring ended that does not wait any more. */
const endOf = (
  bell: DoorBell,
  { from: caller, revision }: RingRecord,
  session: string,
): Observable<Exclude<RingEvent['ended'], null>> =>
  defer(() => bell.ring(caller)).pipe(
    map((now) => {
      if (now?.revision !== revision || now.state === 'cancelled') return 'cancelled';
      if (now.answeredBy !== null) return now.answeredBy === session ? 'here' : 'elsewhere';
      return 'missed';
    }),
    catchError(() => of('cancelled' as const)),
  );

const idOf = ({ id, revision }: RingRecord): string => `${id} ${revision}`;
