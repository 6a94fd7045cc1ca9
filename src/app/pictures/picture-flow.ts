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

import { keyed } from '../rx/keyed';
import { said } from '../wire/control-channel';
import { stateWanted$ } from '../wire/greeting';
import { eachLink, type Peer, type Peers } from '../wire/peers';
import { connectionQuality, ConnectionQuality } from './connection-quality';
import { type PictureMessage, pictureMessages, type View } from './picture-messages';
import type { ShownSize } from './picture-size';
import { sharedSending } from './shared-sending';
import { type ShownMember, viewOf, withMember } from './shown-views';
import type { Speaking } from './uplink-budget';

export type { ConnectionQuality } from './connection-quality';
export type { ShownSize } from './picture-size';

/** The state of the video to and from a member. */
export interface PictureState {
  readonly session: string;
  /** The member has paused their video: there is room for audio only. */
  readonly theirsPaused: boolean;
  /** This side's video to the member is paused. */
  readonly oursPaused: boolean;
  /** Null while it is unknown. */
  readonly quality: ConnectionQuality | null;
}

/** How often sizes are sent, in ms: they change with every pixel while a window is resized. */
const TELL_EVERY = 1_000;

/**
 * Divides the uplink among all members, by what each path carries and how each member shows the picture. Tells each member
 * how theirs is shown here, and rates each connection.
 */
export class PictureFlow {
  private readonly shown = new BehaviorSubject<ReadonlyMap<string, ShownMember>>(new Map());
  private readonly speaker = new BehaviorSubject<string | null>(null);
  /** The links whose video is paused. */
  private readonly paused$: Observable<ReadonlySet<string>>;

  /** One state for each member with a link. Works while subscribed. */
  readonly pictures$: Observable<readonly PictureState[]>;

  /**
   * @param recorded$ whether the call is being recorded here, which needs all pictures; starts with the present value
   * @param watched$ whether anything that shows members can be seen: the page, or a small window; starts with the present
   * value
   */
  constructor(
    private readonly peers: Peers,
    private readonly recorded$: Observable<boolean> = of(false),
    private readonly watched$: Observable<boolean> = of(true),
  ) {
    const speaking$ = combineLatest([this.speaker, peers.self$]).pipe(
      map(([speaker, self]): Speaking => {
        if (speaker === null) return 'nobody';
        return speaker === self?.session ? 'self' : 'other';
      }),
      distinctUntilChanged(),
    );
    this.paused$ = sharedSending(peers.peers$, speaking$).pipe(
      shareReplay({ bufferSize: 1, refCount: true }),
    );
    this.pictures$ = keyed(
      peers.peers$,
      ({ session }) => session,
      ({ session }) => this.pictureOf(session),
    ).pipe(shareReplay({ bufferSize: 1, refCount: true }));
  }

  /** Sets the size at which a member's video is shown, in device pixels. Undoes `hide`. */
  show(session: string, { width, height }: ShownSize): void {
    const size = { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
    this.setShown(session, { size, hidden: false });
  }

  /**
   * Does without a member's video until `show`: they are on another page of tiles, or the person doesn't want to see them, and
   * no small window shows them. The member sends none meanwhile, unless the call is recorded here.
   */
  hide(session: string): void {
    this.setShown(session, { size: this.shown.value.get(session)?.size ?? null, hidden: true });
  }

  /** Sets the session of the member who speaks, this one or another; null while it is unknown. */
  follow(speaker: string | null): void {
    this.speaker.next(speaker);
  }

  private setShown(session: string, member: ShownMember): void {
    const next = withMember(this.shown.value, session, member);
    if (next !== this.shown.value) this.shown.next(next);
  }

  private pictureOf(session: string): Observable<PictureState> {
    return eachLink(this.peers.peers$, session).pipe(switchMap((peer) => this.flow(peer)));
  }

  private flow(peer: Peer): Observable<PictureState> {
    const { session, figures$, link } = peer;
    const wanted$ = stateWanted$(peer);
    const tellView$ = combineLatest([this.viewOf(session), wanted$]).pipe(
      tap(([view]) => peer.send<PictureMessage>({ type: 'view', ...view })),
    );
    const oursPaused$ = this.paused$.pipe(
      map((links) => links.has(link)),
      startWith(false),
      distinctUntilChanged(),
      shareReplay({ bufferSize: 1, refCount: true }),
    );
    const tellPaused$ = combineLatest([oursPaused$, wanted$]).pipe(
      tap(([paused]) => peer.send<PictureMessage>({ type: 'picture', paused })),
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
      merge(tellView$, tellPaused$).pipe(ignoreElements()),
    );
  }

  /** What to tell a member about how they are shown: sizes at most once a second, `hidden` at once. */
  private viewOf(session: string): Observable<View> {
    const several$ = this.peers.peers$.pipe(map(({ length }) => length > 1));
    const views$ = combineLatest([this.shown, this.watched$, this.recorded$, several$]).pipe(
      map(([shown, watched, recorded, several]) =>
        viewOf(shown.get(session), { watched, recorded, several }),
      ),
      filter((view) => view !== null),
      distinctUntilChanged(isSameView),
      shareReplay({ bufferSize: 1, refCount: true }),
    );
    return views$.pipe(
      map(({ hidden }) => hidden),
      distinctUntilChanged(),
      switchMap((hidden) =>
        views$.pipe(
          filter((view) => view.hidden === hidden),
          throttleTime(TELL_EVERY, asyncScheduler, { leading: true, trailing: true }),
        ),
      ),
    );
  }
}

const isSameView = (one: View, other: View): boolean =>
  one.width === other.width && one.height === other.height && one.hidden === other.hidden;

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
