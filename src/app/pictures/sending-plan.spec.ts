import * as fc from 'fast-check';

import { type PictureParameters, pictureParameters } from './picture-size';
import {
  type LinkPlan,
  nextPlan,
  NO_PLAN,
  type SendingLink,
  type SendingPlan,
  type Situation,
} from './sending-plan';
import { LAST_RUNG, SHARE, USELESS } from './uplink-budget';

const HD = { width: 1280, height: 720 };
const TILE = { width: 640, height: 360 };

const link = (name: string, change: Partial<SendingLink> = {}): SendingLink => ({
  link: name,
  shown: TILE,
  hidden: false,
  heard: true,
  level: 'full',
  available: 3_000_000,
  screens: 0,
  source: HD,
  encoding: 0.02,
  limited: false,
  ...change,
});
const links = (count: number, change: Partial<SendingLink> = {}) =>
  Array.from({ length: count }, (_, index) => link(`l${index}`, change));

const situation = (all: readonly SendingLink[], at = 0): Situation => ({
  links: all,
  speaking: 'nobody',
  cores: 2,
  at,
});
/** The plan after each second. */
const seconds = (count: number, at: (second: number, last: SendingPlan) => readonly SendingLink[]) => {
  const plans: SendingPlan[] = [];
  for (let second = 0; second < count; second++) {
    const last = plans.at(-1) ?? NO_PLAN;
    plans.push(nextPlan(last, situation(at(second, last), second * 1_000)));
  }
  return plans;
};
const pictureOf = (plan: SendingPlan, name: string) => plan.links.get(name)!.camera as PictureParameters;
const sentBy = (plan: SendingPlan) =>
  [...plan.links.values()].reduce(
    (sum, { camera }) => sum + (camera.active ? (camera as PictureParameters).maxBitrate : 0),
    0,
  );
/** How often what would restart an encoder, or be seen, has changed. */
const changes = (plans: readonly SendingPlan[]) => {
  const seen = plans.map((plan) =>
    JSON.stringify(
      [...plan.links].map(([name, { camera }]) => [
        name,
        camera.active,
        (camera as Partial<PictureParameters>).scaleResolutionDownBy,
        (camera as Partial<PictureParameters>).maxFramerate,
      ]),
    ),
  );
  return seen.filter((one, index) => index > 0 && one !== seen[index - 1]).length;
};

