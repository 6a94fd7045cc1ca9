import { computed, inject, Injectable, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { Router } from '@angular/router';
import {
  catchError,
  combineLatest,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  fromEvent,
  map,
  merge,
  Observable,
  of,
  pairwise,
  race,
  retry,
  shareReplay,
  startWith,
  Subject,
  Subscription,
  switchMap,
  take,
  timer,
} from 'rxjs';

import { LOCAL_STORAGE } from '../media/local-storage';
import { randomId } from '../signaling/base32';
import { newCode } from '../signaling/code';
import type { PastRing } from './acquaintances';
import { DeviceAcquaintances } from './device-acquaintances';
import { Engagement } from './engagement';
import { Lobbies } from './lobbies';
import type { LobbyDocuments } from './lobby-documents';
import { leading$ } from './leading';
import {
  People,
  PeopleError,
  type Availability,
  type IncomingRing,
  type LobbyState,
  type OutgoingRing,
  type Person,
  type RingOutcome,
  type Visibility,
} from './people';
import { presence$, reasonOf, type PresenceState } from './presence';
import { ringOut$ } from './ring-out';
import { ringsIn$, type RingEvent } from './rings-in';
import { VisibleMemory, type Wish } from './visible-memory';
import { lobbyWatch$ } from './watch';

const NAME = 'parley.name';
/** What failed is tried again after this long, ms. */
const AGAIN = 5_000;

type Other = Pick<Person, 'uid' | 'name'>;

/** Being seen, seeing others and ringing, of this page. */
@Injectable({ providedIn: 'root' })
export class LivePeople extends People {
  private readonly lobbies = inject(Lobbies);
  private readonly memory = inject(VisibleMemory);
  private readonly engagement = inject(Engagement);
  private readonly acquaintances = inject(DeviceAcquaintances);
  private readonly router = inject(Router);
  private readonly storage = inject(LOCAL_STORAGE);

  /** Names this page, among those of the same person. */
  private readonly session = randomId();
  private readonly look$ = new Subject<void>();
  private readonly rungs = signal<readonly IncomingRing[]>([]);
  private readonly rings = signal<OutgoingRing | null>(null);
  private readonly records = new Map<string, RingEvent>();
  private ringing = Subscription.EMPTY;

  readonly incoming = this.rungs.asReadonly();
  readonly outgoing = this.rings.asReadonly();

  private readonly wish$ = toObservable(this.memory.wish);
  /** What may have changed the way to Firestore. */
  private readonly back$ = merge(fromEvent(window, 'online'), this.look$);
  private readonly shown$ = fromEvent(document, 'visibilitychange').pipe(
    startWith(null),
    map(() => document.visibilityState === 'visible'),
    distinctUntilChanged(),
    shareReplay({ bufferSize: 1, refCount: true }),
  );
  /** False from when the page goes until it comes back, if it does (back-forward cache). */
  private readonly alive$ = merge(
    fromEvent(window, 'pagehide').pipe(map(() => false)),
    fromEvent(window, 'pageshow').pipe(map(() => true)),
  ).pipe(startWith(true), distinctUntilChanged());
  private readonly where$ = combineLatest([this.wish$, this.alive$]).pipe(
    map(([wish, alive]) => (alive ? wish : null)),
    distinctUntilChanged((a, b) => a?.code === b?.code && a?.name === b?.name),
    shareReplay({ bufferSize: 1, refCount: true }),
  );

  private readonly presence = toSignal(
    this.where$.pipe(switchMap((wish) => (wish ? this.visible$(wish) : of(null)))),
    { initialValue: null },
  );
  readonly visibility = computed((): Visibility | null => {
    const wish = this.memory.wish();
    return wish && { ...wish, ...(this.presence() ?? { status: 'appearing' as const }) };
  });

  constructor() {
    super();
    this.where$
      .pipe(switchMap((wish) => (wish ? this.rungIn$(wish.code) : EMPTY)))
      .subscribe(([documents, event, lobby]) => this.hear(documents, event, lobby));
    // Whoever leaves the call takes the ring back with it.
    this.engagement.engaged$
      .pipe(
        pairwise(),
        filter(([before, now]) => before && !now),
      )
      .subscribe(() => this.rings()?.outcome === 'ringing' && this.hangUp());
  }

  lobby$(code: string): Observable<LobbyState> {
    return defer(() => this.lobbies.of(code)).pipe(
      switchMap((documents) => lobbyWatch$(documents, { seen$: this.shown$, look$: this.back$ })),
      catchError((error: unknown, again$) =>
        race(timer(AGAIN), this.look$).pipe(
          take(1),
          switchMap(() => again$),
          startWith<LobbyState>({ phase: 'failed', reason: reasonOf(error) }),
        ),
      ),
      startWith<LobbyState>({ phase: 'opening' }),
    );
  }

  look(): void {
    this.look$.next();
  }

  async create(): Promise<string> {
    const code = newCode();
    try {
      const documents = await this.lobbies.of(code);
      await documents.create();
      return code;
    } catch (cause) {
      throw new PeopleError(reasonOf(cause), { cause });
    }
  }

  appear(code: string, name: string): void {
    this.memory.set({ code, name, doNotDisturb: this.memory.wish()?.doNotDisturb ?? false });
  }

  disappear(): void {
    this.memory.set(null);
  }

  setDoNotDisturb(doNotDisturb: boolean): void {
    const wish = this.memory.wish();
    if (wish) this.memory.set({ ...wish, doNotDisturb });
  }

  ring(lobby: string, to: Other): void {
    if (this.rings()?.outcome === 'ringing') return;
    this.ringing.unsubscribe();
    const origin = this.router.url;
    const code = newCode();
    const name = this.name();
    const began = Date.now();
    const show = (outcome: RingOutcome, message: string | null = null) =>
      this.rings.set({ lobby, to, code, outcome, message });
    show('ringing');
    let inside = false;
    this.ringing = defer(() => this.lobbies.of(lobby))
      .pipe(
        switchMap((documents) => ringOut$(documents, to.uid, { name, code }, this.session)),
        catchError((error: unknown) =>
          of({ outcome: reasonOf(error) === 'offline' ? 'offline' : 'failed', message: null, code } as const),
        ),
      )
      .subscribe(({ outcome, message, code: place }) => {
        if (outcome === 'ringing') {
          if (!inside) void this.enter(code, 'new', name);
          inside = true;
          return show('ringing');
        }
        this.note({ lobby, to, direction: 'out', outcome: pastOutcome(outcome), at: began });
        if (outcome === 'accepted') {
          if (place !== code) void this.enter(place, 'join', name);
          this.rings.set(null);
          return;
        }
        show(outcome, message);
        if (inside) void this.router.navigateByUrl(origin);
      });
  }

  hangUp(): void {
    const rang = this.rings();
    this.ringing.unsubscribe();
    this.rings.set(null);
    if (rang?.outcome !== 'ringing') return;
    this.note({ lobby: rang.lobby, to: rang.to, direction: 'out', outcome: 'cancelled', at: Date.now() });
    if (this.engagement.engaged) void this.router.navigateByUrl('/');
  }

  accept(ring: IncomingRing): void {
    const event = this.records.get(ring.id);
    if (!event) return;
    this.dismiss(ring);
    this.note({ lobby: ring.lobby, to: ring.from, direction: 'in', outcome: 'answered', at: Date.now() });
    // Both at once, so that nobody waits for the one to begin the other.
    void this.enter(ring.code, 'join', this.name());
    this.answer(ring.lobby, event, 'accepted').catch(() => void this.takeBack(ring, event));
  }

  decline(ring: IncomingRing, message?: string): void {
    const event = this.records.get(ring.id);
    this.dismiss(ring);
    if (!event) return;
    this.note({ lobby: ring.lobby, to: ring.from, direction: 'in', outcome: 'declined', at: Date.now() });
    this.answer(ring.lobby, event, 'declined', message).catch(() => undefined);
  }

  dismiss({ id }: IncomingRing): void {
    this.rungs.update((rings) => rings.filter((ring) => ring.id !== id));
  }

  private visible$(wish: Wish): Observable<PresenceState> {
    const availability$ = combineLatest([this.wish$, this.engagement.engaged$]).pipe(
      map(([now, engaged]): Availability => (now?.doNotDisturb ? 'dnd' : engaged ? 'busy' : 'available')),
      distinctUntilChanged(),
    );
    const active$ = combineLatest([this.shown$, this.engagement.engaged$]).pipe(
      map(([shown, engaged]) => shown || engaged),
      distinctUntilChanged(),
    );
    // One of this browser's pages is enough; when it goes the next takes over.
    return leading$(`parley.presence ${wish.code}`).pipe(
      switchMap(() => this.lobbies.of(wish.code)),
      switchMap((documents) =>
        presence$(documents, { name: wish.name, availability$, active$, back$: this.back$ }),
      ),
      catchError((error: unknown) => of<PresenceState>({ status: 'failed', reason: reasonOf(error) })),
      switchMap((state) =>
        state.status === 'failed' && state.reason !== 'full'
          ? merge(
              of(state),
              race(timer(AGAIN), this.look$).pipe(
                take(1),
                switchMap(() => this.visible$(wish)),
              ),
            )
          : of(state),
      ),
    );
  }

  private rungIn$(lobby: string): Observable<readonly [LobbyDocuments, RingEvent, string]> {
    // Who is blocked must be known before anybody is heard.
    return defer(() => Promise.all([this.lobbies.of(lobby), this.acquaintances.ready])).pipe(
      switchMap(([documents]) =>
        ringsIn$(documents, this.session).pipe(map((event) => [documents, event, lobby] as const)),
      ),
      retry({ delay: () => race(timer(AGAIN), this.back$) }),
    );
  }

  private hear(documents: LobbyDocuments, event: RingEvent, lobby: string): void {
    const { id, record, name, code, ended } = event;
    const who = { uid: record.from, name };
    if (this.acquaintances.isBlocked(lobby, who.uid)) return;
    if (ended !== null) return this.hearEnd(event, lobby);
    // They ring each other: the ring that goes out sees to it.
    if (this.rings()?.outcome === 'ringing' && this.rings()?.to.uid === who.uid) return;
    if (this.engagement.engaged) {
      documents.answerRing(record, 'busy', this.session).catch(() => undefined);
      this.note({ lobby, to: who, direction: 'in', outcome: 'missed', at: record.createdAt });
      return;
    }
    this.records.set(id, event);
    this.rungs.update((rings) => [...rings, { id, lobby, from: who, code, ended: null }]);
  }

  private hearEnd({ id, record, name, ended }: RingEvent, lobby: string): void {
    const rang = this.rungs().find((ring) => ring.id === id);
    this.records.delete(id);
    if (!rang || ended === null) return;
    if (ended === 'here') return this.dismiss(rang);
    if (ended !== 'elsewhere') {
      const to = { uid: record.from, name };
      // The same in all pages of this browser, so that it is noted once.
      this.note({ lobby, to, direction: 'in', outcome: 'missed', at: record.createdAt });
    }
    this.rungs.update((rings) => rings.map((ring) => (ring.id === id ? { ...ring, ended } : ring)));
  }

  private async answer(
    lobby: string,
    { record }: RingEvent,
    state: 'accepted' | 'declined',
    message?: string,
  ): Promise<void> {
    const documents = await this.lobbies.of(lobby);
    await documents.answerRing(record, state, this.session, message);
  }

  /** The ring was over, or answered by another page, when Accept was pressed. */
  private async takeBack(ring: IncomingRing, { record }: RingEvent): Promise<void> {
    const documents = await this.lobbies.of(ring.lobby);
    const now = await documents.ring(record.from).catch(() => null);
    // It got through after all, or nobody knows: the call will say.
    if (now === null || now.answeredBy === this.session) return;
    const ended = now.answeredBy === null ? 'cancelled' : 'elsewhere';
    this.rungs.update((rings) => [...rings, { ...ring, ended }]);
    await this.router.navigateByUrl('/');
  }

  private enter(code: string, intent: 'new' | 'join', name: string): Promise<boolean> {
    return this.router.navigate(['/call'], { fragment: code, state: { intent, join: name } });
  }

  private name(): string {
    return this.memory.wish()?.name ?? this.storage?.getItem(NAME) ?? '';
  }

  /** Into the history; an answered one gets its length when the call is over. */
  private note(past: { lobby: string; to: Other } & Pick<PastRing, 'direction' | 'outcome' | 'at'>): void {
    const { lobby, to, direction, outcome, at } = past;
    void this.acquaintances
      .add({ lobby, uid: to.uid, name: to.name, direction, outcome, at, duration: null })
      .then((id) => {
        if (outcome !== 'answered') return;
        const began = Date.now();
        this.engagement.engaged$
          .pipe(
            pairwise(),
            filter(([before, now]) => before && !now),
            take(1),
          )
          .subscribe(() => void this.acquaintances.end(id, Date.now() - began));
      });
  }
}

function pastOutcome(outcome: Exclude<RingOutcome, 'ringing'>): PastRing['outcome'] {
  switch (outcome) {
    case 'accepted':
      return 'answered';
    case 'declined':
    case 'busy':
    case 'noAnswer':
    case 'cancelled':
      return outcome;
    case 'dnd':
      return 'declined';
    default:
      return 'failed';
  }
}
