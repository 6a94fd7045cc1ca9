import { filter, firstValueFrom, map, race, switchMap, timer } from 'rxjs';

import { DocumentsError, isRefusal } from '../firebase/documents';
import type { PreparedAnswer } from '../signaling/call-signaling';
import type { CallRecord } from '../signaling/records';
import { elapsed } from '../loading/clock';
import { CallError } from './call-state';
import { seatToTake } from './doorway';
import { isLive } from './seating';
import type { Seated, VisitContext } from './visit-context';

/** How many seats a new call has. */
export const SEATS = 2;
/** How long Join waits for answers that are still being made, ms; they can follow later. */
const PREPARE_PATIENCE = 700;
/** How long it may take to hear that the seat just refused is taken, ms. */
const SEATS_PATIENCE = 3_000;
/** How often another free seat is tried when somebody was faster. */
const TRIES = 5;

/** Creates the call with oneself in its first seat. Rejects with a `conflict` when the call is there already. */
export async function createCall(context: VisitContext, name: string): Promise<Seated> {
  try {
    const created = context.signaling.create(context.session, { name }, SEATS);
    context.entry$.next({ step: 'entering' });
    await created;
  } catch (cause) {
    context.entry$.next({ step: 'waiting' });
    // The rules refuse before the precondition is looked at, so only a look tells why.
    if (isRefusal(cause) && (await context.signaling.call())) throw new DocumentsError('conflict', { cause });
    throw cause;
  }
  context.entry$.next({ step: 'seated', answered: new Map() });
  const call = { createdBy: context.uid, expiresAt: Infinity, seats: SEATS, open: true };
  return { number: 0, name, since: elapsed(), call };
}

/**
 * Takes a seat and answers the standing offers at it. When somebody was faster the next free seat is tried; when the
 * call is not there it is created. Resolves to null when no seat is left.
 */
export async function takeSeat(context: VisitContext, name: string): Promise<Seated | null> {
  const call = (await firstValueFrom(context.call$)) ?? (await createdMeanwhile(context, name));
  if ('number' in call) {
    return call;
  }
  let refused: number | null = null;
  for (let tries = 0; tries < TRIES; tries++) {
    const seat = await nextSeat(context, call, refused);
    if (seat === null) {
      break;
    }
    try {
      return await sitDown(context, call, seat, name);
    } catch (error) {
      context.entry$.next({ step: 'waiting' });
      if (!isRefusal(error)) throw error;
      refused = seat;
    }
  }
  if (refused !== null && (await nextSeat(context, call, null)) === refused) {
    const now = await context.signaling.call();
    // Closed or gone in the meantime is an answer; a seat that is free and yet refused is not.
    if (now?.open) throw new CallError('forbidden');
    context.lookAgain$.next();
  }
  return null;
}

/** Starts the missing call, or finds that somebody else did in the same moment. */
async function createdMeanwhile(context: VisitContext, name: string): Promise<Seated | CallRecord> {
  try {
    return await createCall(context, name);
  } catch (error) {
    if (!(error instanceof DocumentsError) || error.reason !== 'conflict') throw error;
    // Not waiting for a listener to say so.
    context.lookAgain$.next();
    return firstValueFrom(context.call$.pipe(filter((call) => call !== null)));
  }
}

/** The next seat to try, once it is another than the one just refused; null when none is left. */
function nextSeat(context: VisitContext, call: CallRecord, refused: number | null): Promise<number | null> {
  const another$ = seatToTake(context, call).pipe(filter((seat) => seat === null || seat !== refused));
  return firstValueFrom(race(another$, timer(SEATS_PATIENCE).pipe(map(() => null))));
}

async function sitDown(context: VisitContext, call: CallRecord, seat: number, name: string): Promise<Seated> {
  const answers = await preparedAnswers(context, seat);
  // The way to the others is tried, and the room drawn, while the commit is under way and not before it.
  await context.signaling.takeSeat(seat, context.session, { name }, answers, () =>
    context.entry$.next({ step: 'entering' }),
  );
  performance.mark('call:answered');
  context.entry$.next({
    step: 'seated',
    answered: new Map(answers.map(({ link, description }) => [link.id, description])),
  });
  return { number: seat, name, since: elapsed(), call };
}

/** The answers to the offers at a seat, once all are made or patience is at an end. */
async function preparedAnswers(context: VisitContext, seat: number): Promise<readonly PreparedAnswer[]> {
  const seats = await firstValueFrom(context.seats$);
  const others = seats.filter((other) => other.number !== seat && isLive(other, context.now())).length;
  const ready$ = context.answered$.pipe(
    map((links) => links.filter(({ link, prepared }) => link.seat === seat && prepared !== null)),
  );
  const links = await firstValueFrom(
    race(
      ready$.pipe(filter(({ length }) => length >= others)),
      timer(PREPARE_PATIENCE).pipe(switchMap(() => ready$)),
    ),
  );
  return links.map(({ link, prepared }) => ({
    link,
    description: { session: context.session, ...prepared! },
  }));
}
