import { TestScheduler } from 'rxjs/testing';

import { handover } from './handover';

describe('handover', () => {
  const marbles = (run: Parameters<TestScheduler['run']>[0]) =>
    new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(run);

  const isBusy = (error: unknown) => error === 'busy';

  it('leaves the previous stream when the next has emitted, not before', () =>
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const a = cold('   --a------');
      const b = cold('        ---b------');
      const source = hot('a----b------');
      const inner = { a, b } as const;
      expectObservable(source.pipe(handover((key) => inner[key as 'a' | 'b'], isBusy, 'gap'))).toBe(
        '--a-----b---',
      );
      expectSubscriptions(a.subscriptions).toBe('^-------!');
      expectSubscriptions(b.subscriptions).toBe('-----^---');
    }));

  it('drops a next stream that was superseded', () =>
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const inner = { a: cold('a---'), b: cold('-----b'), c: cold('--c-') } as const;
      const source = hot('a--b-c----');
      expectObservable(source.pipe(handover((key) => inner[key as 'a' | 'b' | 'c'], isBusy, 'gap'))).toBe(
        'a------c--',
      );
      expectSubscriptions(inner.a.subscriptions).toBe('^------!');
      expectSubscriptions(inner.b.subscriptions).toBe('---^-!');
      expectSubscriptions(inner.c.subscriptions).toBe('-----^----');
    }));

  it('leaves the previous stream first when the two exclude each other', () =>
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const a = cold('a-');
      const attempts = [cold('--#', undefined, 'busy'), cold('---b')];
      const [refused, granted] = attempts;
      const source = hot('a--b--------');
      expectObservable(
        source.pipe(handover((key) => (key === 'a' ? a : attempts.shift()!), isBusy, 'g')),
      ).toBe('a----g--b---');
      expectSubscriptions(a.subscriptions).toBe('^----!');
      expectSubscriptions(refused!.subscriptions).toBe('---^-!');
      expectSubscriptions(granted!.subscriptions).toBe('-----^------');
    }));

  it('fails when the next stream fails although the previous one was left', () =>
    marbles(({ cold, hot, expectObservable }) => {
      const inner = { a: cold('a-'), b: cold('--#', undefined, 'busy') } as const;
      const result = hot('a--b-----').pipe(handover((key) => inner[key as 'a' | 'b'], isBusy, 'g'));
      expectObservable(result).toBe('a----g-#', undefined, 'busy');
    }));

  it('does not retry when unsubscribed in the gap', () =>
    marbles(({ cold, hot, expectSubscriptions, flush }) => {
      const inner = { a: cold('a-'), b: cold('--#', undefined, 'busy') } as const;
      const subscription = hot('a--b-----')
        .pipe(handover((key) => inner[key as 'a' | 'b'], isBusy, 'g'))
        .subscribe((value) => {
          if (value === 'g') subscription.unsubscribe();
        });
      flush();
      expectSubscriptions(inner.b.subscriptions).toBe('---^-!');
    }));

  it('fails when the next stream fails with another error, and leaves the previous one', () =>
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const inner = { a: cold('a-'), b: cold('--#', undefined, 'denied') } as const;
      const result = hot('a--b-----').pipe(handover((key) => inner[key as 'a' | 'b'], isBusy, 'g'));
      expectObservable(result).toBe('a----#', undefined, 'denied');
      expectSubscriptions(inner.a.subscriptions).toBe('^----!');
    }));

  it('waits for the next stream when the previous one fails first', () =>
    marbles(({ cold, hot, expectObservable }) => {
      const inner = { a: cold('a---#', undefined, 'lost'), b: cold('---b') } as const;
      const result = hot('a--b-----').pipe(handover((key) => inner[key as 'a' | 'b'], isBusy, 'g'));
      expectObservable(result).toBe('a---g-b--');
    }));

  it('fails when the only stream fails, busy or not', () =>
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('a').pipe(handover(() => cold('--#', undefined, 'busy'), isBusy, 'g'))).toBe(
        '--#',
        undefined,
        'busy',
      );
      expectObservable(cold('a').pipe(handover(() => cold('b-#', undefined, 'busy'), isBusy, 'g'))).toBe(
        'b-#',
        undefined,
        'busy',
      );
    }));

  it('leaves both streams when unsubscribed', () =>
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const inner = { a: cold('a---'), b: cold('-----b') } as const;
      const source = hot('a--b-------');
      expectObservable(source.pipe(handover((key) => inner[key as 'a' | 'b'], isBusy, 'g')), '^----!').toBe(
        'a-----',
      );
      expectSubscriptions(inner.a.subscriptions).toBe('^----!');
      expectSubscriptions(inner.b.subscriptions).toBe('---^-!');
      expectSubscriptions(source.subscriptions).toBe('^----!');
    }));

  it('stays with the previous stream when the next completes without emitting, and ends with it', () =>
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const a = cold('   a-----#', undefined, 'lost');
      const b = cold('     --|');
      const source = hot('a-b-------');
      const inner = { a, b } as const;
      expectObservable(source.pipe(handover((key) => inner[key as 'a' | 'b'], isBusy, 'gap'))).toBe(
        '                 a-----#',
        undefined,
        'lost',
      );
      expectSubscriptions(a.subscriptions).toBe('^-----!');
    }));
});
