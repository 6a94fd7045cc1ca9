import { defer, delay, filter, map, mergeMap, Observable, take, takeUntil } from 'rxjs';

import type { Codec } from '../wire/codec';
import type { Peer } from '../wire/peers';

/** What a member says on leaving. The link reads it too, but `Peers` doesn't tell a peer who left from one whose link broke. */
const goodbye: Codec<{ readonly type: 'bye' }> = { bye: () => ({}) };

/** The sessions of members, each as the member says that they leave. */
export const goodbyes$ = (peers$: Observable<readonly Peer[]>): Observable<string> =>
  defer(() => {
    const listening = new Set<string>();
    return peers$.pipe(
      mergeMap((peers) => peers.filter(({ link }) => !listening.has(link))),
      mergeMap((peer) => {
        listening.add(peer.link);
        const ends$ = peers$.pipe(
          filter((peers) => !peers.some(({ link }) => link === peer.link)),
          // The message that ends the link is still on its way to this listener then.
          delay(0),
        );
        return peer.messages(goodbye).pipe(
          take(1),
          map(() => peer.session),
          takeUntil(ends$),
        );
      }),
    );
  });
