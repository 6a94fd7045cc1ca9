import { TestScheduler } from 'rxjs/testing';

import { unshown$ } from './unshown';

describe('unshown$', () => {
  const shown = { n: new Set<string>(), y: new Set(['ben']) };
  const seen = (shown$: string, expected: string) =>
    new TestScheduler((actual, wanted) => expect(actual).toEqual(wanted)).run(({ cold, expectObservable }) =>
      expectObservable(unshown$('ben', cold(shown$, shown))).toBe(expected, { e: 0 }),
    );

  it('emits when a session has not been shown for 30 s', () => {
    seen('n', '30s e');
    seen('n 10s y 10s n', '20s 2ms 30s e');
  });

  it('emits nothing for a member who is shown, however late', () => {
    seen('n 29s y 60s y', '');
  });
});
