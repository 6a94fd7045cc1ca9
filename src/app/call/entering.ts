import {
  defaultIfEmpty,
  filter,
  firstValueFrom,
  map,
  merge,
  type Observable,
  race,
  skip,
  switchMap,
  take,
  takeUntil,
  timer,
} from 'rxjs';

import { DocumentsError, isRefusal } from '../firebase/documents';
import type { PreparedAnswer } from '../signaling/call-signaling';
import { firstLease } from '../signaling/lease';
import type { CallRecord } from '../signaling/records';
import { elapsed } from '../loading/clock';
import { SEATS } from './call-size';
import { CallError } from './call-state';
import { seatToTake } from './doorway';
import { type Entrance, entranceOf } from './entrance';
import { isLive } from '../topology/seating';
import type { Seated } from './roster';
import type { VisitContext } from './visit-context';

/** How long Join waits for answers that are still being prepared, in ms; they can follow later. */
const PREPARE_PATIENCE = 700;
/** How long a callee who is faster than the caller waits for the call, in ms: who creates it is its host. */
const CALLER_PATIENCE = 10_000;
/** Maximum number of attempts to take a seat when other members are faster. */
const TRIES = 5;

/** Creates the call with this member in its first seat. Rejects with a `conflict` when the call already exists. */
export async function createCall(context: VisitContext, name: string): Promise<Seated> {
  try {
    const created = context.signaling.create(context.session, { name }, SEATS);
    context.entry$.next({ step: 'entering' });
    await created;
  } catch (cause) {
    context.entry$.next({ step: 'waiting' });
    // The rules refuse before Firestore checks the precondition, so only a read shows the cause.
    if (isRefusal(cause) && (await context.signaling.call())) throw new DocumentsError('conflict', { cause });
    throw cause;
  }
  context.entry$.next({ step: 'seated', answered: new Map() });
  const call: CallRecord = {
    createdAt: context.now(),
    expiresAt: Infinity,
    seats: SEATS,
    mode: 'mesh',
    door: 'open',
    host: context.uid,
    hostSeat: 0,
  };
  return { number: 0, name, since: elapsed(), call, lease: firstLease(1), created: true };
}

/**
 * Takes a seat and answers the standing offers at it. If another member was faster, tries the next free seat. If the call
 * does not exist, creates it. Resolves to `asks` when the door asks by now, and to null when no seat is left.
 */
export async function takeSeat(context: VisitContext, name: string): Promise<Seated | 'asks' | null> {
  const found = await firstValueFrom(callToJoin$(context));
  if (context.gone$.value) return null;
  const call = found ?? (await createdMeanwhile(context, name));
  if ('number' in call) {
    return call;
  }
  let refused: number | null = null;
  let seat = await firstValueFrom(seatToTake(context, call));
  for (let tries = 0; seat !== null && tries < TRIES && !context.gone$.value; tries++) {
    // An answer is refused too, once its offer was withdrawn. A free seat alone isn't, and links follow.
    const alone = seat === refused;
    try {
      return await sitDown(context, call, seat, name, alone);
    } catch (error) {
      context.entry$.next({ step: 'waiting' });
      if (!isRefusal(error)) throw error;
    }
    if (alone) {
      return (await explainRefusal(context, call)) === 'ask' && call.door !== 'ask' ? 'asks' : null;
    }
    refused = seat;
    await context.lookAtSeats();
    seat = await firstValueFrom(seatToTake(context, call));
  }
  return null;
}

/** The call; null where it is missing, for a callee only once the caller takes too long, or the callee has left. */
export const callToJoin$ = ({
  call$,
  awaitsCaller,
  gone$,
}: Pick<VisitContext, 'call$' | 'awaitsCaller' | 'gone$'>): Observable<CallRecord | null> =>
  awaitsCaller
    ? call$.pipe(
        filter((call) => call !== null),
        takeUntil(merge(timer(CALLER_PATIENCE), gone$.pipe(filter(Boolean)))),
        defaultIfEmpty(null),
        take(1),
      )
    : call$.pipe(take(1));

/**
 * A call that has changed or was deleted in the meantime explains why a free seat is refused, and so does a member who refused
 * this person. Makes the page know the call as it is now. Resolves to what is at its door; null without such a call. Throws if
 * nothing explains the refusal.
 */
async function explainRefusal(context: VisitContext, call: CallRecord): Promise<Entrance | null> {
  const { signaling, uid, call$, lookAgain$, refused$ } = context;
  // The first value is the stale one.
  const read = firstValueFrom(call$.pipe(skip(1)));
  lookAgain$.next();
  const now = await read;
  if (now === null || now.door === 'closed') return null;
  const entrance = entranceOf(now, await signaling.guest(), uid);
  if (now.door === 'open' && now.seats === call.seats) {
    if (entrance === 'free') throw new CallError('forbidden');
    refused$.next(true);
  }
  return entrance;
}

/** Creates the missing call, or finds that another person has just created it. */
async function createdMeanwhile(context: VisitContext, name: string): Promise<Seated | CallRecord> {
  try {
    return await createCall(context, name);
  } catch (error) {
    if (!(error instanceof DocumentsError) || error.reason !== 'conflict') throw error;
    // Don't wait for a listener to report the call.
    context.lookAgain$.next();
    return firstValueFrom(context.call$.pipe(filter((call) => call !== null)));
  }
}

async function sitDown(
  context: VisitContext,
  call: CallRecord,
  seat: number,
  name: string,
  alone: boolean,
): Promise<Seated> {
  const seats = await firstValueFrom(context.seats$);
  const others = seats.filter((other) => other.number !== seat && isLive(other, context.now())).length;
  const answers = alone ? [] : await preparedAnswers(context, seat, others);
  // Connect to the members and render the room while the commit is in flight, not before it.
  const asked = () => context.entry$.next({ step: 'entering' });
  const lease = firstLease(others + 1);
  await context.signaling.takeSeat(seat, context.session, { name }, answers, asked, lease.length);
  performance.mark('call:answered');
  context.entry$.next({
    step: 'seated',
    answered: new Map(answers.map(({ link, description }) => [link.id, description])),
  });
  return { number: seat, name, since: elapsed(), call, lease };
}

/**
 * The answers to the offers at a seat, once all are ready or the wait has timed out. A lone member's offer is always on its
 * way, so it is waited for. Several members publish theirs when they have nothing else to do; what they have not published
 * yet isn't waited for.
 *
 * @param others number of other seats that are held
 */
async function preparedAnswers(
  { roster, session }: VisitContext,
  seat: number,
  others: number,
): Promise<readonly PreparedAnswer[]> {
  const found$ = roster.roster$.pipe(
    map(({ offersAt, answers, answered }) => {
      const ready = answered.filter(({ link, prepared }) => link.seat === seat && prepared !== null);
      const expected = others > 1 && offersAt === seat ? answers.length : others;
      return { ready, isAll: ready.length >= expected };
    }),
  );
  const { ready } = await firstValueFrom(
    race(found$.pipe(filter(({ isAll }) => isAll)), timer(PREPARE_PATIENCE).pipe(switchMap(() => found$))),
  );
  return ready.map(({ link, prepared }) => ({
    link,
    description: { session, ...prepared! },
  }));
}
