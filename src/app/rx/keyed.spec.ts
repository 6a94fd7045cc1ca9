import { TestScheduler } from 'rxjs/testing';
import { concat, NEVER, of } from 'rxjs';

import { keyed } from './keyed';

const scheduler = () => new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
const chars = (text: string) => [...text];

describe('keyed', () => {
  it('keeps one subscription for each key while it is in the list', () => {
    scheduler().run(({ hot, expectObservable, expectSubscriptions }) => {
      const lists = hot('   a---b---c---|', { a: chars('x'), b: chars('xy'), c: chars('y') });
      const x = hot('       -1---2---3---');
      const y = hot('       ------4---5--');
      const streams = { x, y };
      expectObservable(
        keyed(
          lists,
          (key) => key,
          (key) => streams[key as 'x' | 'y'],
        ),
        '^------------!',
      ).toBe('nx--xtu-w-z--', { n: [], x: ['1'], t: ['2'], u: ['2', '4'], w: ['4'], z: ['5'] });
      expectSubscriptions(x.subscriptions).toBe('^-------!');
      expectSubscriptions(y.subscriptions).toBe('----^--------!');
    });
  });

  it('keeps the last value of a stream that completed', () => {
    scheduler().run(({ hot, expectObservable }) => {
      const lists = hot('a--b-', { a: chars('x'), b: chars('xy') });
      expectObservable(
        keyed(
          lists,
          (key) => key,
          (key) => (key === 'x' ? of(1) : concat(of(2), NEVER)),
        ),
      ).toBe('a--b-', { a: [1], b: [1, 2] });
    });
  });

  it('errors when one stream errors, and unsubscribes from the rest', () => {
    scheduler().run(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const lists = hot('a----', { a: chars('xy') });
      const x = cold('  --#');
      const y = cold('  -1---');
      expectObservable(
        keyed(
          lists,
          (key) => key,
          (key) => (key === 'x' ? x : y),
        ),
      ).toBe('nv#', { n: [], v: ['1'] });
      expectSubscriptions(y.subscriptions).toBe('^-!');
    });
  });
});
