import { TestScheduler } from 'rxjs/testing';

import type { LinkRole } from '../rtc/link-role';
import { newRecovery, recover, Recovery, RecoveryEvent, RecoveryStep } from './recovery';
import { recovering } from './recovering';

const after = (role: LinkRole, ...events: readonly RecoveryEvent[]): Recovery =>
  events.reduce(recover, newRecovery(role));
const UP = ['described', 'heard'] as const;

describe('recovery', () => {
  for (const [events, step, restarts] of [
    [[], 'waiting', 0],
    [['described'], 'connecting', 0],
    [['heard'], 'well', 0],
    [['heard', 'described'], 'well', 0],
    [['described', 'elapsed'], 'lost', 0],
    [['described', 'failed'], 'lost', 0],
    [['changed'], 'lost', 0],
    [[...UP], 'well', 0],
    [[...UP, 'silent'], 'silent', 0],
    [[...UP, 'silent', 'heard'], 'well', 0],
    [[...UP, 'silent', 'elapsed'], 'channel', 1],
    [[...UP, 'silent', 'changed'], 'channel', 1],
    [[...UP, 'silent', 'failed'], 'channel', 1],
    [[...UP, 'failed'], 'renewing', 1],
    [[...UP, 'changed'], 'renewing', 1],
    [[...UP, 'changed', 'answered'], 'well', 1],
    [[...UP, 'changed', 'elapsed'], 'signaling', 1],
    [[...UP, 'changed', 'elapsed', 'heard'], 'signaling', 1],
    [[...UP, 'changed', 'elapsed', 'answered'], 'well', 1],
    [[...UP, 'changed', 'silent'], 'signaling', 1],
    [[...UP, 'changed', 'silent', 'heard'], 'signaling', 1],
    [[...UP, 'silent', 'elapsed', 'changed'], 'channel', 2],
    [[...UP, 'silent', 'elapsed', 'heard'], 'renewing', 1],
    [[...UP, 'silent', 'elapsed', 'heard', 'answered'], 'well', 1],
    [[...UP, 'silent', 'elapsed', 'heard', 'silent', 'heard'], 'signaling', 1],
    [[...UP, 'silent', 'elapsed', 'answered'], 'checking', 1],
    [[...UP, 'silent', 'elapsed', 'elapsed'], 'signaling', 1],
    [[...UP, 'silent', 'elapsed', 'elapsed', 'changed'], 'signaling', 2],
    [[...UP, 'silent', 'elapsed', 'elapsed', 'heard'], 'signaling', 1],
    [[...UP, 'silent', 'elapsed', 'elapsed', 'heard', 'answered'], 'well', 1],
    [[...UP, 'silent', 'elapsed', 'elapsed', 'answered'], 'checking', 1],
    [[...UP, 'silent', 'elapsed', 'elapsed', 'answered', 'heard'], 'well', 1],
    [[...UP, 'silent', 'elapsed', 'elapsed', 'answered', 'changed'], 'signaling', 2],
    [[...UP, 'silent', 'elapsed', 'elapsed', 'answered', 'elapsed'], 'lost', 1],
    [[...UP, 'silent', 'elapsed', 'elapsed', 'answered', 'elapsed', 'heard'], 'lost', 1],
  ] as readonly [readonly RecoveryEvent[], RecoveryStep, number][]) {
    it(`after ${events.join(', ') || 'nothing'} is ${step}, ${restarts} restarts`, () =>
      expect(after('offerer', ...events)).toEqual(
        jasmine.objectContaining({ role: 'offerer', step, restarts }),
      ));
  }

  it('does not wait for an answer as the answerer, who follows the document at all times', () => {
    const stepAfter = (...events: readonly RecoveryEvent[]) => after('answerer', ...UP, ...events).step;
    expect(stepAfter('silent', 'elapsed', 'heard')).toBe('well');
    expect(stepAfter('failed')).toBe('renewing');
    expect(stepAfter('failed', 'elapsed')).toBe('well');
    expect(stepAfter('failed', 'silent')).toBe('channel');
  });

  it('knows on every step whether the peer is heard', () => {
    const silence = (...events: readonly RecoveryEvent[]) => after('offerer', ...UP, ...events).silent;
    expect(silence()).toBeFalse();
    expect(silence('silent', 'elapsed')).toBeTrue();
    expect(silence('silent', 'elapsed', 'elapsed', 'heard')).toBeFalse();
    expect(silence('changed', 'elapsed', 'silent', 'changed')).toBeTrue();
  });

  it('ignores repeated events', () => {
    const well = after('offerer', ...UP);
    expect(recover(well, 'heard')).toBe(well);
    expect(recover(well, 'answered')).toBe(well);
    expect(recover(well, 'described')).toBe(well);
  });
});

