import {
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  inject,
  input,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import { Call } from '../../../call/call';
import type { TurnedAway } from '../../../call/call-state';
import { hostingTexts } from '../../../i18n/hosting';
import { injectTexts } from '../../../i18n/i18n';
import { knockTexts } from '../../../i18n/knock';
import { Announcer } from '../../../ui/announcer';

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
            @let name = nameOf(person);
            <li>
              <span class="name"
                ><bdi>{{ name }}</bdi></span
              >
              <button
                type="button"
                matButton="outlined"
                [attr.aria-label]="t('letIn.name', { name })"
                (click)="letIn(person)"
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
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TurnedAwayList {
  readonly people = input.required<readonly TurnedAway[]>();

  protected readonly t = injectTexts(hostingTexts);
  private readonly knockT = injectTexts(knockTexts);
  private readonly call = inject(Call);
  private readonly announcer = inject(Announcer);
  private pressed = false;

  constructor() {
    const document = inject(DOCUMENT);
    afterRenderEffect(() => {
      this.people();
      // The pressed button has gone with the person.
      if (this.pressed && document.activeElement === document.body) {
        document.getElementById('panel-title')?.focus();
      }
    });
  }

  protected nameOf({ name }: TurnedAway): string {
    return name || this.knockT('guest');
  }

  protected letIn(person: TurnedAway): void {
    this.pressed = true;
    this.call.admit(person.id);
    this.announcer.say(this.t('letIn.done', { name: this.nameOf(person) }));
  }
}
