import { type Box, gridBoxes, stageLayout } from './stage-layout';
import { share, tileGrid } from './tile-layout';

/** What is on a stage with three or more members. Keys name members and screens. */
export interface CrowdOnStage {
  /** What fills the stage, with the others in a strip; null for a grid of equals. */
  readonly large: string | null;
  /** The other screens and members, in order. */
  readonly tiles: readonly string[];
  /** This member, who is last on every page; null while they hide their own picture. */
  readonly own: string | null;
}

/** Where everything is, in px from the upper start corner of the stage. */
export interface CrowdLayout {
  /** Members and screens that are missing here are on another page. */
  readonly boxes: ReadonlyMap<string, Box>;
  /** The page of this layout, from 0. */
  readonly page: number;
  readonly pages: number;
  /** Number of `tiles` on each page but the last. */
  readonly perPage: number;
}

/** Height of the bar below the tiles that turns the pages, in CSS px: a touch target. */
export const PAGE_BAR = 44;
/** A stage whose shorter side is below this, in CSS px, is a phone's. */
const PHONE = 500;
/** Most tiles in a grid on a phone, so that faces stay recognizable. */
const ON_PHONE = { upright: 6, onItsSide: 4 } as const;
/** Smallest tile, in CSS px, on which a name and its signs are readable beside a button. */
const LEAST = { width: 88, height: 68 } as const;
/** Smallest tile of a grid. */
const LEAST_EQUAL = { width: 120, height: 84 } as const;

/**
 * Where a crowd is on a stage of this size, in CSS px. What doesn't fit goes to further pages, with a bar for turning them below
 * the tiles.
 */
export const crowdLayout = (
  { large, tiles, own }: CrowdOnStage,
  page: number,
  width: number,
  height: number,
  gap = 8,
): CrowdLayout => {
  const reserved = own === null ? 0 : 1;
  const perPageIn = (high: number): number => {
    const fits = large === null ? mostOnStage(width, high, gap) : mostInStrip(width, high, gap);
    return Math.max(1, fits - reserved);
  };
  const isOne = tiles.length <= perPageIn(height);
  const high = isOne ? height : Math.max(0, height - PAGE_BAR - gap);
  const perPage = isOne ? Math.max(1, tiles.length) : perPageIn(high);
  const pages = Math.max(1, Math.ceil(tiles.length / perPage));
  const shown = Math.min(Math.max(0, page), pages - 1);
  const keys = [...tiles.slice(shown * perPage, (shown + 1) * perPage), ...(own === null ? [] : [own])];
  return { boxes: new Map(placed(large, keys, width, high, gap)), page: shown, pages, perPage };
};

const placed = (
  large: string | null,
  keys: readonly string[],
  width: number,
  height: number,
  gap: number,
): readonly (readonly [string, Box])[] => {
  if (large === null) {
    const cells = gridBoxes(keys.length, width, height, gap);
    return keys.map((key, index) => [key, cells[index]!]);
  }
  if (keys.length === 0) return [[large, { x: 0, y: 0, width, height }]];
  const on = { others: keys.length - 1, screens: 1, corner: 'bottom-end', ratio: 1 } as const;
  const { screens, others, own } = stageLayout(on, width, height, gap);
  return [[large, screens[0]!], ...keys.map((key, index) => [key, others[index] ?? own] as const)];
};

const mostOnStage = (width: number, height: number, gap: number): number => {
  if (width >= PHONE && height >= PHONE) return mostInGrid(width, height, LEAST_EQUAL, 16, gap);
  const most = height > width ? ON_PHONE.upright : ON_PHONE.onItsSide;
  return mostInGrid(width, height, LEAST_EQUAL, most, gap);
};

/** How many equal tiles fit, at most `most`, before they become smaller than `least`; all in CSS px. At least 1. */
export const mostInGrid = (
  width: number,
  height: number,
  least: { readonly width: number; readonly height: number },
  most: number,
  gap = 8,
): number => {
  for (let count = most; count > 1; count--) {
    const { columns, rows } = tileGrid(count, width, height, gap);
    const [wide, high] = [share(width, columns, gap), share(height, rows, gap)];
    if (wide >= least.width && high >= least.height) return count;
  }
  return 1;
};

/** How many tiles fit into the strip beside or below what is large. A gap also separates them from both ends. */
const mostInStrip = (width: number, height: number, gap: number): number => {
  const [length, least] = height > width ? [width, LEAST.width] : [height, LEAST.height];
  return Math.max(1, Math.floor((length - gap) / (least + gap)));
};
