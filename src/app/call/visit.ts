import {
  BehaviorSubject,
  combineLatest,
  defer,
  distinctUntilChanged,
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
  shareReplay,
  startWith,
  Subject,
  switchMap,
  take,
  takeUntil,
  takeWhile,
  tap,
} from 'rxjs';

import { noted } from '../log/note';
import { elapsed } from '../loading/clock';
import { sharedProbe } from '../links/absence';
import type { Entry } from '../links/answered-link';
import { isSameSet, type Sessions } from '../links/departures';
import type { LinkContext } from '../links/link';
import type { LinkMessage } from '../links/link-messages';
import { untilLeases } from '../signaling/lease';
import type { Seat } from '../signaling/records';
import { forgetSeat, rememberSeat } from '../storage/tab-memory';
import { withoutCopies } from '../topology/seating';
import { randomId } from '../values/base32';
import { answeredLinks, offersToAnswer } from './answering';
import type { Intent } from './call';
import type { CallState, Notice, Outcome } from './call-state';
import { doorway } from './doorway';
import { createCall, takeSeat } from './entering';
import { farewellOf } from './farewell';
import { followCall } from './follow-call';
import { LiveRoster } from './live-roster';
import type { Asked, ModerationRequest } from './moderating';
import { NOBODY, type Present } from './present-peers';
import type { RosterEvent, Seated } from './roster';
import { SharedEncoders } from './shared-encoders';
import { stay } from './stay';
import type { VisitContext } from './visit-context';
import { throughDoor, wayIn } from './way-in';

/** What a visit needs from outside. */
export interface VisitOptions extends Omit<LinkContext, 'session' | 'shown$' | 'departures' | 'reach'> {
  readonly uid: string;
  readonly callId: string;
  /** The server's clock, in ms since the epoch. */
  readonly now: () => number;
  readonly intent: Intent;
  readonly awaitsCaller: boolean;
  /** Joins at once under this name: after a reload, or by Rejoin. */
  readonly returning: { readonly name: string; readonly seat: number | null } | null;
}

/** One visit to a call, from opening its link to leaving. */
export class Visit {
  private readonly context: VisitContext;
  private readonly roster: LiveRoster;
  private readonly join$ = new Subject<string>();
  private readonly leave$ = new Subject<void>();
  /** The sessions of the members that the page shows, by the latest state. */
  private readonly shown = new BehaviorSubject<Sessions>(new Set());
  /** Whether this member has said goodbye. */
  private readonly gone$ = new BehaviorSubject(false);
  /** Emits once this member has taken a seat. */
  private readonly seated$ = defer(() => this.roster.part$('seated')).pipe(
    filter((seated) => seated !== null),
    take(1),
  );

  /** The members and links of the moment; none before this member is seated. */
  readonly present$: Observable<Present>;
  readonly notices$: Observable<Notice>;
  /** Subscribing opens the visit, unsubscribing ends it with a `bye`. Errors with the failure that keeps it from going on. */
  readonly state$: Observable<CallState>;

