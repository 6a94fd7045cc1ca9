import { combineLatest, distinctUntilChanged, map, type Observable, startWith, timer } from 'rxjs';

import type { Peer } from '../../../wire/peers';

/** Polling interval, in ms: no event tells when `replaceTrack` has taken effect (W3C WebRTC, section 5.2). */
const LOOK = 50;

/** Whether a track is sent to a member over a connection that is up. Starts with `false`. */
export const isSent$ = (peers$: Observable<readonly Peer[]>, track: MediaStreamTrack): Observable<boolean> =>
  combineLatest([peers$, timer(0, LOOK)]).pipe(
    map(([peers]) => peers.some(({ media }) => media.isSending(track))),
    startWith(false),
    distinctUntilChanged(),
  );
