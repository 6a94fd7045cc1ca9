import { fakeCandidate } from '../testing/fake-connections';
import { ipv6Finding, relaysOf, udpFinding, type UdpFinding } from './path-findings';
import type { ServerFinding } from './server-check';
import { serverUrl } from './server-url';

const server = (url: string, reason: ServerFinding['reason']): ServerFinding => ({
  state: reason === null ? 'running' : reason === 'answers' ? 'well' : 'failed',
  reason,
  url,
  server: serverUrl(url),
  time: null,
  code: reason === 'refused' ? 401 : null,
  text: '',
  candidates: [],
});

describe('udpFinding', () => {
  const cases: readonly (readonly [string, UdpFinding['reason'], readonly ServerFinding[], boolean])[] = [
    ['a STUN server answers', 'open', [server('stun:a', 'answers')], true],
    ['a relay refuses', 'open', [server('turn:a', 'refused')], true],
    ['only TLS answers', 'blocked', [server('stun:a', 'unreachable'), server('turns:a', 'answers')], false],
    ['only the database answers', 'blocked', [server('stun:a', 'unreachable')], true],
    ['the browser takes no address', 'unknown', [server('stun:a:b', 'error')], false],
    ['nothing answers', 'unknown', [server('stun:a', 'unreachable')], false],
    ['nobody is asked by it', 'unknown', [server('turns:a', 'answers')], true],
  ];
  for (const [what, reason, servers, hasNetwork] of cases) {
    it(`${what}: ${reason}`, () => expect(udpFinding(servers, hasNetwork).reason).toBe(reason));
  }
});

describe('ipv6Finding', () => {
  it('counts host and server-reflexive addresses, but no relay’s and no private ones', () => {
    const found = (type: RTCIceCandidateType, address: string) =>
      ipv6Finding([fakeCandidate({ type, address })]).reason;
    expect(found('srflx', '2001:db8::1')).toBe('there');
    expect(found('host', '2001:db8::1')).toBe('there');
    expect(found('relay', '2001:db8::1')).toBe('none');
    expect(found('host', 'fd00::1')).toBe('none');
    expect(found('host', '192.0.2.1')).toBe('none');
  });
});

describe('relaysOf', () => {
  it('summarizes the relays', () => {
    expect(relaysOf([server('stun:a', 'answers')])).toBe('none');
    expect(relaysOf([server('turn:a', 'unreachable'), server('turns:a', 'answers')])).toBe('answers');
    expect(relaysOf([server('turn:a', 'unreachable'), server('turns:a', null)])).toBeNull();
    expect(relaysOf([server('turn:a', 'unreachable'), server('turns:a', 'refused')])).toBe('refused');
    expect(relaysOf([server('turn:a', 'unreachable')])).toBe('silent');
  });
});
