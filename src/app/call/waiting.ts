import { distinctUntilChanged, map, Observable, of, retry, switchMap, tap, timer } from 'rxjs';

import { elapsed } from '../loading/clock';
import { noteError } from '../log/note';
import type { CallModeration } from '../signaling/call-moderation';
import type { CallRecord, Knock } from '../signaling/records';
import type { Waiting } from './call-state';
import type { VisitContext } from './visit-context';

/** Time after which a knock is no longer shown, in ms: the guest repeats it sooner, or has left without taking it back. */
export const KNOCK_LASTS = 600_000;
/** Delay before a refused list of guests is requested again, in ms. */
const AGAIN = 2_000;

/** The guests who wait for an answer, while the door asks. Tells the person of each new one. */
export const waiting$ = (
  context: VisitContext,
  documents: CallModeration,
): Observable<readonly Waiting[]> => {
  const { roster, now } = context;
  const known = new Map<string, Waiting>();
  const shown = (knocks: readonly Knock[], call: CallRecord): readonly Waiting[] => {
    const present = presentKnocks(knocks, call, now());
    for (const id of known.keys()) if (!present.some(({ uid }) => uid === id)) known.delete(id);
    return present.map(({ uid, card }) => {
      const name = card?.name ?? '';
      const before = known.get(uid);
      const waiting = before?.name === name ? before : { id: uid, name, since: before?.since ?? elapsed() };
      known.set(uid, waiting);
      if (!before) roster.tell({ type: 'notice', notice: { kind: 'asked', id: uid, name } });
      return waiting;
    });
  };
  return roster.part$('call').pipe(
    distinctUntilChanged((a, b) => a?.door === b?.door && a?.createdAt === b?.createdAt),
    switchMap((call) =>
      call?.door === 'ask'
        ? documents.knocks$.pipe(
            switchMap((knocks) => timer(0, 60_000).pipe(map(() => shown(knocks, call)))),
            retry({
              delay: (error: unknown) => {
                noteError('call', 'listen-for-knocks', error);
                return timer(AGAIN);
              },
            }),
          )
        : of([]).pipe(tap(() => known.clear())),
    ),
  );
};

/** The knocks that count, the longest first. */
export const presentKnocks = (
  knocks: readonly Knock[],
  { createdAt }: CallRecord,
  now: number,
): readonly Knock[] =>
  knocks
    .filter(({ at }) => at >= createdAt && at > now - KNOCK_LASTS)
    .toSorted((a, b) => a.at - b.at || (a.uid < b.uid ? -1 : 1));
