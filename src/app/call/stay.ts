import {
  combineLatest,
  defer,
  distinctUntilChanged,
  filter,
  fromEvent,
  map,
  merge,
  Observable,
  of,
  pairwise,
  scan,
  startWith,
  switchMap,
  tap,
  throwError,
  timer,
} from 'rxjs';

import { LEASE } from '../signaling/call-signaling';
import type { Seat } from '../signaling/records';
import { CallError, CallState, Member } from './call-state';
import { keyed } from '../rx/keyed';
import { renewing } from '../signaling/lease';
import type { LinkState } from '../links/link';
import { membersOf, onceSeated } from './members';
import { offeredLink } from '../links/offered-link';
import { retrying } from '../rx/retrying';
import { Generation, nextGeneration, offerTargets, OfferTarget } from '../topology/seating';
import { holdSession } from '../storage/tab-memory';
import type { Seated, VisitContext } from './visit-context';

/** The members, links and seats at one moment of a stay. */
export interface Present {
  readonly members: readonly Member[];
  readonly links: readonly LinkState[];
  readonly seats: readonly Seat[];
}

/** How long a newcomer's link may delay showing them, in ms. */
const DRAW_PATIENCE = 300;

export const NOBODY: Present = { members: [], links: [], seats: [] };

/**
 * From taking the seat to leaving it: offers links to newcomers, holds the lease, reports who is there. Errors with a
 * `CallError` (`removed`) when the seat is lost.
 *
 * @param present receives the members, links and seats
 * @param open$ whether newcomers may take seats, as this member sets it
 */
export const stay = (
  context: VisitContext,
  seated: Seated,
  present: (now: Present) => void,
  open$: Observable<boolean>,
): Observable<CallState> => {
  const own$ = context.seats$.pipe(map((seats) => seats.find(({ session }) => session === context.session)));
  const isOpen$ = open$.pipe(startWith(seated.call.open), distinctUntilChanged());
  const seen = new Set<string>();
  const isMember = (session: string) => seen.has(session);
  const offered$ = offeredLinks(context, seated, own$, isOpen$, isMember);
  const links$ = combineLatest([context.answered$, offered$]).pipe(
    map(([answered, offered]) => [...answered.map(({ state }) => state), ...offered]),
  );
  const reached$ = merge(
    renewing(() => context.signaling.renew(seated.number), LEASE, fromEvent(window, 'online')),
    fromEvent(window, 'offline').pipe(map(() => false)),
    fromEvent(window, 'online').pipe(map(() => true)),
  ).pipe(startWith(true), distinctUntilChanged());
  const lost$ = own$.pipe(
    pairwise(),
    filter(([before, now]) => before !== undefined && now === undefined),
    tap(() => context.signaling.loseSeat(seated.number)),
    switchMap(() => throwError(() => new CallError('removed'))),
  );
  const state$ = combineLatest([context.seats$, links$, reached$, isOpen$, context.departures.away$]).pipe(
    map(([seats, found, signaling, open, away]) => {
      seats.forEach(({ session }) => seen.add(session));
      const links = found.map((link) => onceSeated(link, seen));
      const members = membersOf(context.session, seats, links, context.now(), signaling, away);
      return { members, links, seats, signaling, open };
    }),
    connectingFirst(),
    map(({ members, links, seats, signaling, open }) => {
      present({ members, links, seats });
      return { members, signaling, open };
    }),
    atFirst({ members: NOBODY.members, signaling: true, open: seated.call.open }),
    map((now): CallState => ({
      phase: 'seated',
      session: context.session,
      seat: seated.number,
      name: seated.name,
      seats: seated.call.seats,
      isHost: seated.call.createdBy === context.uid,
      since: seated.since,
      ...now,
    })),
  );
  return merge(state$, lost$, holdSession(context.session));
};

/** Starts with `value` if the source emits nothing at once. */
const atFirst =
  <T>(value: T) =>
  (source: Observable<T>): Observable<T> =>
    new Observable((subscriber) => {
      let said = false;
      const subscription = source.pipe(tap(() => (said = true))).subscribe(subscriber);
      if (!said) subscriber.next(value);
      return subscription;
    });

/**
 * Handles a newcomer's answer before showing the newcomer, but waits no longer than `DRAW_PATIENCE`: rendering a tile takes
 * the page as long as connecting does. Members who are there from the start are not newcomers.
 */
const connectingFirst =
  <T extends Present>() =>
  (source: Observable<T>): Observable<T> =>
    defer(() => {
      const shown = new Set<string>();
      return source.pipe(
        switchMap((now, index) => {
          const early =
            index > 0 &&
            now.members.some(
              ({ session }) => !shown.has(session) && !now.links.some((link) => link.session === session),
            );
          return early ? timer(DRAW_PATIENCE).pipe(map(() => now)) : of(now);
        }),
        tap(({ members }) => members.forEach(({ session }) => shown.add(session))),
      );
    });

type NumberedTarget = OfferTarget & { readonly generation: number };

interface Generations {
  readonly held: ReadonlyMap<number, Generation>;
  readonly targets: readonly NumberedTarget[];
}

/** The links that this member offers: one to each later member, and a standing offer for the next one. */
const offeredLinks = (
  context: VisitContext,
  seated: Seated,
  own$: Observable<Seat | undefined>,
  open$: Observable<boolean>,
  isMember: (session: string) => boolean,
): Observable<readonly LinkState[]> =>
  keyed(
    combineLatest([context.seats$, own$, open$, context.active$, context.departures.left$]).pipe(
      map(([seats, own, open, active, left]) =>
        own ? offerTargets(own, seats, seated.call.seats, open, context.now(), active, left) : [],
      ),
      scan(countGenerations, { held: new Map(), targets: [] } as Generations),
      map(({ targets }) => targets),
    ),
    ({ seat, generation }) => `${seat}/${generation}`,
    ({ seat }) =>
      offeredLink(context, seat, seated.number, isMember).pipe(
        retrying(({ status }) => status === 'connected'),
      ),
  ).pipe(startWith([]));

function countGenerations({ held }: Generations, targets: readonly OfferTarget[]): Generations {
  const next = new Map(held);
  for (const { seat, session } of targets) {
    next.set(seat, nextGeneration(held.get(seat), session));
  }
  // A seat without an offer starts a new generation when there is one again.
  for (const [seat, { number }] of held) {
    if (!targets.some((target) => target.seat === seat))
      next.set(seat, { number: number + 1, session: null });
  }
  return {
    held: next,
    targets: targets.map((target) => ({ ...target, generation: next.get(target.seat)!.number })),
  };
}
