import { concatMap, filter, ignoreElements, Observable } from 'rxjs';

import { noted } from '../log/note';
import { connectionState$ } from './connection-state';
import { usernameFragmentOf } from './local-description';

/**
 * Keeps ICE checking candidates while subscribed; emits nothing. An agent gives up on a pair that hasn't answered for
 * some time (Chromium: 15 s). Once it has given up on all pairs, it has `failed` and checks nothing more, so it never
 * notices a path that comes back. When given the peer's candidates again, it pairs and checks them afresh with the
 * credentials that both sides have, so the peer needs no message first.
 *
 * A known candidate is not paired again, so each is added under a new foundation. The foundation is an arbitrary text
 * that distinguishes candidates of different bases (RFC 8445, section 5.1.1.3) and no longer matters here. In browsers
 * where this has no effect, it does no harm.
 */
export const revival = (connection: RTCPeerConnection): Observable<never> =>
  connectionState$(connection).pipe(
    filter((state) => state === 'failed'),
    concatMap(() => retell(connection)),
    ignoreElements(),
  );

let foundation = 0;

async function retell(connection: RTCPeerConnection): Promise<void> {
  const sdp = connection.currentRemoteDescription?.sdp ?? '';
  const usernameFragment = usernameFragmentOf(sdp);
  const sdpMid = /^a=mid:(\S+)/m.exec(sdp)?.[1] ?? '0';
  const told = [...sdp.matchAll(/^a=candidate:\S+ (.*)$/gm)].map(([, rest]) => rest!.trim());
  for (const rest of new Set(told)) {
    const candidate = `candidate:9${foundation++ % 1e6} ${rest}`;
    await connection
      .addIceCandidate({ candidate, sdpMid, usernameFragment })
      .catch(noted('rtc', 'candidate'));
  }
}
