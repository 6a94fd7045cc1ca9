import { Location } from '@angular/common';
import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  computed,
  effect,
  inject,
  Injector,
  input,
  PendingTasks,
  signal,
  untracked,
} from '@angular/core';
import { takeUntilDestroyed, toObservable, toSignal } from '@angular/core/rxjs-interop';
import { Title } from '@angular/platform-browser';
import { ActivatedRoute, Router } from '@angular/router';
import { defer, of, switchMap, type Observable } from 'rxjs';

import { Call, type Intent } from '../../call/call';
import type { CallState, Member } from '../../call/call-state';
import { newCode, readCode } from '../../call/code';
import { ActivityLoader } from '../../activity/activity-loader';
import { Files } from '../../files/files';
import { isUnderWay } from '../../files/transfer';
import { callTexts } from '../../i18n/call';
import { I18n, injectTexts } from '../../i18n/i18n';
import { LocalMedia } from '../../media/local-media';
import type { InputState } from '../../media/media';
import { Engagement } from '../../people/engagement';
import type { CameraOnEntering } from '../../people/people';
import { AppUpdate } from '../../pwa/app-update';
import { IdleTime } from '../../pwa/idle-time';
import { injectOnline } from '../../ui/online';
import { FIND_PLACE } from '../../call/places';
import { askBeforeUnload } from '../../ui/ask-before-unload';
import { Snack } from '../../ui/snack/snack';
import { CallMessage } from './call-message';
import { injectMessageWords } from './message-words';
import { messageOf, type MessageAction, type MessageLink } from './message';
import { Prejoin } from './prejoin/prejoin';
import { Room } from './room/room';
import { RoomAhead } from './room/room-ahead';
import { roomStatus } from './room/room-status';

/** Delay after something has appeared until nothing is urgent any more, in ms. */
const LOOKING = 200;

const off: InputState = { status: 'off' };
const opening: CallState = { phase: 'opening' };

/** The states that show a room. */
type RoomState = Extract<CallState, { phase: 'entering' | 'seated' }>;

/** The room as it will be while joining, with the members who are inside now. */
const roomWith = (others: readonly Member[]): RoomState => ({
  phase: 'entering',
  session: '',
  name: '',
  seats: 2,
  isHost: false,
  open: true,
  members: others,
  signaling: true,
});

