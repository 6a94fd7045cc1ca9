import { BehaviorSubject, distinctUntilChanged, map } from 'rxjs';

import { noteError, noted } from '../log/note';
import { elapsed, wallTime } from '../loading/clock';
import type { KeptRecording } from './kept-recordings';

/** The stream to record; `close` releases it. */
export interface Scene {
  readonly stream: MediaStream;
  close(): void;
}

/** Why a recording could not start, or ended by itself. */
export type RecordingTrouble =
  /** This browser can't record. */
  | 'unsupported'
  /** It did not start; a retry may help. */
  | 'start'
  /** There was no space to record anything. */
  | 'noSpace'
  /** The space ran out; everything recorded before is saved. */
  | 'disk'
  /** The browser's recorder failed; everything recorded before is saved. */
  | 'stopped'
  /** Saved, but without duration and cues. */
  | 'unseekable'
  /** Saving failed; the recording is kept on this device. */
  | 'kept';

/** The state of a recording. */
export type RecordingState =
  | { readonly status: 'off' }
  | { readonly status: 'starting' }
  /** `since`: when the recording began, by `elapsed`, in ms. */
  | { readonly status: 'on'; readonly since: number }
  /** `share`: the part of the file that is done, from 0 to 1. */
  | { readonly status: 'saving'; readonly share: number }
  | { readonly status: 'failed'; readonly reason: RecordingTrouble };

/** Hands a finished recording to the person. */
export type Save = (file: Blob, name: string) => void;

/** Begins to store a recording of a MIME type that starts at `since`, in ms since the epoch. */
export type Keep = (type: string, since: number) => Promise<KeptRecording>;

/** Containers and codecs (RFC 6381), in order of preference: a truncated recording can be played with the first ones. */
const TYPES = [
  'video/webm;codecs=vp9,opus',
  'video/webm;codecs=vp8,opus',
  'video/webm',
  'video/mp4;codecs=avc1.64001F,mp4a.40.2',
  'video/mp4',
];
/** MediaStream Recording, section 2.1; TypeScript's DOM library lacks part of it. */
interface RecorderOptions extends MediaRecorderOptions {
  readonly videoKeyFrameIntervalDuration: number;
}
const OPTIONS: RecorderOptions = {
  // In bit/s.
  videoBitsPerSecond: 2_500_000,
  audioBitsPerSecond: 128_000,
  // In ms: a player seeks to key frames.
  videoKeyFrameIntervalDuration: 2_000,
};
/** How often recorded data is stored, in ms: a crash loses no more than this. */
const SLICE_MS = 1_000;

const OFF: RecordingState = { status: 'off' };

/**
 * A recording of what this member sees and hears (MediaStream Recording). It is stored on this device second by second, so
 * that it survives a crash. The person receives it as a file that has a duration and can be seeked.
 */
export class Recording {
  private readonly state = new BehaviorSubject<RecordingState>(OFF);
  private running: { readonly stop: () => void } | null = null;

  /** Starts with the present state. */
  readonly state$ = this.state.asObservable();
  /** Whether a recording is running. */
  readonly on$ = this.state$.pipe(
    map(({ status }) => status === 'on'),
    distinctUntilChanged(),
  );

  /**
   * @param keep decides where the recording is stored; specs pass their own
   */
  constructor(private readonly keep: Keep = keepOnDevice) {}

  /**
   * Records a scene until `stop`, then saves it. Does nothing while a recording runs or is being saved. Never rejects: a
   * failure is a state, after which it can be started again.
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

  /** Resolves to the state that follows. */
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
    } catch (error) {
      noteError('mixing', 'start-recording', error);
      scene?.close();
      await kept?.discard().catch(noted('mixing', 'discard-recording'));
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
      // If this fails, the recording is offered again at the next visit.
      await kept.saved().catch((error: unknown) => {
        noteError('mixing', 'save-recording', error);
        return kept.release();
      });
      const reason = trouble ?? (file.seekable ? null : 'unseekable');
      return reason ? { status: 'failed', reason } : OFF;
    } catch (error) {
      noteError('mixing', 'save-recording', error);
      kept.release();
      return { status: 'failed', reason: 'kept' };
    }
  }

  /** Resolves once everything recorded is stored: to why the recording ended, or to null when `stop` ended it. */
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
        .catch((error: unknown) => {
          noteError('mixing', 'write-recording', error);
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
  const { keepRecording } = await import('./kept-recordings');
  return keepRecording(type, since);
};
