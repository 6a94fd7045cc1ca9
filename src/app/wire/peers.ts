import type { Observable } from 'rxjs';

import type { ControlChannel } from './control-channel';

/** Another member and the link to them. */
export interface Peer {
  readonly session: string;
  /** The name on the card; empty when there is none or it can't be decrypted. */
  readonly name: string;
  /** Belongs to the present link. A new link has a new connection and a new channel; the session stays. */
  readonly control: ControlChannel;
  readonly connection: RTCPeerConnection;
  /** Whether the peer is heard; starts with the present value. */
  readonly heard$: Observable<boolean>;
}

/** Everything in a call besides audio and video is built on this. */
export abstract class Peers {
  /** This member's own stay; null while not seated. */
  abstract readonly self$: Observable<{ readonly session: string; readonly name: string } | null>;
  /**
   * The other members with a link, connected or not. Starts with the present list. A peer stays the same object while its
   * session, name and link stay the same.
   */
  abstract readonly peers$: Observable<readonly Peer[]>;
}
