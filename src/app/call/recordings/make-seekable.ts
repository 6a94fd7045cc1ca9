/** What the worker is to do: a recording in `RecordingDatabase`, or one in memory. */
export type SeekableTask =
  { readonly kind: 'stored'; readonly id: string } | { readonly kind: 'memory'; readonly raw: Blob };

export type SeekableAnswer =
  /** `share` of what is to be read, from 0 to 1. */
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'done'; readonly file: Blob }
  | { readonly kind: 'failed' };

/** Hears how much is done, from 0 to 1. */
export type Progress = (share: number) => void;

/** Time without a word from the worker after which it counts as failed, in ms: its program may never arrive. */
const STALL_LIMIT_MS = 20_000;

/** Makes a file with duration and cues in a worker of its own. Resolves to null when that fails, for want of space too. */
export async function makeSeekable(task: SeekableTask, progress: Progress): Promise<Blob | null> {
  let worker: Worker;
  try {
    worker = new Worker(new URL('./seekable.worker', import.meta.url), { type: 'module' });
  } catch {
    return null;
  }
  let stalled: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<Blob | null>((resolve) => {
      const expectWord = () => {
        clearTimeout(stalled);
        stalled = setTimeout(() => resolve(null), STALL_LIMIT_MS);
      };
      expectWord();
      worker.onmessage = ({ data }: MessageEvent<SeekableAnswer>) => {
        expectWord();
        if (data.kind === 'progress') progress(data.share);
        else resolve(data.kind === 'done' ? data.file : null);
      };
      // It did not arrive, or can't be run.
      worker.onerror = () => resolve(null);
      worker.postMessage(task);
    });
  } finally {
    clearTimeout(stalled);
    worker.terminate();
  }
}
