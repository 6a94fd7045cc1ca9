import {
  catchError,
  combineLatest,
  concatMap,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  from,
  ignoreElements,
  map,
  merge,
  NEVER,
  Observable,
  of,
  race,
  scan,
  startWith,
  switchMap,
  take,
  takeUntil,
  tap,
  throwError,
  timer,
} from 'rxjs';

import { codecsIn, codecsOf, haveCommon, MediaKind } from '../rtc/codecs';
import { connectionState$ } from '../rtc/connection-state';
import { ControlChannel, ControlMessage } from '../rtc/control-channel';
import type { Candidate, Candidates, Description } from '../rtc/description';
import { SECTIONS, type SentTracks } from '../rtc/media-sections';
import type { CallSignaling, Side } from '../signaling/call-signaling';
import type { LinkPath } from '../signaling/records';
import type { CodecMismatch, LinkStatus } from './call-state';

/** What every link of a stay shares. */
export interface LinkContext {
  readonly signaling: CallSignaling;
  readonly create: () => RTCPeerConnection;
  /** This member's stay. */
  readonly session: string;
  readonly tracks: SentTracks;
  /** Whether sound and picture are being sent, for the other side to show. */
  readonly sending$: Observable<{ readonly microphone: boolean; readonly camera: boolean }>;
}

/** A link as the call sees it. */
export interface LinkState {
  readonly path: LinkPath;
  /** The other side's stay; null while the offer stands at an empty chair. */
  readonly session: string | null;
  readonly status: LinkStatus;
  readonly stream: MediaStream;
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly mismatch: CodecMismatch | null;
  /** The other side said goodbye. */
  readonly bye: boolean;
  readonly connection: RTCPeerConnection;
  readonly control: ControlChannel;
}

/** The connection came to nothing, or broke and did not heal. */
export class LinkError extends Error {
  override readonly name = 'LinkError';

