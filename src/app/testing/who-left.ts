import { merge, type Observable, map, scan, startWith, switchMap } from 'rxjs';

import { linkMessages } from '../links/link-messages';
import { said } from '../wire/control-channel';
import type { Peer } from '../wire/peers';

/** The sessions of the peers who said `bye`, as a call tells them. */
export const whoLeft = (peers$: Observable<readonly Peer[]>): Observable<ReadonlySet<string>> =>
  peers$.pipe(
    switchMap((peers) =>
      merge(...peers.map((peer) => said(peer, linkMessages, 'bye').pipe(map(() => peer.session)))),
    ),
    scan((left, session) => new Set([...left, session]), new Set<string>()),
    startWith(new Set<string>()),
  );
