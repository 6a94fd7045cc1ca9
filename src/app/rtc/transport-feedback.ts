import type { MediaKind } from '../rtc/codecs';

/** Header extension that numbers packets for transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01). */
const NUMBERING = /^a=extmap:\d+(?:\/\S+)? \S*transport-wide-cc-extensions/m;
/** Feedback on each packet by the receiver (same draft): `a=rtcp-fb:<payload type> transport-cc`. */
const REPORTS = /^a=rtcp-fb:(?:\d+|\*) transport-cc\s*$/m;

/**
 * Whether the description's section of this kind accepts transport-wide feedback, which `availableOutgoingBitrate` is
 * computed from. Without feedback, the estimate only repeats what the receiver's REMB grants, and that shrinks with the
 * bit rate sent.
 *
 * @param sdp the remote description: what it does not list is not negotiated, whichever side made the offer
 */
export function hasTransportFeedback(sdp: string, kind: MediaKind): boolean {
  const section = sdp.split(/^(?=m=)/m).find((part) => part.startsWith(`m=${kind} `)) ?? '';
  return NUMBERING.test(section) && REPORTS.test(section);
}
