import { lastValueFrom } from 'rxjs';

import { fakeCandidate, FakeConnections, type FakeCandidate } from '../testing/fake-connections';
import { mappingOf, natCheck, natServers, type NatFinding } from './nat-check';
import type { ServerFinding } from './server-check';
import { serverUrl } from './server-url';

const answering = (url: string): ServerFinding => ({
  state: 'well',
  reason: 'answers',
  url,
  server: serverUrl(url),
  time: 10,
  code: null,
  text: '',
  candidates: [],
});
const host: FakeCandidate = { type: 'host' };
const seen = (port: number, more: FakeCandidate = {}): FakeCandidate => ({
  type: 'srflx',
  address: '203.0.113.7',
  port,
  ...more,
});

describe('mappingOf', () => {
  interface Case {
    readonly what: string;
    readonly candidates: readonly FakeCandidate[];
    readonly incomplete?: true;
    readonly oneHost?: true;
    readonly reason: NatFinding['reason'];
  }
  const own = { relatedAddress: '192.0.2.7', relatedPort: 5000 };
  const other = { relatedAddress: '192.0.2.8', relatedPort: 6000 };
  const cases: readonly Case[] = [
    { what: 'one mapping for both', candidates: [host, seen(1)], reason: 'independent' },
    { what: 'the same mapping told twice', candidates: [host, seen(1), seen(1)], reason: 'independent' },
    { what: 'two ports', candidates: [host, seen(1), seen(2)], reason: 'dependent' },
    {
      what: 'two addresses',
      candidates: [host, seen(1), seen(1, { address: '203.0.113.8' })],
      reason: 'dependent',
    },
    {
      what: 'two ports for servers at one address',
      candidates: [host, seen(1), seen(2)],
      oneHost: true,
      reason: 'portDependent',
    },
    {
      what: 'two bases with a mapping each',
      candidates: [host, host, seen(1, own), seen(2, other)],
      reason: 'independent',
    },
    {
      what: 'two bases, one with two',
      candidates: [host, host, seen(1, own), seen(2, own), seen(3, other)],
      reason: 'dependent',
    },
    {
      what: 'hidden bases of two foundations',
      candidates: [host, host, seen(1, { foundation: 'a' }), seen(2, { foundation: 'b' })],
      reason: 'independent',
    },
    {
      what: 'hidden bases of one foundation',
      candidates: [host, host, seen(1, { foundation: 'a' }), seen(2, { foundation: 'a' })],
      reason: 'dependent',
    },
    { what: 'nothing but the own address', candidates: [host], reason: 'none' },
    { what: 'nothing at all', candidates: [], reason: 'unknown' },
    {
      what: 'one mapping, one server still silent',
      candidates: [host, seen(1)],
      incomplete: true,
      reason: 'unknown',
    },
    {
      what: 'two mappings, before all is over',
      candidates: [host, seen(1), seen(2)],
      incomplete: true,
      reason: 'dependent',
    },
    {
      what: 'a mapping of version 6 beside',
      candidates: [host, seen(1), seen(2, { address: '2001:db8::1' })],
      reason: 'independent',
    },
    {
      what: 'one over TCP beside',
      candidates: [host, seen(1), seen(2, { protocol: 'tcp' })],
      reason: 'independent',
    },
  ];
  for (const { what, candidates, incomplete, oneHost, reason } of cases) {
    it(`${what}: ${reason}`, () => {
      const found = mappingOf(candidates.map(fakeCandidate), !incomplete, oneHost === true);
      expect(found.reason).toBe(reason);
    });
  }
});

describe('natServers', () => {
  const pair = (...urls: string[]) => natServers(urls.map(answering))?.map(({ url }) => url) ?? null;

  it('selects two servers that answer over UDP, on two hosts if possible', () => {
    expect(pair('stun:a', 'stun:a:99', 'stun:b')).toEqual(['stun:a', 'stun:b']);
    expect(pair('stun:a', 'stun:a:99')).toEqual(['stun:a', 'stun:a:99']);
    expect(pair('stun:a', 'turn:b')).toEqual(['stun:a', 'turn:b']);
    expect(pair('stun:a', 'turn:b?transport=tcp', 'turns:c', 'turn:a')).toBeNull();
    expect(natServers([answering('stun:a'), { ...answering('stun:b'), reason: 'unreachable' }])).toBeNull();
  });
});

describe('natCheck', () => {
  it('asks two servers in one connection, a relay as a STUN server', async () => {
    const connections = new FakeConnections((connection) => {
      connection.simulateCandidate(host);
      connection.simulateCandidate(seen(1));
      connection.simulateCandidate(seen(2));
      connection.simulateComplete();
    });
    const list = [answering('stun:a:1'), answering('turn:b:2')];
    const found = await lastValueFrom(natCheck(connections.create, list));
    expect(connections.made.map(({ urls }) => urls)).toEqual([['stun:a:1', 'stun:b:2']]);
    expect(connections.made[0]!.closed).toBeTrue();
    expect(found).toEqual({
      state: 'warning',
      reason: 'dependent',
      mapped: ['203.0.113.7:1', '203.0.113.7:2'],
    });
  });

  it('asks nothing if only one server answers', async () => {
    const connections = new FakeConnections();
    const found = await lastValueFrom(natCheck(connections.create, [answering('stun:a')]));
    expect(found.reason).toBe('unknown');
    expect(connections.made).toEqual([]);
  });
});
