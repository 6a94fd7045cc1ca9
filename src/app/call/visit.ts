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

import { noteError, noted } from '../log/note';
import { elapsed } from '../loading/clock';
import { sharedProbe } from '../links/absence';
import type { Entry } from '../links/answered-link';
import { isSameSet, type Sessions } from '../links/departures';
import type { LinkContext } from '../links/link';
import type { LinkMessage } from '../links/link-messages';
import { untilLeases } from '../signaling/lease';
import { forgetSeat, rememberSeat } from '../storage/tab-memory';
import { isLive } from '../topology/seating';
import { randomId } from '../values/base32';
import { answeredLinks, offersToAnswer } from './answering';
import type { Intent } from './call';
import type { CallState, Notice } from './call-state';
import { doorway } from './doorway';
import { createCall, takeSeat } from './entering';
import { followCall } from './follow-call';
import { LiveRoster } from './live-roster';
import { NOBODY, type Present } from './present-peers';
import type { RosterEvent, Seated } from './roster';
import { stay } from './stay';
import type { VisitContext } from './visit-context';
import { wayIn } from './way-in';

/** What a visit needs from outside. */
export interface VisitOptions extends Omit<LinkContext, 'session' | 'shown$' | 'departures' | 'reach'> {
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
  private readonly context: VisitContext;
  private readonly roster: LiveRoster;
  private readonly join$ = new Subject<string>();
  private readonly leave$ = new Subject<void>();
  /** The sessions of the members that the page shows, by the latest state. */
  private readonly shown = new BehaviorSubject<Sessions>(new Set());
  private gone = false;
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
    this.context = contextOf(options, session, this.roster, this.shown);
    this.present$ = this.roster.roster$.pipe(map((now) => (now.seated ? now : NOBODY)));
    this.notices$ = merge(
      this.roster.notices$,
      options.signaling.tampered$.pipe(
        filter((count) => count > 0),
        map((count): Notice => ({ kind: 'tampered', count })),
      ),
    );
    // `during` takes over the listeners of `before` before that ends.
    this.state$ = merge(this.during(), this.before(), this.answering()).pipe(
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
    this.options.signaling.setOpen(open).then(
      () => this.roster.tell({ type: 'door', open }),
      (error: unknown) => {
        noteError('call', 'set-door', error);
        this.roster.tell({ type: 'unsaved' });
      },
    );
  }

  remove(session: string): void {
    const seat = this.roster.now.seats.find((held) => held.session === session);
    if (!seat) return;
    this.options.signaling.empty(seat.number).catch((error: unknown) => {
      noteError('call', 'remove-member', error);
      return this.roster.tell({ type: 'unsaved' });
    });
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
    const { links, seats, left, seated } = this.roster.now;
    for (const { control } of links) {
      control.send<LinkMessage>({ type: 'bye' });
    }
    // A member who said `bye` a moment ago has left, even if the seat isn't known to be free yet.
    const others = seats.filter(({ session }) => session !== this.context.session && !left.has(session));
    const last = seated !== null && !others.some((seat) => isLive(seat, this.options.now()));
    this.options.signaling.farewell(last).catch(noted('call', 'farewell'));
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

  private async enter(name: string): Promise<Seated | null> {
    const seated =
      this.options.intent === 'new'
        ? await createCall(this.context, name)
        : await takeSeat(this.context, name);
    if (seated && this.gone) {
      // The visit ended while the seat was being taken.
      await this.options.signaling.farewell(seated.number === 0).catch(noted('call', 'farewell'));
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
): VisitContext {
  const seats$ = options.signaling.seats$.pipe(
    switchMap((seats) => untilLeases(seats, options.now)),
    tap((seats) => roster.tell({ type: 'seats', seats })),
    shareReplay({ bufferSize: 1, refCount: true }),
  );
  const lookAgain$ = new Subject<void>();
  const call$ = followCall({ ...options, session, seats$, lookAgain$ }).pipe(
    tap((call) => roster.tell({ type: 'call', call })),
    shareReplay({ bufferSize: 1, refCount: true }),
  );
  return {
    ...options,
    session,
    shown$: shown$.pipe(distinctUntilChanged(isSameSet)),
    departures: roster,
    reach: sharedProbe(() => options.signaling.reach()),
    preferred: options.returning?.seat ?? null,
    entry$: new BehaviorSubject<Entry>({ step: 'waiting' }),
    roster,
    seats$,
    call$,
    lookAgain$,
  };
}

/** The members that the page shows in this state. */
const sessionsShown = (state: CallState): Sessions =>
  new Set(
    state.phase === 'entering' || state.phase === 'seated' ? state.members.map(({ session }) => session) : [],
  );
