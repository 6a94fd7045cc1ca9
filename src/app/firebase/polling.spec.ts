import { BehaviorSubject } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

import { DocumentsError } from './documents';
import { Channel, Heard, polledWhenSilent } from './polling';

describe('polledWhenSilent', () => {
  const heard: Record<string, Heard<string>> = {
    a: { value: 'a' },
    b: { value: 'b' },
    l: 'live',
    s: 'stale',
  };
  let channel: Channel;

  beforeEach(() => (channel = new BehaviorSubject<Channel['value']>('unknown')));

  /**
   * @param reads what each read finds: a letter its value, `!` that nothing can be reached, `?` that the rules refuse; the last
   * for good
   * @returns how often it was read
   */
  const follow = (listener: string, reads: string, until: string, expected: string) => {
    let read = 0;
    new TestScheduler((actual, wanted) => expect(actual).toEqual(wanted)).run(
      ({ hot, cold, expectObservable }) => {
        const answers: Record<string, () => unknown> = {
          '!': () => cold('10ms #', {}, new DocumentsError('offline')),
          '?': () => cold('10ms #', {}, new DocumentsError('forbidden')),
        };
        // Scheduled by the test, which promises can't be.
        const look = () => {
          const found = reads.charAt(Math.min(read++, reads.length - 1));
          return (answers[found] ?? (() => cold('10ms (v|)', { v: found })))() as Promise<string>;
        };
        expectObservable(hot(listener, heard).pipe(polledWhenSilent(look, channel)), until).toBe(
          expected,
          undefined,
          new DocumentsError('forbidden'),
        );
      },
    );
    return read;
  };

  it('tells what the listener tells, and reads nothing', () => {
    expect(follow('50ms a 4s l 40s b', 'x', '90s !', '50ms a 44001ms b')).toBe(0);
    expect(channel.value).toBe('live');
  });

  it('reads every few seconds while the listener is silent, and tells what is new', () => {
    // First after 5 s, then after 1.5 s, later ones further apart.
    expect(follow('s', 'aab', '9s !', '5010ms a 3394ms b')).toBe(3);
    expect(channel.value).toBe('silent');
    expect(follow('s', 'a', '65s !', '310ms a')).toBeLessThan(20);
  });

  it('leaves it to the listener as soon as that tells something', () => {
    expect(follow('s 5999ms a', 'a', '60s !', '5010ms a 989ms a')).toBe(1);
    expect(channel.value).toBe('live');
  });

  it('reads again when the listener’s stream breaks, not on a short break', () => {
    expect(follow('a s 5s l', 'b', '20s !', 'a')).toBe(0);
    expect(follow('a s', 'b', '11s !', 'a 10010ms b')).toBe(1);
  });

  it('takes no harm when nothing can be reached', () => {
    expect(follow('s', '!a', '30s !', '8020ms a')).toBeGreaterThan(1);
  });

  it('errors as a listener would when it is refused', () => {
    follow('s', '?', '30s !', '5010ms #');
  });
});
