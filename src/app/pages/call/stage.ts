import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  computed,
  inject,
  input,
  output,
  signal,
  viewChild,
  viewChildren,
} from '@angular/core';

import type { ShownSize } from '../../call/picture-flow';
import type { Reaction } from '../../call/reactions';
import { callTexts } from '../../i18n/call';
import { injectTexts } from '../../i18n/i18n';
import { injectArrivals } from '../../loading/parts';
import { systemSpeaker } from '../../media/sound-output';
import { Remembered } from '../../storage/remembered';
import { hostSize } from './element-size';
import { ScreenTile } from './screen-tile';
import { Tile } from './tile';
import { tileGrid } from './tile-layout';
import type { TileView } from './tile-view';

/** A shared screen. */
export interface ScreenView {
  readonly session: string;
  /** Name of the member who shares it. */
  readonly name: string;
  readonly stream: MediaStream;
}

const none: readonly Reaction[] = [];

/** Position of the self-view; each corner is followed by the next one around. */
const corners = ['bottom-end', 'bottom-start', 'top-start', 'top-end'] as const;
const cornerKey = 'parley.ownCorner';

/**
 * Lays out the people in the call. Alone, a person sees their own picture. With one peer, the peer fills the stage and
 * the self-view is small in a corner; with more, all are equal. A shared screen fills the stage, with everyone beside it.
 */
@Component({
  selector: 'parley-stage',
  imports: [ScreenTile, Tile],
  templateUrl: './stage.html',
  styleUrl: './stage.scss',
  host: {
    role: 'group',
    '[attr.aria-label]': "t('room.stage')",
    '[attr.data-mode]': 'mode()',
    '[attr.data-corner]': 'corner()',
    '[style.--columns]': 'grid().columns',
    '[style.--rows]': 'grid().rows',
    '[style.--ratio]': 'ratio()',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Stage {
  readonly others = input.required<readonly TileView[]>();
  readonly own = input.required<TileView>();
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
  private readonly remembered = inject(Remembered);
  private readonly size = hostSize();
  private readonly tiles = viewChildren(Tile);
  private readonly ownTile = viewChild.required<Tile>('mine');

  protected readonly mode = computed(() => {
    if (this.screens().length > 0) return 'screen';
    return (['alone', 'pair'] as const)[this.others().length] ?? 'grid';
  });
  protected readonly grid = computed(() => {
    const { width, height } = this.size();
    const count = this.mode() === 'grid' ? this.others().length + 1 : 1;
    return tileGrid(count, width, height);
  });
  /** The small picture has the aspect ratio of the camera, so that nothing is cut off. */
  protected readonly ratio = computed(() => (this.own().camera && this.ownTile().picture()) || 4 / 3);
  protected readonly corner = signal(
    corners.find((corner) => corner === this.remembered.get(cornerKey)) ?? corners[0],
  );

  private readonly bySession = computed(() => {
    const all = this.reactions();
    const ofEach = (of: string) => all.filter(({ session }) => session === of);
    return new Map(all.map(({ session }) => [session, ofEach(session)]));
  });

  /** The element that contains all pictures. */
  readonly element: HTMLElement = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  /** The most important video: that of the first peer with a picture. */
  get mainVideo(): HTMLVideoElement | null {
    const tile = this.tiles().find((candidate) => !candidate.view().own && candidate.view().camera);
    return tile?.element ?? null;
  }

  protected reactionsOf(session: string): readonly Reaction[] {
    return this.bySession().get(session) ?? none;
  }

  /** Moves the self-view to the next corner around. */
  moveOwn(): void {
    const next = corners[(corners.indexOf(this.corner()) + 1) % corners.length] ?? corners[0];
    this.corner.set(next);
    this.remembered.set(cornerKey, next);
  }
}
