import {
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';

import { Call } from '../../../call/call';
import type { Door } from '../../../call/call-state';
import { hostingTexts } from '../../../i18n/hosting';
import { injectTexts } from '../../../i18n/i18n';
import { Announcer } from '../../../ui/announcer';
import { moreVertIcon } from '../../../ui/icon/call-icons';
import { Icon } from '../../../ui/icon/icon';
import { isPressed } from '../../../ui/pressed';

/** What is open: nothing, the actions, or the question whether the person is sure of one. */
type Step = 'none' | 'actions' | 'remove' | 'handOver';

/** For the host: what can be done about one other member. */
@Component({
  selector: 'parley-member-actions',
  imports: [Icon, MatButton, MatIconButton],
  templateUrl: './member-actions.html',
  styleUrl: './member-actions.scss',
  host: { '(keydown)': 'press($event)' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MemberActions {
  readonly session = input.required<string>();
  readonly name = input.required<string>();
  readonly door = input.required<Door>();

  protected readonly t = injectTexts(hostingTexts);
  protected readonly icon = moreVertIcon;
  private readonly call = inject(Call);
  private readonly announcer = inject(Announcer);
  protected readonly step = signal<Step>('none');
  /** Gets the focus when the pressed button has gone. */
  private readonly first = viewChild<unknown, ElementRef<HTMLElement>>('first', { read: ElementRef });
  private readonly opener = viewChild.required('opener', { read: MatIconButton });

  constructor() {
    let before: Step = 'none';
    afterRenderEffect(() => {
      const step = this.step();
      if (step === before) return;
      before = step;
      if (step === 'none') this.opener().focus();
      else this.first()?.nativeElement.focus();
    });
  }

  protected toggle(): void {
    this.step.update((step) => (step === 'none' ? 'actions' : 'none'));
  }

  protected mute(): void {
    this.call.askToMute(this.session());
    this.announcer.say(this.t('muted.member', { name: this.name() }));
    this.step.set('none');
  }

  protected handOver(): void {
    this.call.handOver(this.session());
    this.step.set('none');
  }

  protected remove(locks: boolean): void {
    if (locks) this.call.setDoor('closed');
    this.call.remove(this.session());
    this.step.set('none');
  }

  /** Escape closes what is open here; only then the panel. */
  protected press(event: KeyboardEvent): void {
    if (this.step() === 'none' || !isPressed(event, 'Escape')) return;
    event.stopPropagation();
    this.step.set('none');
  }
}
