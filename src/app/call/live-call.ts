import { DestroyRef, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  BehaviorSubject,
  catchError,
  combineLatest,
  concat,
  defer,
  distinctUntilChanged,
  EMPTY,
  finalize,
  ignoreElements,
  map,
  Observable,
  of,
  scan,
  shareReplay,
  startWith,
  Subject,
  Subscription,
  switchMap,
  tap,
  withLatestFrom,
} from 'rxjs';

import { Documents, DocumentsError } from '../firebase/documents';
import { CONNECT } from '../firebase/firebase';
import { elapsed } from '../loading/clock';
import { LocalMedia } from '../media/local-media';
import type { InputState } from '../media/media';
import { linkStatistics$ } from '../rtc/link-statistics';
import { PEER_CONNECTION } from '../rtc/peer-connection';
import { codeKeys } from '../signaling/code-keys';
import { CallSignaling } from '../signaling/call-signaling';
import type { Intent } from './call';
import { asCallError, SilenceError } from './call-errors';
import type { CallState, Notice } from './call-state';
import type { LinkStatistics, SignalingCost } from './call-statistics';
import { CHECK_CAPABILITIES } from './capabilities';
import { ModeratedCall } from './moderated-call';
import { NOBODY, peersOf } from './present-peers';
import { reachable } from './reachable';
import { restored$ } from './restored';
import { isOn, trackOf } from './sent-media';
import { NO_OPERATIONS, spent } from './signaling-cost';
import { Ice } from '../servers/ice';
import { networkChanges$ } from '../links/network-changes';
import { isSameList } from '../rx/same-list';
import type { Peer, Peers } from '../wire/peers';
import { Refusals } from '../links/refusals';
import { forgetSeat, isSessionHeld, rememberedSeat } from '../storage/tab-memory';
import { Visit } from './visit';

/** A request to open a call. */
interface Opening {
  readonly code: string;
  readonly intent: Intent;
  /** Joins at once under this name. */
  readonly name: string | null;
  /** Another person rings this one into the call, and is about to create it. */
  readonly awaitsCaller?: boolean;
  /** Publishes a provisional answer under this name; null publishes none. */
  readonly ownProvisionalName: string | null;
}

/** How long one warm-up is enough for a press of Join, in ms: browsers cache a preflight for 5 s. */
const WARM_FOR = 4_000;
/** User Timing marks of one opening. The next opening clears them, because they would pile up all day. */
const MARKS = ['call:join', 'call:answered', 'call:connected', 'call:first-frame'];

/** The call of this page: opens visits, one at a time, and exposes the present one. */
@Injectable()
export class LiveCall extends ModeratedCall implements Peers {
  private readonly connect = inject(CONNECT);
  private readonly checkCapabilities = inject(CHECK_CAPABILITIES);
  private readonly createConnection = inject(PEER_CONNECTION);
  private readonly ice = inject(Ice);
  private readonly media = inject(LocalMedia);
  private readonly destroyRef = inject(DestroyRef);

  private readonly openings = new Subject<Opening>();
  protected readonly visit$ = new BehaviorSubject<Visit | null>(null);
  private readonly documents$ = new BehaviorSubject<Documents | null>(null);
  private readonly configuration = new BehaviorSubject<RTCConfiguration>({});
  private readonly devicesOpen = new BehaviorSubject(true);
  private readonly microphone$ = this.whenOpen(this.media.microphone$);
  private readonly camera$ = this.whenOpen(this.media.camera$);
  private configuring: Subscription | null = null;
  private opening: Opening | null = null;
  /** The name that Join was pressed with; null before that. */
  private name: string | null = null;
  private warmed = -Infinity;
  /** How many times in a row Firestore was lost. */
  private setbacks = 0;

  readonly state$: Observable<CallState> = this.openings.pipe(
    switchMap((opening) =>
      concat(of<CallState>({ phase: 'opening' }), this.visit(opening)).pipe(
        catchError((cause: unknown) => {
          const error = asCallError(cause);
          // A removed member doesn't come back by reloading, nor does an ended call.
          if (error.reason === 'removed' || error.reason === 'ended') forgetSeat();
          const failed = of<CallState>({ phase: 'failed', error });
          return error.reason === 'offline' ? concat(failed, this.goOnWhenBack()) : failed;
        }),
      ),
    ),
    startWith<CallState>({ phase: 'opening' }),
    shareReplay(1),
  );
  readonly notices$: Observable<Notice> = this.visit$.pipe(switchMap((visit) => visit?.notices$ ?? EMPTY));
  readonly polling$: Observable<boolean> = this.documents$.pipe(
    switchMap((documents) => documents?.polling$ ?? of(false)),
    distinctUntilChanged(),
  );
  readonly cost$: Observable<SignalingCost> = this.documents$.pipe(
    switchMap((documents) => (documents ? spent(documents.operations$) : of(NO_OPERATIONS))),
    shareReplay(1),
  );

  readonly self$ = this.state$.pipe(
    map((state) => (state.phase === 'seated' ? { session: state.session, name: state.name } : null)),
    distinctUntilChanged((a, b) => a?.session === b?.session && a?.name === b?.name),
    shareReplay(1),
  );
  private readonly present$ = this.visit$.pipe(switchMap((visit) => visit?.present$ ?? of(NOBODY)));
  readonly peers$ = this.present$.pipe(
    scan(peersOf, [] as readonly Peer[]),
    distinctUntilChanged((a, b) => isSameList(a, b)),
    shareReplay(1),
  );
  readonly left$ = this.present$.pipe(
    map(({ gone }) => gone),
    distinctUntilChanged(),
  );

