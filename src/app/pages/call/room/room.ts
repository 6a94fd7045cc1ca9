import {
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  DestroyRef,
  ElementRef,
  computed,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { map } from 'rxjs';

import { Call } from '../../../call/call';
import { callTexts } from '../../../i18n/call';
import { I18n, injectTexts } from '../../../i18n/i18n';
import { injectArrivals } from '../../../loading/parts';
import { LocalMedia } from '../../../media/local-media';
import type { InputState, Trouble } from '../../../media/media';
import { type Speaker, systemSpeaker } from '../../../media/sound-output';
import { IdleTime } from '../../../pwa/idle-time';
import { Icon } from '../../../ui/icon/icon';
import { lockIcon } from '../../../ui/icon/icons';
import { FileDrop } from '../files/file-drop';
import { FileWatch } from '../files/file-watch';
import { NewsToast } from '../news/news-toast';
import type { PassingNews } from '../news/passing-news';
import { injectNews } from '../news/room-news';
import type { SmallScene } from '../small-window/picture-in-picture';
import { Stage } from '../stage/stage';
import { injectActivity } from './activity-view';
import { CallControls } from './call-controls';
import { CallTimer } from './call-timer';
import { obeyHost } from './host-notices';
import { SCREEN_WAKE_LOCK, keepAwake } from './keep-awake';
import { obeyMediaSession } from './media-session';
import { injectOwnGestures } from './own-gestures';
import { Panel } from './panel';
import { RoomEnd } from './room-end';
import { injectInputs } from './room-inputs';
import { injectLeave } from './room-leave';
import { injectKeys } from './room-keys';
import { injectMembers } from './room-members';
import { injectPanels } from './room-panels';
import { injectRecording } from './room-recording';
import { injectScreens } from './room-screens';
import type { RoomScene } from './room-scene';
import { roomStatus, type RoomState } from './room-status';
import { RoomTroubles } from './room-troubles';
import { injectShownSizes } from './shown-sizes';
import { injectTalking } from './talking';
import { whileOn } from './while-on';

/** The call: the other members, the self-view, the controls, and the panels beside them. */
@Component({
  selector: 'parley-room',
  imports: [CallControls, CallTimer, FileDrop, Icon, NewsToast, Panel, RoomTroubles, Stage],
  templateUrl: './room.html',
  styleUrl: './room.scss',
  providers: [RoomEnd],
  host: { '(document:keydown)': 'press($event)', '[class.beside]': 'panels.open() !== null' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Room {
  readonly state = input.required<RoomState>();
  readonly code = input.required<string>();
  readonly microphone = input.required<InputState>();
  readonly camera = input.required<InputState>();
  /** Whether it is known who will come: one person rang the other. */
  readonly byRing = input(false);
  /** False while the room is only rendered out of sight: it then listens to nothing and does nothing. */
  readonly seen = input(true);

  protected readonly t = injectTexts(callTexts);
  protected readonly there = injectArrivals({ toast: () => import('../news/news-toast') });
  protected readonly icons = { lock: lockIcon };
  protected readonly call = inject(Call);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly stage = viewChild.required(Stage);

  protected readonly speaker = toSignal(
    inject(LocalMedia).chosen$.pipe(map(({ speaker }): Speaker => ({ deviceId: speaker }))),
    { initialValue: systemSpeaker },
  );
  protected readonly inputs = injectInputs(this.microphone, this.camera);
  protected readonly activity = injectActivity();
  protected readonly members = injectMembers(this.state, this, this.activity);
  protected readonly screens = injectScreens(this.activity, this.members.others);
  protected readonly recording = injectRecording(this.activity, {
    own: this.members.own,
    others: this.members.others,
    screens: this.screens.views,
    microphone: this.microphone,
  });
  protected readonly gestures = injectOwnGestures(this.activity.hand);
  protected readonly shown = injectShownSizes(this.activity);
  /** Whether the small window, which shows members too, is open. */
  protected readonly smallOut = signal(false);

  protected readonly status = computed(() => roomStatus(this.state()));
  protected readonly talking = injectTalking(this.seen, this.microphone, this.status);
  protected readonly statusLine = computed(() => {
    const talk = this.talking.status();
    return talk === null
      ? (this.news.remark() ?? this.t(`status.${this.status()}`))
      : this.t(`status.${talk}`);
  });

  /** A host who is alone first wants the call's link; it disappears when a member joins. */
  private readonly invites = computed(
    () => this.state().isHost && this.state().members.length === 0 && !this.byRing(),
  );
  protected readonly panels = injectPanels({
    suggested: () => (this.files.arrived() ? 'files' : this.invites() ? 'invite' : null),
    opened: (kind) => {
      if (kind === 'chat') this.news.clearMessages();
    },
    closed: () => this.files.arrived.set(false),
  });
  protected readonly files = new FileWatch({
    isFree: () => this.panels.open() === null || !this.panels.asked(),
    showsFiles: () => this.panels.open() === 'files' || this.panels.open() === 'chat',
    show: (asked) => {
      if (!asked) this.panels.release();
      else if (this.panels.open() !== 'files') this.panels.toggle('files');
    },
  });
  protected readonly news = injectNews(this.activity, this.panels.open);

  private readonly small: SmallScene = {
    others: this.members.others,
    speech: this.activity.speech,
    out: this.smallOut,
    status: this.statusLine,
    microphone: computed(() => this.inputs.on.microphone() && this.microphone().status !== 'muted'),
    camera: computed(() => this.inputs.on.camera() && this.camera().status !== 'muted'),
    act: (action) => (action === 'leave' ? this.call.leave() : this.inputs.toggle(action)),
    video: () => this.stage().mainVideo,
    destroyRef: inject(DestroyRef),
  };
  protected readonly scene: RoomScene = {
    state: this.state,
    status: this.status,
    code: this.code,
    microphone: this.microphone,
    camera: this.camera,
    seen: this.seen,
    inputs: this.inputs,
    talking: this.talking,
    activity: this.activity,
    members: this.members,
    screens: this.screens,
    recording: this.recording,
    gestures: this.gestures,
    files: this.files,
    small: this.small,
    crowd: () => this.stage().crowd(),
  };

  protected readonly leave = injectLeave(this.state, this.panels);
  protected readonly press = injectKeys(this.scene, this.panels);

  constructor() {
    whileOn(this.seen, keepAwake(inject(SCREEN_WAKE_LOCK), inject(DOCUMENT))).subscribe();
    obeyMediaSession(this.seen, this.inputs);
    obeyHost(this.inputs);
    const i18n = inject(I18n);
    // The names of several members are about to be listed, at a moment when everyone's processor has enough to do.
    inject(IdleTime)
      .come$.pipe(takeUntilDestroyed())
      .subscribe(() => i18n.prepareLists());
  }

  protected dismiss(trouble: Trouble): void {
    this.inputs.troubles.dismiss(trouble);
    // The focused button disappears: go to those that turn the devices on.
    this.host.querySelector<HTMLElement>('parley-call-controls button')?.focus();
  }

  /** Opens the panel that has the rest of what the toast tells. */
  protected openNews({ kind }: PassingNews): void {
    const panel = kind === 'hands' ? 'people' : 'chat';
    this.news.clear();
    if (this.panels.open() !== panel) this.panels.toggle(panel);
  }
}
