import { concatMap, filter, ignoreElements, Observable } from 'rxjs';

import { connectionState$ } from './connection-state';
import { ufragIn } from './negotiation';

/**
 * While subscribed, sees to it that candidates go on being checked; emits nothing. An agent gives up a pair that has not
 * answered for some time (Chromium: 15 s), and when it has given up all, it has `failed` and checks nothing any more: a path
 * that comes back is then found by nobody. Told the other side's candidates again it pairs and checks them afresh, with the
 * credentials that both sides have, so that nothing needs to be said to the other side first.
 *
 * A candidate that is known is not paired again, so each is told under another foundation, which is any text that
 * tells candidates of one base from others (RFC 8445, section 5.1.1.3) and of no importance any more. Where a browser has a
 * use for this nothing is lost, and where it has none neither.
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
  const usernameFragment = ufragIn(sdp);
  const sdpMid = /^a=mid:(\S+)/m.exec(sdp)?.[1] ?? '0';
  const told = [...sdp.matchAll(/^a=candidate:\S+ (.*)$/gm)].map(([, rest]) => rest!.trim());
  for (const rest of new Set(told)) {
    const candidate = `candidate:9${foundation++ % 1e6} ${rest}`;
    await connection.addIceCandidate({ candidate, sdpMid, usernameFragment }).catch(() => undefined);
  }
}
