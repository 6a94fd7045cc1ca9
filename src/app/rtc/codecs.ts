export type MediaKind = 'audio' | 'video';

/**
 * Preferred first. VP9 gives the best video on a slow path, and every browser that lacks it has VP8 or H.264. AV1 drains
 * too much battery on phones to lead.
 */
const PREFERENCE: Readonly<Record<MediaKind, readonly string[]>> = {
  audio: ['audio/opus', 'audio/G722', 'audio/PCMU', 'audio/PCMA'],
  video: ['video/VP9', 'video/VP8', 'video/H264', 'video/AV1', 'video/H265'],
};

/** Codecs that accompany another one and carry no media of their own. */
const AUXILIARY = /\/(rtx|red|ulpfec|flexfec-03|CN|telephone-event)$/i;

/** MIME types that this browser can receive, most preferred first, without auxiliary codecs. */
export function codecsOf(kind: MediaKind): readonly string[] {
  return named(ordered(kind).map(({ mimeType }) => mimeType));
}

/** MIME types that this browser can send, without auxiliary codecs. */
export function sendableCodecs(kind: MediaKind): readonly string[] {
  return named((RTCRtpSender.getCapabilities(kind)?.codecs ?? []).map(({ mimeType }) => mimeType));
}

/** Puts the preferred codecs first and keeps all others after them (RFC 8829, section 4.2.6). */
export function preferCodecs(transceiver: RTCRtpTransceiver): void {
  const kind = transceiver.receiver.track.kind as MediaKind;
  const codecs = ordered(kind);
  if (codecs.length > 0 && 'setCodecPreferences' in transceiver) {
    transceiver.setCodecPreferences([...codecs]);
  }
}

/** MIME types that a description lists for a kind of media, without auxiliary codecs. */
export function codecsIn(sdp: string, kind: MediaKind): readonly string[] {
  const section = sdp.split(/^m=/m).find((part) => part.startsWith(kind)) ?? '';
  const mapped = [...section.matchAll(/^a=rtpmap:\d+ ([^/\s]+)\//gm)].map(([, name]) => `${kind}/${name}`);
  return named(mapped);
}

/** Whether two lists have a codec in common. MIME types are case-insensitive (RFC 6838, section 4.2). */
export function haveCommon(ours: readonly string[], theirs: readonly string[]): boolean {
  const lower = new Set(theirs.map((type) => type.toLowerCase()));
  return ours.some((type) => lower.has(type.toLowerCase()));
}

function ordered(kind: MediaKind): readonly RTCRtpCodec[] {
  const rank = ({ mimeType }: RTCRtpCodec) => {
    const index = PREFERENCE[kind].findIndex((type) => type.toLowerCase() === mimeType.toLowerCase());
    return index < 0 ? PREFERENCE[kind].length : index;
  };
  return [...(RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [])].sort((a, b) => rank(a) - rank(b));
}

function named(types: readonly string[]): readonly string[] {
  return [...new Set(types.filter((type) => !AUXILIARY.test(type)))];
}
