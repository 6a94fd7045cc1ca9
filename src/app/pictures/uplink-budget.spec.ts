import * as fc from 'fast-check';

import type { PictureParameters, ShownSize } from './picture-size';
import {
  allot,
  isWanted,
  LAST_RUNG,
  type LinkDemand,
  MOST,
  nextRung,
  rungWithin,
  SHARE,
  SOUND,
  type Speaking,
  uplinkBudget,
} from './uplink-budget';

const HD = { width: 1280, height: 720 };
const LARGE = { width: 1280, height: 720 };
const TILE = { width: 640, height: 360 };

const demand = (link: string, change: Partial<LinkDemand> = {}): LinkDemand => ({
  link,
  shown: TILE,
  hidden: false,
  heard: true,
  level: 'full',
  available: 3_000_000,
  screens: 0,
  ...change,
});
const demands = (count: number, change: Partial<LinkDemand> = {}) =>
  Array.from({ length: count }, (_, index) => demand(`l${index}`, change));

/** What `bits` give, at the rung that they allow. */
const given = (
  links: readonly LinkDemand[],
  bits = uplinkBudget(links).cameras,
  speaking: Speaking = 'nobody',
) => allot(HD, links, { bits, rung: rungWithin(HD, links, bits), speaking }).pictures;

const told = (picture: PictureParameters | undefined) =>
  picture ? `${720 / picture.scaleResolutionDownBy}p${picture.maxFramerate}` : 'off';
const total = (pictures: ReadonlyMap<string, PictureParameters>) =>
  [...pictures.values()].reduce((sum, { maxBitrate }) => sum + maxBitrate, 0);

describe('the budget of the uplink', () => {
  for (const [what, links, expected] of [
    ['is limited with eight members, sound included', demands(7), { screen: 0, cameras: MOST - 7 * SOUND }],
    ['follows what the paths carry', demands(2, { available: 400_000 }), { screen: 0, cameras: 530_000 }],
    [
      'takes an unmeasured path for one like the others',
      [...demands(1, { available: 400_000 }), demand('z', { available: null })],
      { screen: 0, cameras: 530_000 },
    ],
    [
      'is moderate where nothing is measured',
      demands(2, { available: null }),
      { screen: 0, cameras: 2_430_000 },
    ],
    [
      'counts no path that carries no picture',
      [...demands(2, { available: 400_000 }), demand('z', { hidden: true }), demand('y', { heard: false })],
      { screen: 0, cameras: 530_000 },
    ],
    [
      'is nothing where there is room for sound alone',
      demands(7, { available: 40_000 }),
      { screen: 0, cameras: 0 },
    ],
    [
      'gives a screen what it needs first',
      demands(2, { available: 300_000, screens: 1 }),
      { screen: 190_000, cameras: 0 },
    ],
    [
      'gives small pictures of all before a better screen',
      demands(2, { available: 1_000_000, screens: 1 }),
      { screen: 665_000, cameras: 100_000 },
    ],
    [
      'gives the camera what a good screen leaves',
      demands(2, { available: 3_000_000, screens: 1 }),
      { screen: 1_500_000, cameras: 1_430_000 },
    ],
  ] as const) {
    it(what, () => {
      const { screen, cameras } = uplinkBudget(links);
      expect({ screen: Math.round(screen), cameras: Math.round(cameras) }).toEqual(expected);
    });
  }
});

describe('the ladder', () => {
  /** Two who show the picture large, and three as tiles of different sizes. */
  const links = [
    demand('large1', { shown: LARGE }),
    demand('large2', { shown: { width: 1920, height: 1080 } }),
    demand('tile1', { shown: TILE }),
    demand('tile2', { shown: { width: 480, height: 270 } }),
    demand('tile3', { shown: { width: 320, height: 180 } }),
  ];

  for (const [rung, expected] of [
    [0, ['720p30', '720p30', '360p20', '360p20', '360p20']],
    [1, ['720p30', '720p30', '360p12', '360p12', '360p12']],
    [2, ['720p30', '720p30', '180p12', '180p12', '180p12']],
    [3, ['480p30', '480p30', '180p12', '180p12', '180p12']],
    [4, ['360p20', '360p20', '180p12', '180p12', '180p12']],
    [5, ['180p12', '180p12', '180p12', '180p12', '180p12']],
    [6, ['180p12', '180p12', '180p12', '180p12', 'off']],
    [8, ['180p12', '180p12', 'off', 'off', 'off']],
    [10, ['off', 'off', 'off', 'off', 'off']],
    [99, ['off', 'off', 'off', 'off', 'off']],
  ] as const) {
    it(`has these pictures at rung ${rung}`, () => {
      const { pictures } = allot(HD, links, { bits: 10_000_000, rung, speaking: 'nobody' });
      expect(links.map(({ link }) => told(pictures.get(link)))).toEqual([...expected]);
    });
  }

  for (const [bits, expected] of [
    [10_000_000, 0],
    [2_300_000, 1],
    [2_200_000, 2],
    [1_100_000, 3],
    [500_000, 4],
    [300_000, LAST_RUNG],
    [249_000, LAST_RUNG + 1],
    [60_000, LAST_RUNG + 4],
    [0, LAST_RUNG + 5],
  ] as const) {
    it(`is at rung ${expected} with ${bits} bit/s`, () => expect(rungWithin(HD, links, bits)).toBe(expected));
  }
});

