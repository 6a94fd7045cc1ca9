import { concat, defer, of, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

import { retrying } from './retrying';

const failure = () => throwError(() => new Error('down'));

describe('retrying', () => {
  beforeEach(() => spyOn(Math, 'random').and.returnValue(0.5));

  const times = (stream: (attempt: number) => readonly string[], length: number) => {
    const seen: [number, string][] = [];
    const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
    scheduler.run(({ flush }) => {
      let attempt = 0;
      const source = defer(() => concat(of(...stream(attempt++)), failure()));
      const subscription = source
        .pipe(retrying('call', (value) => value === 'up'))
        .subscribe((value) => seen.push([scheduler.now(), value]));
      scheduler.schedule(() => subscription.unsubscribe(), length);
      flush();
    });
    return seen;
  };

  it('waits 0.5 s, then doubles the delay up to 10 s', () => {
    const tried = times((attempt) => [`try ${attempt}`], 40_000).map(([at]) => at);
    expect(tried).toEqual([0, 500, 1500, 3500, 7500, 15_500, 25_500, 35_500]);
  });

  it('has another longest delay, and starts over once something has changed', () => {
    const seen: number[] = [];
    const scheduler = new TestScheduler(() => undefined);
    scheduler.run(({ hot, flush }) => {
      const changed$ = hot('20s a');
      const source = defer(() => concat(of(seen.push(scheduler.now())), failure()));
      const subscription = source
        .pipe(retrying('call', () => false, { most: () => 60_000, changed$ }))
        .subscribe(() => undefined);
      scheduler.schedule(() => subscription.unsubscribe(), 40_000);
      flush();
    });
    expect(seen).toEqual([0, 500, 1500, 3500, 7500, 15_500, 20_000, 20_500, 21_500, 23_500, 27_500, 35_500]);
  });

  it('resets the delay after a real success, not after any value', () => {
    const seen = times((attempt) => (attempt === 3 ? ['up'] : ['trying']), 6_000);
    expect(seen.map(([at]) => at)).toEqual([0, 500, 1500, 3500, 4000, 5000]);
  });
});
