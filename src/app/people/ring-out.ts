import {
  catchError,
  concat,
  defer,
  distinctUntilChanged,
  EMPTY,
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

import { isOffline, isRefusal } from '../firebase/documents';
import { readCode } from '../signaling/code';
import { RINGING, type LobbyDocuments, type RingOffer } from './lobby-documents';
import { ringId, type RingRecord } from './lobby-records';
import type { RingOutcome } from './people';
import { sentAgain } from './sent-again';

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
/** By then it is told that nobody answered, whether that could be written or not, ms. */
const SETTLED = 5_000;

interface Own {
  readonly kind: 'rings';
  readonly id: string;
  readonly revision: number;
}
type Begun =
  | Own
  | { readonly kind: 'theirs'; readonly code: string }
  | { readonly kind: 'not'; readonly outcome: RingOutcome };

/** One attempt to ring somebody. */
interface Attempt {
  readonly line: RingLine;
  readonly to: string;
  readonly offer: RingOffer;
  readonly session: string;
  /** False once it was given up: then nothing more is begun. */
  readonly wanted: () => boolean;
}

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
): Observable<RingProgress> =>
  defer(() => {
    let wanted = true;
    const progress = (outcome: RingOutcome, message: string | null = null): RingProgress => ({
      outcome,
      message,
      code: offer.code,
    });
    const beginning = begin({ line, to, offer, session, wanted: () => wanted }).then((begun) => {
      // Given up while it was on its way.
      if (!wanted && begun.kind === 'rings') takeBack(line, begun);
      return begun;
    });
    return from(beginning).pipe(
      switchMap((begun): Observable<RingProgress> => {
        switch (begun.kind) {
          case 'not':
            return of(progress(begun.outcome));
          case 'theirs':
            return of({ ...progress('accepted'), code: begun.code });
          case 'rings':
            return followed(line, to, begun).pipe(map(([outcome, message]) => progress(outcome, message)));
        }
      }),
      catchError((error: unknown) => of(progress(isOffline(error) ? 'offline' : 'failed'))),
      finalize(() => (wanted = false)),
    );
  });

const not = (outcome: RingOutcome): Begun => ({ kind: 'not', outcome });

async function begin(attempt: Attempt): Promise<Begun> {
  const { line, to, offer, wanted } = attempt;
  const [entries, before] = await Promise.all([line.entries(), line.ring(to)]);
  if (!wanted()) return not('cancelled');
  const waits = isWaiting(line, before);
  if (waits && before?.from === to) return answered(attempt, before);
  if (isTooSoon(line, before)) return not('tooSoon');
  if (waits) {
    // Left by a page of one's own that was closed while it rang. Refused when that came to an end just now.
    await line.endRing(before, 'cancelled').catch((error: unknown) => {
      if (!isRefusal(error)) throw error;
    });
  }
  const there = entries.filter(({ uid, lease }) => uid === to && lease > line.now());
  const [entry] = there.sort((a, b) => b.lease - a.lease);
  if (!entry) return not('unreachable');
  if (entry.availability === 'dnd') return not('dnd');
  if (!wanted()) return not('cancelled');
  try {
    return { kind: 'rings', ...(await line.startRing(to, entry.shard, offer, before)) };
  } catch (error) {
    if (isRefusal(error)) return refused(attempt, before);
    // It may have got through all the same.
    takeBack(line, { id: ringId(line.uid, to), revision: revisionAfter(before) });
    throw error;
  }
}

/** In the same moment they rang, or went; or it had got through, and only the answer was lost. */
async function refused(attempt: Attempt, before: RingRecord | null): Promise<Begun> {
  const { line, to, offer } = attempt;
  const now = await line.ring(to);
  if (!isWaiting(line, now)) return not(isTooSoon(line, now) ? 'tooSoon' : 'unreachable');
  if (now.from === to) return answered(attempt, now);
  const isOwn = now.revision === revisionAfter(before) && (await line.offerIn(now))?.code === offer.code;
  if (isOwn) return { kind: 'rings', id: now.id, revision: now.revision };
  return not(isTooSoon(line, now) ? 'tooSoon' : 'failed');
}

/** Both rang: theirs was first, and is taken. */
async function answered(attempt: Attempt, ring: RingRecord): Promise<Begun> {
  const { line, to, session, wanted } = attempt;
  const code = readCode((await line.offerIn(ring))?.code ?? '');
  if (code === null) return not('failed');
  if (!wanted()) return not('cancelled');
  try {
    await sentAgain(() => line.answerRing(ring, 'accepted', session), wanted);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const now = await line.ring(to);
    const isSame = now?.revision === ring.revision;
    // Taken back by them in this moment, so that one may ring oneself; or answered by another page of one's own.
    if (!isSame || now.answeredBy !== session) {
      return isSame && now.answeredBy === null && !isWaiting(line, now) ? begin(attempt) : not('failed');
    }
  }
  return { kind: 'theirs', code };
}

type Told = readonly [RingOutcome, string | null];

function followed(line: RingLine, to: string, own: Own): Observable<Told> {
  const { id, revision } = own;
  let open = true;
  const told = (ring: RingRecord | null): Observable<Told> => {
    if (!ring || ring.revision < revision) return EMPTY;
    // Another page of one's own rings anew.
    if (ring.revision > revision) return of(['cancelled', null]);
    if (ring.state === 'declined') {
      return from(line.messageIn(ring)).pipe(map((message): Told => ['declined', message]));
    }
    return of([ring.state === 'expired' ? 'noAnswer' : ring.state, null]);
  };
  const nobody$ = timer(RINGING + LAST_MOMENT).pipe(
    switchMap(() =>
      merge(
        defer(() => line.endRing(own, 'expired')).pipe(
          map((): Told => ['noAnswer', null]),
          catchError((error: unknown) =>
            // Refused because they answered: the document says so.
            isRefusal(error) ? defer(() => line.ring(to)).pipe(switchMap(told)) : EMPTY,
          ),
          catchError(() => EMPTY),
        ),
        timer(SETTLED).pipe(map((): Told => ['noAnswer', null])),
      ),
    ),
  );
  return concat(of<Told>(['ringing', null]), merge(line.ring$(id).pipe(switchMap(told)), nobody$)).pipe(
    distinctUntilChanged(([before], [now]) => before === now),
    takeWhile(([outcome]) => outcome === 'ringing', true),
    tap(([outcome]) => (open = outcome === 'ringing')),
    finalize(() => open && takeBack(line, own)),
  );
}

/** Until it is known to have arrived: else it would ring on over there. */
function takeBack(line: RingLine, ring: Pick<RingRecord, 'id' | 'revision'>): void {
  sentAgain(() => line.endRing(ring, 'cancelled')).catch(() => undefined);
}

const revisionAfter = (before: RingRecord | null): number => (before?.revision ?? 0) + 1;

const isWaiting = (line: RingLine, ring: RingRecord | null): ring is RingRecord =>
  ring?.state === 'ringing' && ring.createdAt + RINGING > line.now();
const isTooSoon = (line: RingLine, ring: RingRecord | null): boolean =>
  ring?.from === line.uid && line.now() < ring.createdAt + PAUSE;
