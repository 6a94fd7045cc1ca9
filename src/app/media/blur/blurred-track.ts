import { catchError, Observable, throwError } from 'rxjs';

import { retryLostScript, workerError } from '../../loading/workers';
import { noted } from '../../log/note';
import { BlurError, type Blurred } from './blur';
import type { BlurReport, BlurTask } from './blur-messages';

/** Chromium's streams of frames (MediaStreamTrack Insertable Media Processing), which TypeScript's DOM library lacks. */
interface FrameStreams {
  readonly MediaStreamTrackProcessor?: new (options: {
    readonly track: MediaStreamTrack;
    readonly maxBufferSize: number;
  }) => { readonly readable: ReadableStream<VideoFrame> };
  readonly MediaStreamTrackGenerator?: new (options: {
    readonly kind: 'video';
  }) => MediaStreamTrack & { readonly writable: WritableStream<VideoFrame> };
}

/** The blurred track, and how frames come and go. */
interface Frames {
  readonly track: MediaStreamTrack;
  begin(worker: Worker): void;
  receive(report: BlurReport, worker: Worker): void;
  end(): void;
}

/** Time within which the first blurred frame must be there, in ms: the library or the model may never arrive. */
const START_LIMIT_MS = 30_000;

/** How often the worker's script is requested again when it is lost. */
const LOST_LIMIT = 3;

/** The least change of the cost that is reported. */
const CHANGE = 0.08;

const files = () => {
  const url = (name: string) => new URL(`blur/${name}`, document.baseURI).href;
  return { wasm: url('tflite-simd-1-0-0.wasm'), model: url('selfie_segmentation_landscape.tflite') };
};

const streamed = (camera: MediaStreamTrack, streams: FrameStreams): Frames | null => {
  const { MediaStreamTrackProcessor: Processor, MediaStreamTrackGenerator: Generator } = streams;
  if (!Processor || !Generator) return null;
  // If the worker is late, it gets the latest frame.
  const { readable } = new Processor({ track: camera, maxBufferSize: 1 });
  const track = new Generator({ kind: 'video' });
  const { writable } = track;
  return {
    track,
    begin: (worker) => {
      const task: BlurTask = { kind: 'streams', files: files(), frames: readable, blurred: writable };
      worker.postMessage(task, [readable, writable]);
    },
    receive: () => undefined,
    end: () => track.stop(),
  };
};

const requested = (camera: MediaStreamTrack): Frames => {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([camera]);
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('bitmaprenderer');
  const [track] = canvas.captureStream().getVideoTracks();
  if (!context || !track) throw new BlurError('unsupported');
  const send = (worker: Worker, frame: ImageBitmap | null) => {
    const task: BlurTask = { kind: 'frame', frame };
    worker.postMessage(task, frame ? [frame] : []);
  };
  return {
    track,
    begin: (worker) => {
      void video.play().catch(noted('media', 'blur-play'));
      const task: BlurTask = { kind: 'bitmaps', files: files() };
      worker.postMessage(task);
    },
    receive: (report, worker) => {
      if (report.kind === 'next') {
        createImageBitmap(video).then(
          (frame) => send(worker, frame),
          // eslint-disable-next-line parley/noted-errors -- It has no frame yet.
          () => send(worker, null),
        );
      } else if (report.kind === 'frame') {
        const { width, height } = report.frame;
        if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
        context.transferFromImageBitmap(report.frame);
      }
    },
    end: () => {
      track.stop();
      video.srcObject = null;
    },
  };
};

/**
 * Makes a track answer for the camera behind it, so that choosing sizes and showing the device in use work as ever. Returns
 * a function that ends this.
 */
const answerFor = (
  track: MediaStreamTrack,
  camera: MediaStreamTrack,
  size: () => Pick<MediaTrackSettings, 'width' | 'height'>,
): (() => void) => {
  track.getSettings = () => ({ ...camera.getSettings(), ...size() });
  track.getCapabilities = () => camera.getCapabilities?.() ?? {};
  track.getConstraints = () => camera.getConstraints();
  track.applyConstraints = (constraints) => camera.applyConstraints(constraints);
  const pass = () => track.dispatchEvent(new Event('configurationchange'));
  camera.addEventListener('configurationchange', pass);
  return () => camera.removeEventListener('configurationchange', pass);
};

/**
 * See `Blurring`. A worker blurs the frames: streamed where the browser can, else it requests them from a video element and
 * they are shown on a canvas, whose capture is the track.
 *
 * @param create creates the worker of `blur.worker.ts`
 */
export const blurredTrack = (
  camera: MediaStreamTrack,
  create = () => new Worker(new URL('./blur.worker', import.meta.url), { type: 'module' }),
  streams: FrameStreams = globalThis as FrameStreams,
): Observable<Blurred> =>
  new Observable<Blurred>((subscriber) => {
    const fail = (error: Error) => subscriber.error(error);
    const worker = create();
    subscriber.add(() => worker.terminate());
    const frames = streamed(camera, streams) ?? requested(camera);
    const { track } = frames;
    subscriber.add(() => frames.end());
    let told: number | null = null;
    let size: Pick<MediaTrackSettings, 'width' | 'height'> = {};
    subscriber.add(answerFor(track, camera, () => size));

    let late: ReturnType<typeof setTimeout>;
    const expectFrame = () => {
      late = setTimeout(() => {
        // A camera that the system mutes delivers no frames.
        if (camera.muted) expectFrame();
        else fail(new Error('No blurred frame.'));
      }, START_LIMIT_MS);
    };
    expectFrame();
    subscriber.add(() => clearTimeout(late));
    worker.onerror = (event: Event) => fail(workerError(event));
    worker.onmessage = ({ data }: MessageEvent<BlurReport>) => {
      frames.receive(data, worker);
      switch (data.kind) {
        case 'shown': {
          const isFirst = size.width === undefined;
          size = { width: data.width, height: data.height };
          clearTimeout(late);
          if (isFirst) subscriber.next({ track, share: null });
          break;
        }
        case 'measured':
          if (told !== null && Math.abs(data.share - told) < CHANGE) break;
          told = data.share;
          subscriber.next({ track, share: told });
          break;
        case 'refused':
          fail(new BlurError('slow', data.share));
          break;
        case 'failed':
          fail(new Error(data.words));
          break;
        default:
      }
    };
    frames.begin(worker);
  }).pipe(
    retryLostScript(LOST_LIMIT),
    catchError((cause: unknown) =>
      throwError(() => (cause instanceof BlurError ? cause : new BlurError('failed', null, { cause }))),
    ),
  );
