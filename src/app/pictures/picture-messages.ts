import type { ShownSize } from './adaptive-sending';
import { isWholeIn } from '../values/bounds';
import type { Codec } from '../wire/codec';

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

export const pictureMessages: Codec<PictureMessage> = {
  view: ({ width, height }) =>
    isWholeIn(width, 1, MAX_SIDE) && isWholeIn(height, 1, MAX_SIDE) ? { width, height } : null,
  picture: ({ paused }) => (typeof paused === 'boolean' ? { paused } : null),
};
