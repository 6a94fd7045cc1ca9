import { distinctUntilChanged, filter, fromEvent, map, type Observable } from 'rxjs';

import { LinkMedia } from '../rtc/link-media';
import { type LinkStatistics, linkStatistics$ } from '../rtc/link-statistics';
import type { Control } from './control-channel';

/** Another member and the link to them. It is all that a feature sees of a link. */
export interface Peer extends Control {
  /** Names the link: a new link to the same member has another name. */
  readonly link: string;
  readonly session: string;
  /** The name on the card; empty when there is none or it can't be decrypted. */
  readonly name: string;
  /** Opens an ordered and reliable data channel (RFC 8832). */
  openChannel(label: string): RTCDataChannel;
  /** The data channels that the peer opens, as they arrive. */
  readonly channels$: Observable<RTCDataChannel>;
  /** The largest message that the peer's browser takes, in bytes (RFC 8841, section 6); 0 while it is unknown. */
  maxMessage(): number;
  /** Statistics once a second while anyone subscribes; all subscribers share one reading. */
  readonly figures$: Observable<LinkStatistics>;
  /** Whether the peer is heard; starts with the present value. */
  readonly heard$: Observable<boolean>;
  readonly media: LinkMedia;
}

/** A link as far as a `Peer` needs it. */
export interface LinkEnds {
  readonly id: string;
  readonly connection: RTCPeerConnection;
  readonly control: Control;
  readonly heard$: Observable<boolean>;
}

/** The member at the other end of a link. */
export const peerOver = (
  { id, connection, control, heard$ }: LinkEnds,
  session: string,
  name: string,
): Peer => ({
  link: id,
  session,
  name,
  open$: control.open$,
  messages: (codec) => control.messages(codec),
  send: (message) => control.send(message),
  openChannel: (label) => connection.createDataChannel(label, { ordered: true }),
  channels$: fromEvent<RTCDataChannelEvent>(connection, 'datachannel').pipe(map(({ channel }) => channel)),
  maxMessage: () => connection.sctp?.maxMessageSize ?? 0,
  figures$: linkStatistics$(connection),
  heard$,
  media: new LinkMedia(connection),
});

/** The peer with this session, again with each new link to them. A new name is no new link. */
export const eachLink = (peers$: Observable<readonly Peer[]>, session: string): Observable<Peer> =>
  peers$.pipe(
    map((peers) => peers.find((peer) => peer.session === session)),
    filter((peer) => peer !== undefined),
    distinctUntilChanged((a, b) => a.link === b.link),
  );

/** Everything in a call besides audio and video is built on this. */
export abstract class Peers {
  /** This member's own stay; null while not seated. */
  abstract readonly self$: Observable<{ readonly session: string; readonly name: string } | null>;
  /**
   * The other members with a link, connected or not. Starts with the present list. A peer stays the same object while its
   * session, name and link stay the same.
   */
  abstract readonly peers$: Observable<readonly Peer[]>;
  /**
   * The sessions of members who are no longer in the call: they left, were removed, or lost their seat. Those whose link
   * broke are not among them. Starts with the present ones.
   */
  abstract readonly left$: Observable<ReadonlySet<string>>;
}
