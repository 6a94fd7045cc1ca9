import { NEVER, Subject } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

import type { Seat } from './records';
import {
  firstLease,
  LONG_LEASE,
  leaseTerms,
  MEDIUM_LEASE,
  renewing,
  SHORT_LEASE,
  untilLeases,
} from './lease';
import { VirtualTime } from '../testing/virtual-time';
import { within } from '../testing/within';

const LEASE = SHORT_LEASE.length;
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
    const subscription = renewing({ renew, first: SHORT_LEASE }).subscribe((got) => reached.push(got));
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

  it('are short in a call of two, longer for the host of a larger one, long for its other members', () => {
    const lengths = (isHost: boolean) => [1, 2, 3, 8].map((members) => leaseTerms(members, isHost).length);
    expect(lengths(true)).toEqual([120_000, 120_000, 300_000, 300_000]);
    expect(lengths(false)).toEqual([120_000, 120_000, 870_000, 870_000]);
    expect([1, 2, 3, 8].map((members) => firstLease(members).length)).toEqual([
      120_000, 120_000, 300_000, 300_000,
    ]);
    for (const { length, early, jitter } of [SHORT_LEASE, MEDIUM_LEASE, LONG_LEASE]) {
      // A few failed attempts of 8 s each still fit, and a browser throttles the timers of hidden pages to one a minute.
      expect(early).toBeGreaterThanOrEqual(45_000);
      expect(early + jitter).toBeLessThan(length / 2);
    }
  });

  it('are renewed on the terms of the moment, and at once when asked', async () => {
    const time = new VirtualTime();
    spyOn(Math, 'random').and.returnValue(1);
    let terms = LONG_LEASE;
    const sooner = new Subject<void>();
    const renewals: [number, number][] = [];
    const subscription = renewing({
      renew: (length) => (renewals.push([time.now, length]), Promise.resolve()),
      first: MEDIUM_LEASE,
      terms: () => terms,
      sooner$: (held) => (held === SHORT_LEASE ? NEVER : sooner),
    }).subscribe();
    await time.pass(245_000);
    expect(renewals).toEqual([[245_000, 870_000]]);
    await time.pass(100_000);
    terms = SHORT_LEASE;
    sooner.next();
    await time.pass(0);
    expect(renewals.slice(1)).toEqual([[345_000, 120_000]]);
    sooner.next();
    await time.pass(65_000);
    expect(renewals.slice(2)).toEqual([[410_000, 120_000]]);
    subscription.unsubscribe();
  });
});
