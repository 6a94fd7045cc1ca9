import { BehaviorSubject, map, type Observable } from 'rxjs';

import type { Description } from '../rtc/description';
import type { LinkRole } from '../rtc/link-role';
import { localDescription$ } from '../rtc/local-description';
import { Negotiation } from '../rtc/negotiation';
import { peerConnection } from '../rtc/peer-connection';
import type { LinkPath } from '../signaling/records';
import { ControlChannel } from '../wire/control-channel';
import type { LinkContext } from './link';
import { newRecovery, type Recovery } from './recovery';

/** This member's end of a link: what it has from the start, in either role. */
export interface LinkEnd {
  /** Names the connection, uniquely in this page. */
  readonly id: string;
  readonly context: LinkContext;
  readonly path: LinkPath;
  readonly role: LinkRole;
  readonly connection: RTCPeerConnection;
  readonly control: ControlChannel;
  readonly negotiation: Negotiation;
  /** The local description with the candidates gathered so far; starts with the present one, if there is one. */
  readonly local$: Observable<Description>;
  /** The present state of recovery; `runLink` sets it. */
  readonly recovery$: BehaviorSubject<Recovery>;
}

/** How many ends this page has made. */
let made = 0;

/** Prefixes of the ids of offers, by role: the two sides of a link need different ones. */
const OFFERS: Readonly<Record<LinkRole, string>> = { offerer: 'o', answerer: 'a' };

/** Makes this member's end of a link. One subscription is one connection, which closes when it is unsubscribed. */
export const linkEnd$ = (context: LinkContext, role: LinkRole, path: LinkPath): Observable<LinkEnd> =>
  peerConnection(context.create).pipe(
    map((connection) => {
      const control = new ControlChannel(connection);
      return {
        id: `${path.id}.${++made}`,
        context,
        path,
        role,
        connection,
        control,
        negotiation: new Negotiation(connection, role, OFFERS[role], (message) => control.send(message)),
        local$: localDescription$(connection),
        recovery$: new BehaviorSubject(newRecovery(role)),
      };
    }),
  );
