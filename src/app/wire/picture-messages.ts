import type { ShownSize } from '../pictures/adaptive-sending';
import { isWholeIn } from '../values/bounds';

/** How video is shown, and whether it is being sent. */
export type PictureMessage =
  /**
   * The size at which the sender shows the receiver's video, in device pixels. Sent when the channel opens and on each
   * change.
   */
  | ({ readonly type: 'view' } & ShownSize)
  /** Whether the sender's video is paused because the path has room for audio only. Sent on each change. */
  | { readonly type: 'picture'; readonly paused: boolean };

/** Larger than any screen, in pixels. */
const MAX_SIDE = 16_384;

/** Parses a message of one of these types. Returns null when it is not valid. */
export function readPictureMessage(message: Readonly<Record<string, unknown>>): PictureMessage | null {
  if (message['type'] === 'view') {
    const { width, height } = message;
    const valid = isWholeIn(width, 1, MAX_SIDE) && isWholeIn(height, 1, MAX_SIDE);
    return valid ? { type: 'view', width, height } : null;
  }
  const { paused } = message;
  return typeof paused === 'boolean' ? { type: 'picture', paused } : null;
}
