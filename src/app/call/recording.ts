import { BehaviorSubject, combineLatest, ignoreElements, map, Observable, tap } from 'rxjs';

import { elapsed, wallTime } from '../loading/clock';
import { MEMORY_LIMIT } from './files/file-limits';
import { FilePlaces, type Places } from './files/file-places';
import type { Sink } from './files/sink';
import { said, type Control } from '../rtc/control-channel';

/** What is recorded, as it comes. */
export interface Scene {
  readonly stream: MediaStream;
  close(): void;
}

/** What a recording is doing. `disk`: nothing more could be written; what came before is saved. */
export type RecordingState =
  | { readonly status: 'off' }
  /** `since`: ms since the epoch. */
  | { readonly status: 'on'; readonly since: number }
  | { readonly status: 'saving' }
  | { readonly status: 'failed'; readonly reason: 'unsupported' | 'disk' };

/** Gives a finished recording to the person. */
export type Save = (file: Blob, name: string) => void;

/** Containers and codecs (RFC 6381), best first: what is cut off in the middle can be played with the first ones. */
const TYPES = [
  'video/webm;codecs=vp9,opus',
  'video/webm;codecs=vp8,opus',
  'video/webm',
  'video/mp4;codecs=avc1.64001F,mp4a.40.2',
  'video/mp4',
];
/** bit/s. */
const PICTURE = 2_500_000;
const SOUND = 128_000;
/** How often what was recorded is written away, ms: no more than this is lost by a crash. */
const SLICE = 1_000;

const OFF: RecordingState = { status: 'off' };

/**
 * A recording of what one sees and hears (MediaStream Recording), written to the browser's disk space as it comes, where it
 * has some, else to memory up to `MEMORY_LIMIT`.
 */
export class Recording {
  private readonly state = new BehaviorSubject<RecordingState>(OFF);
  private running: { readonly stop: () => void } | null = null;
  private places: Promise<Places> | null = null;

  /** Starts with the present state. */
  readonly state$ = this.state.asObservable();
  /** Whether anything is being recorded just now. */
  readonly on$ = this.state$.pipe(map(({ status }) => status === 'on'));

  /** @param look finds where to write; specs give another */
  constructor(private readonly look: () => Promise<Places> = () => FilePlaces.look()) {}

  /** Records a scene until `stop`, then saves it. Does nothing while one is running. */
  async start(open: () => Promise<Scene>, save: Save): Promise<void> {
    if (this.running) return;
    const type = TYPES.find((candidate) => MediaRecorder.isTypeSupported(candidate));
    if (type === undefined) return this.state.next({ status: 'failed', reason: 'unsupported' });
    let stopped = false;
    this.running = { stop: () => (stopped = true) };
    this.places ??= this.look();
    const places = await this.places;
    const place = places.placeFor(MEMORY_LIMIT + 1) === 'private' ? 'private' : 'memory';
    const name = nameOf(new Date(wallTime()), type);
    const sink = await places.open({ name, path: [], size: 0, media: type }, place);
    if (stopped || !sink) {
      this.running = null;
      return this.state.next(OFF);
    }
    const scene = await open();
    const limit = place === 'memory' ? MEMORY_LIMIT : Infinity;
    const ended = this.write(scene.stream, type, sink, limit);
    this.state.next({ status: 'on', since: elapsed() });
    const failed = await ended;
    scene.close();
    this.running = null;
    this.state.next({ status: 'saving' });
    const file = await sink.finish();
    if (file && file.size > 0) save(file, name);
    this.state.next(failed ? { status: 'failed', reason: 'disk' } : OFF);
  }

  /** Ends the recording, which is then saved. */
  stop(): void {
    this.running?.stop();
  }

  /** Resolves once all that was recorded is written: to whether the disk failed, or the memory's limit was reached. */
  private write(stream: MediaStream, type: string, sink: Sink, limit: number): Promise<boolean> {
    const recorder = new MediaRecorder(stream, {
      mimeType: type,
      videoBitsPerSecond: PICTURE,
      audioBitsPerSecond: SOUND,
    });
    const stop = () => {
      if (recorder.state !== 'inactive') recorder.stop();
    };
    this.running = { stop };
    let written = Promise.resolve();
    let size = 0;
    let failed = false;
    recorder.ondataavailable = ({ data }) => {
      size += data.size;
      if (size > limit) failed = true;
      written = written
        .then(async () => {
          if (!failed) await sink.write(new Uint8Array(await data.arrayBuffer()));
        })
        .catch(() => {
          failed = true;
        })
        .then(() => {
          if (failed) stop();
        });
    };
    return new Promise((resolve) => {
      recorder.onstop = () => void written.then(() => resolve(failed));
      recorder.start(SLICE);
    });
  }
}

/** Tells the other side whether one records, when they begin to listen and at each change. */
export const tellRecording = (
  control: Control,
  on$: Observable<boolean>,
  hello$: Observable<unknown>,
): Observable<never> =>
  combineLatest([on$, hello$]).pipe(
    tap(([on]) => control.send({ type: 'recording', on })),
    ignoreElements(),
  );

/** Whether the other side records. Emits when told. */
export const theirRecording = (control: Control): Observable<boolean> =>
  said(control, 'recording').pipe(map(({ on }) => on));

function nameOf(time: Date, type: string): string {
  const at = new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString();
  const stamp = at.slice(0, 16).replace('T', ' ').replace(':', '.');
  return `Parley ${stamp}.${type.startsWith('video/mp4') ? 'mp4' : 'webm'}`;
}