  constructor() {
    super();
    const shown = this.state$.subscribe();
    shown.add(this.cost$.subscribe());
    const restored = restored$(this.state$).subscribe((before) => this.comeBack(before));
    this.destroyRef.onDestroy(() => {
      this.leave();
      restored.unsubscribe();
      shown.unsubscribe();
      this.configuring?.unsubscribe();
      this.openings.complete();
    });
  }

  open(code: string, intent: Intent, name: string | null = null): void {
    const there = this.opening?.code === code ? this.visit$.value : null;
    // Accepting a ring has already joined the call; the page opens afterwards.
    if (there && name !== null && this.name === name && this.devicesOpen.value) return;
    this.name = name;
    const ahead = this.devicesOpen.value ? null : there;
    this.devicesOpen.next(true);
    if (ahead && name !== null) return this.join(name);
    this.start({ code, intent, name, awaitsCaller: name !== null, ownProvisionalName: null });
    if (name !== null) performance.mark('call:join');
  }

  openAhead(code: string, name: string | null = null): void {
    this.name = null;
    this.devicesOpen.next(false);
    this.start({ code, intent: 'join', name: null, awaitsCaller: true, ownProvisionalName: name });
  }

  prepare(): void {
    if (elapsed() - this.warmed > WARM_FOR) {
      this.warmed = elapsed();
      this.documents$.value?.warm();
    }
  }

  join(name: string): void {
    performance.mark('call:join');
    this.name = name;
    this.visit$.value?.join(name);
  }

  leave(): void {
    this.visit$.value?.leave();
  }

  retry(): void {
    if (this.opening) {
      const { code, intent } = this.opening;
      const joined = this.name !== null;
      this.start({ code, intent: joined ? 'join' : intent, name: this.name, ownProvisionalName: null });
    }
  }

  statistics$(session: string): Observable<LinkStatistics> {
    return this.present$.pipe(
      map(({ links }) => links.find((link) => link.session === session)),
      distinctUntilChanged((a, b) => a?.connection === b?.connection),
      switchMap((link) =>
        link
          ? linkStatistics$(link.connection).pipe(
              withLatestFrom(link.control.dropped$, link.refusal$),
              map(([figures, dropped, refusal]) => ({ ...figures, dropped, refusal })),
            )
          : EMPTY,
      ),
    );
  }

  /** Rejoins when the page returns from the back-forward cache: a page says `bye` when it enters that cache. */
  private comeBack(before: CallState['phase']): void {
    if (before === 'left' || before === 'failed' || !this.opening) return;
    // Only a member who was seated returns to a seat. A press of Join that was pending must be repeated.
    if (before !== 'seated') this.name = null;
    this.retry();
  }

  private start(opening: Opening): void {
    MARKS.forEach((mark) => performance.clearMarks(mark));
    this.opening = opening;
    this.openings.next(opening);
  }

  private visit(opening: Opening): Observable<CallState> {
    return defer(() => this.prepareVisit(opening)).pipe(
      switchMap((visit) => {
        this.visit$.next(visit);
        return visit.state$.pipe(
          tap(() => (this.setbacks = 0)),
          finalize(() => this.visit$.next(null)),
        );
      }),
      catchError((error: unknown) => {
        const isThere =
          error instanceof DocumentsError && error.reason === 'conflict' && opening.intent === 'new';
        if (!isThere && !(error instanceof SilenceError)) throw error;
        // Another person started the call under this code, or this member was given up as departed: join.
        return this.visit({ ...opening, intent: 'join', name: this.name, awaitsCaller: false });
      }),
    );
  }

  private goOnWhenBack(): Observable<never> {
    // The delay grows each time, in case Firestore responds but nothing else gets through.
    return reachable(() => this.connect(), this.setbacks++).pipe(
      tap(() => this.retry()),
      ignoreElements(),
      takeUntilDestroyed(this.destroyRef),
    );
  }

  private whenOpen(input$: Observable<InputState>): Observable<InputState> {
    return this.devicesOpen.pipe(switchMap((open) => (open ? input$ : of<InputState>({ status: 'off' }))));
  }

  /** Follows the configuration of connections. Resolves once it is known. */
  private configure(documents: Documents): Promise<void> {
    this.configuring?.unsubscribe();
    return new Promise((resolve) => {
      this.configuring = this.ice.configuration$(documents).subscribe((configuration) => {
        this.configuration.next(configuration);
        resolve();
      });
    });
  }

  private async prepareVisit(opening: Opening): Promise<Visit> {
    const { code, intent, name, awaitsCaller = false, ownProvisionalName } = opening;
    this.checkCapabilities();
    const [keys, documents] = await Promise.all([codeKeys(code, 'call'), this.connect()]);
    this.documents$.next(documents);
    this.warmed = -Infinity;
    this.prepare();
    const held = rememberedSeat(keys.id);
    const reloaded = held !== null && !(await isSessionHeld(held.session));
    const returning = reloaded ? held : name === null ? null : { name, seat: held?.seat ?? null };
    if (returning) this.name = returning.name;
    await this.configure(documents);
    return new Visit({
      uid: documents.uid,
      callId: keys.id,
      now: () => documents.now(),
      signaling: new CallSignaling(documents, keys),
      create: () => this.createConnection(this.configuration.value),
      configuration$: this.configuration,
      tracks: { audio$: trackOf(this.microphone$), video$: trackOf(this.camera$) },
      sending$: combineLatest({ microphone: isOn(this.microphone$), camera: isOn(this.camera$) }),
      networkChanges$,
      ownProvisionalName,
      awaitsCaller,
      obstacles: new Map(),
      refusals: new Refusals(),
      intent: reloaded ? 'join' : intent,
      returning,
    });
  }
}
