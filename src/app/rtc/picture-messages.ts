import type { ShownSize } from './adaptive-sending';
import { isWholeIn } from './bounds';

/** How the picture is shown, and whether it is being sent. */
export type PictureMessage =
  /** How large the sender shows the other's picture, device pixels. When the channel opens and at each change. */
  | ({ readonly type: 'view' } & ShownSize)
  /** Whether the sender's picture is paused because the path has room for sound alone. At each change. */
  | { readonly type: 'picture'; readonly paused: boolean };

/** Larger than any screen, px. */
const MAX_SIDE = 16_384;

/** Reads a message of one of these types; null when it is not valid. */
export function readPictureMessage(message: Readonly<Record<string, unknown>>): PictureMessage | null {
  if (message['type'] === 'view') {
    const { width, height } = message;
    const valid = isWholeIn(width, 1, MAX_SIDE) && isWholeIn(height, 1, MAX_SIDE);
    return valid ? { type: 'view', width, height } : null;
  }
  const { paused } = message;
  return typeof paused === 'boolean' ? { type: 'picture', paused } : null;
}