describe('the next rung', () => {
  const tiles = demands(3);
  const large = demands(3, { shown: LARGE });
  for (const [what, links, worse, better] of [
    ['every one with both', [...large, demand('tile')], [1, 2, 3, 4, 5, 5], [0, 0, 1, 2, 3, 4]],
    ['those for tiles', tiles, [1, 2, 5, 5, 5, 5], [0, 0, 1, 1, 1, 1]],
    ['those for large pictures', large, [3, 3, 3, 4, 5, 5], [0, 0, 0, 2, 3, 4]],
  ] as const) {
    it(`is one of ${what}`, () => {
      const from = (step: 1 | -1) => [0, 1, 2, 3, 4, 5].map((rung) => nextRung(HD, links, rung, step));
      expect([from(1), from(-1)]).toEqual([[...worse], [...better]]);
    });
  }
});

describe('the shares of the links', () => {
  for (const [what, links, expected] of [
    ['three members, each large', demands(2, { shown: LARGE }), ['720p30', '720p30']],
    ['four members, each large', demands(3, { shown: LARGE }), ['480p30', '480p30', '480p30']],
    ['eight members as tiles', demands(7), Array(7).fill('360p20')],
    [
      'eight members as smaller tiles',
      demands(7, { shown: { width: 440, height: 247 } }),
      Array(7).fill('240p20'),
    ],
    ['eight members on a slow uplink', demands(7, { available: 150_000 }), Array(7).fill('180p12')],
    ['peers who haven’t said a size', demands(2, { shown: null }), ['360p20', '360p20']],
    [
      'a peer who hasn’t said a size, as the others',
      [demand('a', { shown: { width: 320, height: 180 } }), demand('b', { shown: null })],
      ['180p20', '180p20'],
    ],
    [
      'a peer with a slow path beside one without',
      [demand('a', { shown: LARGE }), demand('b', { level: 'low' })],
      ['720p30', '180p12'],
    ],
    [
      'a tile for a slow path where two encodings are in use',
      [demand('a', { shown: LARGE }), demand('b'), demand('c', { level: 'low' })],
      ['720p30', '360p20', '360p20'],
    ],
    [
      'none for who hides it, isn’t heard or has no room',
      [
        demand('a'),
        demand('b', { hidden: true }),
        demand('c', { heard: false }),
        demand('d', { level: 'paused' }),
      ],
      ['360p20', 'off', 'off', 'off'],
    ],
  ] as const) {
    it(`are right for ${what}`, () => {
      const pictures = given(links);
      expect(links.map(({ link }) => told(pictures.get(link)))).toEqual([...expected] as string[]);
    });
  }

  it('are larger for the tiles of a member who speaks', () => {
    const rate = (speaking: Speaking) => given(demands(4), 5_000_000, speaking).get('l0')!;
    expect(rate('self').maxBitrate).toBe(400_000);
    expect(rate('nobody')).toEqual(rate('self'));
    expect(rate('other')).toEqual({ ...rate('self'), maxBitrate: 250_000 });
  });

  it('don’t change for a small change of the budget, except to stay within it', () => {
    const links = demands(3);
    const at = (bits: number, before?: Parameters<typeof allot>[3]) =>
      allot(HD, links, { bits, rung: 0, speaking: 'nobody' }, before);
    const first = at(900_000);
    expect(first.bitRates.tile).toBe(300_000);
    expect(at(950_000, first).bitRates.tile).toBe(300_000);
    expect(at(1_100_000, first).bitRates.tile).toBe(366_666);
    const less = at(880_000, first);
    expect(less.bitRates.tile).toBeLessThan(880_000 / 3);
    expect(at(870_000, less).bitRates.tile).toBe(less.bitRates.tile);
  });

  it('turn no other picture off when sizes change a little', () => {
    const links = [
      demand('a', { shown: { width: 300, height: 300 } }),
      demand('b', { shown: { width: 290, height: 300 } }),
    ];
    const rung = LAST_RUNG + 1;
    const at = (all: readonly LinkDemand[], before?: Parameters<typeof allot>[3]) =>
      allot(HD, all, { bits: 60_000, rung, speaking: 'nobody' }, before);
    const first = at(links);
    expect([...first.on]).toEqual(['a']);
    const [a, b] = links as [LinkDemand, LinkDemand];
    expect([...at([a, { ...b, shown: { width: 310, height: 300 } }], first).on]).toEqual(['a']);
    expect([...at([a, { ...b, shown: { width: 500, height: 300 } }], first).on]).toEqual(['b']);
  });
});

