import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  output,
  viewChild,
  viewChildren,
} from '@angular/core';

import type { ShownSize } from '../../../pictures/picture-flow';
import type { Reaction } from '../../../activity/reactions';
import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { stageMode } from '../../../layout/stage-mode';
import { tileGrid, tilesAtScreen } from '../../../layout/tile-layout';
import { injectArrivals } from '../../../loading/parts';
import type { InputState } from '../../../media/media';
import { systemSpeaker } from '../../../media/sound-output';
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
 * the self-view is small in a corner; with more, all are equal. A shared screen fills the stage, with everyone beside it. A
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
    '[style.--columns]': 'grid().columns',
    '[style.--rows]': 'grid().rows',
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
  /** How large a member's picture is laid out, in device pixels. */
  readonly shown = output<{ readonly session: string; readonly size: ShownSize }>();

  protected readonly t = injectTexts(callTexts);
  protected readonly there = injectArrivals({
    screens: () => import('./screen-tile'),
  });
  protected readonly corner = inject(OwnCorner);
  private readonly ownShown = inject(OwnPictureShown);
  private readonly size = hostSize();
  private readonly tiles = viewChildren(Tile);
  private readonly ownTile = viewChild.required<Tile>('mine');

  protected readonly mode = computed(() => stageMode(this.others().length, this.screens().length));
  protected readonly grid = computed(() => {
    const { width, height } = this.size();
    if (this.mode() !== 'grid') return tileGrid(1, width, height);
    return tileGrid(this.others().length + (this.placeOfOwn() === null ? 1 : 0), width, height);
  });
  protected readonly atScreen = computed(() => {
    const { width, height } = this.size();
    return tilesAtScreen(this.others().length + 1, width, height);
  });
  protected readonly ownHidden = computed(() => !this.ownShown.on());
  /** The person's own tile: a small picture or a sign in a corner; null among the others. */
  protected readonly placeOfOwn = computed(() => {
    const mode = this.mode();
    if (this.ownHidden()) return mode === 'pair' || mode === 'grid' ? 'sign' : null;
    return mode === 'pair' ? 'picture' : null;
  });
  /** The small picture has the aspect ratio of the camera, so that nothing is cut off. */
  protected readonly ratio = computed(() => (this.own().camera && this.ownTile().picture()) || 4 / 3);

  private readonly bySession = computed(() => {
    const all = this.reactions();
    const ofEach = (of: string) => all.filter(({ session }) => session === of);
    return new Map(all.map(({ session }) => [session, ofEach(session)]));
  });

  /** The most important video: that of the first peer with a picture. */
  get mainVideo(): HTMLVideoElement | null {
    const tile = this.tiles().find((candidate) => !candidate.view().own && candidate.view().camera);
    return tile?.element ?? null;
  }

  protected reactionsOf(session: string): readonly Reaction[] {
    return this.bySession().get(session) ?? none;
  }
}
