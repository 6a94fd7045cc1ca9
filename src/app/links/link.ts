import type { Observable } from 'rxjs';

import type { SentTracks } from '../rtc/media-sections';
import type { Refusal } from '../rtc/refusal';
import type { CallSignaling } from '../signaling/call-signaling';
import type { LinkPath } from '../signaling/records';
import type { ControlChannel } from '../wire/control-channel';
import type { Departures, Sessions } from './departures';
import type { CodecMismatch, LinkStatus, Obstacle } from './link-status';
import type { Refusals } from './refusals';

/** What all links of a stay share. */
export interface LinkContext {
  readonly signaling: CallSignaling;
  readonly create: () => RTCPeerConnection;
  /** The configuration of connections; emits again whenever it changes. */
  readonly configuration$: Observable<RTCConfiguration>;
  /** The session of this member's stay. */
  readonly session: string;
  readonly tracks: SentTracks;
  /** The sessions of the members that the page shows. Only they may be sent media. Starts with the present ones. */
  readonly shown$: Observable<Sessions>;
  readonly departures: Departures;
  /** Probes whether Firestore is reachable; shared by all links. Never rejects. */
  readonly reach: () => Promise<boolean>;
  /** Whether this side sends audio and video, for the peer to show. */
  readonly sending$: Observable<{ readonly microphone: boolean; readonly camera: boolean }>;
  /** Emits when the network path to the other members may have changed. */
  readonly networkChanges$: Observable<unknown>;
  /** Name to publish a provisional answer under before Join, or null to publish none. */
  readonly ownProvisionalName: string | null;
  /** Why there is no connection to a member, by session. */
  readonly obstacles: Map<string, Obstacle>;
  readonly refusals: Refusals;
}

/** A link as the call sees it. */
export interface LinkState {
  /** Names the connection, uniquely in this page. A link that is tried again under the same path has another. */
  readonly id: string;
  readonly path: LinkPath;
  /** The session of the peer; null until it is known, as for a standing offer without an answer. */
  readonly session: string | null;
  /** The peer's name from its provisional answer, if that answer led to a connection before the peer was seen to hold a seat. */
  readonly provisionalName: string | null;
  readonly status: LinkStatus;
  readonly stream: MediaStream;
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly mismatch: CodecMismatch | null;
  readonly obstacle: Obstacle | null;
  readonly connection: RTCPeerConnection;
  readonly control: ControlChannel;
  /** Whether the peer is heard; starts with the present value. */
  readonly heard$: Observable<boolean>;
  /** Why a description of this link could not be used, for the latest such description; starts with null. */
  readonly refusal$: Observable<Refusal | null>;
}
