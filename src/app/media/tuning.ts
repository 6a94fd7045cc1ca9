import { inject, Injectable } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import {
  concatMap,
  filter,
  from,
  fromEvent,
  ignoreElements,
  map,
  merge,
  type Observable,
  startWith,
  Subject,
  switchMap,
  tap,
} from 'rxjs';

import { noteError, noted } from '../log/note';
import { sizes, treatmentsOf, wanted } from './constraints';
import { LocalMedia } from './local-media';
import type { InputKind, PictureSize, Treatment, Tuning } from './media';

/** One requested change. */
export type TuningChange =
  | { readonly what: Treatment; readonly value: boolean }
  | { readonly what: 'picture'; readonly value: PictureSize };

/** The outcome of a change on an open device. */
export interface Tuned {
  readonly what: keyof Tuning;
  /** The device rejected the change and remains as it was. */
  readonly refused: boolean;
}

/** A treatment that can be turned on and off, and its state. */
export interface TreatmentState {
  readonly treatment: Treatment;
  readonly on: boolean;
}

/**
 * Side lengths of the video, in pixels. A camera that supports nothing within these bounds rejects them, in either
 * orientation.
 */
const bounds: Readonly<Record<PictureSize, ConstrainULongRange>> = {
  // The best the camera supports.
  high: {},
  medium: { min: 270, max: 960 },
  low: { max: 480 },
};

const kindOf = ({ kind }: MediaStreamTrack): InputKind => (kind === 'video' ? 'camera' : 'microphone');

/** The treatments of a track that can be turned on and off, and whether each is on. */
export const treatments = (track: MediaStreamTrack): readonly TreatmentState[] => {
  const capabilities = track.getCapabilities?.() as Partial<Record<string, unknown>> | undefined;
  const settings = track.getSettings() as Partial<Record<string, unknown>>;
  return treatmentsOf[kindOf(track)].flatMap((treatment) => {
    const can = capabilities?.[treatment];
    const isOffered = Array.isArray(can) && can.includes(true) && can.includes(false);
    return isOffered ? [{ treatment, on: settings[treatment] === true }] : [];
  });
};

const isOn = (track: MediaStreamTrack, wanted: Treatment): boolean | null =>
  treatments(track).find(({ treatment }) => treatment === wanted)?.on ?? null;

/**
 * Applies the person's changes to open devices with `applyConstraints` (Media Capture and Streams, section 4.3.5), so
 * that the track stays the same. Devices opened later are requested with the wanted settings anyway.
 */
@Injectable()
export class Tuner {
  private readonly media = inject(LocalMedia);
  private readonly changes = new Subject<TuningChange>();
  private readonly outcomes = new Subject<Tuned>();
  private readonly tuning = toSignal(this.media.tuning$, { requireSync: true });
  /** A change that a microphone applies only when reopened. */
  private pending: TuningChange | null = null;

  /** Emits when an open device has applied or rejected a change. */
  readonly tuned$: Observable<Tuned> = this.outcomes.asObservable();

  /** Remembers the change, and applies it to open devices where possible. */
  tune(change: TuningChange): void {
    this.remember(change);
    this.changes.next(change);
  }

  /**
   * Manages an open track while subscribed. Emits which treatments can be turned on and off, now and on each change,
   * including changes by the system (`configurationchange`).
   */
  follow(track: MediaStreamTrack): Observable<readonly TreatmentState[]> {
    let { picture } = this.tuning();
    const isOurs = ({ what }: TuningChange): boolean =>
      what === 'picture' ? track.kind === 'video' : treatmentsOf[kindOf(track)].includes(what);

    const apply = async (change: TuningChange): Promise<void> => {
      const { what, value } = change;
      if (value === (what === 'picture' ? picture : isOn(track, what))) return;
      const wishes = wanted(kindOf(track), { ...this.tuning(), [what]: value });
      const side = (wish: unknown, bound: ConstrainULongRange) => ({ ...(wish as object), ...bound });
      const required: MediaTrackConstraints =
        what === 'picture'
          ? { width: side(wishes.width, bounds[value]), height: side(wishes.height, bounds[value]) }
          : { [what]: { exact: value } };
      try {
        await track.applyConstraints({ ...wishes, ...required });
        if (what === 'picture') picture = value;
        this.conclude(change, false);
      } catch (error) {
        noteError('media', 'tuning', error);
        if (what === 'picture') this.conclude({ what, value: picture }, true);
        else if (track.kind === 'audio') this.openAnew(change);
        else this.conclude({ what, value: isOn(track, what) === true }, true);
      }
    };
    return merge(
      from(this.begin(track)).pipe(ignoreElements()),
      this.changes.pipe(filter(isOurs), concatMap(apply), ignoreElements()),
      fromEvent(track, 'configurationchange').pipe(
        tap(() => this.obey(track)),
        startWith(null),
        switchMap(() => this.tuned$.pipe(startWith(null))),
        map(() => treatments(track)),
      ),
    );
  }

  /** A device may not start with the requested settings, and the person may have changed them while it was opening. */
  private async begin(track: MediaStreamTrack): Promise<void> {
    const { pending } = this;
    if (track.kind === 'audio' && pending !== null && pending.what !== 'picture') {
      this.pending = null;
      const on = isOn(track, pending.what) === true;
      return this.conclude({ what: pending.what, value: on }, on !== pending.value);
    }
    const { width = 0, height = 0 } = track.getSettings();
    const isSized = track.kind === 'audio' || Math.max(width, height) === sizes[this.tuning().picture][0];
    if (isSized && this.differing(track).length === 0) return;
    await track.applyConstraints(wanted(kindOf(track), this.tuning())).catch(noted('media', 'tuning'));
  }

  /**
   * Chromium fixes noise suppression when the microphone is opened. Closes the old track first: when two are open at a
   * time, the second gets the sound of the first.
   */
  private openAnew(change: TuningChange): void {
    this.pending = change;
    this.media.reopen('microphone');
  }

  /** A change made by the system becomes the person's preference. */
  private obey(track: MediaStreamTrack): void {
    for (const { treatment, on } of this.differing(track))
      this.conclude({ what: treatment, value: on }, false);
  }

  private differing(track: MediaStreamTrack): readonly TreatmentState[] {
    return treatments(track).filter(({ treatment, on }) => (this.tuning()[treatment] ?? on) !== on);
  }

  private conclude(change: TuningChange, refused: boolean): void {
    this.remember(change);
    this.outcomes.next({ what: change.what, refused });
  }

  private remember({ what, value }: TuningChange): void {
    this.media.tune(what, value);
  }
}
