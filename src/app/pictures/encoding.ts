import { noted } from '../log/note';

/** An encoding, with the codec that WebRTC Extensions add to it and TypeScript's DOM library lacks. */
export interface Encoding extends RTCRtpEncodingParameters {
  /** Without one, the codec that was negotiated first. */
  codec?: Readonly<Record<'mimeType', string> & Record<'clockRate', number>> | undefined;
}

/** Changes the only encoding. Does nothing when nothing would change, or before there is an encoding. */
export async function changeEncoding(sender: RTCRtpSender, change: Partial<Encoding>): Promise<void> {
  const parameters = sender.getParameters();
  const encoding: Encoding | undefined = parameters.encodings[0];
  if (!encoding) return;
  const { codec, ...others } = change;
  const entries = Object.entries(others) as [keyof RTCRtpEncodingParameters, unknown][];
  const keepsCodec = !('codec' in change) || codec?.mimeType === encoding.codec?.mimeType;
  if (keepsCodec && entries.every(([key, value]) => encoding[key] === value)) return;
  Object.assign(encoding, change);
  // Ignore a rejected change, from a browser that doesn't know a parameter or a section that has stopped.
  await sender.setParameters(parameters).catch(noted('pictures', 'set-parameters'));
}

/** The MIME type of the codec that is set for the only encoding; undefined if none is set. */
export function codecOf(sender: RTCRtpSender): string | undefined {
  const encoding: Encoding | undefined = sender.getParameters().encodings[0];
  return encoding?.codec?.mimeType;
}
