import {
  BehaviorSubject,
  combineLatest,
  distinctUntilChanged,
  ignoreElements,
  map,
  Observable,
  tap,
} from 'rxjs';

import { elapsed, wallTime } from '../loading/clock';
import { said, type Control } from '../rtc/control-channel';
import type { KeptRecording } from './recordings/kept-recordings';

/** What is recorded, as it comes. */
export interface Scene {
  readonly stream: MediaStream;
  close(): void;
}

/** Why a recording did not come about, or ended by itself. */
export type RecordingTrouble =
  /** This browser can't record. */
  | 'unsupported'
  /** It did not start; trying again may help. */
  | 'start'
  /** There was no space for anything. */
  | 'noSpace'
  /** There is no more space; what was recorded before is saved. */
  | 'disk'
  /** The browser's recorder gave up; what was recorded before is saved. */
  | 'stopped'
  /** Saved, but without duration and cues. */
  | 'unseekable'
  /** Saving failed; the recording is kept on this device. */
  | 'kept';

/** What a recording is doing. */
export type RecordingState =
  | { readonly status: 'off' }
  | { readonly status: 'starting' }
  /** `since`: when it began, by `elapsed`, in ms. */
  | { readonly status: 'on'; readonly since: number }
  /** `share` of the file that is done, from 0 to 1. */
  | { readonly status: 'saving'; readonly share: number }
  | { readonly status: 'failed'; readonly reason: RecordingTrouble };

/** Gives a finished recording to the person. */
export type Save = (file: Blob, name: string) => void;

/** Begins to keep a recording of a MIME type that starts at `since`, in ms since the epoch. */
export type Keep = (type: string, since: number) => Promise<KeptRecording>;

/** Containers and codecs (RFC 6381), best first: what is cut off in the middle can be played with the first ones. */
const TYPES = [
  'video/webm;codecs=vp9,opus',
  'video/webm;codecs=vp8,opus',
  'video/webm',
  'video/mp4;codecs=avc1.64001F,mp4a.40.2',
  'video/mp4',
];
/** MediaStream Recording, section 2.1; TypeScript's DOM library does not have all of it. */
interface RecorderOptions extends MediaRecorderOptions {
  readonly videoKeyFrameIntervalDuration: number;
}
const OPTIONS: RecorderOptions = {
  // bit/s
  videoBitsPerSecond: 2_500_000,
  audioBitsPerSecond: 128_000,
  // A player seeks to key frames; in ms.
  videoKeyFrameIntervalDuration: 2_000,
};
/** How often what was recorded is stored, in ms: no more than this is lost by a crash. */
const SLICE_MS = 1_000;

const OFF: RecordingState = { status: 'off' };

/**
 * A recording of what one sees and hears (MediaStream Recording). It is stored on this device second by second, so that it
 * survives a crash, and is given to the person as a file that has a duration and can be seeked.
 */
export class Recording {
  private readonly state = new BehaviorSubject<RecordingState>(OFF);
  private running: { readonly stop: () => void } | null = null;

  /** Starts with the present state. */
  readonly state$ = this.state.asObservable();
  /** Whether anything is being recorded just now. */
  readonly on$ = this.state$.pipe(
    map(({ status }) => status === 'on'),
    distinctUntilChanged(),
  );

  /** @param keep decides where it is stored; specs give another */
  constructor(private readonly keep: Keep = keepOnDevice) {}

  /**
   * Records a scene until `stop`, then saves it. Does nothing while a recording runs or is being saved. Never rejects: what
   * goes wrong is a state, after which it can be started again.
   */
  async start(open: () => Promise<Scene>, save: Save): Promise<void> {
    if (this.running) return;
    const type = TYPES.find((candidate) => MediaRecorder.isTypeSupported(candidate));
    if (type === undefined) return this.state.next({ status: 'failed', reason: 'unsupported' });
    this.state.next({ status: 'starting' });
    const state = await this.run(type, open, save);
    this.running = null;
    this.state.next(state);
  }

  /** Ends the recording, which is then saved. */
  stop(): void {
    this.running?.stop();
  }

  /** Resolves to the state after it. */
  private async run(type: string, open: () => Promise<Scene>, save: Save): Promise<RecordingState> {
    let stopped = false;
    this.running = { stop: () => (stopped = true) };
    let kept: KeptRecording | null = null;
    let scene: Scene | null = null;
    let ended: Promise<RecordingTrouble | null>;
    try {
      kept = await this.keep(type, wallTime());
      scene = await open();
      if (stopped) {
        scene.close();
        await kept.discard();
        return OFF;
      }
      ended = this.write(scene.stream, type, kept);
      this.state.next({ status: 'on', since: elapsed() });
    } catch {
      scene?.close();
      await kept?.discard().catch(() => undefined);
      return { status: 'failed', reason: 'start' };
    }
    const trouble = await ended;
    scene.close();
    return this.save(kept, trouble, save);
  }

  private async save(
    kept: KeptRecording,
    trouble: RecordingTrouble | null,
    save: Save,
  ): Promise<RecordingState> {
    const tell = (share: number) => this.state.next({ status: 'saving', share });
    tell(0);
    try {
      const file = await kept.finish(tell);
      if (!file) {
        await kept.discard();
        return trouble ? { status: 'failed', reason: trouble === 'disk' ? 'noSpace' : 'start' } : OFF;
      }
      save(file.file, file.name);
      // Failing, it is offered once more at the next visit.
      await kept.saved().catch(() => kept.release());
      const reason = trouble ?? (file.seekable ? null : 'unseekable');
      return reason ? { status: 'failed', reason } : OFF;
    } catch {
      kept.release();
      return { status: 'failed', reason: 'kept' };
    }
  }

  /** Resolves once all that was recorded is stored: to why the recording ended, or null when it was asked to. */
  private write(stream: MediaStream, type: string, kept: KeptRecording): Promise<RecordingTrouble | null> {
    const recorder = new MediaRecorder(stream, { ...OPTIONS, mimeType: type });
    let trouble: RecordingTrouble | null = 'stopped';
    const stop = (reason: RecordingTrouble | null) => {
      if (recorder.state === 'inactive') return;
      trouble = reason;
      recorder.stop();
    };
    let written = Promise.resolve();
    let full = false;
    recorder.ondataavailable = ({ data }) => {
      written = written
        .then(() => (full ? undefined : kept.append(data)))
        .catch(() => {
          full = true;
          stop('disk');
        });
    };
    const ended = new Promise<RecordingTrouble | null>((resolve) => {
      recorder.onstop = () => void written.then(() => resolve(full ? 'disk' : trouble));
    });
    recorder.start(SLICE_MS);
    this.running = { stop: () => stop(null) };
    return ended;
  }
}

const keepOnDevice: Keep = async (type, since) => {
  const { keepRecording } = await import('./recordings/kept-recordings');
  return keepRecording(type, since);
};

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
