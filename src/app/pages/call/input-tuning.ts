import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  afterRenderEffect,
  computed,
  inject,
  input,
  viewChild,
} from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { fromEvent, map, merge, of, startWith, switchMap } from 'rxjs';

import { devicesTexts } from '../../i18n/devices';
import { injectTexts } from '../../i18n/i18n';
import { LocalMedia } from '../../media/local-media';
import type { InputState, PictureSize, Treatment } from '../../media/media';
import { treatments } from '../../media/tuning';
import { Switch } from '../../ui/switch/switch';

let tunings = 0;

/** How large a picture the camera takes, and what the browser can do to picture and sound by itself. */
@Component({
  selector: 'parley-input-tuning',
  imports: [Switch],
  templateUrl: './input-tuning.html',
  styleUrls: ['./device-picker.scss', './input-tuning.scss'],
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InputTuning {
  readonly microphone = input.required<InputState>();
  readonly camera = input.required<InputState>();

  protected readonly t = injectTexts(devicesTexts);
  protected readonly id = `tuning-${++tunings}`;
  private readonly media = inject(LocalMedia);
  protected readonly sizes: readonly PictureSize[] = ['high', 'medium', 'low'];
  private readonly tuning = toSignal(this.media.tuning$, { requireSync: true });
  private readonly tuned = toSignal(this.media.tuned$, { initialValue: null });
  protected readonly refused = computed(() => {
    const tuned = this.tuned();
    return tuned?.refused ? (`refused.${tuned.what}` as const) : null;
  });
  protected readonly switches = toSignal(
    toObservable(
      computed(() =>
        [this.camera(), this.microphone()].flatMap((state) => (state.status === 'on' ? [state.track] : [])),
      ),
    ).pipe(
      switchMap((tracks) =>
        tracks.length === 0
          ? of([])
          : merge(this.media.tuned$, ...tracks.map((track) => fromEvent(track, 'configurationchange'))).pipe(
              startWith(null),
              map(() =>
                tracks.flatMap((track) =>
                  treatments(track.kind === 'video' ? 'camera' : 'microphone', track),
                ),
              ),
            ),
      ),
    ),
    { initialValue: [] },
  );
  private readonly list = viewChild.required<ElementRef<HTMLSelectElement>>('list');

  constructor() {
    afterRenderEffect(() => {
      // A size that was refused leaves the wish as it was, but not the list.
      this.tuned();
      this.list().nativeElement.value = this.tuning().picture;
    });
  }

  protected resize(value: string): void {
    const size = this.sizes.find((known) => known === value);
    if (size) this.media.tune('picture', size);
  }

  protected treat(treatment: Treatment, on: boolean): void {
    this.media.tune(treatment, on);
  }
}
