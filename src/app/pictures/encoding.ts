import { noted } from '../log/note';
import type { Outlet } from '../rtc/outlets';

/** An encoding, with the codec that WebRTC Extensions add to it and TypeScript's DOM library lacks. */
export interface Encoding extends RTCRtpEncodingParameters {
  /** Without one, the codec that was negotiated first. */
  codec?: Outlet['codec'] | undefined;
}

/**
 * Changes the only encoding. Does nothing when nothing would change, or before there is an encoding. Resolves to the encoding as
 * it is then: a browser may refuse the change, or know only parts of it.
 */
export async function changeEncoding(
  sender: RTCRtpSender,
  change: Partial<Encoding>,
): Promise<Encoding | undefined> {
  const parameters = sender.getParameters();
  const encoding: Encoding | undefined = parameters.encodings[0];
  if (!encoding) return undefined;
  const { codec, ...others } = change;
  const entries = Object.entries(others) as [keyof RTCRtpEncodingParameters, unknown][];
  const keepsCodec = !('codec' in change) || codec?.mimeType === encoding.codec?.mimeType;
  if (keepsCodec && entries.every(([key, value]) => encoding[key] === value)) return encoding;
  Object.assign(encoding, change);
  // Ignore a rejected change, from a browser that doesn't know a parameter or a section that has stopped.
  await sender.setParameters(parameters).catch(noted('pictures', 'set-parameters'));
  return sender.getParameters().encodings[0];
}
