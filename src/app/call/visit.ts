import {
  BehaviorSubject,
  catchError,
  concatMap,
  combineLatest,
  concat,
  defer,
  distinctUntilChanged,
  EMPTY,
  endWith,
  exhaustMap,
  filter,
  finalize,
  from,
  fromEvent,
  ignoreElements,
  map,
  merge,
  Observable,
  of,
  retry,
  shareReplay,
  startWith,
  Subject,
  switchMap,
  take,
  takeUntil,
  takeWhile,
  tap,
  throwError,
  timer,
} from 'rxjs';

import { randomId } from '../values/base32';
import type { CallSignaling } from '../signaling/call-signaling';
import type { LinkRecord } from '../signaling/records';
import { AnsweredLink, answeredLink, Entry } from '../links/answered-link';
import type { Intent } from './call';
import { elapsed } from '../loading/clock';
import type { CallState, Notice } from './call-state';
import { Departures, isSameSet, type Sessions } from '../links/departures';
import { doorway, seatToTake } from './doorway';
import { createCall, takeSeat } from './entering';
import { keyed } from '../rx/keyed';
import { untilLeases } from '../signaling/lease';
import { LinkContext, LinkError } from '../links/link';
import type { LinkMessage } from '../links/link-messages';
import { noticesOf, activeSessions } from './members';
import { RefusedError } from '../links/refusals';
import { retrying } from '../rx/retrying';
import { isEarlier, isLive, isOffererPresent } from '../topology/seating';
import { NOBODY, Present, stay } from './stay';
import { forgetSeat, rememberSeat } from '../storage/tab-memory';
import type { Seated, VisitContext } from './visit-context';
import { wayIn } from './way-in';

/** Offers without a member behind them are deleted after this time, in ms. */
const SWEEP_AFTER = 5_000;
/** Retry delay for a listener on a seat's links that was refused, in ms. */
const LISTEN_AGAIN = 1_000;

/** What a visit needs from outside. */
export interface VisitOptions extends Omit<LinkContext, 'session' | 'shown$' | 'departures'> {
  readonly uid: string;
  readonly callId: string;
  /** The server's clock, in ms since the epoch. */
  readonly now: () => number;
  readonly intent: Intent;
  /** Joins at once under this name: after a reload, or by Rejoin. */
  readonly returning: { readonly name: string; readonly seat: number | null } | null;
}

/** One visit to a call, from opening its link to leaving. */
export class Visit {
  private readonly signaling: CallSignaling;
  private readonly context: VisitContext;
  private readonly seated$ = new BehaviorSubject<Seated | null>(null);
  private readonly join$ = new Subject<string>();
  private readonly leave$ = new Subject<void>();
  private readonly open$ = new Subject<boolean>();
  private readonly noticed = new Subject<Notice>();
  private readonly presence = new BehaviorSubject<Present>(NOBODY);
  private readonly departures = new Departures();
  private readonly shown = new BehaviorSubject<Sessions>(new Set());
  private gone = false;

  /** The members, links and seats of the moment. */
  readonly present$ = this.presence.asObservable();
  readonly notices$: Observable<Notice>;
  /** Subscribing opens the visit, unsubscribing ends it with a `bye`. Errors with the failure that keeps it from going on. */
  readonly state$: Observable<CallState>;

  constructor(private readonly options: VisitOptions) {
    this.signaling = options.signaling;
    const seats$ = this.signaling.seats$.pipe(
      switchMap((seats) => untilLeases(seats, options.now)),
      shareReplay({ bufferSize: 1, refCount: true }),
    );
    const lookAgain$ = new Subject<void>();
    const call$ = lookAgain$.pipe(
      startWith(undefined),
      switchMap(() => this.signaling.call()),
      switchMap((call) => (call?.open ? of(call) : concat(of(call), this.signaling.call$))),
      shareReplay({ bufferSize: 1, refCount: true }),
    );
    this.context = {
      ...options,
      session: randomId(),
      shown$: this.shown.pipe(distinctUntilChanged(isSameSet)),
      departures: this.departures,
      preferred: options.returning?.seat ?? null,
      entry$: new BehaviorSubject<Entry>({ step: 'waiting' }),
      seats$,
      call$,
      lookAgain$,
      active$: this.presence.pipe(
        map(({ links }) => activeSessions(links)),
        distinctUntilChanged(isSameSet),
      ),
      answered$: defer(() => this.answeredLinks()).pipe(
        startWith([]),
        shareReplay({ bufferSize: 1, refCount: true }),
      ),
    };
    this.notices$ = merge(
      this.noticed,
      this.signaling.tampered$.pipe(
        filter((count) => count > 0),
        map((count): Notice => ({ kind: 'tampered', count })),
      ),
    );
    this.state$ = merge(this.before(), this.during(), this.context.answered$.pipe(ignoreElements())).pipe(
      takeUntil(this.leave$),
      endWith<CallState>({ phase: 'left', duration: 0 }),
      map((state) => (state.phase === 'left' ? this.left() : state)),
      tap((state) => this.shown.next(sessionsShown(state))),
      finalize(() => this.sayGoodbye()),
    );
  }

