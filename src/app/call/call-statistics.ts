/** One direction of one kind of media on a link (W3C webrtc-stats). `null`: not known or not applicable. */
export interface StreamStatistics {
  /** MIME type, for example `video/VP9`. */
  readonly codec: string | null;
  /** bit/s over the last second. */
  readonly bitRate: number | null;
  /** Pixels; video only. */
  readonly width: number | null;
  readonly height: number | null;
  /** Frames a second; video only. */
  readonly frameRate: number | null;
  /** Share of packets lost, 0…1. */
  readonly loss: number | null;
  /** ms; inbound only. */
  readonly jitter: number | null;
}

/** Candidate types of RFC 8445, section 5.1.1. */
export type CandidateType = 'host' | 'srflx' | 'prflx' | 'relay';

/** Figures of one link at one moment. */
export interface LinkStatistics {
  /** ms since the epoch. */
  readonly at: number;
  /** ms, of the selected candidate pair. */
  readonly roundTripTime: number | null;
  readonly local: CandidateType | null;
  readonly remote: CandidateType | null;
  /** `udp`, `tcp`, and for relays how the relay is reached. */
  readonly protocol: string | null;
  readonly sent: { readonly audio: StreamStatistics | null; readonly video: StreamStatistics | null };
  readonly received: { readonly audio: StreamStatistics | null; readonly video: StreamStatistics | null };
}

/** What the call has cost in Firestore operations, as they are billed to the project. */
export interface SignalingCost {
  readonly writes: number;
  readonly reads: number;
  readonly deletes: number;
}
