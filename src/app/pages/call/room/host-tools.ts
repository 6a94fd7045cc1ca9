import {
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import { Call } from '../../../call/call';
import { FEWEST_SEATS, SEATS } from '../../../call/call-size';
import type { Door } from '../../../call/call-state';
import { hostingTexts } from '../../../i18n/hosting';
import { injectTexts } from '../../../i18n/i18n';
import { Announcer } from '../../../ui/announcer';
import { Notifications } from '../../../ui/ringing/notifications';
import { smallestSize } from './call-size';
import type { RoomState } from './room-status';

const doors: readonly Door[] = ['open', 'ask', 'closed'];

/** For the host: who can join, how many, muting all, and ending the call for everyone. */
@Component({
  selector: 'parley-host-tools',
  imports: [MatButton],
  templateUrl: './host-tools.html',
  styleUrl: './host-tools.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HostTools {
  readonly state = input.required<RoomState>();

  protected readonly t = injectTexts(hostingTexts);
  protected readonly call = inject(Call);
  private readonly announcer = inject(Announcer);
  protected readonly notifications = inject(Notifications);
  protected readonly doors = doors;

  protected readonly smallest = computed(() => smallestSize(this.state()));
  protected readonly sizes = computed(() => {
    const { seats } = this.state();
    const sizes = new Set([seats]);
    for (let size = this.smallest(); size <= SEATS; size++) sizes.add(size);
    return [...sizes].sort((one, other) => one - other);
  });
  protected readonly limited = computed(() => this.smallest() > FEWEST_SEATS);

  /** Everyone has been muted since the panel opened. */
  protected readonly asked = signal(false);
  /** Ending the call waits for a second press. */
  protected readonly doubtful = signal(false);
  /** Gets the focus when the pressed button has gone. */
  private readonly next = viewChild<ElementRef<HTMLElement>>('next');
  private readonly ends = viewChild('ends', { read: MatButton });

  constructor() {
    let before = false;
    afterRenderEffect(() => {
      const doubtful = this.doubtful();
      if (doubtful === before) return;
      before = doubtful;
      if (doubtful) this.next()?.nativeElement.focus();
      else this.ends()?.focus();
    });
  }

  protected muteAll(): void {
    this.call.askToMute(null);
    this.announcer.say(this.t('muted.all'));
    this.asked.set(true);
  }
}
