import {
  BehaviorSubject,
  catchError,
  combineLatest,
  distinctUntilChanged,
  EMPTY,
  filter,
  ignoreElements,
  interval,
  map,
  merge,
  Observable,
  of,
  pairwise,
  shareReplay,
  skip,
  startWith,
  switchMap,
  take,
  tap,
  throwError,
  withLatestFrom,
} from 'rxjs';

import { codecsIn, codecsOf, haveCommon, MediaKind } from '../rtc/codecs';
import { connectionState$ } from '../rtc/connection-state';
import { ControlChannel, said } from '../wire/control-channel';
import { SECTIONS, type SentTracks } from '../rtc/media-sections';
import type { LinkRole } from '../rtc/link-role';
import type { Negotiation } from '../rtc/negotiation';
import type { Refusal } from '../rtc/refusal';
import { revival } from '../rtc/revival';
import { beating, heard$, receivedBy, SILENCE } from '../wire/vital-signs';
import type { CallSignaling } from '../signaling/call-signaling';
import type { LinkPath } from '../signaling/records';
import { gone$ } from './absence';
import type { CodecMismatch, LinkStatus, Obstacle } from '../call/call-state';
import type { Departures, Sessions } from './departures';
import { type LinkMessage, linkMessages, negotiationMessages } from './link-messages';
import { noteFailure, obstacle$ } from './obstacle';
import type { Recovery, RecoveryEvent, RecoveryStep } from './recovery';
import { recovering } from './recovering';
import type { Refusals } from './refusals';
import { unshown$ } from './unshown';

/** What all links of a stay share. */
export interface LinkContext {
  readonly signaling: CallSignaling;
  readonly create: () => RTCPeerConnection;
  /** The configuration of connections; emits again whenever it changes. */
  readonly configuration$: Observable<RTCConfiguration>;
  /** The session of this member's stay. */
  readonly session: string;
  readonly tracks: SentTracks;
  /** The sessions of the members that the page shows. Only they may be sent media. Starts with the present ones. */
  readonly shown$: Observable<Sessions>;
  readonly departures: Departures;
  /** Whether this side sends audio and video, for the peer to show. */
  readonly sending$: Observable<{ readonly microphone: boolean; readonly camera: boolean }>;
  /** Emits when the network path to the other members may have changed. */
  readonly networkChanges$: Observable<unknown>;
  /** Name to publish a provisional answer under before Join, or null to publish none. */
  readonly ownProvisionalName: string | null;
  /** Why there is no connection to a member, by session. */
  readonly obstacles: Map<string, Obstacle>;
  readonly refusals: Refusals;
}

/** A link as the call sees it. */
export interface LinkState {
  /** Names the connection, uniquely in this page. A link that is tried again under the same path has another. */
  readonly id: string;
  readonly path: LinkPath;
  /** The session of the peer; null until it is known, as for a standing offer without an answer. */
  readonly session: string | null;
  /** The peer's name from its provisional answer, if that answer led to a connection before the peer was seen to hold a seat. */
  readonly provisionalName: string | null;
  readonly status: LinkStatus;
  readonly stream: MediaStream;
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly mismatch: CodecMismatch | null;
  readonly obstacle: Obstacle | null;
  readonly connection: RTCPeerConnection;
  readonly control: ControlChannel;
  /** Whether the peer is heard; starts with the present value. */
  readonly heard$: Observable<boolean>;
  /** Why a description of this link could not be used, for the latest such description; starts with null. */
  readonly refusal$: Observable<Refusal | null>;
}

/**
 * Why a link ended.
 *
 * - `failed`: the connection could not be made, or broke and did not recover
 * - `negotiation`: the descriptions don't fit
 * - `departed`: the peer said `bye`, was not heard for 30 s, or is not shown as a member
 * - `refused`: a description can't be used, because a browser refused it or it breaks docs/protocol.md
 */
export class LinkError extends Error {
  override readonly name = 'LinkError';

