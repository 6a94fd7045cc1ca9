import type { SegmenterFiles } from './segmenter';

/** What the page tells the worker. The first message says how frames come and go. */
export type BlurTask =
  | {
      readonly kind: 'streams';
      readonly files: SegmenterFiles;
      readonly frames: ReadableStream<VideoFrame>;
      readonly blurred: WritableStream<VideoFrame>;
    }
  | { readonly kind: 'bitmaps'; readonly files: SegmenterFiles }
  /** The camera's present frame, after `next`; null while it has none. */
  | { readonly kind: 'frame'; readonly frame: ImageBitmap | null };

/** What the worker tells the page. */
export type BlurReport =
  /** Asks for a frame. The worker has the clock, since timers of a hidden page fire once a second. */
  | { readonly kind: 'next' }
  | { readonly kind: 'frame'; readonly frame: ImageBitmap }
  /** The first blurred frame is there, or its size has changed. */
  | { readonly kind: 'shown'; readonly width: number; readonly height: number }
  | { readonly kind: 'measured'; readonly share: number }
  | { readonly kind: 'refused'; readonly share: number }
  | { readonly kind: 'failed'; readonly words: string };
