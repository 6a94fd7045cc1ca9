import { PLACEHOLDER } from './fan-out-messages';
import { linkStatistics } from './link-statistics';

describe('what encoding costs', () => {
  const report = (timestamp: number, ...pictures: readonly (readonly [time?: number, reason?: string])[]) =>
    pictures.map(([totalEncodeTime, qualityLimitationReason], index) => ({
      id: `O${index}`,
      type: 'outbound-rtp',
      kind: 'video',
      timestamp,
      totalEncodeTime,
      qualityLimitationReason,
    }));
  const cost = (...reports: Parameters<typeof linkStatistics>) => linkStatistics(...reports).encoding;

  for (const [what, before, now, expected] of [
    ['nothing known without pictures', [], [], { share: null, limited: false }],
    ['nothing known in the first second', [], report(1_000, [3]), { share: null, limited: false }],
    [
      'all pictures together',
      report(1_000, [3], [1]),
      report(3_000, [3.5], [1.1]),
      { share: 0.3, limited: false },
    ],
    [
      'nothing known where it is not reported',
      report(1_000, []),
      report(2_000, []),
      { share: null, limited: false },
    ],
    ['a counter that starts again', report(1_000, [3]), report(2_000, [0.1]), { share: 0, limited: false }],
    [
      'a processor that is too slow',
      report(1_000, [0], [0]),
      report(2_000, [0, 'bandwidth'], [0, 'cpu']),
      { share: 0, limited: true },
    ],
  ] as const) {
    it(what, () => {
      const { share, limited } = cost(before, now);
      expect({ share: share && Math.round(share * 1e6) / 1e6, limited }).toEqual(expected);
    });
  }
});

describe('an unused path', () => {
  type Report = Parameters<typeof linkStatistics>[1];

  /** What a browser reports of a public host whose peer is behind a NAT: a pair with the peer's relay and one without. */
  const report = (selected: 'relayed' | 'direct', checks?: number): Report => [
    { id: 'T', type: 'transport', selectedCandidatePairId: selected },
    { id: 'host', type: 'local-candidate', candidateType: 'host' },
    { id: 'relay', type: 'remote-candidate', candidateType: 'relay' },
    { id: 'reflexive', type: 'remote-candidate', candidateType: 'prflx' },
    {
      id: 'relayed',
      type: 'candidate-pair',
      localCandidateId: 'host',
      remoteCandidateId: 'relay',
      requestsReceived: 3 * (checks ?? 1),
    },
    {
      id: 'direct',
      type: 'candidate-pair',
      localCandidateId: 'host',
      remoteCandidateId: 'reflexive',
      requestsReceived: checks,
    },
  ];
  const pairs = report('relayed', 3).slice(1);
  const cases: Readonly<Record<string, readonly [before: Report, now: Report, unused: boolean]>> = {
    'is one on which checks keep arriving while a relay is used': [
      report('relayed', 2),
      report('relayed', 3),
      true,
    ],
    'is none once it is used': [report('relayed', 2), report('direct', 3), false],
    'is none where the checks have stopped': [report('relayed', 2), report('relayed', 2), false],
    'is none at the first sight of a pair, whose checks may be old': [[], report('relayed', 2), false],
    'is none where nothing was counted': [report('relayed'), report('relayed'), false],
    'is none before a pair is selected': [report('relayed', 2), pairs, false],
    'is none before anything is known': [[], [], false],
  };
  for (const [what, [before, now, unused]] of Object.entries(cases)) {
    it(what, () => expect(linkStatistics(before, now).unusedPath).toBe(unused));
  }
});

describe('the size of a picture', () => {
  const size = (type: string, frameWidth: number, frameHeight: number) => {
    const { sent, received } = linkStatistics(
      [],
      [{ id: 'P', type, kind: 'video', frameWidth, frameHeight }],
    );
    const { width, height } = (type === 'outbound-rtp' ? sent : received).video!;
    return [width, height];
  };

  it('is the encoder’s', () => {
    expect(size('outbound-rtp', 640, 360)).toEqual([640, 360]);
    expect(size('outbound-rtp', 360, 640)).toEqual([360, 640]);
    expect(size('inbound-rtp', 640, 360)).toEqual([640, 360]);
  });

  it('is unknown where a placeholder is encoded, however scaled', () => {
    for (const scale of [1, 2, 3, 4, 6])
      expect(size('outbound-rtp', PLACEHOLDER.width / scale, PLACEHOLDER.height / scale)).toEqual([
        null,
        null,
      ]);
  });
});
