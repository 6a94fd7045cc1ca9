import type { Observable } from 'rxjs';

/**
 * A sender of pictures that can send the frames of another one's encoder in place of its own: an encoded picture costs little
 * more to send to several peers than to one.
 */
export interface Outlet {
  /** Whether frames have passed through it. */
  readonly works: boolean;
  /** The codec that both encoders must use. */
  readonly codec: { readonly mimeType: string; readonly clockRate: number };
  /** The track to send, also while a placeholder stands in for it; null while there is none. */
  readonly picture: MediaStreamTrack | null;
  /** Sends the frames that the encoder of `source` makes from now on, beginning with a whole one; null sends its own again. */
  follow(source: Outlet | null): void;
  /** The track to give to the sender, for the one that it is meant to send. Ends the outlet when it is unsubscribed. */
  sends$(track$: Observable<MediaStreamTrack | null>): Observable<MediaStreamTrack | null>;
}

/** Makes outlets; see fan-out.ts. */
export interface Outlets {
  /** Must be called in the turn in which the sender was made: browsers ignore a transform that comes later. */
  outlet(sender: RTCRtpSender): Outlet;
}

const covered = new WeakMap<RTCPeerConnection, Outlets>();
const outlets = new WeakMap<RTCRtpSender, Outlet>();

/** Makes the camera's sender of this connection, which has no sections yet, an outlet. */
export const cover = (connection: RTCPeerConnection, by: Outlets): void => {
  covered.set(connection, by);
};

/** To be called in the turn in which the sender of a connection was made. */
export const attachOutlet = (connection: RTCPeerConnection, sender: RTCRtpSender): void => {
  const outlet = covered.get(connection)?.outlet(sender);
  if (outlet) outlets.set(sender, outlet);
};

/** The outlet of a sender; null if it is none. */
export const outletOf = (sender: RTCRtpSender): Outlet | null => outlets.get(sender) ?? null;