  join(name: string): void {
    this.join$.next(name);
  }

  leave(): void {
    forgetSeat();
    this.sayGoodbye();
    this.leave$.next();
  }

  setOpen(open: boolean): void {
    this.signaling.setOpen(open).then(
      () => this.open$.next(open),
      () => this.noticed.next({ kind: 'unsaved' }),
    );
  }

  remove(session: string): void {
    const seat = this.presence.value.seats.find((held) => held.session === session);
    if (seat) this.signaling.empty(seat.number).catch(() => this.noticed.next({ kind: 'unsaved' }));
  }

  /**
   * Says `bye` to the other members, and deletes what this member wrote in one request that outlives the page. Connections
   * stay until the visit is unsubscribed. A second call does nothing.
   */
  sayGoodbye(): void {
    if (this.gone) {
      return;
    }
    this.gone = true;
    const { links, seats } = this.presence.value;
    for (const { control } of links) {
      control.send<LinkMessage>({ type: 'bye' });
    }
    // A member who said `bye` a moment ago has left, even if the seat isn't known to be free yet.
    const others = seats.filter(
      ({ session }) => session !== this.context.session && !this.departures.hasLeft(session),
    );
    const last = this.seated$.value !== null && !others.some((seat) => isLive(seat, this.options.now()));
    this.signaling.farewell(last).catch(() => undefined);
  }

  /** From opening the link to taking a seat. */
  private before(): Observable<CallState> {
    const { intent, returning } = this.options;
    const lobby$ =
      intent === 'new' ? of<CallState>({ phase: 'prejoin', fresh: true, others: [] }) : doorway(this.context);
    const entering$ = this.join$.pipe(
      startWith(...(returning ? [returning.name] : [])),
      exhaustMap((name) =>
        merge(
          wayIn(this.context, name, intent === 'new'),
          from(this.enter(name)).pipe(
            tap((seated) => seated && this.sitDown(seated)),
            map(() => null),
          ),
        ).pipe(takeWhile((state) => state !== null, true)),
      ),
      startWith(null),
    );
    return combineLatest([lobby$.pipe(startWith<CallState>({ phase: 'opening' })), entering$]).pipe(
      map(([lobby, entering]) => entering ?? lobby),
      distinctUntilChanged(),
      takeUntil(this.seated$.pipe(filter((seated) => seated !== null))),
    );
  }

  /** From taking the seat on. */
  private during(): Observable<CallState> {
    return this.seated$.pipe(
      filter((seated) => seated !== null),
      take(1),
      switchMap((seated) =>
        merge(
          stay(this.context, seated, (now) => this.setPresent(now), this.open$),
          this.sweep(seated),
          fromEvent(window, 'pagehide').pipe(
            tap(() => this.sayGoodbye()),
            ignoreElements(),
          ),
        ),
      ),
    );
  }

  private async enter(name: string): Promise<Seated | null> {
    const seated =
      this.options.intent === 'new'
        ? await createCall(this.context, name)
        : await takeSeat(this.context, name);
    if (seated && this.gone) {
      // The visit ended while the seat was being taken.
      await this.signaling.farewell(seated.number === 0).catch(() => undefined);
      return null;
    }
    return seated;
  }

  private sitDown(seated: Seated): void {
    const { callId, session } = this.context;
    rememberSeat({ callId, session, seat: seated.number, name: seated.name });
    this.seated$.next(seated);
  }

  private setPresent(now: Present): void {
    const before = this.presence.value;
    this.presence.next(now);
    if (before !== NOBODY) {
      noticesOf(before.members, now.members, now.seats).forEach((notice) => this.noticed.next(notice));
    }
  }

  private left(): CallState {
    const since = this.seated$.value?.since;
    return { phase: 'left', duration: since === undefined ? 0 : elapsed() - since };
  }

