import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  inject,
  Injector,
  input,
  output,
  PendingTasks,
  runInInjectionContext,
  signal,
  viewChild,
  viewChildren,
} from '@angular/core';

import type { ShownSize } from '../../../pictures/picture-flow';
import type { Reaction } from '../../../activity/reactions';
import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { stageMode } from '../../../layout/stage-mode';
import { tilesAtScreen } from '../../../layout/tiles-at-screen';
import { injectArrivals, Parts } from '../../../loading/parts';
import type { InputState } from '../../../media/media';
import { systemSpeaker } from '../../../media/sound-output';
import { QUIET, type Speech } from '../../../speaking/speech';
import type { Crowd } from './crowd';
import { hostSize } from './element-size';
import { FlipCamera } from '../devices/flip-camera';
import { OwnCorner } from './own-corner';
import { OwnPictureShown } from './own-picture-shown';
import { ScreenTile } from './screen-tile';
import { Tile } from './tile';
import type { MemberView } from './member-view';

/** A shared screen. */
export interface ScreenView {
  readonly session: string;
  /** Name of the member who shares it. */
  readonly name: string;
  readonly stream: MediaStream;
}

const none: readonly Reaction[] = [];

/**
 * Lays out the people in the call. Alone, a person sees their own picture. With one peer, the peer fills the stage and
 * the self-view is small in a corner; `crowd.ts` lays out more. A shared screen fills the stage, with everyone beside it. A
 * hidden self-view leaves a sign that says whether the camera is on.
 */
@Component({
  selector: 'parley-stage',
  imports: [FlipCamera, ScreenTile, Tile],
  templateUrl: './stage.html',
  styleUrl: './stage.scss',
  host: {
    role: 'group',
    '[attr.aria-label]': "t('room.stage')",
    '[attr.data-mode]': 'mode()',
    '[attr.data-own]': 'placeOfOwn()',
    '[attr.data-people]': "atScreen().below ? 'below' : 'beside'",
    '[attr.data-corner]': 'corner.at()',
    '[style.--side]': 'side()',
    '[style.--ratio]': 'ratio()',
    '[style.--members]': 'others().length + 1',
    '[style.--tile-width.px]': 'atScreen().width',
    '[style.--tile-height.px]': 'atScreen().height',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Stage {
  readonly others = input.required<readonly MemberView[]>();
  readonly own = input.required<MemberView>();
  /** This person's camera: without it there is no button that flips it. */
  readonly camera = input<InputState>({ status: 'off' });
  readonly speaker = input(systemSpeaker);
  readonly reactions = input<readonly Reaction[]>([]);
  /** Screens that other members share. */
  readonly screens = input<readonly ScreenView[]>([]);
  /** Who speaks; known in a call of three or more. */
  readonly speech = input<Speech>(QUIET);
  /** Whether members are also seen elsewhere, in another size. */
  readonly elsewhere = input(false);
  /** How large a member's picture is laid out, in device pixels; null when it is hidden on another page. */
  readonly shown = output<{ readonly session: string; readonly size: ShownSize | null }>();
  /** The layout of three or more members; null until it is needed and has loaded. */
  readonly crowd = signal<Crowd | null>(null);

  protected readonly t = injectTexts(callTexts);
  protected readonly there = injectArrivals({
    screens: () => import('./screen-tile'),
  });
  protected readonly corner = inject(OwnCorner);
  private readonly ownShown = inject(OwnPictureShown);
  readonly size = hostSize();
  private readonly tiles = viewChildren(Tile);
  private readonly ownTile = viewChild.required<Tile>('mine');

  protected readonly mode = computed(() => {
    const crowd = this.crowd();
    if (crowd?.layout()) return crowd.isGrid() ? 'grid' : 'large';
    return stageMode(this.others().length, this.screens().length);
  });
  /** Until the layout of a crowd has loaded, its grid is a square. */
  protected readonly side = computed(() =>
    this.mode() === 'grid' ? Math.ceil(Math.sqrt(this.others().length + 1)) : 1,
  );
  protected readonly atScreen = computed(() => {
    const { width, height } = this.size();
    return tilesAtScreen(this.others().length + 1, width, height);
  });
  readonly ownHidden = computed(() => !this.ownShown.on());
  /** The person's own tile: a small picture or a sign in a corner; null among the others. */
  protected readonly placeOfOwn = computed(() => {
    const mode = this.mode();
    if (this.ownHidden()) return mode === 'alone' || mode === 'screen' ? null : 'sign';
    return mode === 'pair' ? 'picture' : null;
  });
  /** The small picture has the aspect ratio of the camera, so that nothing is cut off. */
  protected readonly ratio = computed(() => (this.own().camera && this.ownTile().picture()) || 4 / 3);

  private readonly bySession = computed(() => {
    const all = this.reactions();
    const ofEach = (of: string) => all.filter(({ session }) => session === of);
    return new Map(all.map(({ session }) => [session, ofEach(session)]));
  });

  constructor() {
    const [parts, tasks, injector] = [inject(Parts), inject(PendingTasks), inject(Injector)];
    const destroyed = inject(DestroyRef);
    const isCrowded = computed(() => this.others().length > 1);
    effect(() => {
      if (!isCrowded() || this.crowd()) return;
      tasks.run(async () => {
        const { injectCrowd } = await parts.load(() => import('./crowd'));
        if (destroyed.destroyed || this.crowd()) return;
        this.crowd.set(runInInjectionContext(injector, () => injectCrowd(this)));
      });
    });
  }

  /** The most important video: that of the speaker, or of the first peer with a picture. */
  get mainVideo(): HTMLVideoElement | null {
    const tiles = this.tiles().filter((candidate) => !candidate.view().own && candidate.view().camera);
    const { speaker } = this.speech();
    return (tiles.find((tile) => tile.view().session === speaker) ?? tiles[0])?.element ?? null;
  }

  protected reactionsOf(session: string): readonly Reaction[] {
    return this.bySession().get(session) ?? none;
  }
}
