import { distinctUntilChanged, fromEvent, map, merge, type Observable, startWith, switchMap } from 'rxjs';

import { isSameList } from '../rx/same-list';
import type { MediaKind } from './codecs';
import { connectionState$ } from './connection-state';
import { type MediaSections, SECTIONS, sectionsOf } from './media-sections';
import { type Outlet, outletOf } from './outlets';
import { hasTransportFeedback } from './transport-feedback';

/** A live track as it is received, with the identification tag of its section (RFC 9143). */
export interface ReceivedTrack {
  readonly mid: string;
  readonly track: MediaStreamTrack;
}

/** A section in which this side may send. */
export interface SentSection {
  readonly mid: string;
  readonly kind: MediaKind;
  /** Whether it is one of the two that every link has, for microphone and camera. */
  readonly standing: boolean;
}

/** The newest sound that has arrived from the microphone of a peer (WebRTC, section 5.3). */
export interface ReceivedSound {
  /** Level of the packet, 0…1 of full scale. */
  readonly level: number;
  /** When it was played, in ms of a clock of the browser. */
  readonly timestamp: number;
}

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
  readonly further$: Observable<readonly ReceivedTrack[]>;
  /** The sections in which this side sends, at each change of the descriptions. Starts with the present ones. */
  readonly sent$: Observable<readonly SentSection[]>;

  private takesFanOut = false;

  constructor(private readonly connection: RTCPeerConnection) {
    this.connected$ = connectionState$(connection).pipe(
      map((state) => state === 'connected'),
      distinctUntilChanged(),
    );
    const tracks$ = fromEvent<RTCTrackEvent>(connection, 'track');
    this.further$ = merge(
      tracks$,
      fromEvent(connection, 'signalingstatechange'),
      tracks$.pipe(switchMap(() => merge(...this.further().map(({ track }) => fromEvent(track, 'ended'))))),
    ).pipe(
      startWith(null),
      map(() => this.further()),
      distinctUntilChanged((a, b) => isSameList(a, b, (one, other) => one.track === other.track)),
    );
    this.sent$ = fromEvent(connection, 'signalingstatechange').pipe(
      startWith(null),
      map(() => this.sent()),
      distinctUntilChanged((a, b) => isSameList(a, b, (one, other) => one.mid === other.mid)),
    );
  }

  /** The sections of microphone and camera; null before the first descriptions have been exchanged. */
  get sections(): MediaSections | null {
    return sectionsOf(this.connection);
  }

  /** The camera's track, also while a placeholder is sent in its place; null while there is none. */
  get picture(): MediaStreamTrack | null {
    const sender = this.sections?.video.sender;
    return sender ? (outletOf(sender)?.picture ?? sender.track) : null;
  }

  /** The camera's sender as an outlet for frames of other links; null if it isn't one, or the peer lacks the codec. */
  get outlet(): Outlet | null {
    const sender = this.sections?.video.sender;
    const outlet = sender ? outletOf(sender) : null;
    if (!sender || !outlet?.works) return null;
    this.takesFanOut ||= sender
      .getParameters()
      .codecs.some(({ mimeType }) => mimeType === outlet.codec.mimeType);
    return this.takesFanOut ? outlet : null;
  }

  /** The newest sound; null if none has arrived for 10 s, and where the browser reports no level. */
  get sound(): ReceivedSound | null {
    const sources = this.sections?.audio.receiver.getSynchronizationSources() ?? [];
    const newest = sources.toSorted((a, b) => b.timestamp - a.timestamp)[0];
    const level = newest?.audioLevel;
    return newest && typeof level === 'number' ? { level, timestamp: newest.timestamp } : null;
  }

  /** Whether the peer reports on each packet of this kind, so that the estimate of the path's capacity can be relied on. */
  reportsPackets(kind: MediaKind): boolean {
    return hasTransportFeedback(this.connection.currentRemoteDescription?.sdp ?? '', kind);
  }

  /** The senders of the pictures beside the camera's. */
  addedPictures(): readonly RTCRtpSender[] {
    return this.connection
      .getTransceivers()
      .slice(SECTIONS)
      .filter(({ direction, sender }) => direction !== 'stopped' && sender.track?.kind === 'video')
      .map(({ sender }) => sender);
  }

  /** Whether a track is sent over a connection that is up. */
  isSending(track: MediaStreamTrack): boolean {
    const { connection } = this;
    return (
      connection.connectionState === 'connected' &&
      (this.picture === track || connection.getSenders().some((sender) => sender.track === track))
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

  private sent(): readonly SentSection[] {
    return this.connection.getTransceivers().flatMap(({ mid, direction, receiver }, index) => {
      const { kind } = receiver.track;
      const sends = direction === 'sendonly' || direction === 'sendrecv';
      if (mid === null || !sends || (kind !== 'audio' && kind !== 'video')) return [];
      return [{ mid, kind, standing: index < SECTIONS }];
    });
  }

  private further(): readonly ReceivedTrack[] {
    return this.connection
      .getTransceivers()
      .slice(SECTIONS)
      .filter(({ currentDirection }) => currentDirection === 'recvonly' || currentDirection === 'sendrecv')
      .flatMap(({ mid, receiver: { track } }) =>
        mid !== null && track.readyState === 'live' ? [{ mid, track }] : [],
      );
  }
}
