import { crowdLayout, mostInGrid, PAGE_BAR, type CrowdOnStage } from './crowd-layout';
import type { Box } from './stage-layout';

/** Stages of screens of 320 × 568, 390 × 844, 740 × 360, 820 × 1180, 1280 × 800 and 1920 × 1080, without bar and controls. */
const stages = {
  smallPhone: [304, 452],
  phone: [374, 726],
  phoneOnItsSide: [648, 316],
  tablet: [804, 1062],
  laptop: [1264, 684],
  monitor: [1904, 964],
} as const;
type Stage = keyof typeof stages;

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o'];
const others = (count: number) => names.slice(0, count);
const grid = (count: number, own: string | null = 'me'): CrowdOnStage => ({
  large: null,
  tiles: others(count),
  own,
});
const speaker = (count: number, own: string | null = 'me'): CrowdOnStage => ({
  large: 'z',
  tiles: others(count - 1),
  own,
});
const laidOut = (on: CrowdOnStage, stage: Stage, page = 0) => {
  const [width, height] = stages[stage];
  return crowdLayout(on, page, width, height);
};

const overlap = (a: Box, b: Box): number =>
  Math.min(
    Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
    Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
  );

describe('crowdLayout', () => {
  /** Pages, and tiles on the first, this member included, of three to eight members. */
  const counts: readonly (readonly [Stage, 'grid' | 'speaker', string])[] = [
    ['smallPhone', 'grid', '1×3 1×4 1×5 1×6 2×6 2×6'],
    ['phone', 'grid', '1×3 1×4 1×5 1×6 2×6 2×6'],
    ['phoneOnItsSide', 'grid', '1×3 1×4 2×4 2×4 2×4 3×4'],
    ['tablet', 'grid', '1×3 1×4 1×5 1×6 1×7 1×8'],
    ['laptop', 'grid', '1×3 1×4 1×5 1×6 1×7 1×8'],
    ['monitor', 'grid', '1×3 1×4 1×5 1×6 1×7 1×8'],
    ['smallPhone', 'speaker', '1×3 1×4 2×4 2×4 3×4 3×4'],
    ['phone', 'speaker', '1×3 1×4 2×4 2×4 3×4 3×4'],
    ['phoneOnItsSide', 'speaker', '1×3 1×4 1×5 2×4 3×4 3×4'],
    ['tablet', 'speaker', '1×3 1×4 1×5 1×6 1×7 1×8'],
    ['laptop', 'speaker', '1×3 1×4 1×5 1×6 1×7 1×8'],
    ['monitor', 'speaker', '1×3 1×4 1×5 1×6 1×7 1×8'],
  ];
  for (const [stage, view, expected] of counts) {
    it(`has as many tiles on a page of a ${stage} as can be recognized: ${view}`, () => {
      const found = [2, 3, 4, 5, 6, 7].map((count) => {
        const { pages, boxes } = laidOut((view === 'grid' ? grid : speaker)(count), stage);
        return `${pages}×${boxes.size}`;
      });
      expect(found.join(' ')).toBe(expected);
    });
  }

  for (const [stage, [width, height]] of Object.entries(stages)) {
    it(`shows everyone once, inside a ${stage}, apart, and large enough`, () => {
      for (const make of [grid, speaker]) {
        for (const own of ['me', null]) {
          for (let count = 2; count < 16; count++) {
            const on = make(count, own);
            const { pages } = crowdLayout(on, 0, width, height);
            const seen: string[] = [];
            for (let page = 0; page < pages; page++) {
              const where = `${count} others, page ${page}, ${on.large ? 'speaker' : 'grid'}, own ${own}`;
              const { boxes } = crowdLayout(on, page, width, height);
              const bottom = pages > 1 ? height - PAGE_BAR - 8 : height;
              const all = [...boxes.values()];
              seen.push(...boxes.keys());
              for (const [index, box] of all.entries()) {
                expect(Math.min(box.x, box.y)).withContext(where).toBeGreaterThanOrEqual(0);
                expect(box.x + box.width)
                  .withContext(where)
                  .toBeLessThanOrEqual(width + 0.01);
                expect(box.y + box.height)
                  .withContext(where)
                  .toBeLessThanOrEqual(bottom + 0.01);
                expect(box.width)
                  .withContext(where)
                  .toBeGreaterThanOrEqual(on.large ? 87 : 120);
                expect(box.height)
                  .withContext(where)
                  .toBeGreaterThanOrEqual(on.large ? 67 : 84);
                for (const other of all.slice(index + 1)) {
                  expect(overlap(box, other)).withContext(where).toBeLessThan(-7.9);
                }
              }
            }
            // What is large, and this member, are on every page; the others on one.
            const once = seen.filter((key) => key !== 'z' && key !== own);
            expect(once).toEqual(on.tiles as string[]);
            for (const key of [on.large, own]) {
              if (key) expect(seen.filter((each) => each === key).length).toBe(pages);
            }
          }
        }
      }
    });
  }

  it('has no empty cell: a row that isn’t full is in the middle', () => {
    for (const [count, lastRow] of [
      [2, ['me']],
      [4, ['d', 'me']],
      [6, ['g', 'me']],
    ] as const) {
      const on = { ...grid(count), tiles: count === 6 ? ['a', 'b', 'c', 'e', 'f', 'g'] : others(count) };
      const { boxes } = laidOut(on, 'laptop');
      const bottom = Math.max(...[...boxes.values()].map(({ y }) => y));
      const row = [...boxes].filter(([, { y }]) => y === bottom);
      expect(row.map(([key]) => key).slice(-lastRow.length)).toEqual([...lastRow]);
      const [first, last] = [row[0]![1], row.at(-1)![1]];
      expect(first.x)
        .withContext(String(count))
        .toBeCloseTo(1264 - last.x - last.width);
    }
  });

  it('gives what is large the most room', () => {
    for (const stage of Object.keys(stages) as Stage[]) {
      const { boxes } = laidOut(speaker(7), stage);
      const area = ({ width, height }: Box) => width * height;
      const large = area(boxes.get('z')!);
      for (const [key, box] of boxes) if (key !== 'z') expect(large).toBeGreaterThan(3 * area(box));
    }
  });

  it('stays on a page that exists when members leave', () => {
    expect(laidOut(grid(7), 'phone', 1).page).toBe(1);
    expect(laidOut(grid(3), 'phone', 1).page).toBe(0);
    expect(laidOut(grid(7), 'phone', -1).page).toBe(0);
  });

  it('doesn’t fail before layout', () => {
    expect(crowdLayout(grid(7), 0, 0, 0).boxes.size).toBeGreaterThan(0);
    expect(crowdLayout(speaker(7), 0, 0, 0).boxes.size).toBeGreaterThan(0);
    expect(crowdLayout({ large: 'z', tiles: [], own: null }, 0, 300, 200).boxes.get('z')).toEqual({
      x: 0,
      y: 0,
      width: 300,
      height: 200,
    });
  });
});

describe('mostInGrid', () => {
  it('counts what fits, and never less than one', () => {
    const least = { width: 150, height: 100 };
    for (const [width, height, count] of [
      [360, 252, 4],
      [200, 120, 1],
      [310, 120, 2],
      [1000, 700, 16],
      [0, 0, 1],
    ] as const) {
      expect(mostInGrid(width, height, least, 16, 2))
        .withContext(`${width} × ${height}`)
        .toBe(count);
    }
  });
});
