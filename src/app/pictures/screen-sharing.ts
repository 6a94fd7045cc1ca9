import {
  catchError,
  combineLatest,
  concat,
  distinctUntilChanged,
  filter,
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
  tap,
} from 'rxjs';

import { type CapturedScreen, ScreenError, screenCapture } from '../media/screen';
import { said } from '../wire/control-channel';
import { stateWanted$ } from '../wire/greeting';
import { keyed } from '../rx/keyed';
import { isSameList } from '../rx/same-list';
import { eachLink, type Peer, type Peers } from '../wire/peers';
import { screenTracks, streamsIn, type StreamsMessage, streamsMessages } from './stream-map';

/** This member's own screen. */
export type OwnScreen =
  | { readonly status: 'off' }
  /** The browser asks the person what to show. */
  | { readonly status: 'asking' }
  | ({ readonly status: 'on' } & CapturedScreen)
  | { readonly status: 'failed'; readonly error: ScreenError };

/** A screen that another member shows. */
export interface SharedScreen {
  readonly session: string;
  readonly stream: MediaStream;
}

const OFF: OwnScreen = { status: 'off' };

/**
 * Screens shown in a call, by this member and by the others. A screen is a second video beside the camera's. It has its own
 * sections in the description, which are added and stopped by negotiation over the control channel.
 */
export class ScreenSharing {
  private readonly wish = new Subject<boolean>();

  /** Starts with the present state. While subscribed, the captured screen is shown to all members. */
  readonly own$: Observable<OwnScreen>;
  /** The screens of the other members. */
  readonly theirs$: Observable<readonly SharedScreen[]>;

  constructor(
    private readonly peers: Peers,
    private readonly mediaDevices: MediaDevices | null,
  ) {
    this.own$ = this.wish.pipe(
      switchMap((on) => (on ? this.capture() : of(OFF))),
      startWith(OFF),
      switchMap((screen) =>
        screen.status === 'on'
          ? merge(of<OwnScreen>(screen), sendToAll(peers.peers$, screen.stream))
          : of(screen),
      ),
      shareReplay({ bufferSize: 1, refCount: true }),
    );
    this.theirs$ = keyed(
      peers.peers$,
      ({ session }) => session,
      ({ session }) => this.screenOf(session),
    ).pipe(
      map((screens) => screens.filter((screen) => screen !== null)),
      distinctUntilChanged((a, b) => isSameList(a, b)),
      shareReplay({ bufferSize: 1, refCount: true }),
    );
  }

  /** Asks for a screen and shows it. Must be called in a press. */
  start(): void {
    this.wish.next(true);
  }

  stop(): void {
    this.wish.next(false);
  }

  private capture(): Observable<OwnScreen> {
    const captured$ = screenCapture(this.mediaDevices).pipe(
      map((screen): OwnScreen => ({ status: 'on', ...screen })),
      catchError((error: unknown) =>
        of<OwnScreen>(
          error instanceof ScreenError && error.reason !== 'refused' ? { status: 'failed', error } : OFF,
        ),
      ),
    );
    return concat(of<OwnScreen>({ status: 'asking' }), captured$, of(OFF)).pipe(
      // A failure stays visible until the next attempt.
      distinctUntilChanged((before, now) => before.status === 'failed' && now === OFF),
    );
  }

  private screenOf(session: string): Observable<SharedScreen | null> {
    return eachLink(this.peers.peers$, session).pipe(
      switchMap((peer) => merge(announce(peer, this.peers.self$), receivedScreen$(peer))),
      map((stream) => stream && { session, stream }),
    );
  }
}

/** Sends a screen to every member, on each present and later link, while subscribed. */
const sendToAll = (peers$: Observable<readonly Peer[]>, stream: MediaStream): Observable<never> =>
  keyed(
    peers$,
    ({ link }) => link,
    (peer) => sendScreen(peer, stream),
  ).pipe(filter((_): _ is never => false));

/** Sends a screen to one member once the link is up; unsubscribing stops its sections. How much of it, shared-sending.ts says. */
const sendScreen = ({ media, open$ }: Peer, stream: MediaStream): Observable<unknown> =>
  open$.pipe(
    filter((open) => open),
    take(1),
    switchMap(
      () =>
        new Observable<never>(() => {
          const added = media.add(stream);
          return () => added.stop();
        }),
    ),
  );

/** Tells a peer what is sent in which section, when it begins to listen and at each change. Emits nothing. */
const announce = (peer: Peer, self$: Peers['self$']): Observable<never> =>
  combineLatest([peer.media.sent$, self$, stateWanted$(peer)]).pipe(
    tap(([sections, self]) => {
      if (self) peer.send<StreamsMessage>({ type: 'streams', streams: streamsIn(sections, self.session) });
    }),
    ignoreElements(),
  );

/** The screen that a peer sends. */
const receivedScreen$ = (peer: Peer): Observable<MediaStream | null> =>
  combineLatest([
    peer.media.further$,
    said(peer, streamsMessages, 'streams').pipe(
      map(({ streams }) => streams),
      startWith(null),
    ),
  ]).pipe(
    map(([received, announced]) => screenTracks(received, announced, peer.session)),
    distinctUntilChanged((a, b) => isSameList(a, b)),
    map((tracks) => (tracks.some(({ kind }) => kind === 'video') ? new MediaStream([...tracks]) : null)),
  );
