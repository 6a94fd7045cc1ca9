import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  afterRenderEffect,
  computed,
  inject,
  input,
  viewChild,
  type Signal,
} from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { distinctUntilChanged, map, of, switchMap, type Observable } from 'rxjs';

import { devicesTexts } from '../../../i18n/devices';
import { injectTexts } from '../../../i18n/i18n';
import { LocalMedia } from '../../../media/local-media';
import { type InputState, openTrack, type PictureSize, type Treatment } from '../../../media/media';
import { Tuner, type TreatmentState } from '../../../media/tuning';
import { Switch } from '../../../ui/switch/switch';
import { BackgroundBlur } from './background-blur';

let tunings = 0;

/** Picture size of the camera, and the browser's own processing of picture and sound. */
@Component({
  selector: 'parley-input-tuning',
  imports: [BackgroundBlur, Switch],
  providers: [Tuner],
  templateUrl: './input-tuning.html',
  styleUrls: ['./device-picker.scss', './input-tuning.scss'],
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InputTuning {
  readonly microphone = input.required<InputState>();
  readonly camera = input.required<InputState>();

  protected readonly t = injectTexts(devicesTexts);
  protected readonly id = `tuning-${++tunings}`;
  private readonly tuner = inject(Tuner);
  protected readonly sizes: readonly PictureSize[] = ['high', 'medium', 'low'];
  private readonly tuning = toSignal(inject(LocalMedia).tuning$, { requireSync: true });
  private readonly tuned = toSignal(this.tuner.tuned$, { initialValue: null });
  protected readonly refused = computed(() => {
    const tuned = this.tuned();
    return tuned?.refused ? (`refused.${tuned.what}` as const) : null;
  });
  private readonly pictures = toSignal(this.treatments$(this.camera), { initialValue: [] });
  private readonly sounds = toSignal(this.treatments$(this.microphone), { initialValue: [] });
  protected readonly switches = computed(() => [...this.pictures(), ...this.sounds()]);
  private readonly list = viewChild.required<ElementRef<HTMLSelectElement>>('list');

  constructor() {
    afterRenderEffect(() => {
      // After a refused size, the setting is unchanged but the list is not.
      this.tuned();
      this.list().nativeElement.value = this.tuning().picture;
    });
  }

  protected resize(value: string): void {
    const size = this.sizes.find((known) => known === value);
    if (size) this.tuner.tune({ what: 'picture', value: size });
  }

  protected treat(treatment: Treatment, on: boolean): void {
    this.tuner.tune({ what: treatment, value: on });
  }

  private treatments$(state: Signal<InputState>): Observable<readonly TreatmentState[]> {
    return toObservable(state).pipe(
      map(openTrack),
      distinctUntilChanged(),
      switchMap((track) => (track ? this.tuner.follow(track) : of([]))),
    );
  }
}
