import {
  catchError,
  concat,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  finalize,
  from,
  map,
  merge,
  Observable,
  of,
  switchMap,
  takeWhile,
  tap,
  timer,
} from 'rxjs';

import { DocumentsError } from '../firebase/documents';
import { RINGING, type LobbyDocuments, type RingOffer } from './lobby-documents';
import type { RingRecord } from './lobby-records';
import type { RingOutcome } from './people';

/** What ringing takes of a lobby. */
export type RingLine = Pick<
  LobbyDocuments,
  | 'uid'
  | 'now'
  | 'entries'
  | 'ring'
  | 'ring$'
  | 'startRing'
  | 'endRing'
  | 'answerRing'
  | 'offerIn'
  | 'messageIn'
>;

/** How a ring of one's own stands. */
export interface RingProgress {
  readonly outcome: RingOutcome;
  /** What the other said in declining. */
  readonly message: string | null;
  /** Of the call to go into: one's own, or theirs when both rang at the same moment. */
  readonly code: string;
}

/** The rules let the same person ring the same person again after this long, ms. */
const PAUSE = 10_000;
/** The other may answer in the last moment: so long is waited for it, ms. */
const LAST_MOMENT = 1_000;

type Begun =
  | { readonly kind: 'rings'; readonly id: string; readonly revision: number }
  | { readonly kind: 'theirs'; readonly code: string }
  | { readonly kind: 'not'; readonly outcome: RingOutcome };

/**
 * Rings somebody while subscribed, and says how it stands until it is over; unsubscribing while it rings takes it back. Never
 * errors. A ring of theirs that waits for an answer is accepted instead: both wanted the same.
 *
 * @param session names this page, among those of the same person
 */
export const ringOut$ = (
  line: RingLine,
  to: string,
  offer: RingOffer,
  session: string,
): Observable<RingProgress> => {
  const progress = (outcome: RingOutcome, message: string | null = null): RingProgress => ({
    outcome,
    message,
    code: offer.code,
  });
  return defer(() => begin(line, to, offer, session)).pipe(
    switchMap((begun): Observable<RingProgress> => {
      switch (begun.kind) {
        case 'not':
          return of(progress(begun.outcome));
        case 'theirs':
          return of({ ...progress('accepted'), code: begun.code });
        case 'rings':
          return followed(line, begun).pipe(map(([outcome, message]) => progress(outcome, message)));
      }
    }),
    catchError((error: unknown) => of(progress(isOffline(error) ? 'offline' : 'failed'))),
  );
};

async function begin(line: RingLine, to: string, offer: RingOffer, session: string): Promise<Begun> {
  const [entries, before] = await Promise.all([line.entries(), line.ring(to)]);
  const isOver = !before || before.state !== 'ringing' || before.createdAt + RINGING < line.now();
  if (before && !isOver && before.from === to) return answered(line, before, session);
  if (before?.from === line.uid && line.now() < before.createdAt + PAUSE) {
    return { kind: 'not', outcome: 'tooSoon' };
  }
  // Left by a page of one's own that was closed while it rang.
  if (before && !isOver) await line.endRing(before.id, 'cancelled');
  const there = entries.filter(({ uid, lease }) => uid === to && lease > line.now());
  const [entry] = there.sort((a, b) => b.lease - a.lease);
  if (!entry) return { kind: 'not', outcome: 'unreachable' };
  if (entry.availability === 'dnd') return { kind: 'not', outcome: 'dnd' };
  try {
    return { kind: 'rings', ...(await line.startRing(to, entry.shard, offer, before)) };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // In the same moment they rang, or went.
    const now = await line.ring(to);
    const rings = now?.state === 'ringing' && now.from === to && now.createdAt + RINGING > line.now();
    return rings ? answered(line, now, session) : { kind: 'not', outcome: 'unreachable' };
  }
}

/** Both rang at the same moment: theirs was first, and is taken. */
async function answered(line: RingLine, ring: RingRecord, session: string): Promise<Begun> {
  const offer = await line.offerIn(ring);
  if (!offer) return { kind: 'not', outcome: 'failed' };
  await line.answerRing(ring, 'accepted', session);
  return { kind: 'theirs', code: offer.code };
}

type Told = readonly [RingOutcome, string | null];

function followed(
  line: RingLine,
  { id, revision }: { readonly id: string; readonly revision: number },
): Observable<Told> {
  let open = true;
  const document$ = line.ring$(id).pipe(
    filter((ring) => ring?.revision === revision),
    switchMap((ring): Observable<Told> => {
      if (!ring || ring.state === 'ringing') return of(['ringing', null]);
      if (ring.state === 'declined') {
        return from(line.messageIn(ring)).pipe(map((message): Told => ['declined', message]));
      }
      return of([ring.state === 'expired' ? 'noAnswer' : ring.state, null]);
    }),
  );
  const nobody$ = timer(RINGING + LAST_MOMENT).pipe(
    switchMap(() =>
      line.endRing(id, 'expired').then(
        () => of<Told>(['noAnswer', null]),
        // Refused because they answered: the document says so. Else it is over all the same.
        (error: unknown) => (isRefusal(error) ? EMPTY : of<Told>(['noAnswer', null])),
      ),
    ),
    switchMap((told$) => told$),
  );
  return concat(of<Told>(['ringing', null]), merge(document$, nobody$)).pipe(
    distinctUntilChanged(([before], [now]) => before === now),
    takeWhile(([outcome]) => outcome === 'ringing', true),
    tap(([outcome]) => (open = outcome === 'ringing')),
    finalize(() => {
      if (open) line.endRing(id, 'cancelled').catch(() => undefined);
    }),
  );
}

const isOffline = (error: unknown) => error instanceof DocumentsError && error.reason === 'offline';
const isRefusal = (error: unknown) =>
  error instanceof DocumentsError && (error.reason === 'forbidden' || error.reason === 'conflict');
