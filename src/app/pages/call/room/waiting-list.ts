import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';

import type { Waiting } from '../../../call/call-state';
import { injectTexts } from '../../../i18n/i18n';
import { knockTexts } from '../../../i18n/knock';
import { AnswerButtons } from './answer-buttons';
import { Answers } from './answers';

/** The guests who wait to be let in, each to be admitted or refused. */
@Component({
  selector: 'parley-waiting-list',
  imports: [AnswerButtons, MatButton],
  template: `
    @if (waiting().length > 0) {
      <div class="waiting">
        <h3 id="waiting-title">{{ t('list') }}</h3>
        @if (full()) {
          <p>{{ t('full') }}</p>
        }
        <ul aria-labelledby="waiting-title">
          @for (guest of waiting(); track guest.id) {
            <li>
              <span class="name"
                ><bdi>{{ answers.nameOf(guest) }}</bdi></span
              >
              <parley-answer-buttons [guest]="guest" [isHost]="isHost()" />
            </li>
          }
        </ul>
        @if (waiting().length > 1) {
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

  constructor() {
    this.answers.keepFocus(this.waiting);
  }
}