describe('the plan for a call of two', () => {
  const side = fc.integer({ min: 1, max: 4_000 });
  const size = fc.record({ width: side, height: side });

  it('depends on the path and on the size shown alone', () => {
    fc.assert(
      fc.property(
        fc.record({
          shown: fc.option(size),
          heard: fc.boolean(),
          level: fc.constantFrom('full', 'medium', 'low', 'paused'),
          available: fc.option(fc.integer({ min: 0, max: 5_000_000 })),
          screens: fc.integer({ min: 0, max: 1 }),
          source: fc.option(size),
          encoding: fc.option(fc.double({ min: 0, max: 4, noNaN: true })),
          limited: fc.boolean(),
        }),
        fc.constantFrom<Situation['speaking']>('nobody', 'self', 'other'),
        (state, speaking) => {
          const only = link('l', state);
          const { shown, heard, level, source } = only;
          const active = heard && level !== 'paused';
          const expected: LinkPlan = {
            camera: active && source ? pictureParameters(source, shown, level) : { active },
            screen: { active: heard, maxBitrate: undefined },
            paused: level === 'paused',
          };
          const before = seconds(5, () => links(4, { available: 50_000, encoding: 1 })).at(-1)!;
          for (const last of [NO_PLAN, before]) {
            const plan = nextPlan(last, { ...situation([only]), speaking });
            expect([...plan.links]).toEqual([['l', expected]]);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('has no picture for a peer who doesn’t show it, without calling it paused', () => {
    const { camera, paused } = nextPlan(NO_PLAN, situation(links(1, { hidden: true }))).links.get('l0')!;
    expect([camera, paused]).toEqual([{ active: false }, false]);
  });
});

describe('the plan for several', () => {
  it('leaves size and frame rate of the first two alone when a third and a fourth member come and go', () => {
    const first = link('l0', { shown: HD });
    const few = [first, link('l1', { shown: HD })];
    const all = [...few, link('l2', { shown: null, available: 300_000 })];
    const plans = seconds(60, (second) =>
      second < 5 ? [first] : second < 20 ? few : second < 22 ? all : few,
    );
    const kept = plans.map((plan) => {
      const { scaleResolutionDownBy, maxFramerate } = pictureOf(plan, 'l0');
      return `${scaleResolutionDownBy} ${maxFramerate}`;
    });
    expect(new Set(kept)).toEqual(new Set(['1 30']));
  });

  it('stays within the budget at every moment of an arrival', () => {
    const plans = seconds(20, (second) => links(second < 3 ? 2 : 7, { available: 200_000 }));
    plans.forEach((plan, second) =>
      expect(sentBy(plan)).toBeLessThanOrEqual(SHARE * 200_000 * (second < 3 ? 2 : 7)),
    );
  });

  it('says which links are paused because there is no room', () => {
    const slow = links(4, { available: 90_000 }).map((one, index) => ({
      ...one,
      shown: { width: 320 + index, height: 180 },
    }));
    const plan = seconds(6, () => [
      ...slow,
      link('hidden', { hidden: true }),
      link('silent', { heard: false }),
    ]).at(-1)!;
    const paused = [...plan.links].filter(([, one]) => one.paused).map(([name]) => name);
    expect(paused).toEqual(['l0', 'l1']);
  });

  it('keeps a weak peer’s path from harming the others', () => {
    const plan = seconds(30, () => [...links(5), link('weak', { level: 'low', available: 90_000 })]).at(-1)!;
    expect(pictureOf(plan, 'l0')).toEqual(
      jasmine.objectContaining({ scaleResolutionDownBy: 2, maxFramerate: 20, maxBitrate: 400_000 }),
    );
    expect(pictureOf(plan, 'weak').maxFramerate).toBe(12);
  });

  it('gives a screen precedence', () => {
    const plan = seconds(10, () => links(3, { available: 900_000, screens: 1 })).at(-1)!;
    expect(plan.links.get('l0')!.screen).toEqual({ active: true, maxBitrate: 590_000 });
    expect(pictureOf(plan, 'l0').maxFramerate).toBe(12);
    const none = seconds(10, () => links(3, { available: 50_000, screens: 1 })).at(-1)!;
    expect(none.links.get('l0')!.screen).toEqual({ active: true, maxBitrate: USELESS });
  });

  it('starts again with what a call of two has once there are two', () => {
    const plans = seconds(20, (second) => links(second < 10 ? 7 : 1, { available: 100_000, shown: HD }));
    expect(pictureOf(plans.at(-1)!, 'l0')).toEqual(pictureParameters(HD, HD, 'full'));
  });

  it('is decided while no camera is on', () => {
    const plan = nextPlan(NO_PLAN, situation(links(3, { source: null })));
    expect([...plan.links.values()].map(({ camera }) => camera)).toEqual(Array(3).fill({ active: true }));
  });
});

describe('the plan on a slow processor', () => {
  const busy = (encoding: number, limited = false) => links(4, { encoding, limited });
  const rungAfter = (count: number, all: readonly SendingLink[]) =>
    seconds(count, () => all).at(-1)!.processor.rung;

  it('goes down rung by rung while encoding takes more than 30 % of all cores', () => {
    expect(rungAfter(30, busy(0.14))).toBe(0);
    expect(rungAfter(4, busy(0.16))).toBe(1);
    expect(rungAfter(8, busy(0.16))).toBe(2);
    expect(rungAfter(60, busy(0.16))).toBe(LAST_RUNG);
    // The uplink has taken the first steps.
    expect(rungAfter(4, links(4, { encoding: 0.16, shown: HD }))).toBe(4);
  });

  it('goes down while the browser says that the processor is too slow', () => {
    expect(rungAfter(8, busy(0.01, true))).toBe(2);
  });

  it('turns no picture off', () => {
    const plan = seconds(60, () => busy(1)).at(-1)!;
    expect([...plan.links.values()].every(({ camera }) => camera.active)).toBeTrue();
    expect(pictureOf(plan, 'l0')).toEqual(
      jasmine.objectContaining({ scaleResolutionDownBy: 4, maxFramerate: 12 }),
    );
  });

  it('goes up again once encoding takes less than half of that', () => {
    const at = (encoding: number) =>
      seconds(40, (second) => busy(second < 8 ? 0.16 : encoding)).at(-1)!.processor.rung;
    expect(at(0.1)).toBe(2);
    expect(at(0.05)).toBe(0);
  });

  it('begins where the uplink is, whose steps relieve the processor already', () => {
    // Seven who show it large: the uplink allows rung 4.
    const large = (encoding: number) => links(7, { encoding, shown: HD });
    const { uplink, processor } = seconds(5, () => large(0.1)).at(-1)!;
    expect([uplink.rung, processor.rung]).toEqual([4, 5]);
  });

  it('does not go up beyond the uplink, where nothing would show whether it could', () => {
    const plans = seconds(120, (second) => links(7, { encoding: second < 5 ? 0.1 : 0.01, shown: HD }));
    expect(plans.slice(10).every(({ uplink, processor }) => processor.rung >= uplink.rung)).toBeTrue();
  });

  it('settles where each rung costs half of the one before', () => {
    const plans = seconds(600, (_, last) => busy(0.25 / 2 ** last.processor.rung));
    expect(changes(plans.slice(120))).toBeLessThan(16);
  });
});

describe('the plan on a measured uplink', () => {
  /**
   * Estimates as browsers make them: what is left of the uplink while it is full, and twice what is sent while it is not,
   * because nothing has shown yet that there is no more.
   */
  const measured =
    (count: number, capacity: number, noise: () => number) => (second: number, last: SendingPlan) => {
      const sent = sentBy(last) + 35_000 * count;
      const total = second === 0 || sent > capacity ? capacity : 2 * sent;
      return links(count, { shown: HD }).map((one) => ({
        ...one,
        available: (total / count) * (1 + noise()),
      }));
    };

  for (const capacity of [300_000, 700_000, 1_500_000, 3_000_000, 5_000_000, 20_000_000]) {
    it(`rarely changes pictures with ${capacity} bit/s up`, () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 2, max: 7 }),
          fc.infiniteStream(fc.double({ min: -0.1, max: 0.1, noNaN: true })),
          (count, noise) => {
            const plans = seconds(
              600,
              measured(count, capacity, () => noise.next().value as number),
            );
            // Less than once in 20 s, even where the uplink has room for hardly any picture.
            expect(changes(plans)).toBeLessThan(30);
          },
        ),
        { numRuns: 20 },
      );
    });
  }

  /**
   * Estimates of paths that were bad until a moment ago: no more than one and a half times what is sent, and rising to it by
   * a third each second (browsers probe when they are to send more).
   */
  const recovering = (count: number, capacities: (second: number) => readonly number[]) => {
    const estimates = Array<number>(count).fill(1_000_000);
    return (second: number, last: SendingPlan) =>
      capacities(second).map((capacity, index) => {
        const plan = last.links.get(`l${index}`)?.camera;
        const sent = 35_000 + (plan?.active ? (plan as PictureParameters).maxBitrate : 0);
        const reach = Math.max(estimates[index]!, 1.5 * sent + 10_000);
        estimates[index] = Math.min(capacity, reach, estimates[index]! * 1.33);
        return link(`l${index}`, { available: estimates[index] });
      });
  };

  it('brings every picture back once paths are good again, though nothing was sent meanwhile', () => {
    const capacity = fc.oneof(fc.integer({ min: 20_000, max: 60_000 }), fc.constant(1_000_000));
    fc.assert(
      fc.property(
        fc.array(capacity, { minLength: 2, maxLength: 7 }),
        fc.integer({ min: 5, max: 300 }),
        (bad, length) => {
          const good = bad.map(() => 1_000_000);
          const plans = seconds(
            length + 100,
            recovering(bad.length, (second) => (second < length ? bad : good)),
          );
          const isOn = [...plans.at(-1)!.links.values()].map(({ camera }) => camera.active);
          expect(isOn).toEqual(bad.map(() => true));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('exceeds the budget only while pictures that were off are tried', () => {
    const bits = fc.array(fc.integer({ min: 20_000, max: 400_000 }), { minLength: 5, maxLength: 30 });
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 7 }), bits, (count, path) => {
        const budget = (available: number) => Math.max(0, SHARE * available * count - 35_000 * count);
        const at = (second: number) => path[Math.floor(second / 4) % path.length]!;
        const plans = seconds(120, (second) => links(count, { available: at(second) }));
        const off = ({ links: all }: SendingPlan) => [...all.values()].some(({ camera }) => !camera.active);
        plans.forEach((plan, second) => {
          const tried = plans.slice(Math.max(0, second - 9), second).some(off);
          if (!tried) expect(sentBy(plan)).toBeLessThanOrEqual(budget(at(second)) + 1);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('goes up only with room to spare', () => {
    // At rung 1, four tiles need 398,000 bit/s of pictures; with sound and reserve, 717,440 bit/s.
    const rung = (share: number) =>
      seconds(30, (second) => links(4, { available: second < 5 ? 100_000 : (share * 717_440) / 4 })).at(-1)!
        .uplink.rung;
    expect([rung(0.99), rung(1.03), rung(1.2)]).toEqual([2, 2, 1]);
  });

  it('doesn’t change anything while nothing changes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 7 }),
        // Below, pictures that are off are tried now and then.
        fc.integer({ min: 120_000, max: 5_000_000 }),
        (count, available) => {
          const plans = seconds(200, () => links(count, { available }));
          const late = plans.slice(100).map((plan) => JSON.stringify([...plan.links]));
          expect(new Set(late).size).toBe(1);
        },
      ),
    );
  });

  it('sends seven members 360 lines with 5 Mbit/s up, and small pictures with 1 Mbit/s', () => {
    const lines = (capacity: number) =>
      720 /
      pictureOf(
        seconds(
          60,
          measured(7, capacity, () => 0),
        ).at(-1)!,
        'l0',
      ).scaleResolutionDownBy;
    expect(lines(5_000_000)).toBeGreaterThanOrEqual(360);
    expect(lines(1_000_000)).toBe(180);
  });
});
