import { combineLatest, debounce, distinctUntilChanged, map, Observable, of, switchMap } from 'rxjs';

import type { SentTracks } from '../rtc/media-sections';
import type { Sessions } from './departures';

/**
 * Which member the packets of a link may reach.
 *
 * - `nobody`: the peer can't connect, because it lacks this side's description or this side lacks the peer's
 * - `unknown`: a peer can connect, and it is not known yet which member that is
 * - else the session of the member
 */
export type Addressee = 'nobody' | 'unknown' | { readonly session: string };

/**
 * The tracks to send over a link: the given ones while the addressee is shown, else none. This keeps the invariant that
 * media is sent only to members who are shown, even if seats, links or departures are wrong. Tracks are
 * attached early to a link that reaches no peer, so that attaching them takes no time once it connects.
 *
 * @param shown$ sessions of the members that the page shows; starts with the present ones
 */
export function shownTracks(
  tracks: SentTracks,
  addressee$: Observable<Addressee>,
  shown$: Observable<Sessions>,
): SentTracks {
  const allowed$ = combineLatest([addressee$, shown$]).pipe(
    // An answer and the tile it leads to arrive in the same turn: don't detach and reattach tracks for that.
    debounce(() => Promise.resolve()),
    map(([addressee, shown]) =>
      typeof addressee === 'string' ? addressee === 'nobody' : shown.has(addressee.session),
    ),
    distinctUntilChanged(),
  );
  const whenAllowed = (track$: Observable<MediaStreamTrack | null>) =>
    allowed$.pipe(switchMap((allowed) => (allowed ? track$ : of(null))));
  return { audio$: whenAllowed(tracks.audio$), video$: whenAllowed(tracks.video$) };
}
