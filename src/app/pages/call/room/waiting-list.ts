import {
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  computed,
  DOCUMENT,
  inject,
  input,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import type { Waiting } from '../../../call/call-state';
import { injectTexts } from '../../../i18n/i18n';
import { knockTexts } from '../../../i18n/knock';
import { Answers } from './answers';

/** The guests who wait to be let in, each to be admitted or refused. */
@Component({
  selector: 'parley-waiting-list',
  imports: [MatButton],
  template: `
    @if (guests().length > 0) {
      <div class="waiting">
        <h3 id="waiting-title">{{ t('list') }}</h3>
        @if (full()) {
          <p>{{ t('full') }}</p>
        }
        <ul aria-labelledby="waiting-title">
          @for (guest of guests(); track guest.id) {
            <li>
              <span class="name"
                ><bdi>{{ guest.label }}</bdi></span
              >
              <button
                type="button"
                matButton="outlined"
                [attr.aria-label]="t('refuse.name', { name: guest.label })"
                (click)="answers.refuse(guest, isHost())"
              >
                {{ t('refuse') }}
              </button>
              <button
                type="button"
                matButton="filled"
                [attr.aria-label]="t('admit.name', { name: guest.label })"
                (click)="answers.admit(guest)"
              >
                {{ t('admit') }}
              </button>
            </li>
          }
        </ul>
        @if (guests().length > 1) {
          <button type="button" matButton="tonal" (click)="answers.admitAll(waiting())">
            {{ t('all') }}
          </button>
        }
      </div>
    }
  `,
  styleUrl: './waiting-list.scss',
  providers: [Answers],
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class WaitingList {
  readonly waiting = input.required<readonly Waiting[]>();
  /** No seat is free. */
  readonly full = input.required<boolean>();
  readonly isHost = input.required<boolean>();

  protected readonly t = injectTexts(knockTexts);
  protected readonly answers = inject(Answers);
  protected readonly guests = computed(() =>
    this.waiting().map((guest) => ({ ...guest, label: guest.name || this.t('guest') })),
  );

  constructor() {
    const document = inject(DOCUMENT);
    afterRenderEffect(() => {
      this.guests();
      // The pressed button has gone with the guest.
      if (this.answers.given && document.activeElement === document.body) {
        document.getElementById('panel-title')?.focus();
      }
    });
  }
}
