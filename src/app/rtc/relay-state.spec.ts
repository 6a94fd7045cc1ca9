import { otherHasRelay, RelayState, relayState$ } from './relay-state';

/** A connection that gathers the candidates a spec provides. */
class Gathering extends EventTarget {
  constructor(private readonly iceServers: RTCIceServer[]) {
    super();
  }

  readonly as = this as unknown as RTCPeerConnection;
  getConfiguration = (): RTCConfiguration => ({ iceServers: this.iceServers });

  finds(type: string | null): void {
    this.dispatchEvent(
      Object.assign(new Event('icecandidate'), { candidate: type === null ? null : { type } }),
    );
  }

  fails(url: string, errorCode: number): void {
    this.dispatchEvent(Object.assign(new Event('icecandidateerror'), { url, errorCode }));
  }
}

describe('relayState$', () => {
  const turn = 'turns:turn.example.org:443';
  const states = (servers: RTCIceServer[], events: (gathering: Gathering) => void) => {
    const gathering = new Gathering(servers);
    const seen: RelayState[] = [];
    const listening = relayState$(gathering.as).subscribe((state) => seen.push(state));
    events(gathering);
    listening.unsubscribe();
    return seen;
  };

  it('is none without a relay, whatever else is found or fails', () => {
    const seen = states([{ urls: 'stun:s' }], (gathering) => {
      gathering.finds('srflx');
      gathering.fails('stun:s', 701);
    });
    expect(seen).toEqual(['none']);
  });

  it('is unreachable until a relay answers, and there once it has allocated an address', () => {
    const seen = states([{ urls: turn }], (gathering) => {
      gathering.finds('host');
      gathering.fails(turn, 701);
      gathering.finds('relay');
      gathering.fails(turn, 401);
      gathering.finds(null);
    });
    expect(seen).toEqual(['unreachable', 'there']);
  });

  it('is refused when a relay rejects the credentials, with any error code', () => {
    for (const code of [401, 403, 438, 441, 486]) {
      expect(states([{ urls: turn }], (gathering) => gathering.fails(turn, code))).toEqual([
        'unreachable',
        'refused',
      ]);
    }
    expect(states([{ urls: turn }], (gathering) => gathering.fails('stun:s', 401))).toEqual(['unreachable']);
  });
});

describe('otherHasRelay', () => {
  const connection = (stats: readonly object[]) =>
    ({
      getStats: () => Promise.resolve(new Map(stats.map((one, index) => [index, one]))),
    }) as unknown as RTCPeerConnection;

  it('checks the peer’s candidates, not our own', async () => {
    const own = { type: 'local-candidate', candidateType: 'relay' };
    const theirs = { type: 'remote-candidate', candidateType: 'relay' };
    expect(await otherHasRelay(connection([own, { ...theirs, candidateType: 'host' }]))).toBeFalse();
    expect(await otherHasRelay(connection([own, theirs]))).toBeTrue();
  });
});
