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
   * @param reads what each read returns: a letter for its value, `!` when nothing is reachable, `?` when the rules
   *   refuse; the last one repeats
   * @returns the number of reads
   */
  const follow = (listener: string, reads: string, until: string, expected: string) => {
    let read = 0;
    new TestScheduler((actual, wanted) => expect(actual).toEqual(wanted)).run(
      ({ hot, cold, expectObservable }) => {
        const answers: Record<string, () => unknown> = {
          '!': () => cold('10ms #', {}, new DocumentsError('offline')),
          '?': () => cold('10ms #', {}, new DocumentsError('forbidden')),
        };
        // Scheduled by the test, as promises can't be.
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

  it('emits the listener’s values, and reads nothing', () => {
    expect(follow('50ms a 4s l 40s b', 'x', '90s !', '50ms a 44001ms b')).toBe(0);
    expect(channel.value).toBe('live');
  });

  it('polls every few seconds while the listener is silent, and emits what is new', () => {
    // The first read comes after 5 s, the next 1.5 s later, and the rest at growing intervals.
    expect(follow('s', 'aab', '9s !', '5010ms a 3394ms b')).toBe(3);
    expect(channel.value).toBe('silent');
    expect(follow('s', 'a', '65s !', '310ms a')).toBeLessThan(20);
  });

  it('stops polling as soon as the listener reports', () => {
    expect(follow('s 5999ms a', 'a', '60s !', '5010ms a 989ms a')).toBe(1);
    expect(channel.value).toBe('live');
  });

  it('polls again when the listener’s stream breaks, but not on a short break', () => {
    expect(follow('a s 5s l', 'b', '20s !', 'a')).toBe(0);
    expect(follow('a s', 'b', '11s !', 'a 10010ms b')).toBe(1);
  });

  it('keeps polling when nothing is reachable', () => {
    expect(follow('s', '!a', '30s !', '8020ms a')).toBeGreaterThan(1);
  });

  it('errors like a listener when it is refused', () => {
    follow('s', '?', '30s !', '5010ms #');
  });
});
