import { TestScheduler } from 'rxjs/testing';

import { settled$ } from './engagement';

describe('settled$', () => {
  const runs = (free: string, expected: string) =>
    new TestScheduler((actual, wanted) => expect(actual).toEqual(wanted)).run(({ hot, expectObservable }) => {
      const free$ = hot<boolean>(free, { f: true, h: false });
      expectObservable(settled$(free$), '^ 20s !').toBe(expected, { f: true, 0: 0 });
    });

  it('comes two seconds after the two are together', () => {
    runs('h 2s f', '2s 1ms 2s (f|)');
    runs('f', '2s (f|)');
  });

  it('comes once, whoever else is on the way later', () => {
    runs('f 999ms h 500ms f', '2s (f|)');
  });

  it('comes after eight seconds to whoever is still alone', () => {
    runs('h', '8s (0|)');
    runs('h 6999ms f', '8s (0|)');
  });
});
