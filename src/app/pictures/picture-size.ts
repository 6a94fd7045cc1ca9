import { LIMITS, type SendingLevel } from './sending-level';

/** The size at which the peer shows the video, in the peer's device pixels. */
export interface ShownSize {
  readonly width: number;
  readonly height: number;
}

/** Encoding parameters to set for video (WebRTC, section 5.2.8). */
export interface PictureParameters {
  readonly active: boolean;
  readonly scaleResolutionDownBy: number;
  readonly maxFramerate: number;
  readonly maxBitrate: number;
}

/** Scaling steps. Intermediate sizes would restart the encoder without visible gain. */
const SCALES = [1, 1.5, 2, 3, 4, 6] as const;
/** Bits for each pixel of each frame that give good video with the codecs in use. */
const BITS_PER_PIXEL = 0.09;
/** Minimum bit rate of video, in bit/s. */
const LEAST = 80_000;

/** By how much video of `source` size can be scaled down for a peer that shows it at this size. */
export function scaleFor(source: ShownSize, shown: ShownSize): number {
  // Cover the shown area: the peer crops rather than stretches.
  const wanted = Math.max(1, Math.min(source.width / shown.width, source.height / shown.height));
  // Slightly too small isn't noticeable; twice the pixels cost twice the bits.
  return [...SCALES].reverse().find((scale) => scale <= wanted * 1.1) ?? 1;
}

/** By how much video of `source` size must be scaled down to have at most this height, in pixels. */
export function scaleWithin(source: ShownSize, height: number): number {
  const shorter = Math.min(source.width, source.height);
  return SCALES.find((scale) => shorter / scale <= height) ?? 6;
}

/** The bit rate that gives good video, in bit/s. */
export const goodBitRate = (source: ShownSize, scale: number, frameRate: number): number =>
  Math.max(LEAST, Math.round((source.width / scale) * (source.height / scale) * frameRate * BITS_PER_PIXEL));

/**
 * Parameters for video of `source` size in a call of two: no more than the peer shows, and no more than the level allows.
 *
 * @param shown null when the peer hasn't said; then the full size
 */
export function pictureParameters(
  source: ShownSize,
  shown: ShownSize | null,
  level: SendingLevel,
): PictureParameters {
  const limits = LIMITS[level === 'paused' ? 'low' : level];
  const scale = Math.max(shown ? scaleFor(source, shown) : 1, scaleWithin(source, limits.height));
  return {
    active: level !== 'paused',
    scaleResolutionDownBy: scale,
    maxFramerate: limits.frameRate,
    maxBitrate: Math.min(limits.bitRate, goodBitRate(source, scale, limits.frameRate)),
  };
}
