import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { callTexts } from '../../../i18n/call';
import { hostingTexts } from '../../../i18n/hosting';
import { I18n, injectTexts } from '../../../i18n/i18n';
import { backHandIcon, micOffIcon, videocamOffIcon } from '../../../ui/icon/call-icons';
import { Icon } from '../../../ui/icon/icon';
import type { MemberView } from '../stage/member-view';
import { isFull } from './call-size';
import { HostTools } from './host-tools';
import { injectKnowsPeople } from './knows-people';
import { MemberActions } from './member-actions';
import type { PanelKind } from './panels';
import type { RoomState } from './room-status';
import { TurnedAwayList } from './turned-away-list';
import { WaitingList } from './waiting-list';

/** The members of the call and the guests who wait; the host decides about members and about who can join. */
@Component({
  selector: 'parley-people-panel',
  imports: [HostTools, Icon, MatButton, MemberActions, TurnedAwayList, WaitingList],
  templateUrl: './people-panel.html',
  styleUrl: './people-panel.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PeoplePanel {
  readonly state = input.required<RoomState>();
  readonly members = input.required<readonly MemberView[]>();
  /** Since when each raised hand is up, in ms since the epoch, by session. */
  readonly hands = input<ReadonlyMap<string, number>>(new Map());
  /** Another panel is to be shown. */
  readonly opened = output<PanelKind>();

  protected readonly t = injectTexts(callTexts);
  protected readonly hostingT = injectTexts(hostingTexts);
  protected readonly icons = { hand: backHandIcon, micOff: micOffIcon, videocamOff: videocamOffIcon };
  private readonly i18n = inject(I18n);
  protected readonly knowsPeople = injectKnowsPeople();
  /** Members with a raised hand first, ordered by when they raised it. */
  protected readonly ordered = computed(() => {
    const hands = this.hands();
    const since = ({ session }: MemberView) => hands.get(session) ?? Infinity;
    return this.members().toSorted((a, b) => (since(a) < since(b) ? -1 : since(a) > since(b) ? 1 : 0));
  });
  protected readonly full = computed(() => isFull(this.state()));
  protected readonly count = computed(() => {
    const count = this.members().length;
    return this.t(`people.count.${this.i18n.plural(count)}`, { count, seats: this.state().seats });
  });
}
