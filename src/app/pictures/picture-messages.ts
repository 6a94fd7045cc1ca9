import { isWholeIn } from '../values/bounds';
import type { Codec } from '../wire/codec';
import type { ShownSize } from './picture-size';

/** How a peer shows the camera's picture: the size in device pixels, and whether it shows it at all. */
export interface View extends ShownSize {
  readonly hidden?: true;
}

/** How video is shown, and whether it is being sent. */
export type PictureMessage =
  /**
   * How the sender shows the receiver's video. Sent when the channel opens, when the receiver says hello, and on each
   * change.
   */
  | ({ readonly type: 'view' } & View)
  /** Whether the sender's video is paused because there is room for audio only. Sent like `view`. */
  | { readonly type: 'picture'; readonly paused: boolean };

/** Larger than any screen, in pixels. */
const MAX_SIDE = 16_384;

export const pictureMessages: Codec<PictureMessage> = {
  view: ({ width, height, hidden }) =>
    isWholeIn(width, 1, MAX_SIDE) && isWholeIn(height, 1, MAX_SIDE)
      ? { width, height, ...(hidden === true && { hidden }) }
      : null,
  picture: ({ paused }) => (typeof paused === 'boolean' ? { paused } : null),
};
