import {
  catchError,
  concat,
  defer,
  EMPTY,
  filter,
  from,
  map,
  mergeMap,
  NEVER,
  Observable,
  of,
  race,
  retry,
  shareReplay,
  switchMap,
  take,
  timer,
} from 'rxjs';

import { noteError, noted } from '../log/note';
import { readCode } from '../signaling/code';
import { RINGING, type LobbyDocuments } from './lobby-documents';
import type { RingRecord } from './lobby-records';

/** What `ringsIn$` needs of a lobby. */
export type DoorBell = Pick<LobbyDocuments, 'now' | 'incoming$' | 'ring' | 'offerIn'>;

/** The beginning or the end of an incoming ring. */
export interface RingEvent {
  /** Unique to this ring. */
  readonly id: string;
  readonly record: RingRecord;
  readonly name: string;
  readonly code: string;
  /** `here`: answered by this page. Null when it begins. */
  readonly ended: 'cancelled' | 'elsewhere' | 'missed' | 'here' | null;
}

/** The caller normally ends an unanswered ring; this long after its time it is over in any case, in ms. */
const AFTER = 2_000;

/** Retry delay of the listener, in ms. */
const AGAIN = 5_000;

/**
 * Emits each ring for this person while subscribed: once when it begins, once when it ends. Ignores rings that fail to decrypt
 * or lead to no call. Never errors.
 *
 * @param session identifies this page among those of the same person
 * @param back$ emits when the connection to Firestore may be back
 */
export const ringsIn$ = (
  bell: DoorBell,
  session: string,
  back$: Observable<unknown> = NEVER,
): Observable<RingEvent> =>
  defer(() => {
    const known = new Set<string>();
    const waiting$ = bell.incoming$.pipe(
      retry({
        delay: (error) => {
          noteError('people', 'rings', error);
          return race(timer(AGAIN), back$);
        },
      }),
      shareReplay({ bufferSize: 1, refCount: true }),
    );
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
        // A ring from the future means a wrong clock: it lasts no longer than others.
        const left = Math.min(RINGING, record.createdAt + RINGING - bell.now());
        const late$ = timer(left + AFTER).pipe(map(() => false));
        const ended$ = race(gone$, late$).pipe(
          take(1),
          switchMap((gone) => (gone ? endOf(bell, record, session) : of('missed' as const))),
        );
        return from(bell.offerIn(record)).pipe(
          switchMap((offer) => {
            const code = offer && readCode(offer.code);
            if (!offer || code === null) return EMPTY;
            const event = { id, record, name: offer.name, code };
            return concat(of(null), ended$).pipe(map((ended): RingEvent => ({ ...event, ended })));
          }),
        );
      }),
    );
  });

/** How a ring that is no longer pending has ended. */
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
    catchError(noted('people', 'ring-end', of('cancelled' as const))),
  );

const idOf = ({ id, revision }: RingRecord): string => `${id} ${revision}`;