  constructor(
    readonly reason: 'failed' | 'negotiation' | 'departed' | 'refused',
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** The parts of a link once it has a connection. */
export interface LinkParts {
  readonly path: LinkPath;
  readonly role: LinkRole;
  readonly connection: RTCPeerConnection;
  readonly control: ControlChannel;
  readonly negotiation: Negotiation;
  /** Emits the peer's session once it is known. */
  readonly peer$: Observable<string>;
  /** Emits, or replays, once each side can know the other's description: from then on a connection is expected. */
  readonly described$: Observable<unknown>;
  /** Emits, or replays, once the first offer and answer are set. */
  readonly exchanged$: Observable<unknown>;
  readonly mismatch$: Observable<CodecMismatch | null>;
  /** Starts with null. */
  readonly provisionalName$: Observable<string | null>;
  /** Receives the state of recovery, for the work that each side does through the link's document. */
  readonly recovery$: BehaviorSubject<Recovery>;
}

/** How many links this page has made. */
let made = 0;

/** How often to check whether the connection still exists, in ms. */
const LOOK = 1_000;

const TROUBLED: readonly RecoveryStep[] = ['silent', 'channel', 'renewing', 'signaling', 'checking'];
const isTroubled = ({ step }: Recovery) => TROUBLED.includes(step);

/**
 * The state of a link from its connection and its control channel, and everything that keeps the connection up without
 * Firestore. Errors with `LinkError` when the link ends.
 */
export const linkState$ = (context: LinkContext, parts: LinkParts): Observable<LinkState> => {
  const { path, role, connection, control, negotiation, peer$, mismatch$, recovery$ } = parts;
  const id = `${path.id}.${++made}`;
  const is = (wanted: RTCPeerConnectionState) =>
    connectionState$(connection).pipe(filter((state) => state === wanted));
  const session$ = peer$.pipe(startWith(null), distinctUntilChanged());
  const hears$ = is('connected').pipe(
    take(1),
    switchMap(() => heard$(control.arrived$, () => receivedBy(connection))),
    shareReplay({ bufferSize: 1, refCount: true }),
  );
  const event = (name: RecoveryEvent) => map(() => name);
  const recovers$ = recovering(
    role,
    merge(
      // After a provisional answer, the peer may be heard before it is settled who the peer is.
      peer$.pipe(
        take(1),
        switchMap(() =>
          merge(
            hears$.pipe(map((heard): RecoveryEvent => (heard ? 'heard' : 'silent'))),
            // If ICE gave up earlier, report it now that it matters.
            parts.described$.pipe(
              take(1),
              switchMap(() => is('failed').pipe(event('failed'), startWith('described' as const))),
            ),
          ),
        ),
      ),
      is('failed').pipe(
        withLatestFrom(session$),
        tap(([, session]) => noteFailure(connection, session, context.obstacles)),
        event('failed'),
      ),
      // An answer gathered on the previous network may still be in flight; a new connection would not fit it.
      context.networkChanges$.pipe(
        withLatestFrom(session$),
        filter(([, session]) => session === null || recovery$.value.step !== 'waiting'),
        event('changed'),
      ),
      reconfigured(connection, context.configuration$).pipe(event('changed')),
      negotiation.restarted$.pipe(event('answered')),
    ),
  ).pipe(
    tap((recovery) => recovery$.next(recovery)),
    switchMap((recovery) =>
      recovery.step === 'lost' ? throwError(() => new LinkError('failed')) : of(recovery),
    ),
    shareReplay({ bufferSize: 1, refCount: true }),
  );
  const heardNow$ = recovers$.pipe(
    map(({ silent }) => !silent),
    distinctUntilChanged(),
    catchError(() => EMPTY),
  );
  const restart$ = recovers$.pipe(
    map(({ restarts }) => restarts),
    distinctUntilChanged(),
    filter((restarts) => restarts > 0),
    tap(() => negotiation.restart()),
  );
  // The browser can take a connection away without a sign: closing fires no event.
  const closed$ = interval(LOOK).pipe(
    tap(() => {
      if (connection.signalingState === 'closed') throw new LinkError('failed');
    }),
  );
  const revive$ = recovers$.pipe(
    map(isTroubled),
    distinctUntilChanged(),
    switchMap((troubled) => (troubled ? revival(connection) : EMPTY)),
  );
  const refusal$ = negotiation.refused$.pipe(
    map(({ refusal, restart }) => {
      // Without the restart the link can't go on; without a screen it can.
      if (restart) throw new LinkError('refused');
      return refusal;
    }),
    startWith(null),
    shareReplay({ bufferSize: 1, refCount: true }),
  );
  const negotiate$ = parts.exchanged$.pipe(
    take(1),
    switchMap(() =>
      merge(
        negotiation.run(control.open$),
        control.messages(negotiationMessages).pipe(tap((message) => negotiation.receive(message))),
      ),
    ),
  );
  const tellSending$ = combineLatest([context.sending$, control.open$]).pipe(
    filter(([, open]) => open),
    tap(([{ microphone, camera }]) => control.send<LinkMessage>({ type: 'state', microphone, camera })),
  );
  const tellMismatch$ = combineLatest([mismatch$, control.open$]).pipe(
    tap(([mismatch, open]) => {
      if (mismatch && open)
        control.send<LinkMessage>({ type: 'codecs', kind: mismatch.kind, codecs: mismatch.ours });
    }),
  );
  const theirMismatch$ = said(control, linkMessages, 'codecs').pipe(
    map(({ kind, codecs }): CodecMismatch => ({ kind, ours: codecsOf(kind), theirs: codecs })),
  );
  const state$ = combineLatest({
    session: session$,
    provisionalName: parts.provisionalName$,
    recovery: recovers$,
    path: pathState$(connection),
    sends: said(control, linkMessages, 'state').pipe(startWith({ microphone: true, camera: true })),
    mismatch: merge(mismatch$, theirMismatch$).pipe(startWith(null)),
    obstacle: obstacle$(connection, recovers$.pipe(map(({ step }) => step)), peer$, context.obstacles).pipe(
      startWith(null),
    ),
    stream: of(receivedStream(connection)),
  }).pipe(
    map(
      ({ session, provisionalName, recovery, path: way, sends, mismatch, obstacle, stream }): LinkState => ({
        id,
        path,
        session,
        provisionalName,
        status: statusOf(recovery, way, session !== null),
        stream: stream(),
        microphone: sends.microphone,
        camera: sends.camera,
        mismatch,
        obstacle,
        connection,
        control,
        heard$: heardNow$,
        refusal$: refusal$.pipe(catchError(() => EMPTY)),
      }),
    ),
  );
  // A departed member is cut off: the error closes the connection.
  const departed$ = peer$.pipe(
    distinctUntilChanged(),
    switchMap((session) =>
      merge(
        said(control, linkMessages, 'bye').pipe(tap(() => context.departures.leave(session))),
        gone$(hears$, SILENCE, () => context.signaling.reach()).pipe(
          filter(Boolean),
          tap(() => context.departures.lose(session)),
        ),
        unshown$(session, context.shown$),
      ),
    ),
    switchMap(() => throwError(() => new LinkError('departed'))),
  );
  const found$ = combineLatest([peer$, recovers$]).pipe(
    filter(([, { step }]) => step === 'well'),
    tap(([session]) => context.departures.find(session)),
  );
  const silently$ = merge(
    found$,
    departed$,
    closed$,
    restart$,
    revive$,
    refusal$,
    negotiate$,
    tellSending$,
    tellMismatch$,
    marks(recovers$, peer$),
    beating(control),
  ).pipe(ignoreElements());
  return merge(state$, silently$);
};

/**
 * Applies new servers or a new policy to a connection when they change. Servers take effect at the next ICE restart (W3C
 * WebRTC, section 4.4.1.6), which is soon enough: relayed media continues. Emits when the policy changes, because a new
 * policy must take effect at once.
 */
const reconfigured = (
  connection: RTCPeerConnection,
  configuration$: Observable<RTCConfiguration>,
): Observable<unknown> =>
  configuration$.pipe(
    filter(() => connection.signalingState !== 'closed'),
    tap((configuration) => connection.setConfiguration(configuration)),
    map(({ iceTransportPolicy = 'all' }) => iceTransportPolicy),
    startWith(connection.getConfiguration().iceTransportPolicy ?? 'all'),
    distinctUntilChanged(),
    skip(1),
  );

/** Sets the User Timing marks of docs/protocol.md: connected for the first time, and heard again. */
const marks = (recovery$: Observable<Recovery>, peer$: Observable<string>): Observable<unknown> => {
  const mark = (name: string) =>
    peer$.pipe(
      take(1),
      tap((session) => performance.mark(name, { detail: { session } })),
    );
  const connected$ = recovery$.pipe(
    filter(({ step }) => step === 'well'),
    take(1),
    switchMap(() => mark('call:connected')),
  );
  const restored$ = recovery$.pipe(
    pairwise(),
    filter(([before, now]) => before.silent && !now.silent),
    switchMap(() => mark('call:restored')),
  );
  return merge(connected$, restored$);
};

/** Compares the codecs in the peer's description with those of this browser. */
export function mismatchIn(sdp: string): CodecMismatch | null {
  const kinds: readonly MediaKind[] = ['video', 'audio'];
  const lists = kinds.map((kind) => ({ kind, ours: codecsOf(kind), theirs: codecsIn(sdp, kind) }));
  return lists.find(({ ours, theirs }) => theirs.length > 0 && !haveCommon(ours, theirs)) ?? null;
}

/** What ICE reports about the path to the peer. ICE sends checks that need a response, so it notices when nothing gets there. */
type PathState = 'fine' | 'disconnected' | 'failed';

const pathState$ = (connection: RTCPeerConnection): Observable<PathState> =>
  connectionState$(connection).pipe(
    map((state) => (state === 'disconnected' || state === 'failed' ? state : 'fine')),
    distinctUntilChanged(),
  );

function statusOf({ step, silent }: Recovery, path: PathState, known: boolean): LinkStatus {
  switch (step) {
    case 'waiting':
    case 'connecting':
      return known ? 'connecting' : 'waiting';
    case 'well':
      return path === 'failed' ? 'reconnecting' : 'connected';
    case 'renewing':
    case 'signaling':
      return silent || path !== 'fine' ? 'reconnecting' : 'connected';
    case 'lost':
      return 'failed';
    default:
      return 'reconnecting';
  }
}

/** Returns the same stream object every time, so that a video element is not restarted. */
function receivedStream(connection: RTCPeerConnection): () => MediaStream {
  const stream = new MediaStream();
  return () => {
    for (const { receiver } of connection.getTransceivers().slice(0, SECTIONS)) {
      stream.addTrack(receiver.track);
    }
    return stream;
  };
}
