import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { interval, map } from 'rxjs';

import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { elapsed } from '../../../loading/clock';
import { clockTime } from '../duration';

/** How long this person has been in the call. */
@Component({
  selector: 'parley-call-timer',
  template: `{{ time() }}`,
  styles: `
    :host {
      font-variant-numeric: tabular-nums;
    }
  `,
  host: { role: 'timer', '[attr.aria-label]': "t('room.timer')" },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CallTimer {
  /** Start of the call, by `elapsed`, in ms. */
  readonly since = input.required<number>();

  protected readonly t = injectTexts(callTexts);
  private readonly now = toSignal(interval(1000).pipe(map(elapsed)), { initialValue: elapsed() });
  protected readonly time = computed(() => clockTime(this.now() - this.since()));
}