/** A call, from opening its link to leaving it. The code is the URL's fragment. */
@Component({
  selector: 'parley-call-page',
  imports: [CallMessage, Prejoin, Room, RoomAhead],
  templateUrl: './call-page.html',
  styleUrl: './call-page.scss',
  host: {
    '[inert]': '!visited()',
    '[attr.aria-hidden]': 'visited() ? null : true',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CallPage {
  /** False while the page is only prepared: it is invisible, and it opens, asks and announces nothing. */
  readonly visited = input(true);
  /** Code of the lobby that the person came from, if so. */
  readonly lobby = input<string | null>(null);

  protected readonly t = injectTexts(callTexts);
  private readonly messageWords = injectMessageWords();
  private readonly online = injectOnline();
  private readonly i18n = inject(I18n);
  private readonly call = inject(Call);
  private readonly activityLoader = inject(ActivityLoader);
  private readonly media = inject(LocalMedia);
  private readonly router = inject(Router);
  private readonly location = inject(Location);
  private readonly injector = inject(Injector);

  private readonly callState = toSignal(this.call.state$, { initialValue: opening });
  private readonly fragment = toSignal(inject(ActivatedRoute).fragment, { initialValue: null });
  protected readonly code = computed(() => (this.visited() ? readCode(this.fragment() ?? '') : null));
  /** The code that has neither a call nor a lobby, as far as is known. */
  private readonly noLobby = signal<string | null>(null);
  /** If there is no call, the page keeps looking: the code may be a lobby's. */
  protected readonly state = computed(() => {
    const state = this.callState();
    const looking = state.phase === 'absent' && this.code() !== null && this.noLobby() !== this.code();
    return looking ? opening : state;
  });
  protected readonly message = computed(() => {
    if (!this.visited()) return null;
    return this.code() === null ? 'badCode' : messageOf(this.state(), this.online());
  });
  /** The room that is rendered before the page is visited, with the members inside; it stays until the seat is requested. */
  private readonly drawn = signal<RoomState | null>(null);
  protected readonly room = computed(() => {
    const state = this.state();
    return state.phase === 'entering' || state.phase === 'seated' ? state : this.drawn();
  });

  /** How many peers the room will show: it is rendered out of sight while the person looks at the page before it. */
  protected readonly ahead = computed(() => {
    const state = this.state();
    if (!this.visited()) return 0;
    if (this.alone()) return this.drawing() ? 1 : 0;
    return this.idle() && state.phase === 'prejoin' ? state.others.length : 0;
  });
  private readonly alone = computed(() => {
    const state = this.state();
    return state.phase === 'seated' && state.members.length === 0;
  });
  private readonly connected = computed(() => {
    const state = this.state();
    return (
      state.phase === 'seated' &&
      state.members.length > 0 &&
      state.members.every(({ status }) => status === 'connected')
    );
  });
  private readonly drawing = signal(false);
  private readonly idle = signal(false);
  protected readonly byRing = signal(false);

  /** Code of the last call for which it was decided whether the camera is kept off. */
  private heeded: string | null = null;
  /** Devices are open during a call or shortly before one. While a message shows, the camera light is off. */
  private readonly wanted = computed(() => this.visited() && this.message() === null);
  protected readonly microphone = toSignal(this.whileWanted(this.media.microphone$), { initialValue: off });
  protected readonly camera = toSignal(
    this.whileWanted(
      defer(() => {
        this.heedCamera();
        return this.media.camera$;
      }),
    ),
    { initialValue: off },
  );

  constructor() {
    toObservable(this.code)
      .pipe(takeUntilDestroyed())
      .subscribe((code) => {
        if (!this.visited()) return;
        this.activityLoader.enter(code);
        if (code === null) return;
        this.heedCamera();
        const name = this.takeName();
        this.byRing.set(name !== null);
        this.call.open(code, this.intent(), name);
      });
    effect(() => {
      const state = this.state();
      if (state.phase === 'prejoin' && !this.visited()) this.drawn.set(roomWith(state.others));
      else if (state.phase !== 'joining') this.drawn.set(null);
    });
    this.leadToLobby();
    this.showTitle();
    this.guard();
    this.engage();
    this.goFirst();
    effect((onCleanup) => {
      if (this.state().phase !== 'prejoin') return;
      const timer = setTimeout(() => this.idle.set(true), LOOKING);
      onCleanup(() => clearTimeout(timer));
    });
    effect((onCleanup) => {
      if (!this.alone()) return;
      // Render it and remove it again before a peer arrives.
      const beginning = setTimeout(() => this.drawing.set(true), LOOKING);
      const end = setTimeout(() => this.drawing.set(false), 2 * LOOKING);
      onCleanup(() => {
        clearTimeout(beginning);
        clearTimeout(end);
      });
    });
    inject(DestroyRef).onDestroy(() => {
      const { phase } = this.state();
      if (phase === 'seated' || phase === 'joining' || phase === 'entering') this.call.leave();
    });
    effect(() => {
      // A person who reloads a call that began with New call returns to it.
      if (this.state().phase === 'seated' && this.intent() === 'new') this.joinFromNowOn();
    });
  }

  protected prepare(): void {
    this.call.prepare();
  }

  protected join(name: string): void {
    this.call.join(name);
  }

  protected act(action: Exclude<MessageAction, MessageLink>): void {
    const code = this.code();
    switch (action) {
      case 'start':
        if (code !== null) this.call.open(code, 'new');
        return;
      case 'retry':
      case 'rejoin':
        return this.call.retry();
      case 'reload':
        return void import('../../pwa/newest-version').then(
          ({ NewestVersion }) => this.injector.get(NewestVersion).load(),
          // Only without a stored version are parts missing, and then a reload gets the newest one.
          () => window.location.reload(),
        );
      case 'newCall':
        void this.router.navigate(['/call'], { fragment: newCode(), state: { intent: 'new' } });
    }
  }

  private whileWanted(input$: Observable<InputState>): Observable<InputState> {
    return toObservable(this.wanted).pipe(switchMap((wanted) => (wanted ? input$ : of(off))));
  }

  private intent(): Intent {
    const state = this.location.getState();
    return typeof state === 'object' && state !== null && 'intent' in state && state.intent === 'new'
      ? 'new'
      : 'join';
  }

  /** The name of a person who comes through a ring and has already given it. Taken once: after a reload the page asks. */
  private takeName(): string | null {
    const state = this.location.getState() as { readonly join?: unknown } | null;
    if (typeof state?.join !== 'string') return null;
    const { join, ...rest } = state;
    this.location.replaceState(this.location.path(true), '', rest);
    return join;
  }

  /** A person who accepted a ring without camera is not seen in that call until they turn it on, also after a reload. */
  private heedCamera(): void {
    const code = untracked(this.code);
    if (code === null || code === this.heeded) return;
    this.heeded = code;
    const state = this.location.getState() as { readonly camera?: unknown } | null;
    this.media.keepOff('camera', state?.camera === ('off' satisfies CameraOnEntering));
  }

  private joinFromNowOn(): void {
    const state = this.location.getState() as object | null;
    this.location.replaceState(this.location.path(true), '', { ...state, intent: 'join' satisfies Intent });
  }

  /** A bare code doesn't say what it is for: if there is no call under it but a lobby, the person meant the lobby. */
  private leadToLobby(): void {
    const find = inject(FIND_PLACE);
    const tasks = inject(PendingTasks);
    let asked: string | null = null;
    const look = async (code: string) => {
      const found = await find('lobby', code);
      if (this.code() !== code) return;
      if (found && this.callState().phase === 'absent') {
        await this.router.navigate(['/lobby'], { fragment: code, replaceUrl: true });
      } else this.noLobby.set(code);
    };
    effect(() => {
      const code = this.code();
      if (this.callState().phase !== 'absent' || code === null || code === asked) return;
      asked = code;
      untracked(() => tasks.run(() => look(code)));
    });
  }

  private showTitle(): void {
    const title = inject(Title);
    effect(() => {
      if (this.visited()) title.setTitle(`${this.titleWords()} · Parley`);
    });
  }

  private titleWords(): string {
    const message = this.message();
    if (message !== null) return this.messageWords(message).title;
    const state = this.state();
    if (state.phase !== 'seated' && state.phase !== 'entering') {
      return state.phase === 'opening' || state.phase === 'prejoin' || state.phase === 'joining'
        ? this.t(`title.${state.phase}`)
        : '';
    }
    const status = roomStatus(state);
    if (status !== 'connected') return this.t(`status.${status}`);
    const names = state.members.map(({ name }) => name || this.t('guest'));
    return this.t('title.with', { names: this.i18n.list(names) });
  }

  /** Asks before the page is closed while something would be cut off. After leaving, announces what happens to a recording. */
  private guard(): void {
    const recording = toSignal(
      this.activityLoader.activity$.pipe(switchMap((activity) => activity?.recording.state$ ?? of(null))),
      { initialValue: null },
    );
    const transfers = toSignal(inject(Files).transfers$, { initialValue: [] });
    const status = computed(() => recording()?.status ?? 'off');
    askBeforeUnload(
      () =>
        status() === 'starting' ||
        status() === 'on' ||
        status() === 'saving' ||
        transfers().some(({ state }) => isUnderWay(state)),
    );
    const snack = inject(Snack);
    effect(() => {
      status();
      const now = untracked(recording);
      if (now === null || untracked(this.room) !== null) return;
      if (now.status === 'saving') void snack.show(this.t('recording.saving'));
      if (now.status === 'failed') void snack.show(this.t(`recording.trouble.${now.reason}`));
    });
  }

  /** During a call, no new version of the app reloads the page, and the person is not rung. */
  private engage(): void {
    const updates = inject(AppUpdate);
    const engagement = inject(Engagement);
    const inCall = computed(() => ['joining', 'entering', 'seated'].includes(this.state().phase));
    effect((onCleanup) => {
      if (!inCall()) return;
      const ends = [updates.hold(), engagement.begin()];
      onCleanup(() => ends.forEach((end) => end()));
    });
    effect((onCleanup) => {
      if (this.connected()) onCleanup(engagement.markConnected());
    });
  }

  /** Until two are connected, everything else waits: a member is joining, or may join at any moment. */
  private goFirst(): void {
    const idleTime = inject(IdleTime);
    const hurried = computed(() => this.message() === null && !this.connected());
    effect((onCleanup) => {
      if (hurried()) onCleanup(idleTime.hold());
    });
  }
}
