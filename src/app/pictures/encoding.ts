import { noted } from '../log/note';

/** Changes the only encoding. Does nothing when nothing would change, or before there is an encoding. */
export async function changeEncoding(
  sender: RTCRtpSender,
  change: Partial<RTCRtpEncodingParameters>,
): Promise<void> {
  const parameters = sender.getParameters();
  const encoding = parameters.encodings[0];
  if (!encoding) return;
  const entries = Object.entries(change) as [keyof RTCRtpEncodingParameters, never][];
  if (entries.every(([key, value]) => encoding[key] === value)) return;
  Object.assign(encoding, change);
  // Ignore a rejected change, from a browser that doesn't know a parameter or a section that has stopped.
  await sender.setParameters(parameters).catch(noted('pictures', 'set-parameters'));
}