  constructor(private readonly options: VisitOptions) {
    const session = randomId();
    this.roster = new LiveRoster(session, options.now);
    this.context = contextOf(options, session, this.roster, this.shown, this.gone$);
    this.present$ = this.roster.roster$.pipe(map((now) => (now.seated ? now : NOBODY)));
    this.notices$ = merge(
      this.roster.notices$,
      options.signaling.tampered$.pipe(
        filter((count) => count > 0),
        map((count): Notice => ({ kind: 'tampered', count })),
      ),
    );
    // `during` takes over the listeners of `before` before that ends.
    this.state$ = merge(this.during(), this.before(), this.answering(), this.context.encoders.load$).pipe(
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
    this.sayGoodbye(true);
    this.leave$.next();
  }

  /** Never rejects. Fails before this member is seated. */
  moderate(request: ModerationRequest): Promise<Outcome> {
    return this.roster.now.seated
      ? new Promise((answer) => this.context.requests$.next({ request, answer }))
      : Promise.resolve('failed');
  }

  /**
   * Says `bye` to the other members, and deletes what this member wrote in one request that outlives the page. Connections
   * stay until the visit is unsubscribed. A second call does nothing.
   *
   * @param forGood see `farewellOf`
   */
  sayGoodbye(forGood = false): void {
    if (this.gone$.value) return;
    this.gone$.next(true);
    const { uid, now, signaling } = this.options;
    const roster = this.roster.now;
    for (const { control } of roster.links) control.send<LinkMessage>({ type: 'bye' });
    signaling.farewell(farewellOf(roster, uid, forGood, now())).catch(noted('call', 'farewell'));
  }

  /** From opening the link to taking a seat. */
  private before(): Observable<CallState> {
    const { intent, returning } = this.options;
    const lobby$ =
      intent === 'new'
        ? of<CallState>({ phase: 'prejoin', fresh: true, asks: false, others: [] })
        : doorway(this.context);
    const entering$ = this.join$.pipe(
      startWith(...(returning ? [returning.name] : [])),
      exhaustMap((name) => this.goingIn(name)),
      startWith(null),
    );
    return combineLatest([lobby$.pipe(startWith<CallState>({ phase: 'opening' })), entering$]).pipe(
      map(([lobby, entering]) => entering ?? lobby),
      distinctUntilChanged((a, b) => a === b || (a.phase === 'joining' && b.phase === 'joining')),
      takeUntil(this.seated$),
    );
  }

  /** From taking the seat on. */
  private during(): Observable<CallState> {
    return this.seated$.pipe(
      switchMap((seated) =>
        merge(
          stay(this.context, seated),
          fromEvent(window, 'pagehide').pipe(
            tap(() => this.sayGoodbye()),
            ignoreElements(),
          ),
        ),
      ),
    );
  }

  /** Prepares answers before Join, and keeps the answered links up afterwards. */
  private answering(): Observable<never> {
    const offered$ = offersToAnswer(this.context, this.options.intent === 'new');
    const events$: Observable<RosterEvent> = merge(
      answeredLinks(this.context).pipe(map((links) => ({ type: 'answered' as const, links }))),
      offered$.pipe(map((at) => ({ type: 'offers' as const, ...at }))),
    );
    return events$.pipe(
      tap((event) => this.roster.tell(event)),
      ignoreElements(),
    );
  }

  /** From the press of Join. Ends with null once this member is seated, or can't be. */
  private goingIn(name: string): Observable<CallState | null> {
    const door$ = this.options.intent === 'new' ? of('in' as const) : throughDoor(this.context, name);
    return door$.pipe(
      switchMap((state) => (state === 'in' ? this.takingSeat(name) : of(state))),
      takeWhile((state) => state !== null && state !== 'asks', true),
      // The door changed before the press, and the press becomes a knock.
      switchMap((state) => (state === 'asks' ? this.goingIn(name) : of(state))),
    );
  }

  /** Ends with null once this member is seated, or no seat is left; with `asks` if the door asks by now. */
  private takingSeat(name: string): Observable<CallState | 'asks' | null> {
    return merge(
      wayIn(this.context, name, this.options.intent === 'new'),
      from(this.enter(name)).pipe(
        map((seated) => {
          if (seated === 'asks') return seated;
          if (seated) this.sitDown(seated);
          return null;
        }),
      ),
    );
  }

  private async enter(name: string): Promise<Seated | 'asks' | null> {
    const seated =
      this.options.intent === 'new'
        ? await createCall(this.context, name)
        : await takeSeat(this.context, name);
    if (seated && seated !== 'asks' && this.gone$.value) {
      // The visit ended while the seat was being taken.
      const last = seated.number === 0;
      await this.options.signaling
        .farewell({ last, successor: null, admission: false })
        .catch(noted('call', 'farewell'));
      return null;
    }
    return seated;
  }

  private sitDown(seated: Seated): void {
    const { callId, session } = this.context;
    rememberSeat({ callId, session, seat: seated.number, name: seated.name });
    this.roster.tell({ type: 'seated', seated });
  }

  private left(): CallState {
    const since = this.roster.now.seated?.since;
    return { phase: 'left', duration: since === undefined ? 0 : elapsed() - since };
  }
}

function contextOf(
  options: VisitOptions,
  session: string,
  roster: LiveRoster,
  shown$: Observable<Sessions>,
  gone$: BehaviorSubject<boolean>,
): VisitContext {
  const looked$ = new Subject<readonly Seat[]>();
  const seats$ = merge(options.signaling.seats$, looked$).pipe(
    switchMap((seats) => untilLeases(withoutCopies(seats), options.now)),
    tap((seats) => roster.tell({ type: 'seats', seats })),
    shareReplay({ bufferSize: 1, refCount: true }),
  );
  const lookAgain$ = new Subject<void>();
  const call$ = followCall({ ...options, session, seats$, lookAgain$ }).pipe(
    tap((call) => roster.tell({ type: 'call', call })),
    shareReplay({ bufferSize: 1, refCount: true }),
  );
  const encoders = new SharedEncoders(roster);
  return {
    ...options,
    create: () => encoders.cover(options.create()),
    encoders,
    session,
    gone$,
    shown$: shown$.pipe(distinctUntilChanged(isSameSet)),
    departures: roster,
    reach: sharedProbe(() => options.signaling.reach()),
    preferred: options.returning?.seat ?? null,
    guest$: options.signaling.guest$.pipe(shareReplay({ bufferSize: 1, refCount: true })),
    refused$: new BehaviorSubject(false),
    requests$: new Subject<Asked>(),
    entry$: new BehaviorSubject<Entry>({ step: 'waiting' }),
    roster,
    seats$,
    lookAtSeats: () =>
      options.signaling.seats().then((seats) => looked$.next(seats), noted('call', 'read-seats', undefined)),
    call$,
    lookAgain$,
  };
}

/** The members that the page shows in this state. */
const sessionsShown = (state: CallState): Sessions =>
  new Set(
    state.phase === 'entering' || state.phase === 'seated' ? state.members.map(({ session }) => session) : [],
  );
