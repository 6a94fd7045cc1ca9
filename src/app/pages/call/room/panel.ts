import {
  ChangeDetectionStrategy,
  Component,
  afterRenderEffect,
  computed,
  inject,
  input,
  output,
  untracked,
  viewChild,
  type ElementRef,
} from '@angular/core';
import { MatIconButton } from '@angular/material/button';

import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { injectArrivals } from '../../../loading/parts';
import { Icon } from '../../../ui/icon/icon';
import { closeIcon } from '../../../ui/icon/icons';
import { AddPeople } from '../../people/add-people';
import { PeopleLoader } from '../../people/people-loader';
import { Arriving } from '../arriving';
import { ChatPanel } from '../chat/chat-panel';
import { DevicePicker } from '../devices/device-picker';
import { FilesPanel } from '../files/files-panel';
import { StatisticsPanel } from '../statistics/statistics-panel';
import { isFull } from './call-size';
import { InvitePanel } from './invite-panel';
import { LeavePanel } from './leave-panel';
import { MorePanel } from './more-panel';
import type { PanelKind } from './panels';
import { PeoplePanel } from './people-panel';
import { PrivacyPanel } from './privacy-panel';
import type { RoomScene } from './room-scene';
import { ShortcutsPanel } from './shortcuts-panel';

/** A panel beside the people: a column at the side, a sheet at the bottom of a phone. Never covers a person. */
@Component({
  selector: 'section[parleyPanel]',
  imports: [
    AddPeople,
    Arriving,
    ChatPanel,
    DevicePicker,
    FilesPanel,
    Icon,
    InvitePanel,
    LeavePanel,
    MatIconButton,
    MorePanel,
    PeoplePanel,
    PrivacyPanel,
    ShortcutsPanel,
    StatisticsPanel,
  ],
  templateUrl: './panel.html',
  styleUrl: './panel.scss',
  host: { 'aria-labelledby': 'panel-title', '[attr.data-panel]': 'kind()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Panel {
  /** What it shows: the focus moves when it changes. */
  readonly kind = input.required<PanelKind>();
  readonly scene = input.required<RoomScene>();
  /** Whether the person opened it: then it gets the focus. A panel that opens by itself doesn't take the focus away. */
  readonly asked = input(true);
  readonly closed = output();
  /** Another panel is to be shown. */
  readonly opened = output<PanelKind>();

  protected readonly t = injectTexts(callTexts);
  protected readonly there = injectArrivals({
    chat: () => import('../chat/chat-panel'),
    people: () => import('./people-panel'),
    add: () => Promise.all([import('../../people/add-people'), this.people.load()]),
    leave: () => import('./leave-panel'),
    more: () => import('./more-panel'),
    files: () => import('../files/files-panel'),
    devices: () => import('../devices/device-picker'),
    privacy: () => import('./privacy-panel'),
    statistics: () => import('../statistics/statistics-panel'),
    shortcuts: () => import('./shortcuts-panel'),
  });
  private readonly people = inject(PeopleLoader);
  protected readonly icon = closeIcon;
  private readonly title = viewChild.required<ElementRef<HTMLElement>>('title');
  protected readonly heading = computed(() => `${this.kind()}.title` as const);
  /** Whether the whole panel scrolls, or a part inside that fills the panel and takes the focus itself. */
  protected readonly scrolls = computed(() => this.kind() !== 'chat');
  private readonly full = computed(() => (isFull(this.scene().state()) ? 'full' : null));
  /** Why newcomers can't join; null if they can. */
  protected readonly obstacle = computed(() =>
    this.scene().state().door === 'closed' ? 'closed' : this.full(),
  );
  /** Why no one can be rung into the call; the host may also do that while it is locked. */
  protected readonly ringObstacle = computed(() =>
    this.scene().state().isHost ? this.full() : this.obstacle(),
  );

  constructor() {
    afterRenderEffect(() => {
      this.kind();
      if (untracked(() => this.asked() && this.scrolls())) this.title().nativeElement.focus();
    });
  }
}
