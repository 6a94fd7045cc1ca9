import { Subscription } from 'rxjs';

import { worker$ } from '../loading/workers';
import { note, noteError } from '../log/note';

/** The worker's task: a recording in `RecordingDatabase`, or one in memory. */
export type SeekableTask =
  { readonly kind: 'stored'; readonly id: string } | { readonly kind: 'memory'; readonly raw: Blob };

export type SeekableAnswer =
  /** `share`: the part of the input that has been read, from 0 to 1. */
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'done'; readonly file: Blob }
  | { readonly kind: 'failed' };

/** Receives the progress, from 0 to 1. */
export type Progress = (share: number) => void;

/** Time without a message from the worker after which it counts as failed, in ms: its script may never arrive. */
const STALL_LIMIT_MS = 20_000;

const createWorker = () => new Worker(new URL('./seekable.worker', import.meta.url), { type: 'module' });

/** Makes a file with duration and cues in its own worker. Resolves to null when that fails, for lack of space too. */
export function makeSeekable(
  task: SeekableTask,
  progress: Progress,
  create = createWorker,
): Promise<Blob | null> {
  let stalled: ReturnType<typeof setTimeout>;
  const making = new Subscription(() => clearTimeout(stalled));
  return new Promise<Blob | null>((resolve) => {
    const fail = (cause: 'stalled' | 'refused') => {
      note('mixing', 'not-seekable', { cause });
      resolve(null);
    };
    const expectWord = () => {
      clearTimeout(stalled);
      stalled = setTimeout(() => fail('stalled'), STALL_LIMIT_MS);
    };
    expectWord();
    making.add(
      worker$(create).subscribe({
        next: (worker) => {
          worker.onmessage = ({ data }: MessageEvent<SeekableAnswer>) => {
            expectWord();
            if (data.kind === 'progress') progress(data.share);
            else if (data.kind === 'done') resolve(data.file);
            else fail('refused');
          };
          worker.postMessage(task);
        },
        error: (error: unknown) => {
          noteError('mixing', 'make-seekable', error);
          resolve(null);
        },
      }),
    );
  }).finally(() => making.unsubscribe());
}
