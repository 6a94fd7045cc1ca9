import { TestScheduler } from 'rxjs/testing';

import { FakeConnections, type FakeConnection } from '../testing/fake-connections';
import { serverCheck, type ServerFinding } from './server-check';
import { serverUrl } from './server-url';

const credentials = { username: '1:parley', credential: 'secret' };

describe('serverCheck', () => {
  const scheduler = () => new TestScheduler((actual, expected) => expect(actual).toEqual(expected));

  /** Runs a check in virtual time, and returns its result. */
  const check = (url: string, gather: (connection: FakeConnection, after: After) => void) => {
    let finding: ServerFinding | undefined;
    let completed = false;
    const connections = new FakeConnections();
    let looks = 0;
    const now = () => (looks++ === 0 ? 100 : 142);
    scheduler().run(({ flush, cold }) => {
      const after: After = (ms, act) => void cold(`${ms}ms (a|)`).subscribe(act);
      serverCheck(connections.create, url, credentials, now).subscribe({
        next: (next) => (finding = next),
        complete: () => (completed = true),
      });
      gather(connections.made[0]!, after);
      flush();
    });
    expect(completed).toBeTrue();
    expect(connections.made[0]!.closed).toBeTrue();
    return { finding: finding!, configuration: connections.made[0]!.configuration };
  };
  type After = (ms: number, act: () => void) => void;

  it('measures the time to the first address from a STUN server', () => {
    const { finding, configuration } = check('stun:stun.example.org:19302', (connection, after) => {
      after(1, () => connection.simulateCandidate({ type: 'host' }));
      after(9, () => connection.simulateCandidate({ type: 'srflx', address: '203.0.113.7' }));
    });
    expect(finding).toEqual(jasmine.objectContaining({ state: 'well', reason: 'answers', time: 42 }));
    expect(finding.candidates.map(({ type }) => type)).toEqual(['host', 'srflx']);
    expect(configuration).toEqual({
      iceServers: [{ urls: ['stun:stun.example.org:19302'] }],
      iceTransportPolicy: 'all',
    });
  });

  it('asks a TURN server for a relay, with the credentials, and accepts no other answer', () => {
    const { finding, configuration } = check('turns:turn.example.org:443', (connection, after) => {
      after(1, () => connection.simulateCandidate({ type: 'srflx' }));
      after(2, () => connection.simulateComplete());
    });
    expect(finding).toEqual(jasmine.objectContaining({ state: 'failed', reason: 'unreachable' }));
    expect(configuration).toEqual({
      iceServers: [{ urls: ['turns:turn.example.org:443'], ...credentials }],
      iceTransportPolicy: 'relay',
    });
    const relay = check('turns:turn.example.org:443', (connection, after) => {
      after(1, () => connection.simulateCandidate({ type: 'relay' }));
    });
    expect(relay.finding.state).toBe('well');
  });

  const errors: readonly (readonly [number, ServerFinding['reason']])[] = [
    [401, 'refused'],
    [438, 'refused'],
    [486, 'full'],
    [508, 'full'],
    [403, 'error'],
    [701, 'unreachable'],
  ];
  for (const [code, reason] of errors) {
    it(`explains ${code}`, () => {
      const { finding } = check('turn:turn.example.org', (connection, after) => {
        after(1, () => connection.simulateError(code, 'so'));
        after(2, () => connection.simulateComplete());
      });
      expect(finding).toEqual(jasmine.objectContaining({ state: 'failed', reason, code, text: 'so' }));
    });
  }

  it('keeps waiting if only one of several networks could not reach it', () => {
    const { finding } = check('turn:turn.example.org', (connection, after) => {
      after(1, () => connection.simulateError(701));
      after(2, () => connection.simulateCandidate({ type: 'relay' }));
    });
    expect(finding).toEqual(jasmine.objectContaining({ state: 'well', code: null }));
  });

  it('times out after eight seconds', () => {
    const { finding } = check('stun:stun.example.org', (connection, after) => {
      after(8_001, () => connection.simulateCandidate({ type: 'srflx' }));
    });
    expect(finding).toEqual(jasmine.objectContaining({ state: 'failed', reason: 'unreachable' }));
  });

  it('passes a STUN server without an error if it sees the device’s own address', () => {
    const { finding } = check('stun:stun.example.org', (connection, after) => {
      after(1, () => connection.simulateCandidate({ type: 'host' }));
      after(2, () => connection.simulateComplete());
    });
    expect(finding).toEqual(jasmine.objectContaining({ state: 'well', reason: 'answers' }));
    const without = check('stun:stun.example.org', (connection, after) => {
      after(2, () => connection.simulateComplete());
    });
    expect(without.finding.reason).toBe('unreachable');
  });

  it('reports an address that the browser rejects', () => {
    let finding: ServerFinding | undefined;
    const refuse = () => {
      throw new SyntaxError('no URL');
    };
    serverCheck(refuse, 'stun:a:b', {}).subscribe((next) => (finding = next));
    expect(finding).toEqual(
      jasmine.objectContaining({ state: 'failed', reason: 'error', text: 'SyntaxError: no URL' }),
    );
  });
});

describe('serverUrl', () => {
  it('parses scheme, host, port and transport', () => {
    const read = (url: string) => Object.values(serverUrl(url)).join(' ');
    expect(read('stun:stun.example.org')).toBe('stun udp stun.example.org 3478');
    expect(read('turn:turn.example.org:80?transport=tcp')).toBe('turn tcp turn.example.org 80');
    expect(read('turns:turn.example.org')).toBe('turn tls turn.example.org 5349');
    expect(read('turns:[2001:db8::1]:443?transport=udp')).toBe('turn dtls [2001:db8::1] 443');
    expect(read('turn:a:b')).toBe('turn udp turn:a:b 0');
  });
});
