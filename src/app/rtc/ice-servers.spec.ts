import { hasRelay, readIceServers } from './ice-servers';

describe('readIceServers', () => {
  it('accepts STUN and TURN servers of every transport, including IPv6 literals', () => {
    const servers = [
      { urls: ['stun:stun.example.org', 'stuns:stun.example.org:5349'] },
      { urls: 'turn:192.0.2.1:3478?transport=tcp', username: '17:parley', credential: 'c2VjcmV0' },
      { urls: ['turns:[2001:db8::1]:443?transport=tcp'], username: '17:parley', credential: 'c2VjcmV0' },
    ];
    expect(readIceServers(servers)).toEqual([
      servers[0]!,
      { urls: ['turn:192.0.2.1:3478?transport=tcp'], username: '17:parley', credential: 'c2VjcmV0' },
      servers[2]!,
    ]);
    // A list that makes the browser throw would leave every member without a connection.
    expect(() => new RTCPeerConnection({ iceServers: [...readIceServers(servers)!] }).close()).not.toThrow();
  });

  it('leaves out entries that would make a browser reject the list', () => {
    const urls = ['stun:good.example.org', 'http://example.org', 'turn:no.credentials', 'stun:a b', 7, ''];
    expect(
      readIceServers([{ urls }, { urls: 'turn:x', username: 'u' }, { urls: 'turn:x?transport=sctp' }, null]),
    ).toEqual([{ urls: ['stun:good.example.org'] }]);
  });

  it('gives credentials to no STUN server', () => {
    expect(readIceServers([{ urls: 'stun:s', username: 'u', credential: 'c' }])).toEqual([
      { urls: ['stun:s'] },
    ]);
  });

  it('is null for anything but a list, and for a list that is too long', () => {
    for (const value of [null, {}, 'stun:s', Array.from({ length: 17 }, () => ({ urls: 'stun:s' }))]) {
      expect(readIceServers(value)).toBeNull();
    }
  });
});

describe('hasRelay', () => {
  it('distinguishes a relay from a server that only reports addresses', () => {
    expect(hasRelay([{ urls: ['stun:s', 'turns:t'] }])).toBeTrue();
    expect(hasRelay([{ urls: 'stun:s' }])).toBeFalse();
  });
});
