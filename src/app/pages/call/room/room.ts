import {
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  DestroyRef,
  ElementRef,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { takeUntilDestroyed, toObservable, toSignal } from '@angular/core/rxjs-interop';
import { EMPTY, filter, firstValueFrom, map, Observable, of, startWith, switchMap, timer } from 'rxjs';

import { Call } from '../../../call/call';
import type { CallState, Notice } from '../../../call/call-state';
import type { Activity, ActivityNews } from '../../../activity/activity';
import { ActivityLoader } from '../../../activity/activity-loader';
import { Peers } from '../../../wire/peers';
import type { ShownSize } from '../../../pictures/picture-flow';
import type { ReactionEmoji } from '../../../activity/reactions';
import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { injectArrivals, Parts } from '../../../loading/parts';
import { LocalMedia } from '../../../media/local-media';
import { hindrance, type InputKind, type InputState, type Trouble } from '../../../media/media';
import { canCaptureScreen, MEDIA_DEVICES } from '../../../media/media-devices';
import { type Speaker, systemSpeaker } from '../../../media/sound-output';
import { MatButton } from '@angular/material/button';

import { Announcer } from '../../../ui/announcer';
import { isPressed } from '../../../ui/pressed';
import { KeyShortcuts } from '../../../ui/key-shortcuts';
import { Sounds } from '../../../ui/sounds';
import { Icon } from '../../../ui/icon/icon';
import { lockIcon } from '../../../ui/icon/icons';
import { Arriving } from '../arriving';
import { CallControls } from './call-controls';
import { CallTimer } from './call-timer';
import { ChatPanel } from '../chat/chat-panel';
import { injectActivity } from './activity-view';
import { DeviceHints } from '../devices/device-hints';
import { DevicePicker } from '../devices/device-picker';
import { FileDrop } from '../files/file-drop';
import { FileWatch } from '../files/file-watch';
import { FilesPanel } from '../files/files-panel';
import { FullScreen } from './full-screen';
import { InputTrouble } from '../devices/input-trouble';
import { InvitePanel } from './invite-panel';
import { SCREEN_WAKE_LOCK, keepAwake } from './keep-awake';
import { MEDIA_SESSION, showActive, takeActions } from './media-session';
import { MorePanel } from './more-panel';
import { openTroubles } from '../devices/open-troubles';
import { NewsToast } from './news-toast';
import { isOn, ownStream } from '../stage/own-picture';
import { Panel } from './panel';
import type { PanelKind } from './panels';
import { passing, type PassingNews } from './passing-news';
import { PeoplePanel } from './people-panel';
import type { SmallScene } from '../small-window/picture-in-picture';
import { PrivacyPanel } from './privacy-panel';
import { pushToTalk } from './push-to-talk';
import { roomStatus } from './room-status';
import { saveFile } from '../files/save-file';
import { isSent$ } from './sent-track';
import { shortcutFor } from './shortcuts';
import { ShortcutsPanel } from './shortcuts-panel';
import { InterruptedRecordings } from '../../recordings/interrupted-recordings';
import { Stage, type ScreenView } from '../stage/stage';
import { StatisticsPanel } from '../statistics/statistics-panel';
import { LONG } from '../taking-long';
import { memberView, type MemberView } from '../stage/member-view';

/** Maximum number of a message's characters that are read out: the rest is in the chat. */
const spokenLength = 200;
/** Delay of the sound for an arrival, in ms, so that it doesn't compete with the new member's picture. */
const AFTER_PICTURE = 500;
/** How long a passing notice stays in the status line, in ms. */
const remarkTime = 6000;

/** The call: the other members, the self-view, the controls, and the panels beside them. */
@Component({
  selector: 'parley-room',
  imports: [
    Arriving,
    CallControls,
    CallTimer,
    ChatPanel,
    DeviceHints,
    DevicePicker,
    FileDrop,
    FilesPanel,
    Icon,
    InputTrouble,
    InterruptedRecordings,
    InvitePanel,
    MatButton,
    MorePanel,
    NewsToast,
    Panel,
    PeoplePanel,
    PrivacyPanel,
    ShortcutsPanel,
    Stage,
    StatisticsPanel,
  ],
  templateUrl: './room.html',
  styleUrl: './room.scss',
  host: { '(document:keydown)': 'press($event)', '[class.beside]': 'panel() !== null' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Room {
  readonly state = input.required<Extract<CallState, { phase: 'entering' | 'seated' }>>();
  readonly code = input.required<string>();
  readonly microphone = input.required<InputState>();
  readonly camera = input.required<InputState>();
  /** Whether it is known who will come: one person rang the other. */
  readonly byRing = input(false);
  /** False while the room is only rendered out of sight: it then listens to nothing and does nothing. */
  readonly seen = input(true);

  protected readonly t = injectTexts(callTexts);
  protected readonly there = injectArrivals({
    chat: () => import('../chat/chat-panel'),
    toast: () => import('./news-toast'),
    trouble: () => import('../devices/input-trouble'),
    people: () => import('./people-panel'),
    more: () => import('./more-panel'),
    files: () => import('../files/files-panel'),
    devices: () => import('../devices/device-picker'),
    hints: () => import('../devices/device-hints'),
    privacy: () => import('./privacy-panel'),
    statistics: () => import('../statistics/statistics-panel'),
    shortcuts: () => import('./shortcuts-panel'),
  });
  protected readonly icons = { lock: lockIcon };
  protected readonly call = inject(Call);
  private readonly media = inject(LocalMedia);
  private readonly announcer = inject(Announcer);
  private readonly sounds = inject(Sounds);
  private readonly parts = inject(Parts);
  private readonly loader = inject(ActivityLoader);
  private readonly peers = inject(Peers);
  private readonly fullScreen = inject(FullScreen);
  private readonly keyShortcuts = inject(KeyShortcuts);
  private readonly document = inject(DOCUMENT);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly stage = viewChild.required(Stage);

  protected readonly speaker = toSignal(
    this.media.chosen$.pipe(map(({ speaker }): Speaker => ({ deviceId: speaker }))),
    { initialValue: systemSpeaker },
  );
  protected readonly microphoneOn = computed(() => isOn(this.microphone()));
  protected readonly cameraOn = computed(() => isOn(this.camera()));
  protected readonly hindrances = computed(() =>
    [hindrance('microphone', this.microphone()), hindrance('camera', this.camera())].filter(
      (found) => found !== null,
    ),
  );
  protected readonly troubles = openTroubles(this.hindrances);
  protected readonly muted = computed(
    () => this.hindrances().flatMap(({ device, reason }) => (reason === 'muted' ? [device] : [])),
    { equal: (before, now) => before.join() === now.join() },
  );

  /** Listeners are blocked on this network, so other members appear late. */
  protected readonly polling = toSignal(this.call.polling$, { initialValue: false });
  private readonly entering = computed(() => this.state().phase === 'entering' && this.seen());
  /** The request for a seat is taking long. */
  protected readonly slow = signal(false);

  protected readonly activity = injectActivity();
  protected readonly hands = computed(() => {
    const own = this.activity.hand();
    const others = this.activity.hands();
    return own === null ? others : new Map([...others, [this.state().session, own]]);
  });

  private readonly stream = ownStream(this.camera);
  protected readonly own = computed((): MemberView => {
    const { session, name: given } = this.state();
    const name = given || this.t('guest');
    return {
      session,
      name,
      label: this.t('you', { name }),
      own: true,
      stream: this.stream(),
      microphone: this.microphone().status === 'on',
      camera: this.camera().status === 'on',
      status: 'connected',
      hand: this.activity.hand() !== null,
      paused: [...this.activity.pictures().values()].some(({ oursPaused }) => oursPaused),
      quality: null,
      mismatch: null,
      obstacle: null,
    };
  });
  protected readonly others = computed(() =>
    this.state().members.map((member) =>
      memberView(member, this.t('guest'), {
        hand: this.activity.hands().has(member.session),
        paused: this.activity.pictures().get(member.session)?.theirsPaused,
        quality: this.activity.pictures().get(member.session)?.quality,
      }),
    ),
  );
  protected readonly members = computed(() => [this.own(), ...this.others()]);

  protected readonly canShareScreen = canCaptureScreen(inject(MEDIA_DEVICES));
  protected readonly showing = computed(() => this.activity.ownScreen().status === 'on');
  /** The sound of the shared screen is left out. */
  protected readonly withheld = computed(() => {
    const screen = this.activity.ownScreen();
    return screen.status === 'on' && screen.withheld;
  });
  protected readonly screenTrouble = computed(() => {
    const screen = this.activity.ownScreen();
    return screen.status === 'failed' ? (`screen.${screen.error.reason}` as const) : null;
  });
  protected readonly screens = computed(() =>
    this.activity.screens().map(({ session, stream }): ScreenView => {
      const name = this.others().find((other) => other.session === session)?.name ?? this.t('guest');
      return { session, name, stream };
    }),
  );

  protected readonly canRecord =
    typeof MediaRecorder === 'function' && 'captureStream' in HTMLCanvasElement.prototype;
  protected readonly recording = computed(() => this.activity.recording().status === 'on');
  protected readonly recordingTrouble = computed(() => {
    const recording = this.activity.recording();
    return recording.status === 'failed' ? (`recording.trouble.${recording.reason}` as const) : null;
  });
  /** Saved share of the recording, from 0 to 1; null while none is being saved. */
  protected readonly saving = computed(() => {
    const recording = this.activity.recording();
    return recording.status === 'saving' ? recording.share : null;
  });
  /** Text that names the members who record; null if none does. */
  protected readonly recorders = computed(() => {
    const others = this.activity.others().filter(({ recording }) => recording);
    const names = others.map(({ name }) => name || this.t('guest'));
    if (names.length > 0) return this.t('recording.others', { names: names.join(', ') });
    return this.recording() ? this.t('recording.own') : null;
  });

  protected readonly status = computed(() => roomStatus(this.state()));
  private readonly remark = toSignal(
    this.call.notices$.pipe(
      switchMap((notice) =>
        notice.kind === 'joined' || notice.kind === 'device'
          ? of(null)
          : timer(remarkTime).pipe(
              map(() => null),
              startWith(notice),
            ),
      ),
    ),
    { initialValue: null },
  );
  protected readonly statusLine = computed(() => {
    const talk = this.talk();
    if (talk !== null) return this.t(`status.${talk}`);
    const remark = this.remark();
    return remark ? this.words(remark) : this.t(`status.${this.status()}`);
  });

  /** Whether Space is held. */
  protected readonly talking = signal(false);
  private readonly talkTrack = computed(() => {
    const microphone = this.microphone();
    return this.talking() && microphone.status === 'on' ? microphone.track : null;
  });
  private readonly sent = toSignal(
    toObservable(this.talkTrack).pipe(
      switchMap((track) => (track ? isSent$(this.peers.peers$, track) : of(false))),
    ),
    { initialValue: false },
  );
  /** Status while Space is held: must not say that the person is heard before they are. */
  private readonly talk = computed(() => {
    if (!this.talking()) return null;
    const { status } = this.microphone();
    if (status === 'starting') return 'talkingSoon';
    if (status !== 'on' || this.status() !== 'connected') return null;
    return this.sent() ? 'talking' : 'talkingSoon';
  });
  private readonly opened = signal<PanelKind | 'none' | null>(null);
  /** A host who is alone first wants the call's link; it disappears when a member joins. */
  private readonly unasked = computed(
    () => this.state().isHost && this.state().members.length === 0 && !this.byRing(),
  );
  protected readonly asked = computed(() => this.opened() !== null);
  protected readonly panel = computed((): PanelKind | null => {
    const opened = this.opened();
    if (opened === 'none') return null;
    return opened ?? (this.fileWatch.arrived() ? 'files' : this.unasked() ? 'invite' : null);
  });
  protected readonly panelTitle = computed(() => {
    const panel = this.panel();
    return panel ? this.t(`${panel}.title`) : '';
  });
  protected readonly passingNews = signal<PassingNews | null>(null);
  /** The toast, unless the open panel shows the same. */
  protected readonly news = computed(() => {
    const news = this.passingNews();
    return news?.kind === 'messages' && this.panel() === 'chat' ? null : news;
  });
  protected readonly obstacle = computed(() => {
    const { open, members, seats } = this.state();
    if (!open) return 'closed';
    return members.length + 1 >= seats ? 'full' : null;
  });
  protected readonly small: SmallScene = {
    others: this.others,
    status: this.statusLine,
    microphone: computed(() => this.microphoneOn() && this.microphone().status !== 'muted'),
    camera: computed(() => this.cameraOn() && this.camera().status !== 'muted'),
    act: (action) => (action === 'leave' ? this.call.leave() : this.toggle(action)),
    video: () => this.stage().mainVideo,
    destroyRef: inject(DestroyRef),
  };
  private readonly sizes = new Map<string, ShownSize>();
  private opener: HTMLElement | null = null;
  protected readonly fileWatch = new FileWatch({
    isFree: () => this.panel() === null || !this.asked(),
    showsFiles: () => this.panel() === 'files' || this.panel() === 'chat',
    show: (asked) => (asked ? this.panel() === 'files' || this.show('files') : this.opened.set(null)),
  });

  constructor() {
    const long = inject(LONG);
    effect((onCleanup) => {
      if (!this.entering()) return;
      const timer = setTimeout(() => this.slow.set(true), long);
      onCleanup(() => {
        clearTimeout(timer);
        this.slow.set(false);
      });
    });
    this.whileSeen(keepAwake(inject(SCREEN_WAKE_LOCK), this.document)).subscribe();
    this.call.notices$.pipe(takeUntilDestroyed()).subscribe((notice) => {
      if (notice.kind === 'joined') setTimeout(() => void this.sounds.play('joined'), AFTER_PICTURE);
      if (notice.kind === 'left' || notice.kind === 'lost') void this.sounds.play('left');
      if (notice.kind === 'joined' || notice.kind === 'device') this.announcer.say(this.words(notice));
    });
    this.activity.loaded$
      .pipe(
        switchMap((activity) => activity?.news$ ?? EMPTY),
        takeUntilDestroyed(),
      )
      .subscribe((news) => this.tell(news));
    effect(() => {
      const activity = this.activity.loaded();
      this.sizes.forEach((size, session) => activity?.flow.show(session, size));
    });
    this.announceScreens();
    effect(() => {
      const words = this.recorders();
      if (words !== null) this.announcer.say(words);
    });
    effect(() => {
      if (this.activity.recording().status === 'saving')
        untracked(() => this.announcer.say(this.t('recording.saving')));
    });
    inject(DestroyRef).onDestroy(() => this.activity.loaded()?.recording.stop());
    effect(() => {
      const words = this.muted().map((device) => this.t(`media.${device}.muted.title`));
      if (words.length > 0) this.announcer.say(words.join(' '));
    });
    // If the call ends while Space is held, the next one must not begin with the microphone on.
    inject(DestroyRef).onDestroy(() => {
      if (this.talking()) this.media.turn('microphone', false);
    });
    this.whileSeen(pushToTalk(this.document, () => !this.microphoneOn())).subscribe((talking) => {
      this.talking.set(talking);
      this.media.turn('microphone', talking);
    });
    this.obeyMediaSession();
  }

  protected toggle(kind: InputKind): void {
    this.media.turn(kind, !(kind === 'microphone' ? this.microphoneOn() : this.cameraOn()));
  }

  protected dismiss(trouble: Trouble): void {
    this.troubles.dismiss(trouble);
    // The focused button disappears: go to those that turn the devices on.
    this.host.querySelector<HTMLElement>('parley-call-controls button')?.focus();
  }

  protected shareScreen(on: boolean): void {
    this.withActivity(({ screens }) => (on ? screens.start() : screens.stop()));
  }

  protected record(on: boolean): void {
    const microphone = () => {
      const state = this.microphone();
      return state.status === 'on' ? state.track : null;
    };
    this.withActivity(({ recording }) =>
      on
        ? void recording.start(
            () =>
              this.parts
                .load(() => import('../recording/scene'))
                .then(({ openScene }) => openScene(this.stage().element, microphone)),
            saveFile,
          )
        : recording.stop(),
    );
  }

  /** Reports how large a member is shown, as soon as there is an activity to report it to. */
  protected shown({ session, size }: { readonly session: string; readonly size: ShownSize }): void {
    this.sizes.set(session, size);
    this.activity.loaded()?.flow.show(session, size);
  }

  /** Opens a panel, or closes it if it is already open. */
  protected show(kind: PanelKind): void {
    if (this.panel() === kind) return this.closePanel();
    const { activeElement } = this.document;
    if (this.panel() === null || !this.asked())
      this.opener = activeElement instanceof HTMLElement ? activeElement : null;
    this.opened.set(kind);
    // The chat shows the messages: closing it must not bring an old toast back.
    if (kind === 'chat' && this.passingNews()?.kind === 'messages') this.passingNews.set(null);
  }

  /** Opens the panel that has the rest of what the toast tells. */
  protected openNews({ kind }: PassingNews): void {
    const panel = kind === 'hands' ? 'people' : 'chat';
    this.passingNews.set(null);
    if (this.panel() !== panel) this.show(panel);
  }

  protected closePanel(): void {
    const returns = this.asked();
    this.opened.set('none');
    this.fileWatch.arrived.set(false);
    if (returns) this.opener?.focus();
    this.opener = null;
  }

  protected raiseHand(up: boolean): void {
    this.withActivity((activity) => activity.raiseHand(up));
    this.announcer.say(this.t(up ? 'announce.hand.up' : 'announce.hand.down'));
  }

  protected react(emoji: ReactionEmoji): void {
    this.withActivity((activity) => activity.react(emoji));
  }

  protected press(event: KeyboardEvent): void {
    if (!this.seen()) return;
    if (isPressed(event, 'Escape') && this.panel() !== null) return this.closePanel();
    const action = this.keyShortcuts.on() ? shortcutFor(event) : null;
    if (action === null) return;
    event.preventDefault();
    switch (action) {
      case 'microphone':
      case 'camera':
        this.toggle(action);
        return this.announcer.say(
          this.t(
            `announce.${action}.${(action === 'camera' ? this.cameraOn() : this.microphoneOn()) ? 'off' : 'on'}`,
          ),
        );
      case 'fullScreen':
        return void this.fullScreen.toggle();
      case 'screen':
        return this.canShareScreen ? this.shareScreen(!this.showing()) : undefined;
      case 'hand':
        return this.raiseHand(this.activity.hand() === null);
      case 'ownPicture':
        return this.stage().moveOwn();
      case 'leave':
        return this.call.leave();
      case 'help':
        return this.show('shortcuts');
      default:
        return this.show(action);
    }
  }

  private announceScreens(): void {
    let before: readonly string[] = [];
    effect(() => {
      const now = this.screens();
      for (const { session, name } of now) {
        if (!before.includes(session)) this.announcer.say(this.t('screen.announce', { name }));
      }
      before = now.map(({ session }) => session);
    });
  }

  /** Announces what other members do, unless it is read out in place. */
  private tell(news: ActivityNews): void {
    const name = news.name || this.t('guest');
    if (news.kind !== 'messages' || this.panel() !== 'chat')
      this.passingNews.update((shown) => passing(shown, news));
    switch (news.kind) {
      case 'messages': {
        if (!news.history) void this.sounds.play('message');
        if (this.panel() === 'chat') return;
        const [message] = news.messages;
        return this.announcer.say(
          news.messages.length === 1 && message
            ? this.t('notice.message', { name, text: [...message.text].slice(0, spokenLength).join('') })
            : this.t('notice.messages', { name, count: news.messages.length }),
        );
      }
      case 'hand':
        return this.announcer.say(this.t('notice.hand', { name }));
      case 'reaction':
        return this.announcer.say(this.t('notice.reaction', { name, emoji: news.emoji }));
    }
  }

  /** Loads the activity first, in case the person is faster than the loading. */
  private withActivity(act: (activity: Activity) => void): void {
    this.loader.want();
    void firstValueFrom(this.activity.loaded$.pipe(filter((activity) => activity !== null))).then(act);
  }

  private obeyMediaSession(): void {
    const session = inject(MEDIA_SESSION);
    effect((onCleanup) => {
      if (!this.seen()) return;
      onCleanup(
        takeActions(session, {
          togglemicrophone: () => this.toggle('microphone'),
          togglecamera: () => this.toggle('camera'),
          hangup: () => this.call.leave(),
        }),
      );
    });
    effect(() => {
      if (this.seen()) showActive(session, this.microphoneOn(), this.cameraOn());
    });
  }

  /** Must be called in an injection context. */
  private whileSeen<T>(what$: Observable<T>): Observable<T> {
    return toObservable(this.seen).pipe(
      switchMap((seen) => (seen ? what$ : EMPTY)),
      takeUntilDestroyed(),
    );
  }

  private words(notice: Notice): string {
    switch (notice.kind) {
      case 'tampered':
        return this.t('status.tampered', { count: notice.count });
      case 'unsaved':
        return this.t('notice.unsaved');
      case 'device':
        return this.t(`notice.device.${notice.device}`);
      case 'joined':
        return this.t('notice.joined', { name: notice.name || this.t('guest') });
      default:
        return this.t(`status.${notice.kind}`, { name: notice.name || this.t('guest') });
    }
  }
}
