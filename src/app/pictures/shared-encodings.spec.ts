import * as fc from 'fast-check';

import type { LinkPlan } from './sending-plan';
import { type Encoders, nextEncoders, NOTHING_SHARED, type SharingLink } from './shared-encodings';
import { BEST } from './steady-rung';
import { LAST_RUNG, SOUND } from './uplink-budget';

const TILE = 200_000;

const plan = (maxBitrate: number | null): LinkPlan => ({
  camera:
    maxBitrate === null
      ? { active: false }
      : { active: true, scaleResolutionDownBy: 4, maxFramerate: 20, maxBitrate },
  screen: { active: true, maxBitrate: 0 },
  paused: false,
});
const planned = (rates: Readonly<Record<string, number | null>>, [uplink, processor] = [0, 0]) => ({
  uplink: { ...BEST, rung: uplink },
  processor: { ...BEST, rung: processor },
  links: new Map(Object.entries(rates).map(([link, rate]) => [link, plan(rate)])),
});
const link = (name: string, times: number | null = 10, shares = true): SharingLink => ({
  link: name,
  available: times === null ? null : times * (TILE + SOUND),
  shares,
});
const entries = (encoders: Encoders) => Object.fromEntries(encoders);
const names = ['a', 'b', 'c', 'd', 'e'];
const tiles = planned(Object.fromEntries(names.map((name) => [name, TILE])));

describe('nextEncoders', () => {
  it('lets the link whose path carries most encode for all', () => {
    const links = names.map((name) => link(name, name === 'c' ? 20 : 10));
    expect(entries(nextEncoders(NOTHING_SHARED, tiles, links))).toEqual({ a: 'c', b: 'c', d: 'c', e: 'c' });
  });

  it('shares nothing among four members', () => {
    expect(
      entries(
        nextEncoders(
          NOTHING_SHARED,
          tiles,
          names.slice(0, 3).map((name) => link(name)),
        ),
      ),
    ).toEqual({});
  });

  it('shares nothing where the uplink is a tighter limit than the processor', () => {
    const at = (uplink: number, processor: number) =>
      nextEncoders(
        NOTHING_SHARED,
        planned({ a: TILE, b: TILE }, [uplink, processor]),
        names.map((name) => link(name)),
      ).size;
    expect([at(1, 0), at(2, 2), at(1, 3)]).toEqual([0, 1, 1]);
    // Pictures that are turned off relieve the processor too.
    expect(at(LAST_RUNG + 2, LAST_RUNG)).toBe(1);
  });

  it('shares only what is encoded alike', () => {
    const rates = planned({ a: TILE, b: TILE, c: 150_000, d: 150_000, e: 100_000 });
    const links = names.map((name) => link(name));
    expect(entries(nextEncoders(NOTHING_SHARED, rates, links))).toEqual({ b: 'a', d: 'c' });
  });

  for (const [why, other] of [
    ['has no outlet', link('b', 10, false)],
    ['isn’t measured', link('b', null)],
    ['carries too little', link('b', 1.2)],
  ] as const)
    it(`leaves out a link that ${why}`, () => {
      const links = names.map((name) => (name === 'b' ? other : link(name)));
      expect(entries(nextEncoders(NOTHING_SHARED, tiles, links))).toEqual({ c: 'a', d: 'a', e: 'a' });
    });

  it('leaves out a link without a picture', () => {
    const paused = planned({ a: TILE, b: null, c: TILE, d: TILE, e: TILE });
    const links = names.map((name) => link(name));
    expect(entries(nextEncoders(NOTHING_SHARED, paused, links))).toEqual({ c: 'a', d: 'a', e: 'a' });
  });

  it('keeps the source while its path is good, and links whose path is good enough', () => {
    const before = new Map([['a', 'b']]);
    const at = (a: number, b: number) =>
      entries(
        nextEncoders(before, tiles, [
          link('a', a),
          link('b', b),
          link('c', 100),
          link('d', 0.5),
          link('e', 0.5),
        ]),
      );
    expect(at(1.1, 1.1)).toEqual({ a: 'b', c: 'b' });
    expect(at(0.9, 1.1)).toEqual({ c: 'b' });
    expect(at(1.1, 0.9)).toEqual({ a: 'c' });
  });

  it('never lets a link follow one that follows, or one whose picture is another', () => {
    const any = fc.record({
      rate: fc.constantFrom(null, 100_000, TILE),
      available: fc.option(fc.integer({ min: 0, max: 2_000_000 })),
      shares: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(any, { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 8 }),
        (steps, count) => {
          let last = NOTHING_SHARED;
          for (const step of steps) {
            const present = step.slice(0, count).map((one, index) => ({ ...one, link: `l${index}` }));
            const rates = new Map(present.map(({ link, rate }) => [link, rate]));
            last = nextEncoders(last, planned(Object.fromEntries(rates)), present);
            for (const [follower, source] of last) {
              expect(last.has(source)).toBeFalse();
              expect(rates.get(follower)).toBe(rates.get(source));
              for (const name of [follower, source]) {
                const { shares, available, rate } = present.find(({ link }) => link === name)!;
                expect(shares && rate !== null && available! >= rate + SOUND).toBeTrue();
              }
            }
          }
        },
      ),
    );
  });
});