describe('recovery in time', () => {
  const run = (role: LinkRole, events: Readonly<Record<number, RecoveryEvent>>, length: number) => {
    const seen: [number, RecoveryStep][] = [];
    const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
    scheduler.run(({ hot, flush }) => {
      const times = Object.keys(events).map(Number);
      const names = 'abcdefgh';
      const marbles = times.reduce(
        ({ at, text }, time, index) => ({ at: time + 1, text: `${text} ${time - at}ms ${names[index]}` }),
        { at: 0, text: '' },
      ).text;
      const values = Object.fromEntries(times.map((time, index) => [names[index]!, events[time]!]));
      const subscription = recovering(role, hot(marbles, values)).subscribe(({ step }) =>
        seen.push([scheduler.now(), step]),
      );
      scheduler.schedule(() => subscription.unsubscribe(), length);
      flush();
    });
    return seen;
  };

  it('gives the first connection fifteen seconds', () => {
    expect(run('offerer', { 10: 'described' }, 60_000)).toEqual([
      [0, 'waiting'],
      [10, 'connecting'],
      [15_010, 'lost'],
    ]);
  });

  it('takes the offerer’s steps one after the other', () => {
    expect(
      run('offerer', { 0: 'described', 100: 'heard', 1_000: 'silent', 5_000: 'answered' }, 60_000),
    ).toEqual([
      [0, 'waiting'],
      [0, 'connecting'],
      [100, 'well'],
      [1_000, 'silent'],
      [1_500, 'channel'],
      [3_500, 'signaling'],
      [5_000, 'checking'],
      [20_000, 'lost'],
    ]);
  });

  it('gives a peer that is heard 3.5 s to answer over the channel, even if it is heard on and off', () => {
    const heard = { 0: 'described', 100: 'heard' } as const;
    expect(run('offerer', { ...heard, 1_000: 'changed' }, 60_000).slice(3)).toEqual([
      [1_000, 'renewing'],
      [4_500, 'signaling'],
    ]);
    expect(run('offerer', { ...heard, 1_000: 'changed', 4_000: 'answered' }, 60_000).slice(3)).toEqual([
      [1_000, 'renewing'],
      [4_000, 'well'],
    ]);
    const again = { ...heard, 1_000: 'silent', 3_400: 'heard', 6_000: 'heard' } as const;
    expect(run('offerer', again, 60_000).slice(3)).toEqual([
      [1_000, 'silent'],
      [1_500, 'channel'],
      [3_400, 'renewing'],
      [6_900, 'signaling'],
    ]);
  });

  it('waits without limit for an answer through the document', () => {
    const seen = run('offerer', { 0: 'described', 100: 'heard', 1_000: 'silent' }, 600_000);
    expect(seen.at(-1)).toEqual([3_500, 'signaling']);
  });

  it('leaves the first attempt to the offerer, and never gives up as the answerer', () => {
    expect(run('answerer', { 0: 'described', 100: 'heard', 1_000: 'silent' }, 600_000).slice(3)).toEqual([
      [1_000, 'silent'],
      [5_000, 'channel'],
    ]);
  });

  it('restarts the timeout of a step with each change of the network', () => {
    const seen = run(
      'offerer',
      { 0: 'described', 100: 'heard', 1_000: 'silent', 1_200: 'changed', 3_000: 'changed' },
      60_000,
    );
    expect(seen.slice(3)).toEqual([
      [1_000, 'silent'],
      [1_200, 'channel'],
      [3_000, 'channel'],
      [5_000, 'signaling'],
    ]);
  });
});
