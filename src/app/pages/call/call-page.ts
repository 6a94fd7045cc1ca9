import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  computed,
  effect,
  inject,
  Injector,
  input,
  signal,
  untracked,
} from '@angular/core';
import { takeUntilDestroyed, toObservable, toSignal } from '@angular/core/rxjs-interop';
import { Title } from '@angular/platform-browser';
import { ActivatedRoute, Router } from '@angular/router';
import { defer, of, switchMap, type Observable } from 'rxjs';

import { Call } from '../../call/call';
import type { CallState, Member } from '../../call/call-state';
import { newCode, readCode } from '../../call/code';
import { ActivityLoader } from '../../activity/activity-loader';
import { I18n } from '../../i18n/i18n';
import { noteError } from '../../log/note';
import { injectArrivals } from '../../loading/parts';
import { LocalMedia } from '../../media/local-media';
import type { InputState } from '../../media/media';
import { wasMuted } from '../../storage/tab-memory';
import { injectOnline } from '../../ui/online';
import { Arriving } from './arriving';
import { CallMessage } from './call-message';
import { injectCallTitle } from './call-title';
import { injectEntry } from './entry';
import { guardLeaving } from './leave-guard';
import { injectLobbyLookup } from './lobby-lookup';
import { messageOf, type MessageAction, type MessageLink } from './message';
import { takePrecedence } from './precedence';
import { Knocking } from './prejoin/knocking';
import { Prejoin } from './prejoin/prejoin';
import { Room } from './room/room';
import { RoomAhead } from './room/room-ahead';
import type { RoomState } from './room/room-status';

/** Delay after something has appeared until nothing is urgent any more, in ms. */
const LOOKING = 200;
/** Delay after taking a seat until the message shown after leaving is loaded: a network may be missing then. In ms. */
const SETTLED = 5_000;

const off: InputState = { status: 'off' };
const opening: CallState = { phase: 'opening' };

/** The phases that others can see, so that going away must end them. */
const LEAVABLE: ReadonlySet<CallState['phase']> = new Set(['knocking', 'joining', 'entering', 'seated']);

/** The room as it will be while joining, with the members who are inside now. */
const roomWith = (others: readonly Member[]): RoomState => ({
  phase: 'entering',
  session: '',
  name: '',
  seats: others.length + 1,
  isHost: false,
  host: null,
  door: 'open',
  waiting: [],
  turnedAway: [],
  members: others,
  signaling: true,
});

/** A call, from opening its link to leaving it. The code is the URL's fragment. */
@Component({
  selector: 'parley-call-page',
  imports: [Arriving, CallMessage, Knocking, Prejoin, Room, RoomAhead],
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

  private readonly i18n = inject(I18n);
  protected readonly there = injectArrivals({
    knocking: () => import('./prejoin/knocking'),
    message: async () => {
      const { loadMessageTexts } = await import('./call-message');
      await loadMessageTexts(this.i18n);
    },
  });
  private readonly callTitle = injectCallTitle();
  private readonly online = injectOnline();
  private readonly call = inject(Call);
  private readonly activityLoader = inject(ActivityLoader);
  private readonly media = inject(LocalMedia);
  private readonly router = inject(Router);
  private readonly entry = injectEntry();
  private readonly injector = inject(Injector);

  private readonly callState = toSignal(this.call.state$, { initialValue: opening });
  private readonly fragment = toSignal(inject(ActivatedRoute).fragment, { initialValue: null });
  protected readonly code = computed(() => (this.visited() ? readCode(this.fragment() ?? '') : null));
  private readonly noLobby = injectLobbyLookup(this.code, this.callState);
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
        this.heedEarlierWishes();
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
        this.heedEarlierWishes();
        const name = this.entry.takeName();
        this.byRing.set(name !== null);
        this.call.open(code, this.entry.intent(), name);
      });
    effect(() => {
      const state = this.state();
      if (state.phase === 'prejoin' && !this.visited()) this.drawn.set(roomWith(state.others));
      else if (state.phase !== 'joining') this.drawn.set(null);
    });
    const title = inject(Title);
    effect(() => {
      // A message sets the title itself.
      if (this.visited() && this.message() === null)
        title.setTitle(`${this.callTitle(this.state())} · Parley`);
    });
    guardLeaving(computed(() => this.room() !== null));
    takePrecedence(
      this.state,
      computed(() => this.message() !== null),
    );
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
    const seated = computed(() => this.state().phase === 'seated');
    effect((onCleanup) => {
      if (!seated()) return;
      const timer = setTimeout(() => this.there('message'), SETTLED);
      onCleanup(() => clearTimeout(timer));
    });
    inject(DestroyRef).onDestroy(() => {
      const { phase } = this.state();
      if (LEAVABLE.has(phase)) this.call.leave();
    });
    effect(() => {
      // A person who reloads a call that began with New call returns to it.
      if (this.state().phase === 'seated' && this.entry.intent() === 'new') this.entry.joinFromNowOn();
    });
  }

  protected prepare(): void {
    this.call.prepare();
  }

  protected join(name: string): void {
    this.call.join(name);
  }

  /** Takes the knock back, and leads to the page before it. */
  protected cancelKnock(): void {
    this.call.leave();
    const code = this.code();
    if (code !== null) this.call.open(code, 'join');
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
          (error: unknown) => {
            noteError('pages', 'newest-version', error);
            window.location.reload();
          },
        );
      case 'newCall':
        void this.router.navigate(['/call'], { fragment: newCode(), state: { intent: 'new' } });
    }
  }

  private whileWanted(input$: Observable<InputState>): Observable<InputState> {
    return toObservable(this.wanted).pipe(switchMap((wanted) => (wanted ? input$ : of(off))));
  }

  /**
   * A person who accepted a ring without camera is not seen in that call until they turn it on, and one whom the host muted is
   * not heard, also after a reload.
   */
  private heedEarlierWishes(): void {
    const code = untracked(this.code);
    if (code === null || code === this.heeded) return;
    this.heeded = code;
    this.media.keepOff('camera', this.entry.keepsCameraOff());
    this.media.keepOff('microphone', wasMuted());
  }
}
