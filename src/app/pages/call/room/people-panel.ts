import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { Call } from '../../../call/call';
import { callTexts } from '../../../i18n/call';
import { I18n, injectTexts } from '../../../i18n/i18n';
import { backHandIcon, micOffIcon, videocamOffIcon } from '../../../ui/icon/call-icons';
import { Icon } from '../../../ui/icon/icon';
import { DoorSwitch } from './door-switch';
import type { MemberView } from '../stage/member-view';

/** The members of the call; the host may remove members and close the call to new ones. */
@Component({
  selector: 'parley-people-panel',
  imports: [DoorSwitch, Icon, MatButton],
  templateUrl: './people-panel.html',
  styleUrl: './people-panel.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PeoplePanel {
  readonly members = input.required<readonly MemberView[]>();
  /** Since when each raised hand is up, in ms since the epoch, by session. */
  readonly hands = input<ReadonlyMap<string, number>>(new Map());
  readonly seats = input.required<number>();
  readonly isHost = input.required<boolean>();
  readonly open = input.required<boolean>();

  protected readonly t = injectTexts(callTexts);
  protected readonly icons = { hand: backHandIcon, micOff: micOffIcon, videocamOff: videocamOffIcon };
  private readonly i18n = inject(I18n);
  private readonly call = inject(Call);
  /** Session of the member whose removal waits for a second press. */
  protected readonly doubtful = signal<string | null>(null);
  /** Members with a raised hand first, ordered by when they raised it. */
  protected readonly ordered = computed(() => {
    const hands = this.hands();
    const since = ({ session }: MemberView) => hands.get(session) ?? Infinity;
    return this.members().toSorted((a, b) => (since(a) < since(b) ? -1 : since(a) > since(b) ? 1 : 0));
  });
  protected readonly count = computed(() => {
    const count = this.members().length;
    return this.t(`people.count.${this.i18n.plural(count)}`, { count, seats: this.seats() });
  });

  protected remove(session: string): void {
    this.doubtful.set(null);
    this.call.remove(session);
  }
}
