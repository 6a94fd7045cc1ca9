import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';

import type { TurnedAway } from '../../../call/call-state';
import { hostingTexts } from '../../../i18n/hosting';
import { injectTexts } from '../../../i18n/i18n';
import { Answers } from './answers';

/** The people whom the host has removed or refused, each to be let in again. */
@Component({
  selector: 'parley-turned-away-list',
  imports: [MatButton],
  template: `
    @if (people().length > 0) {
      <div class="waiting quiet">
        <h3 id="turned-away-title">{{ t('turnedAway') }}</h3>
        <ul aria-labelledby="turned-away-title">
          @for (person of people(); track person.id) {
            @let name = answers.nameOf(person);
            <li>
              <span class="name"
                ><bdi>{{ name }}</bdi></span
              >
              <button
                type="button"
                matButton="outlined"
                [attr.aria-label]="t('letIn.name', { name })"
                (click)="answers.letIn(person)"
              >
                {{ t('letIn') }}
              </button>
            </li>
          }
        </ul>
      </div>
    }
  `,
  styleUrl: './waiting-list.scss',
  providers: [Answers],
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TurnedAwayList {
  readonly people = input.required<readonly TurnedAway[]>();

  protected readonly t = injectTexts(hostingTexts);
  protected readonly answers = inject(Answers);

  constructor() {
    this.answers.keepFocus(this.people);
  }
}
