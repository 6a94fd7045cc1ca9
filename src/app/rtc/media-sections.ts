import { merge, Observable, distinctUntilChanged, ignoreElements, switchMap } from 'rxjs';

import { noted } from '../log/note';
import { MediaKind, preferCodecs } from './codecs';
import { attachOutlet, outletOf } from './outlets';

/** The tracks to send. Null sends nothing of that kind. */
export interface SentTracks {
  readonly audio$: Observable<MediaStreamTrack | null>;
  readonly video$: Observable<MediaStreamTrack | null>;
}

/**
 * The audio and video sections of a connection. Both always exist and are always bidirectional, so that turning a
 * microphone or camera on or off needs no negotiation: a sender without a track sends nothing.
 */
export interface MediaSections {
  readonly audio: RTCRtpTransceiver;
  readonly video: RTCRtpTransceiver;
}

/** Number of media sections that every connection has, at the start of its description. Later sections carry screens. */
export const SECTIONS = 2;

/**
 * Video starts at half width and half height, so that the first whole frame, which is larger than all that follow, is
 * encoded and sent quickly. A moment later, pictures/shared-sending.ts sets what suits the path and the screen.
 */
const FIRST_ENCODING: RTCRtpEncodingParameters = { scaleResolutionDownBy: 2 };

/** For the offerer: adds both sections. */
export function addSections(connection: RTCPeerConnection): MediaSections {
  // One stream for both, so that the receiver keeps audio and video in sync (RFC 8830).
  const streams = [new MediaStream()];
  const add = (kind: MediaKind, sendEncodings: RTCRtpEncodingParameters[] = []) =>
    connection.addTransceiver(kind, { direction: 'sendrecv', streams, sendEncodings });
  const sections = { audio: add('audio'), video: add('video', [FIRST_ENCODING]) };
  attachOutlet(connection, sections.video.sender);
  return prepared(sections);
}

/** For the answerer, once the offer is set: accepts both sections. Returns null when the offer lacks either. */
export function acceptSections(connection: RTCPeerConnection): MediaSections | null {
  const stream = new MediaStream();
  const find = (kind: MediaKind) =>
    connection.getTransceivers().find(({ receiver }) => receiver.track.kind === kind);
  const [audio, video] = [find('audio'), find('video')];
  if (!audio || !video) {
    return null;
  }
  attachOutlet(connection, video.sender);
  for (const transceiver of [audio, video]) {
    transceiver.direction = 'sendrecv';
    transceiver.sender.setStreams(stream);
  }
  startSmall(video.sender);
  return prepared({ audio, video });
}

/** The sections of a connection, or null before its first descriptions have been exchanged. */
export function sectionsOf(connection: RTCPeerConnection): MediaSections | null {
  const first = connection.getTransceivers().slice(0, SECTIONS);
  const find = (kind: MediaKind) => first.find(({ receiver }) => receiver.track.kind === kind);
  const [audio, video] = [find('audio'), find('video')];
  return audio && video ? { audio, video } : null;
}

/** Sends these tracks while subscribed; emits nothing. Replacing a track needs no negotiation. */
export const sendTracks = (sections: MediaSections, tracks: SentTracks): Observable<never> => {
  const send = (transceiver: RTCRtpTransceiver, track$: Observable<MediaStreamTrack | null>) =>
    track$.pipe(
      distinctUntilChanged(),
      switchMap((track) => transceiver.sender.replaceTrack(track).catch(ignoreClosed(transceiver))),
    );
  const video$ = outletOf(sections.video.sender)?.sends$(tracks.video$) ?? tracks.video$;
  return merge(send(sections.audio, tracks.audio$), send(sections.video, video$)).pipe(ignoreElements());
};

/** A browser that rejects this starts with the full-size video. */
function startSmall(sender: RTCRtpSender): void {
  const parameters = sender.getParameters();
  const [encoding] = parameters.encodings;
  if (!encoding) return;
  Object.assign(encoding, FIRST_ENCODING);
  sender.setParameters(parameters).catch(noted('rtc', 'set-parameters'));
}

function prepared(sections: MediaSections): MediaSections {
  preferCodecs(sections.audio);
  preferCodecs(sections.video);
  return sections;
}

/** A rejected or closed section has no receiver. */
const ignoreClosed = (transceiver: RTCRtpTransceiver) => (error: unknown) => {
  const stopped =
    transceiver.currentDirection === 'stopped' || transceiver.sender.transport?.state === 'closed';
  if (!stopped && (error as DOMException).name !== 'InvalidStateError') {
    throw error;
  }
};
