import { BehaviorSubject, combineLatest, finalize, map, Observable, switchMap } from 'rxjs';

import { worker$ } from '../loading/workers';
import { noted, noteError } from '../log/note';
import { FANNED_OUT, type FanOutOptions, type FanOutReport, type FanOutTask } from './fan-out-messages';
import type { Outlet, Outlets } from './outlets';

/** Chromium's generator of tracks, which TypeScript's DOM library lacks. */
type TrackGenerator = new (options: {
  readonly kind: 'video';
}) => MediaStreamTrack & { readonly writable: WritableStream<VideoFrame> };

const { MediaStreamTrackGenerator: Generator } = globalThis as {
  readonly MediaStreamTrackGenerator?: TrackGenerator;
};

const createWorker = () => new Worker(new URL('./fan-out.worker', import.meta.url), { type: 'module' });

/**
 * Encodes a picture once for several peers. Frames can't be moved between senders (WebRTC Encoded Transform, section 6), but a
 * sender may replace the data of its own. So a sender that follows another encodes a small placeholder for each of that one's
 * frames, and fan-out.worker.ts puts the frame's data in its place.
 */
export class FanOut implements Outlets {
  /** Whether this browser can: of today's, only Chromium and its relatives. */
  static readonly isPossible = Generator !== undefined && typeof RTCRtpScriptTransform === 'function';

  private made = 0;
  private readonly outlets = new Map<number, LiveOutlet>();

  private constructor(private readonly worker: Worker) {}

  /** Emits once the worker runs: a transform without one would send nothing. The worker ends with the subscription. */
  static ready$(create = createWorker): Observable<FanOut> {
    return worker$(create).pipe(
      switchMap(
        (worker) =>
          new Observable<FanOut>((subscriber) => {
            const fanOut = new FanOut(worker);
            worker.onmessage = ({ data }: MessageEvent<FanOutReport>) => {
              fanOut.hear(data);
              if (data.kind !== 'ready') return;
              // From here on, pictures depend on it: a fault in one turn must not end it.
              worker.onerror = noted('rtc', 'fan-out');
              subscriber.next(fanOut);
            };
          }),
      ),
    );
  }

  outlet(sender: RTCRtpSender): Outlet {
    const id = ++this.made;
    const options: FanOutOptions = { id };
    sender.transform = new RTCRtpScriptTransform(this.worker, options);
    const outlet = new LiveOutlet(id, sender, (task, transfer = []) => {
      this.worker.postMessage(task, transfer);
      if (task.kind === 'end') this.outlets.delete(id);
    });
    this.outlets.set(id, outlet);
    return outlet;
  }

  private hear(report: FanOutReport): void {
    if (report.kind === 'fault') return noteError('rtc', 'fan-out', new Error(report.words));
    if (report.kind === 'ready') return;
    const outlet = this.outlets.get(report.id);
    if (!outlet) return;
    if (report.kind === 'works') outlet.works = true;
    else outlet.makeWhole();
  }
}

class LiveOutlet implements Outlet {
  readonly codec = FANNED_OUT;
  picture: MediaStreamTrack | null = null;
  works = false;
  private readonly source$ = new BehaviorSubject<LiveOutlet | null>(null);
  private placeholder: MediaStreamTrack | null = null;

  constructor(
    private readonly id: number,
    private readonly sender: RTCRtpSender,
    private readonly tell: (task: FanOutTask, transfer?: Transferable[]) => void,
  ) {}

  /** Makes the encoder produce a whole frame (WebRTC Extensions, `RTCSetParameterOptions`). */
  makeWhole(): void {
    const { sender } = this;
    const parameters = sender.getParameters();
    const encodingOptions = parameters.encodings.map(() => ({ keyFrame: true }));
    const set = sender.setParameters.bind(sender) as (...given: readonly unknown[]) => Promise<void>;
    // A concurrent change refuses it, and the worker asks again.
    set(parameters, { encodingOptions }).catch(noted('rtc', 'whole-frame'));
  }

  follow(source: Outlet | null): void {
    const next = source instanceof LiveOutlet ? source : null;
    if (next === this.source$.value) return;
    this.tell({ kind: 'follow', id: this.id, source: next?.id ?? null });
    this.source$.next(next);
  }

  sends$(track$: Observable<MediaStreamTrack | null>): Observable<MediaStreamTrack | null> {
    return combineLatest([track$, this.source$]).pipe(
      map(([track, source]) => {
        this.picture = track;
        return track && source ? this.placeheld() : track;
      }),
      finalize(() => {
        this.placeholder?.stop();
        this.tell({ kind: 'end', id: this.id });
      }),
    );
  }

  private placeheld(): MediaStreamTrack | null {
    if (this.placeholder || !Generator) return this.placeholder;
    const generator = new Generator({ kind: 'video' });
    const { writable } = generator;
    this.tell({ kind: 'placeholder', id: this.id, frames: writable }, [writable]);
    return (this.placeholder = generator);
  }
}
