import { stageMode, type Corner } from './stage-mode';
import { share, tileGrid } from './tile-layout';
import { tilesAtScreen } from './tiles-at-screen';

/** A rectangle, in px from the upper left corner of the stage. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is on a stage. */
export interface OnStage {
  /** Number of other members. */
  readonly others: number;
  readonly screens: number;
  /** Where this member's small picture is. */
  readonly corner: Corner;
  /** Aspect ratio of this member's small picture, width to height. */
  readonly ratio: number;
}

/** Where everything on a stage is, in the order in which the members and screens are given. */
export interface StageLayout {
  readonly screens: readonly Box[];
  readonly others: readonly Box[];
  readonly own: Box;
}

/** A part of the stage. */
const part = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height });

/**
 * Where everything is on a stage of this size, in px, if all of it is shown at once. Must agree with the styles of the page's stage
 * for up to two members; `crowd-layout.ts` adds pages, and what is large, for more.
 */
export const stageLayout = (on: OnStage, width: number, height: number, gap = 8): StageLayout => {
  const all = part(0, 0, width, height);
  switch (stageMode(on.others, on.screens)) {
    case 'alone':
      return { screens: [], others: [], own: all };
    case 'pair':
      return { screens: [], others: [all], own: inCorner(on, width, height, gap) };
    case 'grid': {
      const tiles = gridBoxes(on.others + 1, width, height, gap);
      return { screens: [], others: tiles.slice(0, -1), own: tiles.at(-1) ?? all };
    }
    case 'screen':
      return atScreens(on, width, height, gap);
  }
};

/** Equal tiles, row by row. A last row that isn't full is in the middle, so that no cell stays empty. */
export const gridBoxes = (count: number, width: number, height: number, gap = 8): readonly Box[] => {
  const { columns, rows } = tileGrid(count, width, height, gap);
  const [wide, high] = [share(width, columns, gap), share(height, rows, gap)];
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const start = ((columns - inRow) * (wide + gap)) / 2;
    return part(start + (index % columns) * (wide + gap), row * (high + gap), wide, high);
  });
};

const inCorner = ({ corner, ratio }: OnStage, width: number, height: number, gap: number): Box => {
  const wide = Math.min(Math.max(0.17 * width, 104), (0.25 * height - gap) * ratio);
  const high = wide / ratio;
  return part(
    corner.endsWith('start') ? gap : width - gap - wide,
    corner.startsWith('top') ? gap : height - gap - high,
    wide,
    high,
  );
};

const atScreens = ({ others, screens }: OnStage, width: number, height: number, gap: number): StageLayout => {
  const count = others + 1;
  const tile = tilesAtScreen(count, width, height, gap);
  const [along, all] = tile.below ? [tile.width, width] : [tile.height, height];
  const first = (all - count * along - (count - 1) * gap) / 2;
  const tiles = Array.from({ length: count }, (_, index) => {
    const at = first + index * (along + gap);
    return tile.below
      ? part(at, height - tile.height, tile.width, tile.height)
      : part(width - tile.width, at, tile.width, tile.height);
  });
  const [wide, high] = tile.below
    ? [width, share(height - tile.height - gap, screens, gap)]
    : [share(width - tile.width - gap, screens, gap), height];
  const shown = Array.from({ length: screens }, (_, index) =>
    tile.below ? part(0, index * (high + gap), wide, high) : part(index * (wide + gap), 0, wide, high),
  );
  return { screens: shown, others: tiles.slice(0, -1), own: tiles.at(-1) ?? part(0, 0, width, height) };
};
