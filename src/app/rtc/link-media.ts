import { distinctUntilChanged, fromEvent, map, merge, type Observable, startWith, switchMap } from 'rxjs';

import type { MediaKind } from './codecs';
import { connectionState$ } from './connection-state';
import { type MediaSections, SECTIONS, sectionsOf } from './media-sections';
import { hasTransportFeedback } from './transport-feedback';

/** Tracks that are sent beside microphone and camera. */
export interface AddedTracks {
  readonly senders: readonly RTCRtpSender[];
  /** Stops their sections (RFC 8829, section 4.2.4). Does nothing once the connection is closed. */
  stop(): void;
}

/** The media of one connection, for code that decides what is sent. */
export class LinkMedia {
  /** Starts with the present value. */
  readonly connected$: Observable<boolean>;
  /**
   * The live tracks that are received beside microphone and camera, in the order of their sections. Starts with the present
   * ones.
   */
  readonly further$: Observable<readonly MediaStreamTrack[]>;

  constructor(private readonly connection: RTCPeerConnection) {
    this.connected$ = connectionState$(connection).pipe(
      map((state) => state === 'connected'),
      distinctUntilChanged(),
    );
    const tracks$ = fromEvent<RTCTrackEvent>(connection, 'track');
    this.further$ = merge(
      tracks$,
      fromEvent(connection, 'signalingstatechange'),
      tracks$.pipe(switchMap(() => merge(...this.further().map((track) => fromEvent(track, 'ended'))))),
    ).pipe(
      startWith(null),
      map(() => this.further()),
      distinctUntilChanged((a, b) => a.length === b.length && a.every((track, index) => track === b[index])),
    );
  }

  /** The sections of microphone and camera; null before the first descriptions have been exchanged. */
  get sections(): MediaSections | null {
    return sectionsOf(this.connection);
  }

  /** Whether the peer reports on each packet of this kind, so that the estimate of the path's capacity can be relied on. */
  reportsPackets(kind: MediaKind): boolean {
    return hasTransportFeedback(this.connection.currentRemoteDescription?.sdp ?? '', kind);
  }

  /** Whether a track is sent over a connection that is up. */
  isSending(track: MediaStreamTrack): boolean {
    const { connection } = this;
    return (
      connection.connectionState === 'connected' &&
      connection.getSenders().some((sender) => sender.track === track)
    );
  }

  /** Sends the tracks of a stream in sections of their own; the browser negotiates them. */
  add(stream: MediaStream): AddedTracks {
    const sections = stream
      .getTracks()
      .map((track) => this.connection.addTransceiver(track, { direction: 'sendonly', streams: [stream] }));
    return {
      senders: sections.map(({ sender }) => sender),
      stop: () => {
        if (this.connection.signalingState !== 'closed') sections.forEach((section) => section.stop());
      },
    };
  }

  private further(): readonly MediaStreamTrack[] {
    return this.connection
      .getTransceivers()
      .slice(SECTIONS)
      .filter(({ currentDirection }) => currentDirection === 'recvonly' || currentDirection === 'sendrecv')
      .map(({ receiver }) => receiver.track)
      .filter(({ readyState }) => readyState === 'live');
  }
}
