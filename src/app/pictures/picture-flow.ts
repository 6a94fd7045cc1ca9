import {
  asyncScheduler,
  BehaviorSubject,
  combineLatest,
  distinctUntilChanged,
  filter,
  ignoreElements,
  map,
  merge,
  Observable,
  of,
  shareReplay,
  startWith,
  switchMap,
  tap,
  throttleTime,
} from 'rxjs';

import { adaptiveSending, ShownSize } from './adaptive-sending';
import { connectionQuality, ConnectionQuality } from './connection-quality';
import { said } from '../wire/control-channel';
import { type PictureMessage, pictureMessages } from './picture-messages';
import { keyed } from '../rx/keyed';
import { eachLink, type Peer, type Peers } from '../wire/peers';

export type { ConnectionQuality } from './connection-quality';
export type { ShownSize } from './adaptive-sending';

/** The state of the video to and from a member. */
export interface PictureState {
  readonly session: string;
  /** The member has paused their video: the path from them has room for audio only. */
  readonly theirsPaused: boolean;
  /** This side's video to the member is paused. */
  readonly oursPaused: boolean;
  /** Null while it is unknown. */
  readonly quality: ConnectionQuality | null;
}

/** How often sizes are sent, in ms: they change with every pixel while a window is resized. */
const TELL_EVERY = 1_000;

/**
 * Adapts what is sent to each member to the path and to the size at which that member shows it. Tells each member the size
 * shown here, and rates each connection.
 */
export class PictureFlow {
  private readonly shown = new BehaviorSubject<ReadonlyMap<string, ShownSize>>(new Map());

  /** One state for each member with a link. Works while subscribed. */
  readonly pictures$: Observable<readonly PictureState[]>;

  constructor(private readonly peers: Peers) {
    this.pictures$ = keyed(
      peers.peers$,
      ({ session }) => session,
      ({ session }) => this.pictureOf(session),
    ).pipe(shareReplay({ bufferSize: 1, refCount: true }));
  }

  /** Sets the size at which a member's video is shown, in device pixels. */
  show(session: string, { width, height }: ShownSize): void {
    const size = { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
    const before = this.shown.value.get(session);
    if (before?.width !== size.width || before.height !== size.height) {
      this.shown.next(new Map([...this.shown.value, [session, size]]));
    }
  }

  private pictureOf(session: string): Observable<PictureState> {
    return eachLink(this.peers.peers$, session).pipe(switchMap((peer) => this.flow(peer)));
  }

  private flow(peer: Peer): Observable<PictureState> {
    const { session, figures$ } = peer;
    const open$ = peer.open$.pipe(distinctUntilChanged());
    const tellSize$ = combineLatest([
      this.shown.pipe(
        map((sizes) => sizes.get(session)),
        filter((size) => size !== undefined),
        distinctUntilChanged(),
        throttleTime(TELL_EVERY, asyncScheduler, { leading: true, trailing: true }),
      ),
      open$,
    ]).pipe(tap(([size, open]) => open && peer.send<PictureMessage>({ type: 'view', ...size })));
    const oursPaused$ = open$.pipe(
      filter((open) => open),
      switchMap(() => {
        const { sections } = peer.media;
        return sections ? adaptiveSending(peer, sections, said(peer, pictureMessages, 'view')) : of(false);
      }),
      startWith(false),
      distinctUntilChanged(),
      shareReplay({ bufferSize: 1, refCount: true }),
    );
    const tellPaused$ = combineLatest([oursPaused$, open$]).pipe(
      tap(([paused, open]) => open && peer.send<PictureMessage>({ type: 'picture', paused })),
    );
    const quality$ = figures$.pipe(
      map(connectionQuality),
      // One bad second is not a bad connection.
      steadied(),
      startWith(null),
      distinctUntilChanged(),
    );
    return merge(
      combineLatest([
        said(peer, pictureMessages, 'picture').pipe(
          map(({ paused }) => paused),
          startWith(false),
          distinctUntilChanged(),
        ),
        oursPaused$,
        quality$,
      ]).pipe(
        map(([theirsPaused, oursPaused, quality]): PictureState => ({
          session,
          theirsPaused,
          oursPaused,
          quality,
        })),
      ),
      merge(tellSize$, tellPaused$).pipe(ignoreElements()),
    );
  }
}

/** The median of the last three values. */
const steadied =
  () =>
  (source: Observable<ConnectionQuality | null>): Observable<ConnectionQuality | null> => {
    let last: readonly (ConnectionQuality | null)[] = [];
    return source.pipe(
      map((quality) => {
        last = [...last, quality].slice(-3);
        const known = last.filter((one) => one !== null).sort();
        return quality === null ? null : (known[Math.floor(known.length / 2)] ?? null);
      }),
    );
  };
