import { merge, Observable, distinctUntilChanged, ignoreElements, switchMap } from 'rxjs';

import { MediaKind, preferCodecs } from './codecs';

/** The tracks to send; null sends nothing of that kind. */
export interface SentTracks {
  readonly audio$: Observable<MediaStreamTrack | null>;
  readonly video$: Observable<MediaStreamTrack | null>;
}

/**
 * The sound and the picture of a connection, always both and always both ways, so that turning a microphone or a
 * camera on and off needs no negotiation: a sender without a track sends nothing.
 */
export interface MediaSections {
  readonly audio: RTCRtpTransceiver;
  readonly video: RTCRtpTransceiver;
}

/** How many sections with media every connection has: the first ones of its description. Others carry screens. */
export const SECTIONS = 2;

/**
 * How a picture begins: with half of its width and height, so that the first whole frame, which is larger than all that
 * follow, is soon made and soon there. What is right for the path and the screen is set a moment later
 * (adaptive-sending.ts).
 */
const FIRST_ENCODING: RTCRtpEncodingParameters = { scaleResolutionDownBy: 2 };

/** For the offerer: adds both sections. */
export function addSections(connection: RTCPeerConnection): MediaSections {
  // One stream for both, so that the receiver keeps lips and voice together (RFC 8830).
  const streams = [new MediaStream()];
  const add = (kind: MediaKind, sendEncodings: RTCRtpEncodingParameters[] = []) =>
    connection.addTransceiver(kind, { direction: 'sendrecv', streams, sendEncodings });
  return prepared({ audio: add('audio'), video: add('video', [FIRST_ENCODING]) });
}

/** For the answerer, once the offer is set: takes up both sections; null when the offer has no such sections. */
export function acceptSections(connection: RTCPeerConnection): MediaSections | null {
  const stream = new MediaStream();
  const find = (kind: MediaKind) =>
    connection.getTransceivers().find(({ receiver }) => receiver.track.kind === kind);
  const [audio, video] = [find('audio'), find('video')];
  if (!audio || !video) {
    return null;
  }
  for (const transceiver of [audio, video]) {
    transceiver.direction = 'sendrecv';
    transceiver.sender.setStreams(stream);
  }
  startSmall(video.sender);
  return prepared({ audio, video });
}

/** The sections of a connection; null before its first descriptions have been exchanged. */
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
  return merge(send(sections.audio, tracks.audio$), send(sections.video, tracks.video$)).pipe(
    ignoreElements(),
  );
};

/** A browser that won't begins with all of the picture. */
function startSmall(sender: RTCRtpSender): void {
  const parameters = sender.getParameters();
  const [encoding] = parameters.encodings;
  if (!encoding) return;
  Object.assign(encoding, FIRST_ENCODING);
  sender.setParameters(parameters).catch(() => undefined);
}

function prepared(sections: MediaSections): MediaSections {
  preferCodecs(sections.audio);
  preferCodecs(sections.video);
  return sections;
}

/** A section that was rejected or closed has nobody to send to. */
const ignoreClosed = (transceiver: RTCRtpTransceiver) => (error: unknown) => {
  const stopped =
    transceiver.currentDirection === 'stopped' || transceiver.sender.transport?.state === 'closed';
  if (!stopped && (error as DOMException).name !== 'InvalidStateError') {
    throw error;
  }
};
