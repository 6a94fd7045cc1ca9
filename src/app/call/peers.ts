import type { Observable } from 'rxjs';

import type { ControlChannel } from '../rtc/control-channel';

/** Another member and the link to them. */
export interface Peer {
  readonly session: string;
  /** The name on the card; empty when there is none or it did not open. */
  readonly name: string;
  /** The present link's. A link made anew has a new connection and a new channel; the session stays. */
  readonly control: ControlChannel;
  readonly connection: RTCPeerConnection;
  /** Whether they are heard; starts with how it is now. */
  readonly heard$: Observable<boolean>;
}

/** What goes on inside a call, beside sound and picture, is built on this. */
export abstract class Peers {
  /** This member's own stay; null while not seated. */
  abstract readonly self$: Observable<{ readonly session: string; readonly name: string } | null>;
  /**
   * The other members with a link, connected or not. Starts with the present list; a peer stays the same object for as
   * long as session, name and link do.
   */
  abstract readonly peers$: Observable<readonly Peer[]>;
}