  /** The seat whose offers to take up; null when no member can have offered this member a link. */
  private readonly answerAt$ = defer(() => this.seated$).pipe(
    switchMap((seated) => (seated ? this.ownIfOffered(seated) : this.toTake())),
    distinctUntilChanged(),
  );

  private readonly offers$: Observable<readonly LinkRecord[]> = this.answerAt$.pipe(
    switchMap((seat) =>
      // Refused while the server's clock says that the seat is still held: by a faster member, or for a moment more.
      seat === null ? of([]) : this.signaling.links$(seat).pipe(retry({ delay: LISTEN_AGAIN })),
    ),
    shareReplay({ bufferSize: 1, refCount: true }),
  );

  private toTake(): Observable<number | null> {
    return this.options.intent === 'new'
      ? of(null)
      : this.context.call$.pipe(switchMap((call) => (call ? seatToTake(this.context, call) : of(null))));
  }

  /** Only earlier members offer links to this member. */
  private ownIfOffered({ number }: Seated): Observable<number | null> {
    const { session, seats$ } = this.context;
    return seats$.pipe(
      map((seats) => {
        const own = seats.find((seat) => seat.session === session);
        const earlier = seats.some((seat) => seat !== own && (!own || isEarlier(seat, own)));
        return earlier ? number : null;
      }),
    );
  }

  private answeredLinks(): Observable<readonly AnsweredLink[]> {
    const { session, seats$, active$ } = this.context;
    /** Links already taken up. A later revision matters only for these: it restarts their connection. */
    const known = new Map<string, LinkRecord>();
    const valid$ = combineLatest([this.offers$, seats$, active$, this.departures.left$]).pipe(
      map(([links, seats, active, left]) =>
        links
          // An offer that fails to decrypt is ignored, and a known link stays as it is.
          .map((link) => (link.offer === null ? (known.get(link.id) ?? link) : link))
          .filter(
            (link) =>
              isOffererPresent(link, seats, this.options.now(), active) &&
              !(link.offer !== null && left.has(link.offer.session)) &&
              (link.revision === 1 || known.has(link.id)) &&
              (!link.answered || link.answer?.session === session),
          ),
      ),
      tap((links) => links.forEach((link) => known.set(link.id, link))),
      shareReplay({ bufferSize: 1, refCount: true }),
    );
    return keyed(
      this.answerAt$.pipe(switchMap((seat) => (seat === null ? of([]) : valid$))),
      ({ seat, id }) => `${seat}/${id}`,
      (link) => this.answered(link, valid$),
    );
  }

  private answered(link: LinkRecord, links$: Observable<readonly LinkRecord[]>): Observable<AnsweredLink> {
    const { entry$ } = this.context;
    const revisions$ = links$.pipe(
      map((links) => links.find(({ id }) => id === link.id)),
      filter((found) => found !== undefined),
    );
    let last: AnsweredLink | null = null;
    return answeredLink(this.context, link, entry$, revisions$).pipe(
      tap((answered) => (last = answered)),
      catchError((error: unknown) =>
        // The offerer replaces a broken link, and learns of it when the document is missing. A refused offer is retried as it is.
        error instanceof LinkError && !(error instanceof RefusedError) && entry$.value.step === 'seated'
          ? concat(
              // The link leads to no member any more, until it is removed from the list.
              last
                ? of({ ...last, state: { ...last.state, session: null, status: 'waiting' as const } })
                : EMPTY,
              defer(() => this.signaling.sweep([link])).pipe(
                ignoreElements(),
                catchError(() => EMPTY),
              ),
            )
          : throwError(() => error),
      ),
      retrying(({ prepared }) => prepared !== null),
    );
  }

  /** Deletes the offers at this member's seat that have no member behind them: a crashed member left them. */
  private sweep({ number }: Seated): Observable<never> {
    const { seats$, active$ } = this.context;
    return combineLatest([this.offers$, seats$, active$]).pipe(
      switchMap((found) => timer(SWEEP_AFTER).pipe(map(() => found))),
      map(([links, seats, active]) =>
        links.filter(
          (link) => link.seat === number && !isOffererPresent(link, seats, this.options.now(), active),
        ),
      ),
      filter((links) => links.length > 0),
      concatMap((links) => this.signaling.sweep(links).catch(() => undefined)),
      ignoreElements(),
    );
  }
}

/** The members that the page shows in this state. */
const sessionsShown = (state: CallState): Sessions =>
  new Set(
    state.phase === 'entering' || state.phase === 'seated' ? state.members.map(({ session }) => session) : [],
  );
