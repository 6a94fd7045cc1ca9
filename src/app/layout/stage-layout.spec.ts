import { stageLayout, type Box, type OnStage } from './stage-layout';
import { corners } from './stage-mode';

const on = (others: number, screens = 0, change: Partial<OnStage> = {}): OnStage => ({
  others,
  screens,
  corner: 'bottom-end',
  ratio: 4 / 3,
  ...change,
});
const sizes = [
  [1280, 720],
  [640, 360],
  [720, 1280],
] as const;

/** How far two boxes overlap, in px; negative for boxes with space between them. */
const overlap = (a: Box, b: Box): number =>
  Math.min(
    Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
    Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
  );

describe('stageLayout', () => {
  it('gives the whole stage to a member who is alone, and to the peer of one', () => {
    const all = { x: 0, y: 0, width: 1280, height: 720 };
    expect(stageLayout(on(0), 1280, 720)).toEqual({ screens: [], others: [], own: all });
    expect(stageLayout(on(1), 1280, 720).others).toEqual([all]);
  });

  it('puts the small picture into its corner, whole and inside the stage', () => {
    const places = corners.map((corner) => {
      const { own } = stageLayout(on(1, 0, { corner, ratio: 16 / 9 }), 1280, 720);
      expect(own.width / own.height).toBeCloseTo(16 / 9);
      expect(own.width).toBeCloseTo(0.17 * 1280);
      return [Math.round(own.x), Math.round(own.y)];
    });
    expect(places).toEqual([
      [1054, 590],
      [8, 590],
      [8, 8],
      [1054, 8],
    ]);
    // A picture that is upright takes a quarter of the height.
    const upright = stageLayout(on(1, 0, { ratio: 9 / 16 }), 1280, 720).own;
    expect(upright.height).toBeCloseTo(172);
  });

  it('puts more members into equal tiles, row by row, this member last, the last row in the middle', () => {
    const { others, own } = stageLayout(on(4), 1280, 720);
    expect([...others, own].map(({ x, y }) => [Math.round(x), Math.round(y)])).toEqual([
      [0, 0],
      [429, 0],
      [859, 0],
      [215, 364],
      [644, 364],
    ]);
    for (const tile of [...others, own]) {
      expect(tile.width).toBeCloseTo((1280 - 16) / 3);
      expect(tile.height).toBeCloseTo(356);
    }
  });

  it('gives screens the most room, with everyone in a strip in the middle of the edge', () => {
    const beside = stageLayout(on(2, 2), 1280, 720);
    expect(beside.screens.map(({ height }) => height)).toEqual([720, 720]);
    expect(beside.screens[0]!.width).toBeGreaterThan(2.5 * beside.own.width);
    expect(beside.others[0]!.y).toBeCloseTo(720 - (beside.own.y + beside.own.height));
    const below = stageLayout(on(2, 2), 720, 1280);
    expect(below.screens.map(({ width }) => width)).toEqual([720, 720]);
    expect(below.others[0]!.x).toBeCloseTo(720 - (below.own.x + below.own.width));
  });

  it('has a box for each of up to 16 members and 4 screens, inside the stage, with gaps between them', () => {
    for (const [width, height] of sizes) {
      for (let others = 2; others < 16; others++) {
        for (let screens = 0; screens <= 4; screens++) {
          const found = stageLayout(on(others, screens), width, height);
          const stage = `${others} others and ${screens} screens on ${width} × ${height}`;
          expect([found.others.length, found.screens.length]).withContext(stage).toEqual([others, screens]);
          const boxes = [...found.screens, ...found.others, found.own];
          for (const [index, box] of boxes.entries()) {
            expect(box.width).withContext(stage).toBeGreaterThan(0);
            expect(box.height).withContext(stage).toBeGreaterThan(0);
            expect(Math.min(box.x, box.y)).withContext(stage).toBeGreaterThanOrEqual(0);
            expect(box.x + box.width)
              .withContext(stage)
              .toBeLessThanOrEqual(width + 0.01);
            expect(box.y + box.height)
              .withContext(stage)
              .toBeLessThanOrEqual(height + 0.01);
            for (const other of boxes.slice(index + 1)) {
              expect(overlap(box, other)).withContext(stage).toBeLessThan(-7.9);
            }
          }
        }
      }
    }
  });
});
