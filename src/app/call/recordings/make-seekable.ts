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

/** Makes a file with duration and cues in a worker of its own. Resolves to null when that fails, for want of space too. */
export async function makeSeekable(task: SeekableTask, progress: Progress): Promise<Blob | null> {
  let worker: Worker;
  try {
    worker = new Worker(new URL('./seekable.worker', import.meta.url), { type: 'module' });
  } catch {
    return null;
  }
  try {
    return await new Promise<Blob | null>((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<SeekableAnswer>) => {
        if (data.kind === 'progress') progress(data.share);
        else resolve(data.kind === 'done' ? data.file : null);
      };
      // It did not arrive, or can't be run.
      worker.onerror = () => resolve(null);
      worker.postMessage(task);
    });
  } finally {
    worker.terminate();
  }
}