describe('any budget', () => {
  const side = fc.integer({ min: 1, max: 4_000 });
  const size: fc.Arbitrary<ShownSize> = fc.record({ width: side, height: side });
  const source = fc.constantFrom(
    HD,
    { width: 720, height: 1280 },
    { width: 640, height: 480 },
    { width: 320, height: 180 },
  );
  const links = (least: number) =>
    fc
      .array(
        fc.record({
          shown: fc.option(size),
          hidden: fc.boolean(),
          heard: fc.integer({ max: 4, min: 0 }).map((one) => one > 0),
          level: fc.constantFrom('full', 'full', 'full', 'medium', 'low', 'paused'),
          available: fc.option(fc.integer({ min: 0, max: 10_000_000 })),
          screens: fc.integer({ min: 0, max: 1 }),
        }),
        { minLength: least, maxLength: 15 },
      )
      .map((all): readonly LinkDemand[] =>
        all.map((one, index) => ({ ...one, level: one.level, link: `l${index}` })),
      );
  const speaking = fc.constantFrom<Speaking>('nobody', 'self', 'other');
  const bits = fc.integer({ min: 0, max: 6_000_000 });
  const rung = fc.integer({ min: 0, max: LAST_RUNG + 16 });

  it('is never exceeded, at any rung and after anything', () => {
    fc.assert(
      fc.property(
        source,
        links(1),
        bits,
        bits,
        rung,
        rung,
        speaking,
        (from, all, one, other, a, b, speaks) => {
          const before = allot(from, all, { bits: one, rung: a, speaking: speaks });
          const after = allot(from, all, { bits: other, rung: b, speaking: speaks }, before);
          expect(total(before.pictures)).toBeLessThanOrEqual(one);
          expect(total(after.pictures)).toBeLessThanOrEqual(other);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('leaves room for sound, and is shared by cameras and screens', () => {
    fc.assert(
      fc.property(links(2), (all) => {
        const { screen, cameras } = uplinkBudget(all);
        const screens = all.reduce((sum, link) => sum + (link.heard ? link.screens : 0), 0);
        expect(cameras).toBeLessThanOrEqual(MOST - SOUND * all.length);
        const measured = all.filter((link) => isWanted(link) || (link.heard && link.screens > 0));
        if (measured.length === 0 || measured.some(({ available }) => available === null)) return;
        const uplink = measured.reduce((sum, { available }) => sum + available!, 0);
        const room = Math.max(0, SHARE * uplink - SOUND * measured.length);
        expect(cameras + screen * screens).toBeLessThanOrEqual(room + 1e-3);
      }),
      { numRuns: 1_000 },
    );
  });

  it('needs two encodings at most', () => {
    fc.assert(
      fc.property(source, links(1), bits, rung, speaking, (from, all, budget, at, speaks) => {
        const { pictures } = allot(from, all, { bits: budget, rung: at, speaking: speaks });
        expect(new Set([...pictures.values()].map((one) => JSON.stringify(one))).size).toBeLessThanOrEqual(2);
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives nobody less when there is more', () => {
    fc.assert(
      fc.property(source, links(1), bits, bits, speaking, (from, all, one, other, speaks) => {
        const at = (budget: number) =>
          allot(from, all, { bits: budget, rung: rungWithin(from, all, budget), speaking: speaks }).pictures;
        const [less, more] = [at(Math.min(one, other)), at(Math.max(one, other))];
        for (const [link, picture] of less) {
          const better = more.get(link);
          expect(better).withContext(link).toBeDefined();
          expect(better!.maxBitrate).toBeGreaterThanOrEqual(picture.maxBitrate);
          expect(better!.maxFramerate).toBeGreaterThanOrEqual(picture.maxFramerate);
          expect(better!.scaleResolutionDownBy).toBeLessThanOrEqual(picture.scaleResolutionDownBy);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('turns off no picture while another can be made worse, and first the one shown smallest', () => {
    fc.assert(
      fc.property(source, links(1), bits, (from, all, budget) => {
        const at = rungWithin(from, all, budget);
        const { pictures } = allot(from, all, { bits: budget, rung: at, speaking: 'nobody' });
        const wanted = all.filter(isWanted);
        const area = ({ shown }: LinkDemand) => (shown ? shown.width * shown.height : 0);
        const off = wanted.filter(({ link }) => !pictures.has(link));
        const on = wanted.filter(({ link }) => pictures.has(link));
        if (off.length > 0) for (const { maxFramerate } of pictures.values()) expect(maxFramerate).toBe(12);
        for (const gone of off) for (const kept of on) expect(area(gone)).toBeLessThanOrEqual(area(kept));
      }),
      { numRuns: 1_000 },
    );
  });
});
