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
import { noteError, noted } from '../log/note';
import { readCode } from '../signaling/code';
import { RINGING, type LobbyDocuments, type RingOffer } from './lobby-documents';
import { ringId, type RingRecord } from './lobby-records';
import type { RingOutcome } from './people';
import { sendWithRetry } from './send-with-retry';

/** What `ringOut$` needs of a lobby. */
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

/** State of an outgoing ring. */
export interface RingProgress {
  readonly outcome: RingOutcome;
  /** Message that the callee declined with. */
  readonly message: string | null;
  /** Code of the call to enter: the caller's own, or the callee's if both rang at the same moment. */
  readonly code: string;
}

/** Pause before the same person may ring the same person again, in ms; the rules enforce it. */
const PAUSE = 10_000;
/** Extra time for an answer given in the last moment, in ms. */
const LAST_MOMENT = 1_000;
/** Time limit for writing that nobody answered, in ms; after it, `noAnswer` is reported all the same. */
const SETTLED = 5_000;

/** Where the two may meet if the callee rings too: in either call, or only in the caller's, who is in it already. */
export type Meeting = 'either' | 'callers';

interface Own {
  readonly kind: 'rings';
  readonly id: string;
  readonly revision: number;
}
type Begun =
  | Own
  | { readonly kind: 'theirs'; readonly code: string }
  | { readonly kind: 'not'; readonly outcome: RingOutcome };

/** One attempt to ring a person. */
interface Attempt {
  readonly line: RingLine;
  readonly to: string;
  readonly offer: RingOffer;
  readonly session: string;
  readonly meeting: Meeting;
  /** False once the attempt is cancelled: nothing more is started then. */
  readonly wanted: () => boolean;
}

/**
 * Rings a person while subscribed, and emits the state until the ring is over; unsubscribing while it rings cancels it. Never
 * errors. If a ring from the callee is pending, it is accepted instead: both want the same. A caller who is in the call already
 * answers it as busy and rings.
 *
 * @param session identifies this page among those of the same person
 */
export const ringOut$ = (
  line: RingLine,
  to: string,
  offer: RingOffer,
  session: string,
  meeting: Meeting,
): Observable<RingProgress> =>
  defer(() => {
    let wanted = true;
    const progress = (outcome: RingOutcome, message: string | null = null): RingProgress => ({
      outcome,
      message,
      code: offer.code,
    });
    const beginning = begin({ line, to, offer, session, meeting, wanted: () => wanted }).then((begun) => {
      // Cancelled while the write was in flight.
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
      catchError((error: unknown) => {
        noteError('people', 'ring-out', error);
        return of(progress(isOffline(error) ? 'offline' : 'failed'));
      }),
      finalize(() => (wanted = false)),
    );
  });

const not = (outcome: RingOutcome): Begun => ({ kind: 'not', outcome });

async function begin(attempt: Attempt): Promise<Begun> {
  const { line, to, offer, wanted } = attempt;
  const [entries, before] = await Promise.all([line.entries(), line.ring(to)]);
  if (!wanted()) return not('cancelled');
  const waits = isWaiting(line, before);
  if (waits && before?.from === to) return crossed(attempt, before);
  if (isTooSoon(line, before)) return not('tooSoon');
  if (waits) {
    // Left by another page of this person that was closed while it rang. Refused if that ring has just ended.
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
    // The write may have got through all the same.
    takeBack(line, { id: ringId(line.uid, to), revision: revisionAfter(before) });
    throw error;
  }
}

/**
 * Handles a refusal. The callee rang or left at the same moment, or an earlier attempt got through and its response was lost.
 */
async function refused(attempt: Attempt, before: RingRecord | null): Promise<Begun> {
  const { line, to, offer } = attempt;
  const now = await line.ring(to);
  if (!isWaiting(line, now)) return not(isTooSoon(line, now) ? 'tooSoon' : 'unreachable');
  if (now.from === to) return crossed(attempt, now);
  const isOwn = now.revision === revisionAfter(before) && (await line.offerIn(now))?.code === offer.code;
  if (isOwn) return { kind: 'rings', id: now.id, revision: now.revision };
  return not(isTooSoon(line, now) ? 'tooSoon' : 'failed');
}

/** Both rang, and the callee's ring was first. */
const crossed = (attempt: Attempt, ring: RingRecord): Promise<Begun> =>
  attempt.meeting === 'callers' ? busy(attempt, ring) : answered(attempt, ring);

/** Answers the callee's ring as busy, then rings. */
async function busy(attempt: Attempt, ring: RingRecord): Promise<Begun> {
  const { line, to, session, wanted } = attempt;
  try {
    await sendWithRetry(() => line.answerRing(ring, 'busy', session), wanted);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // Usually this person's own page has answered it by now.
    if (isWaiting(line, await line.ring(to))) return not('failed');
  }
  return wanted() ? begin(attempt) : not('cancelled');
}

/** The callee's ring is accepted. */
async function answered(attempt: Attempt, ring: RingRecord): Promise<Begun> {
  const { line, to, session, wanted } = attempt;
  const code = readCode((await line.offerIn(ring))?.code ?? '');
  if (code === null) return not('failed');
  if (!wanted()) return not('cancelled');
  try {
    await sendWithRetry(() => line.answerRing(ring, 'accepted', session), wanted);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const now = await line.ring(to);
    const isSame = now?.revision === ring.revision;
    // The callee has just cancelled it, so this person may ring; or another page of this person has answered it.
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
    // Another page of this person rings again.
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
            // Refused because the callee answered: the document has the answer.
            isRefusal(error) ? defer(() => line.ring(to)).pipe(switchMap(told)) : EMPTY,
          ),
          catchError(noted('people', 'ring-expire', EMPTY)),
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

/** Retries until the cancellation is acknowledged: otherwise the callee's device would ring on. */
function takeBack(line: RingLine, ring: Pick<RingRecord, 'id' | 'revision'>): void {
  sendWithRetry(() => line.endRing(ring, 'cancelled')).catch(noted('people', 'ring-cancel'));
}

const revisionAfter = (before: RingRecord | null): number => (before?.revision ?? 0) + 1;

const isWaiting = (line: RingLine, ring: RingRecord | null): ring is RingRecord =>
  ring?.state === 'ringing' && ring.createdAt + RINGING > line.now();
const isTooSoon = (line: RingLine, ring: RingRecord | null): boolean =>
  ring?.from === line.uid && line.now() < ring.createdAt + PAUSE;
