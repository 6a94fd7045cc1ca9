import {
  computed,
  DestroyRef,
  effect,
  ElementRef,
  inject,
  linkedSignal,
  type Signal,
  signal,
  untracked,
} from '@angular/core';

import { crowdTexts } from '../../../i18n/crowd';
import { injectTexts } from '../../../i18n/i18n';
import { crowdLayout } from '../../../layout/crowd-layout';
import { NO_TILES, nextOrder, type OnTiles, type TileOrder } from '../../../layout/tile-order';
import type { Speech } from '../../../speaking/speakers';
import { Announcer } from '../../../ui/announcer';
import type { Size } from './element-size';
import { GridView } from './grid-view';
import type { MemberView } from './member-view';
import { screenKey } from './screen-key';
import type { ScreenView } from './stage';
import { swipes } from './swipes';

/** The stage as its layout for a crowd needs it. */
export interface CrowdStage {
  readonly size: Signal<Size>;
  readonly others: Signal<readonly MemberView[]>;
  readonly own: Signal<MemberView>;
  readonly ownHidden: Signal<boolean>;
  readonly screens: Signal<readonly ScreenView[]>;
  readonly speech: Signal<Speech>;
  /** Told of each member who is not on the page, as soon as that begins. */
  readonly shown: { emit(hidden: { readonly session: string; readonly size: null }): void };
}

/** What a key can do. */
export type CrowdAction = 'view' | 'pin' | 'pageBack' | 'pageOn';

export type Crowd = ReturnType<typeof injectCrowd>;

/**
 * How three or more members share a stage: in a grid, or with the speaker, a pinned member or a screen large; on pages where there are
 * too many. Must be called in an injection context of the stage.
 */
export const injectCrowd = ({ size, others, own, ownHidden, screens, speech, shown }: CrowdStage) => {
  const t = injectTexts(crowdTexts);
  const announcer = inject(Announcer);
  const grid = inject(GridView);
  const sessions = computed(() => others().map(({ session }) => session));
  const shared = computed(() => screens().map(({ session }) => screenKey(session)));
  const names = computed(
    () =>
      new Map([
        ...others().map(({ session, name }) => [session, name] as const),
        ...screens().map(({ session, name }) => [screenKey(session), t('screen', { name })] as const),
      ]),
  );
  /** What the person wants to be large; null again when it leaves. */
  const pinned = linkedSignal<ReadonlyMap<string, string>, string | null>({
    source: names,
    computation: (present, before) => (before?.value && present.has(before.value) ? before.value : null),
  });
  const speaker = computed(() => {
    const session = speech().speaker;
    return session !== null && sessions().includes(session) ? session : null;
  });
  /** The last other speaker: this member never sees themselves large. */
  const spotlight = linkedSignal<readonly [string | null, readonly string[]], string | null>({
    source: () => [speaker(), sessions()],
    computation: ([now, present], before) => {
      const last = before?.value;
      return now ?? (last && present.includes(last) ? last : (present[0] ?? null));
    },
  });
  const large = computed(() => pinned() ?? shared()[0] ?? (grid.on() ? null : spotlight()));
  const aside = computed(() => shared().filter((key) => key !== large()));
  const turned = signal(0);
  const layoutOf = (tiles: readonly string[]) => {
    const { width, height } = size();
    const mine = ownHidden() ? null : own().session;
    return crowdLayout({ large: large(), tiles, own: mine }, turned(), width, height);
  };
  const order = linkedSignal<OnTiles, TileOrder>({
    source: () => {
      const members = sessions();
      const ofLarge = members.find((session) => session === large()) ?? null;
      const { perPage, page } = layoutOf([...aside(), ...members.slice(ofLarge === null ? 0 : 1)]);
      return { members, large: ofLarge, speaker: speaker(), perPage, ahead: aside().length, page };
    },
    computation: (now, before) => nextOrder(before?.value ?? NO_TILES, now),
  });
  /** Null with fewer than three members, and before the stage is laid out. */
  const layout = computed(() => {
    if (others().length < 2 || size().width === 0) return null;
    return layoutOf([...aside(), ...order().tiles]);
  });

  let hidden: readonly string[] = [];
  effect(() => {
    const boxes = layout()?.boxes;
    const now = boxes ? sessions().filter((session) => !boxes.has(session)) : [];
    const newly = now.filter((session) => !hidden.includes(session));
    untracked(() => newly.forEach((session) => shown.emit({ session, size: null })));
    hidden = now;
  });

  const turn = (by: number): void => {
    const now = layout();
    if (now === null) return;
    const page = Math.min(Math.max(0, now.page + by), now.pages - 1);
    if (page === now.page) return;
    turned.set(page);
    announcer.say(t('page', { page: page + 1, pages: now.pages }));
  };
  const pin = (key: string | null): void => {
    const was = pinned();
    pinned.set(key);
    const name = names().get(key ?? was ?? '');
    if (name) announcer.say(t(key === null ? 'unpinned' : 'pinned', { name }));
  };
  const isGrid = computed(() => large() === null);
  const act = (action: CrowdAction): void => {
    if (layout() === null) return;
    switch (action) {
      case 'view':
        if (screens().length > 0) return;
        grid.turn(!isGrid());
        pinned.set(null);
        return announcer.say(t(grid.on() ? 'grid.on' : 'speaker.on'));
      case 'pin':
        return pin(pinned() === null ? (large() ?? spotlight()) : null);
      case 'pageBack':
      case 'pageOn':
        return turn(action === 'pageOn' ? 1 : -1);
    }
  };

  const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  const swiping = swipes(host).subscribe(turn);
  inject(DestroyRef).onDestroy(() => swiping.unsubscribe());

  return {
    layout,
    /** Whether all are equal. A shared screen is always large, so there is no choice then. */
    isGrid,
    canSwitch: computed(() => layout() !== null && screens().length === 0),
    act,
    turn,
    /** Names of members and screens. */
    names,
    pinned: pinned.asReadonly(),
    togglePin: (key: string): void => pin(pinned() === key ? null : key),
    /** Other members who speak while they are on another page. */
    speakingAway: computed(() => {
      const boxes = layout()?.boxes;
      return boxes ? speech().speaking.filter((session) => names().has(session) && !boxes.has(session)) : [];
    }),
    /** Turns to the page that shows a member. */
    find: (session: string): void => {
      const now = layout();
      const index = [...aside(), ...order().tiles].indexOf(session);
      if (now && index >= 0) turn(Math.floor(index / now.perPage) - now.page);
    },
    /** What a tile is, for styles: `large`, `tile` or `away`; and whether its member speaks. Null without a crowd. */
    placeOf: (key: string): string | null => {
      const now = layout();
      if (now === null || (ownHidden() && key === own().session)) return null;
      const place = key === large() ? 'large' : now.boxes.has(key) ? 'tile' : 'away';
      return speech().speaking.includes(key) ? `${place} speaking` : place;
    },
    /** Where a tile is, as CSS; null without a crowd, or away. */
    styleOf: (key: string): string | null => {
      const box = layout()?.boxes.get(key);
      if (!box) return null;
      const { x, y, width, height } = box;
      return `position:absolute;inset-inline-start:${x}px;inset-block-start:${y}px;inline-size:${width}px;block-size:${height}px`;
    },
  };
};
