import { computed, effect, inject, linkedSignal, type Signal, signal, untracked } from '@angular/core';

import { crowdTexts } from '../../../i18n/crowd';
import { injectTexts } from '../../../i18n/i18n';
import { type CrowdLayout, crowdLayout } from '../../../layout/crowd-layout';
import { NO_TILES, nextOrder, type OnTiles, type TileOrder } from '../../../layout/tile-order';
import type { ShownSize } from '../../../pictures/picture-flow';
import type { Speech } from '../../../speaking/speech';
import { Announcer } from '../../../ui/announcer';
import type { Size } from './element-size';
import { GridView } from './grid-view';
import type { MemberView } from './member-view';
import { screenKey } from './screen-key';
import type { ScreenView } from './stage';
import { presentCrowd } from './present-crowd';

/** The stage as its layout for a crowd needs it. */
export interface CrowdStage {
  readonly size: Signal<Size>;
  readonly others: Signal<readonly MemberView[]>;
  readonly own: Signal<MemberView>;
  readonly ownHidden: Signal<boolean>;
  readonly screens: Signal<readonly ScreenView[]>;
  readonly speech: Signal<Speech>;
  readonly elsewhere: Signal<boolean>;
  /** Told of each member who isn't on the page that is shown, as soon as that begins. */
  readonly shown: { emit(away: { readonly session: string; readonly size: ShownSize | null }): void };
}

/** The size to ask for of members who are seen only elsewhere, in device pixels: that of a small tile. */
const ELSEWHERE: ShownSize = { width: 320, height: 180 };

/** What a key can do. */
export type CrowdAction = 'view' | 'pin' | 'pageBack' | 'pageOn';

export interface Crowd {
  /** Null with fewer than three members, and before the stage is laid out. */
  readonly layout: Signal<CrowdLayout | null>;
  /** Whether all are equal. */
  readonly isGrid: Signal<boolean>;
  /** A shared screen is always large, so there is no choice then. */
  readonly canSwitch: Signal<boolean>;
  readonly act: (action: CrowdAction) => void;
  /** Turns this many pages on. */
  readonly turn: (by: number) => void;
  /** Names of other members and of screens, by key. */
  readonly names: Signal<ReadonlyMap<string, string>>;
  /** What the person wants to be large: the key of a member or screen. */
  readonly pinned: Signal<string | null>;
  readonly togglePin: (key: string) => void;
  /** Other members who speak while they are on another page. */
  readonly speakingAway: Signal<readonly string[]>;
  /** Turns to the page that shows a member. */
  readonly find: (session: string) => void;
}

/**
 * How three or more members share a stage: in a grid, or with the speaker, a pinned member or a screen large; on pages where there are
 * too many. Must be called in an injection context of the stage.
 */
export const injectCrowd = ({
  size,
  others,
  own,
  ownHidden,
  screens,
  speech,
  elsewhere,
  shown,
}: CrowdStage): Crowd => {
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
  const layout = computed(() => {
    if (others().length < 2 || size().width === 0) return null;
    return layoutOf([...aside(), ...order().tiles]);
  });

  const away = computed(() => {
    const boxes = layout()?.boxes;
    return boxes ? sessions().filter((session) => !boxes.has(session)) : [];
  });
  /** The size in which each member who is away has been told that they are shown. */
  let told: ReadonlyMap<string, ShownSize | null> = new Map();
  effect(() => {
    const size = elsewhere() ? ELSEWHERE : null;
    const now = new Map(away().map((session) => [session, size]));
    const newly = [...now].filter(([session]) => !told.has(session) || told.get(session) !== size);
    told = now;
    untracked(() => newly.forEach(([session]) => shown.emit({ session, size })));
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

  const crowd: Crowd = {
    layout,
    isGrid,
    canSwitch: computed(() => layout() !== null && screens().length === 0),
    act,
    turn,
    names,
    pinned: pinned.asReadonly(),
    togglePin: (key: string): void => pin(pinned() === key ? null : key),
    speakingAway: computed(() => speech().speaking.filter((session) => away().includes(session))),
    find: (session: string): void => {
      const now = layout();
      const index = [...aside(), ...order().tiles].indexOf(session);
      if (now && index >= 0) turn(Math.floor(index / now.perPage) - now.page);
    },
  };
  presentCrowd(crowd, { layout, large, others, screens, own, ownHidden, speech });
  return crowd;
};
