import { tileGrid } from './tile-layout';
import { tilesAtScreen } from './tiles-at-screen';

describe('tileGrid', () => {
  it('gives every tile a cell, from 1 to 16, on any screen', () => {
    for (const [width, height] of [
      [320, 400],
      [1280, 640],
      [3840, 2000],
    ] as const) {
      for (let count = 1; count <= 16; count++) {
        const { columns, rows } = tileGrid(count, width, height);
        expect(columns * rows).toBeGreaterThanOrEqual(count);
        expect(columns * rows - count)
          .withContext(`${count} on ${width}`)
          .toBeLessThan(columns);
      }
    }
  });

  it('puts two side by side on a wide screen, and one above the other on a tall one', () => {
    expect(tileGrid(2, 1280, 600)).toEqual({ columns: 2, rows: 1 });
    expect(tileGrid(2, 390, 640)).toEqual({ columns: 1, rows: 2 });
  });

  it('does not fail before layout', () => {
    expect(tileGrid(3, 0, 0)).toEqual({ columns: 1, rows: 3 });
  });
});

describe('tilesAtScreen', () => {
  it('keeps the shape of the tiles, in a column beside a screen on a wide stage', () => {
    const { below, width, height } = tilesAtScreen(2, 1264, 650);
    expect(below).toBeFalse();
    expect(width).toBeCloseTo(202, 0);
    expect(width / height).toBeCloseTo(4 / 3, 1);
  });

  it('keeps it in a row below a screen on a tall stage', () => {
    const { below, width, height } = tilesAtScreen(2, 344, 500);
    expect(below).toBeTrue();
    expect(width).toBe(112);
    expect(width / height).toBeCloseTo(4 / 3, 1);
  });

  it('makes all tiles smaller where there are many, and none thin', () => {
    for (const [stageWidth, stageHeight] of [
      [1264, 650],
      [600, 280],
      [344, 500],
      [804, 1050],
    ] as const) {
      for (let count = 1; count <= 16; count++) {
        const { below, width, height } = tilesAtScreen(count, stageWidth, stageHeight);
        const [along, all] = below ? [width, stageWidth] : [height, stageHeight];
        const stage = `${count} on ${stageWidth} × ${stageHeight}`;
        expect(count * along + (count + 1) * 8)
          .withContext(stage)
          .toBeLessThanOrEqual(all);
        expect(width / height)
          .withContext(stage)
          .toBeGreaterThanOrEqual(9 / 16 - 0.01);
        expect(width / height)
          .withContext(stage)
          .toBeLessThanOrEqual(16 / 9 + 0.01);
      }
    }
  });

  it('does not fail before layout', () => {
    expect(tilesAtScreen(2, 0, 0)).toEqual({ below: false, width: 0, height: 0 });
  });
});
