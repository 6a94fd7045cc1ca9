import { TestScheduler } from 'rxjs/testing';

import type { Fields } from './documents';
import { secondLook } from './second-look';

describe('secondLook', () => {
  const offer = (at: number): Fields => ({ at: new Date(at), sealed: new Uint8Array([at, 1]), answer: null });
  const values: Record<string, readonly { readonly id: string; readonly fields: Fields }[]> = {
    0: [],
    1: [{ id: 'a', fields: offer(1) }],
    // Equal to another value, in a new object.
    l: [{ id: 'a', fields: { answer: null, sealed: new Uint8Array([1, 1]), at: new Date(1) } }],
    2: [{ id: 'a', fields: offer(2) }],
  };
  const told = (listener: string, looks: string, expected: string) => {
    let looked = 0;
    new TestScheduler((actual, wanted) => expect(actual).toEqual(wanted)).run(
      ({ cold, expectObservable }) => {
        expectObservable(
          cold(listener, values).pipe(
            secondLook(() => {
              // Scheduled by the test, as promises can't be.
              const found = values[looks.charAt(looked++)];
              const answer$ = found ? cold('10ms (v|)', { v: found }) : cold('10ms #', {});
              return answer$ as unknown as Promise<(typeof values)[string]>;
            }),
          ),
        ).toBe(expected, values);
      },
    );
    return looked;
  };

  it('emits what the listener missed', () => {
    told('0', '1', '0 809ms 1');
  });

  it('emits nothing twice, and checks once', () => {
    expect(told('1 2s 2 2s 0', 'l', '1 2s 2 2s 0')).toBe(1);
  });

  it('leaves later values of the listener unchanged', () => {
    expect(told('0 600ms 1 2s 2', '0l', '0 600ms 1 2s 2')).toBe(2);
    expect(told('0 300ms 1', '1', '0 300ms 1')).toBe(1);
  });

  it('detects any difference', () => {
    told('1', '2', '1 809ms 2');
    told('1', '0', '1 809ms 0');
  });

  it('ignores a check that fails', () => {
    told('1 2s 2', 'x', '1 2s 2');
  });
});
