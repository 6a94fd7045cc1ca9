import { map, of, timer } from 'rxjs';

import { gone$, sharedProbe } from './absence';

describe('absence', () => {
  beforeEach(() => {
    jasmine.clock().install();
    jasmine.clock().mockDate(new Date(0));
  });
  afterEach(() => jasmine.clock().uninstall());

  /** Probes are promises, and a mocked clock doesn't wait for promises. */
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      jasmine.clock().tick(1_000);
      for (let turn = 0; turn < 4; turn++) await Promise.resolve();
    }
  };

  const absence = (reaches: (second: number) => boolean) => {
    const told: [number, boolean][] = [];
    const seconds = () => Date.now() / 1_000;
    const subscription = gone$(
      of(false),
      2_000,
      () => Promise.resolve(reaches(seconds())),
      Date.now,
    ).subscribe((gone) => told.push([seconds(), gone]));
    return { told, end: () => subscription.unsubscribe() };
  };

  it('a peer departs after thirty seconds of silence, two of which have passed', async () => {
    const { told, end } = absence(() => true);
    await pass(60);
    expect(told).toEqual([
      [0, false],
      [28, true],
    ]);
    end();
  });

  it('does not count the time during which this side itself is cut off', async () => {
    const { told, end } = absence((second) => second > 50);
    await pass(81);
    expect(told).toEqual([[0, false]]);
    await pass(4);
    expect(told.at(-1)).toEqual([84, true]);
    end();
  });

  it('probes once for all links that are silent at the same time', async () => {
    let probes = 0;
    const probe = sharedProbe(() => (probes++, Promise.resolve(true)), Date.now);
    const departed: number[] = [];
    const links = Array.from({ length: 7 }, (_, link) =>
      gone$(timer(link * 300).pipe(map(() => false)), 2_000, probe, Date.now).subscribe(
        (gone) => gone && departed.push(link),
      ),
    );
    await pass(27);
    expect(departed).toEqual([]);
    // One every 4 s, and perhaps one more where the links' own intervals begin.
    expect(probes).toBeLessThanOrEqual(8);
    await pass(4);
    expect(departed).toEqual([0, 1, 2, 3, 4, 5, 6]);
    for (const link of links) link.unsubscribe();
  });
});