  constructor(
    readonly reason: 'failed' | 'timeout' | 'negotiation',
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** Candidates gathered this soon ride in the description, ms (Matrix MSC2746 waits about as long). */
const RIDE = 300;
/** Later candidates are collected for this long, so that a slow server costs one document more and not many, ms. */
const COLLECT = 2_000;
/** From both descriptions to connected, ms. */
const CONNECT_TIMEOUT = 15_000;

/** The first description worth sending: complete, or what there is after a moment. */
export const firstDescription = (local$: Observable<Description>): Observable<Description> =>
  race(local$.pipe(filter(({ complete }) => complete)), timer(RIDE).pipe(switchMap(() => local$))).pipe(
    take(1),
  );

/**
 * Sends what was gathered after the first `sent` candidates, in few batches; completes with gathering, or with the
 * connection, which has no use for more.
 */
export const lateCandidates = (
  { signaling }: LinkContext,
  connection: RTCPeerConnection,
  local$: Observable<Description>,
  link: LinkPath,
  side: Side,
  revision: number,
  sent: number,
): Observable<never> =>
  defer(() => {
    let count = sent;
    return local$.pipe(
      filter(({ candidates }) => candidates.length > count),
      concatMap(() => timer(COLLECT).pipe(switchMap(() => local$.pipe(take(1))))),
      filter(({ candidates }) => candidates.length > count),
      concatMap(({ candidates, complete }) => {
        const batch = { candidates: candidates.slice(count), complete };
        count = candidates.length;
        return signaling.addCandidates(link, side, revision, batch);
      }),
      takeUntil(connectionState$(connection).pipe(filter((state) => state === 'connected'))),
      ignoreElements(),
    );
  });

/**
 * Takes in the other side's candidates: those of its description, then, from `mayListen$` on, its batches unless it was
 * complete.
 */
export const remoteCandidates = (
  { signaling }: LinkContext,
  connection: RTCPeerConnection,
  link: LinkPath,
  side: Side,
  revision: number,
  description: Candidates,
  mayListen$: Observable<unknown> = of(true),
): Observable<never> => {
  const later$ = description.complete
    ? EMPTY
    : mayListen$.pipe(
        take(1),
        switchMap(() => signaling.candidates$(link, side, revision)),
      );
  return later$.pipe(
    startWith(description),
    scan(
      ({ seen }, { candidates }) => ({
        seen: new Set([...seen, ...candidates.map(({ candidate }) => candidate)]),
        fresh: candidates.filter(({ candidate }) => !seen.has(candidate)),
      }),
      { seen: new Set<string>(), fresh: [] as readonly Candidate[] },
    ),
    concatMap(({ fresh }) => Promise.all(fresh.map((candidate) => addCandidate(connection, candidate)))),
    ignoreElements(),
  );
};

/** One candidate that this browser can't use must not cost the others. */
const addCandidate = (connection: RTCPeerConnection, candidate: Candidate) =>
  connection.addIceCandidate(candidate).catch(() => undefined);

/** Once there is a connection, trouble with Firestore does it no harm. */
export const harmlessWhenConnected =
  <T>(connection: RTCPeerConnection) =>
  (source: Observable<T>): Observable<T> =>
    source.pipe(
      catchError((error: unknown) =>
        ['connected', 'disconnected'].includes(connection.connectionState) ? EMPTY : throwError(() => error),
      ),
    );

/**
 * The state of a link from its connection and its control channel. `peer$` emits the other side's session once it is
 * known. Errors with `LinkError` when the connection fails, or is not up `CONNECT_TIMEOUT` after that.
 */
export const linkState$ = (
  context: LinkContext,
  path: LinkPath,
  connection: RTCPeerConnection,
  control: ControlChannel,
  peer$: Observable<string>,
  mismatch$: Observable<CodecMismatch | null>,
): Observable<LinkState> => {
  const said = <T extends ControlMessage['type']>(type: T) =>
    control.messages$.pipe(
      filter((message): message is Extract<ControlMessage, { type: T }> => message.type === type),
    );
  const connected$ = connectionState$(connection).pipe(filter((state) => state === 'connected'));
  const session$ = peer$.pipe(startWith(null), distinctUntilChanged());
  const late$ = peer$.pipe(
    take(1),
    switchMap(() => timer(CONNECT_TIMEOUT)),
    switchMap(() =>
      connection.connectionState === 'connected' ? NEVER : throwError(() => new LinkError('timeout')),
    ),
  );
  const failed$ = connectionState$(connection).pipe(
    filter((state) => state === 'failed'),
    switchMap(() => throwError(() => new LinkError('failed'))),
  );
  const tellSending$ = combineLatest([context.sending$, control.open$]).pipe(
    filter(([, open]) => open),
    tap(([{ microphone, camera }]) => control.send({ type: 'state', microphone, camera })),
    ignoreElements(),
  );
  const tellMismatch$ = combineLatest([mismatch$, control.open$]).pipe(
    tap(([mismatch, open]) => {
      if (mismatch && open) control.send({ type: 'codecs', kind: mismatch.kind, codecs: mismatch.ours });
    }),
    ignoreElements(),
  );
  const theirMismatch$ = said('codecs').pipe(
    map(({ kind, codecs }): CodecMismatch => ({ kind, ours: codecsOf(kind), theirs: codecs })),
  );
  const markConnected$ = combineLatest([connected$.pipe(take(1)), peer$.pipe(take(1))]).pipe(
    tap(([, session]) => performance.mark('call:connected', { detail: { session } })),
    ignoreElements(),
  );
  const state$ = combineLatest({
    session: session$,
    connection: connectionState$(connection),
    sends: said('state').pipe(startWith({ microphone: true, camera: true })),
    mismatch: merge(mismatch$, theirMismatch$).pipe(startWith(null)),
    bye: said('bye').pipe(
      map(() => true),
      startWith(false),
    ),
    stream: of(receivedStream(connection)),
  }).pipe(
    map(({ session, connection: state, sends, mismatch, bye, stream }): LinkState => ({
      path,
      session,
      status: statusOf(state, session !== null),
      stream: stream(),
      microphone: sends.microphone,
      camera: sends.camera,
      mismatch,
      bye,
      connection,
      control,
    })),
  );
  return merge(state$, late$, failed$, tellSending$, tellMismatch$, markConnected$);
};

/** Compares what the other side described with what this browser can do. */
export function mismatchIn(sdp: string): CodecMismatch | null {
  const kinds: readonly MediaKind[] = ['video', 'audio'];
  const lists = kinds.map((kind) => ({ kind, ours: codecsOf(kind), theirs: codecsIn(sdp, kind) }));
  return lists.find(({ ours, theirs }) => theirs.length > 0 && !haveCommon(ours, theirs)) ?? null;
}

function statusOf(state: RTCPeerConnectionState, known: boolean): LinkStatus {
  switch (state) {
    case 'connected':
      return 'connected';
    case 'disconnected':
      return 'reconnecting';
    case 'failed':
    case 'closed':
      return 'failed';
    default:
      return known ? 'connecting' : 'waiting';
  }
}

/** The same stream object for as long as the tracks are the same, so that a video element is not restarted. */
function receivedStream(connection: RTCPeerConnection): () => MediaStream {
  const stream = new MediaStream();
  return () => {
    for (const { receiver } of connection.getTransceivers().slice(0, SECTIONS)) {
      stream.addTrack(receiver.track);
    }
    return stream;
  };
}

export const once = <T>(work: () => Promise<T>): Observable<T> => defer(() => from(work()));
