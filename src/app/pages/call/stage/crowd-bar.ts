import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  ViewEncapsulation,
} from '@angular/core';

import { crowdTexts } from '../../../i18n/crowd';
import { I18n, injectTexts } from '../../../i18n/i18n';
import { chevronLeftIcon, chevronRightIcon } from '../../../ui/icon/crowd-icons';
import { Icon } from '../../../ui/icon/icon';
import type { Crowd } from './crowd';

/** Below the tiles: which page is shown, buttons that turn it, and who speaks on another one. */
@Component({
  selector: 'parley-crowd-bar',
  imports: [Icon],
  templateUrl: './crowd-bar.html',
  styleUrl: './crowd-bar.scss',
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CrowdBar {
  readonly crowd = input.required<Crowd>();

  protected readonly t = injectTexts(crowdTexts);
  private readonly i18n = inject(I18n);
  protected readonly icons = { back: chevronLeftIcon, on: chevronRightIcon };
  protected readonly dots = computed(() =>
    Array.from({ length: this.crowd().layout()?.pages ?? 0 }, (_, n) => n),
  );
  /** Those who speak on other pages, and the first of them. */
  protected readonly away = computed(() => {
    const speaking = this.crowd().speakingAway();
    const [session] = speaking;
    if (session === undefined) return null;
    const names = this.i18n.list(speaking.map((each) => this.crowd().names().get(each) ?? ''));
    return { session, words: this.t(`speaking.${this.i18n.plural(speaking.length)}`, { names }) };
  });
}
