/** What the page asks of fan-out.worker.ts; ids name outlets. */
export type FanOutTask =
  /** The frames to encode in place of the picture, of `PLACEHOLDER` size, are written here. */
  | { readonly kind: 'placeholder'; readonly id: number; readonly frames: WritableStream<VideoFrame> }
  | { readonly kind: 'follow'; readonly id: number; readonly source: number | null }
  | { readonly kind: 'end'; readonly id: number };

export type FanOutReport =
  | { readonly kind: 'ready' }
  /** A frame of this outlet has passed, with its size and codec. */
  | { readonly kind: 'works'; readonly id: number }
  | { readonly kind: 'fault'; readonly words: string }
  /** The encoder of this outlet must make a whole frame. */
  | { readonly kind: 'key'; readonly id: number };

/** Options of a transform. */
export interface FanOutOptions {
  readonly id: number;
}

/** The codec whose frames can be sent by another sender: its payload alone says which frames are whole (RFC 7741, section 4.3). */
export const FANNED_OUT = { mimeType: 'video/VP8', clockRate: 90_000 } as const;

/** The size of placeholders, in pixels. No camera is so narrow, and encoders may scale it down by up to 6. */
export const PLACEHOLDER = { width: 48, height: 384 } as const;

/** Whether an encoded frame is a placeholder's, by its size in pixels. */
export const isPlaceholder = (width: number, height: number): boolean => width > 0 && height >= 6 * width;
