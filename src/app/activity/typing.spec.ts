import { TestScheduler } from 'rxjs/testing';

import { isTyping, toldTyping } from './typing';

describe('typing', () => {
  const run = (test: Parameters<TestScheduler['run']>[0]) =>
    new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(test);
  const values = { t: true, f: false };

  it('is reported at the first key press, and its end after four seconds without one', () =>
    run(({ hot, expectObservable }) => {
      const keys = hot('  t 99ms t 99ms t', values);
      expectObservable(toldTyping(keys)).toBe('t 2999ms t 1199ms f', values);
    }));

  it('is never reported more than once a second', () =>
    run(({ hot, expectObservable }) => {
      const keys = hot('  tftftftf', values);
      expectObservable(toldTyping(keys)).toBe('t 999ms f', values);
    }));

  it('is not reported while nothing is typed', () =>
    run(({ hot, expectObservable }) => {
      expectObservable(toldTyping(hot('fff 2s f-', values))).toBe('', values);
    }));

  it('ends by itself when no more reports arrive', () =>
    run(({ hot, expectObservable }) => {
      expectObservable(isTyping(hot('-t 2999ms t', values))).toBe('ft 8999ms f', values);
    }));
});
