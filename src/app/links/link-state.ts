import {
  catchError,
  combineLatest,
  distinctUntilChanged,
  EMPTY,
  map,
  type Observable,
  startWith,
} from 'rxjs';

import { connectionState$ } from '../rtc/connection-state';
import { SECTIONS } from '../rtc/media-sections';
import type { Refusal } from '../rtc/refusal';
import { said } from '../wire/control-channel';
import { mismatch$ } from './codec-mismatch';
import type { LinkState } from './link';
import type { LinkEnd } from './link-end';
import { linkMessages } from './link-messages';
import type { LinkStatus } from './link-status';
import { obstacle$ } from './obstacle';
import type { Recovery } from './recovery';
import type { LinkTerms } from './link-terms';

/**
 * A link as the call sees it, from its recovery, its connection, and what the peer says. Errors with `LinkError` when recovery
 * does.
 *
 * @param refusal$ why a description could not be used; starts with null
 */
export const linkState$ = (
  { id, context, path, connection, control }: LinkEnd,
  { peer$, provisionalName$, mismatch$: own$ }: LinkTerms,
  recovery$: Observable<Recovery>,
  refusal$: Observable<Refusal | null>,
): Observable<LinkState> => {
  const step$ = recovery$.pipe(map(({ step }) => step));
  const received = receivedStream(connection);
  const heard$ = recovery$.pipe(
    map(({ silent }) => !silent),
    distinctUntilChanged(),
    // eslint-disable-next-line parley/noted-errors -- The recovery's own error ends the link, which notes it.
    catchError(() => EMPTY),
  );
  return combineLatest({
    session: peer$.pipe(startWith(null), distinctUntilChanged()),
    provisionalName: provisionalName$,
    recovery: recovery$,
    way: pathState$(connection),
    sends: said(control, linkMessages, 'state').pipe(startWith({ microphone: true, camera: true })),
    mismatch: mismatch$(control, own$),
    obstacle: obstacle$(connection, step$, peer$, context.obstacles).pipe(startWith(null)),
  }).pipe(
    map(({ session, provisionalName, recovery, way, sends, mismatch, obstacle }): LinkState => ({
      id,
      path,
      session,
      provisionalName,
      status: statusOf(recovery, way, session !== null),
      stream: received(),
      microphone: sends.microphone,
      camera: sends.camera,
      mismatch,
      obstacle,
      connection,
      control,
      heard$,
      // eslint-disable-next-line parley/noted-errors -- The same error ends the link, which notes it.
      refusal$: refusal$.pipe(catchError(() => EMPTY)),
    })),
  );
};

/** What ICE reports about the path to the peer. ICE sends checks that need a response, so it notices when nothing gets there. */
export type PathState = 'fine' | 'disconnected' | 'failed';

const pathState$ = (connection: RTCPeerConnection): Observable<PathState> =>
  connectionState$(connection).pipe(
    map((state) => (state === 'disconnected' || state === 'failed' ? state : 'fine')),
    distinctUntilChanged(),
  );

/** @param known whether it is known who the peer is */
export function statusOf({ step, silent }: Recovery, path: PathState, known: boolean): LinkStatus {
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
