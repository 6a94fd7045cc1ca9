import { map } from 'rxjs';

import { VirtualTime } from '../testing/virtual-time';
import { checksPastRelay, unusedPath$ } from './unused-path';

type Report = Parameters<typeof checksPastRelay>[0];

/** What a browser reports of a public host whose peer is behind a NAT: a pair with the peer's relay and one without. */
const report = (selected: 'relayed' | 'direct', checks: number): Report => [
  { id: 'T', type: 'transport', selectedCandidatePairId: selected },
  { id: 'host', type: 'local-candidate', candidateType: 'host' },
  { id: 'relay', type: 'remote-candidate', candidateType: 'relay' },
  { id: 'reflexive', type: 'remote-candidate', candidateType: 'prflx' },
  {
    id: 'relayed',
    type: 'candidate-pair',
    localCandidateId: 'host',
    remoteCandidateId: 'relay',
    requestsReceived: 3 * checks,
  },
  {
    id: 'direct',
    type: 'candidate-pair',
    localCandidateId: 'host',
    remoteCandidateId: 'reflexive',
    requestsReceived: checks,
  },
];

describe('checksPastRelay', () => {
  it('counts the checks on pairs without a relay while a relay is used', () => {
    expect([...checksPastRelay(report('relayed', 4))]).toEqual([['direct', 4]]);
  });

  it('counts nothing where no relay is used, or no pair is', () => {
    expect(checksPastRelay(report('direct', 4)).size).toBe(0);
    expect(checksPastRelay(report('relayed', 4).slice(1)).size).toBe(0);
    expect(checksPastRelay([]).size).toBe(0);
  });

  it('ignores pairs on which nothing was counted', () => {
    const silent = report('relayed', 4).map(({ requestsReceived: _, ...stats }) => stats as Report[number]);
    expect([...checksPastRelay(silent)]).toEqual([['direct', 0]]);
  });
});

describe('unusedPath$', () => {
  const emissions = async (reports: readonly Report[]) => {
    const time = new VirtualTime();
    const left = [...reports];
    const getStats = () => {
      const stats = left.shift() ?? reports.at(-1)!;
      return Promise.resolve(new Map(stats.map((one) => [one.id, one])) as unknown as RTCStatsReport);
    };
    const { heard } = time.record(unusedPath$({ getStats }).pipe(map(() => 'unused' as const)));
    await time.pass(60_000);
    expect(heard.pop()![1]).toBe('|');
    return heard;
  };

  it('emits when checks keep arriving past the relay that is used', async () => {
    expect(await emissions([report('relayed', 2), report('relayed', 3)])).toEqual([[6_000, 'unused']]);
  });

  it('emits nothing once the path is used', async () => {
    expect(await emissions([report('relayed', 2), report('direct', 3), report('direct', 4)])).toEqual([]);
  });

  it('emits nothing for checks that have stopped', async () => {
    expect(await emissions([report('relayed', 2)])).toEqual([]);
  });

  it('emits nothing at the first sight of a pair, whose checks may be old', async () => {
    expect(await emissions([[], report('relayed', 2)])).toEqual([]);
  });
});
