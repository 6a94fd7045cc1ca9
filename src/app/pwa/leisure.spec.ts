import { TestScheduler } from 'rxjs/testing';

import { Leisure } from './leisure';

describe('Leisure', () => {
  const times = (script: (leisure: Leisure, at: (ms: number, act: () => void) => void) => void) => {
    const came: number[] = [];
    const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
    scheduler.run(({ flush }) => {
      const leisure = new Leisure();
      script(leisure, (ms, act) => scheduler.schedule(act, ms));
      const listening = leisure.come$.subscribe(() => came.push(scheduler.now()));
      scheduler.schedule(() => listening.unsubscribe(), 60_000);
      flush();
    });
    return came;
  };

  it('comes once, after three idle seconds', () => {
    expect(times(() => undefined)).toEqual([3_000]);
  });

  it('waits while held, and three seconds more', () => {
    const came = times((leisure, at) => {
      let first = () => {};
      let second = () => {};
      at(2_900, () => (first = leisure.hold()));
      at(4_000, () => (second = leisure.hold()));
      at(10_000, () => first());
      at(20_000, () => second());
      at(21_000, () => second());
    });
    expect(came).toEqual([23_000]);
  });
});
