import { TestScheduler } from 'rxjs/testing';

import { IdleTime } from './idle-time';

describe('IdleTime', () => {
  const times = (script: (idleTime: IdleTime, at: (ms: number, act: () => void) => void) => void) => {
    const came: number[] = [];
    const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
    scheduler.run(({ flush }) => {
      const idleTime = new IdleTime();
      script(idleTime, (ms, act) => scheduler.schedule(act, ms));
      const listening = idleTime.come$.subscribe(() => came.push(scheduler.now()));
      scheduler.schedule(() => listening.unsubscribe(), 60_000);
      flush();
    });
    return came;
  };

  it('comes once, after three idle seconds', () => {
    expect(times(() => undefined)).toEqual([3_000]);
  });

  it('waits while held, and three seconds more', () => {
    const came = times((idleTime, at) => {
      let first = () => {};
      let second = () => {};
      at(2_900, () => (first = idleTime.hold()));
      at(4_000, () => (second = idleTime.hold()));
      at(10_000, () => first());
      at(20_000, () => second());
      at(21_000, () => second());
    });
    expect(came).toEqual([23_000]);
  });
});
