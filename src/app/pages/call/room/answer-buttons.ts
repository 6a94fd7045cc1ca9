import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';

import type { Waiting } from '../../../call/call-state';
import { injectTexts } from '../../../i18n/i18n';
import { knockTexts } from '../../../i18n/knock';
import { Answers } from './answers';

/** Admits or refuses one guest. */
@Component({
  selector: 'parley-answer-buttons',
  imports: [MatButton],
  template: `
    <button
      type="button"
      matButton="outlined"
      [attr.aria-label]="t('refuse.name', { name: name() })"
      (click)="answers.refuse(guest(), isHost())"
    >
      {{ t('refuse') }}
    </button>
    <button
      type="button"
      matButton="filled"
      [attr.aria-label]="t('admit.name', { name: name() })"
      (click)="answers.admit(guest())"
    >
      {{ t('admit') }}
    </button>
  `,
  // The buttons stand among those around them.
  styles: ':host { display: contents; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AnswerButtons {
  readonly guest = input.required<Waiting>();
  readonly isHost = input.required<boolean>();

  protected readonly t = injectTexts(knockTexts);
  protected readonly answers = inject(Answers);
  protected readonly name = computed(() => this.answers.nameOf(this.guest()));
}
