import { TestScheduler } from 'rxjs/testing';

import type { Seat } from './records';
import { renewing, untilLeases } from './lease';
import { within } from '../testing/within';

const LEASE = 120_000;
const seat = (number: number, lease: number): Seat => ({
  number,
  uid: '',
  session: `${number}`,
  since: 0,
  lease,
  card: null,
});

const run = (work: (scheduler: TestScheduler, at: number[]) => () => void, length: number) => {
  const at: number[] = [];
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  scheduler.run(({ flush }) => {
    const end = work(scheduler, at);
    scheduler.schedule(end, length);
    flush();
  });
  return at;
};

describe('leases', () => {
  it('are emitted again each time one expires, and only then', () => {
    const told = run((scheduler, at) => {
      const seats = [seat(0, 5_000), seat(1, 60_000), seat(2, 60_000)];
      const subscription = untilLeases(seats, () => scheduler.now()).subscribe(() =>
        at.push(scheduler.now()),
      );
      return () => subscription.unsubscribe();
    }, within(200_000));
    expect(told).toEqual([0, 5_050, 60_050]);
  });

  it('that end later than a timer can wait do not cause a busy loop', () => {
    const told = run((scheduler, at) => {
      const wait = spyOn(scheduler, 'schedule').and.callThrough();
      const subscription = untilLeases([seat(0, 1e12)], () => scheduler.now()).subscribe(() =>
        at.push(scheduler.now()),
      );
      // Browsers store timer delays in 31 bits, in ms.
      for (const [, delay] of wait.calls.allArgs()) expect(delay ?? 0).toBeLessThan(2 ** 31);
      expect(wait).toHaveBeenCalled();
      return () => subscription.unsubscribe();
    }, 60_000);
    expect(told).toEqual([0]);
  });

  it('are renewed well before they expire, and soon again after a failure', async () => {
    // Renewals are promises, which virtual time doesn't wait for. A manually advanced clock does.
    jasmine.clock().install();
    spyOn(Math, 'random').and.returnValue(1);
    const settled = () =>
      Promise.resolve()
        .then(() => Promise.resolve())
        .then(() => undefined);
    let works = true;
    const renew = jasmine
      .createSpy()
      .and.callFake(() => (works ? Promise.resolve() : Promise.reject(new Error())));
    const reached: boolean[] = [];
    const subscription = renewing(renew, LEASE).subscribe((got) => reached.push(got));
    const pass = async (time: number) => {
      jasmine.clock().tick(time);
      for (let turn = 0; turn < 5; turn++) await settled();
    };
    try {
      await pass(64_999);
      expect(renew).not.toHaveBeenCalled();
      await pass(1);
      expect(renew).toHaveBeenCalledTimes(1);
      works = false;
      await pass(65_000);
      expect(renew).toHaveBeenCalledTimes(2);
      await pass(5_000);
      expect(renew).toHaveBeenCalledTimes(3);
      works = true;
      await pass(5_000);
      expect(reached).toEqual([true, false, false, true]);
      subscription.unsubscribe();
      await pass(LEASE);
      expect(renew).toHaveBeenCalledTimes(4);
    } finally {
      subscription.unsubscribe();
      jasmine.clock().uninstall();
    }
  });
});
