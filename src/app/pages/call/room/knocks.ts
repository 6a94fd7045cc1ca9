import {
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  computed,
  DOCUMENT,
  inject,
  input,
  output,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import { I18n, injectTexts } from '../../../i18n/i18n';
import { knockTexts } from '../../../i18n/knock';
import { AnswerButtons } from './answer-buttons';
import { Answers } from './answers';
import { alertToKnocks } from './knock-alert';
import type { RoomState } from './room-status';

/** Above the people: who wants to join, and the answers to that. Alerts also while the list of members shows the same. */
@Component({
  selector: 'parley-knocks',
  imports: [AnswerButtons, MatButton],
  template: `
    @if (first(); as guest) {
      <div class="knock" role="group" [attr.aria-label]="title()">
        <p>{{ title() }}</p>
        <span class="answers">
          @if (waiting().length === 1) {
            <parley-answer-buttons [guest]="guest" [isHost]="state().isHost" />
          } @else {
            <button type="button" matButton="outlined" (click)="opened.emit()">{{ t('show') }}</button>
            <button type="button" matButton="filled" (click)="answers.admitAll(waiting())">
              {{ t('all') }}
            </button>
          }
        </span>
      </div>
    }
  `,
  styleUrl: './knocks.scss',
  providers: [Answers],
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Knocks {
  readonly state = input.required<RoomState>();
  /** The list of members is open, and shows the guests too. */
  readonly listed = input.required<boolean>();
  /** The list of members is to be shown. */
  readonly opened = output();

  protected readonly t = injectTexts(knockTexts);
  protected readonly answers = inject(Answers);
  private readonly i18n = inject(I18n);
  protected readonly waiting = computed(() => this.state().waiting);
  protected readonly first = computed(() => (this.listed() ? null : (this.waiting()[0] ?? null)));
  protected readonly title = computed(() => {
    const [guest, ...others] = this.waiting();
    if (!guest) return '';
    const name = this.answers.nameOf(guest);
    const count = others.length;
    return count === 0
      ? this.t('asks', { name })
      : this.t(`asks.more.${this.i18n.plural(count)}`, { name, count });
  });

  constructor() {
    alertToKnocks(this.waiting, { title: this.title, body: () => this.t('notice') });
    const document = inject(DOCUMENT);
    let before = false;
    afterRenderEffect(() => {
      const shows = this.first() !== null;
      // The pressed button has gone with the guest.
      if (before && !shows && this.answers.given && document.activeElement === document.body) {
        document.querySelector<HTMLElement>('parley-call-controls button')?.focus();
      }
      before = shows;
    });
  }
}
