import { TestBed } from '@angular/core/testing';
import { filter, firstValueFrom, Subscription, take, timeout, toArray } from 'rxjs';

import { CHECK_CAPABILITIES } from '../call/capabilities';
import { CallError } from '../call/call-state';
import { CONNECT } from '../firebase/firebase';
import { PEER_CONNECTION } from '../rtc/peer-connection';
import { FakeConnections, type FakeConnection } from '../testing/fake-connections';
import { FakeMediaDevices } from '../testing/fake-media-devices';
import { MemoryDatabase } from '../testing/memory-documents';
import { Doctor } from './doctor';
import type { Examination } from './examination';
import { isDone } from './finding';
import { within } from '../testing/within';

const relay = {
  urls: ['turn:turn.example.org', 'turns:turn.example.org:443'],
  username: 'u',
  credential: 'c',
};
const stun = { urls: ['stun:a.example.org', 'stun:b.example.org'] };

/** A network behind a good NAT, whose relay rejects the credentials. */
const network = (connection: FakeConnection) => {
  if (connection.urls.some((url) => url.startsWith('turn'))) {
    connection.simulateError(401, 'Unauthorized');
  } else {
    connection.simulateCandidate({ type: 'host' });
    if (connection.urls.length > 0) {
      connection.simulateCandidate({ type: 'srflx', address: '203.0.113.7', port: 9 });
      connection.simulateCandidate({ type: 'srflx', address: '2001:db8::7', port: 9 });
    }
  }
  connection.simulateComplete();
};

describe('Doctor', () => {
  let database: MemoryDatabase;
  let devices: FakeMediaDevices;
  let connections: FakeConnections;
  let subscription: Subscription;

  const doctor = (checkCapabilities: () => void = () => undefined) => {
    TestBed.configureTestingModule({
      providers: [
        ...devices.providers(),
        { provide: PEER_CONNECTION, useValue: connections.create },
        { provide: CHECK_CAPABILITIES, useValue: checkCapabilities },
        { provide: CONNECT, useValue: () => Promise.resolve(database.user('a')) },
      ],
    });
    const made = TestBed.inject(Doctor);
    TestBed.tick();
    return made;
  };
  const publish = (...servers: RTCIceServer[]) =>
    database.simulateWrite('config/ice', {
      servers: JSON.stringify(servers),
      validUntil: null,
      updatedAt: new Date(),
    });
  const until = (made: Doctor, is: (examination: Examination) => boolean) =>
    firstValueFrom(made.examination$.pipe(filter(is), timeout(within(5_000))));
  const online = (is: boolean) => {
    spyOnProperty(navigator, 'onLine').and.returnValue(is);
  };

  beforeEach(() => {
    database = new MemoryDatabase();
    devices = new FakeMediaDevices();
    connections = new FakeConnections(network);
    subscription = new Subscription();
  });
  afterEach(() => subscription.unsubscribe());

  it('examines device and network, and releases everything', async () => {
    publish(stun, relay);
    const found = await until(
      doctor(),
      ({ relay, camera, ipv6 }) => relay.state === 'note' && camera.state === 'well' && ipv6.state === 'well',
    );
    expect(found.database.reason).toBe('reachable');
    expect(found.servers.state).toBe('warning');
    expect(found.servers.list.map(({ url, reason, code }) => [url, reason, code])).toEqual([
      ['stun:a.example.org', 'answers', null],
      ['stun:b.example.org', 'answers', null],
      ['turn:turn.example.org', 'refused', 401],
      ['turns:turn.example.org:443', 'refused', 401],
    ]);
    expect([found.udp.reason, found.nat.reason, found.relay.reason]).toEqual([
      'open',
      'independent',
      'noAnswer',
    ]);
    expect(found.microphone.track).not.toBeNull();
    expect(connections.made.every(({ closed }) => closed)).toBeTrue();
    expect([devices.open('camera'), devices.open('microphone')]).toEqual([[], []]);
  });

  it('continues without servers, and without devices', async () => {
    devices.deny('camera', 'microphone');
    const found = await until(doctor(), ({ relay, camera, microphone }) =>
      [relay, camera, microphone].every(isDone),
    );
    expect(found.relay.reason).toBe('noRelay');
    expect(found.servers).toEqual({ state: 'warning', reason: 'none', list: [] });
    expect([found.camera.reason, found.microphone.reason]).toEqual(['denied', 'denied']);
    expect([found.udp.reason, found.nat.reason, found.ipv6.reason]).toEqual(['unknown', 'unknown', 'none']);
  });

  it('waits for a network, and starts when there is one', async () => {
    const is = spyOnProperty(navigator, 'onLine').and.returnValue(false);
    const made = doctor();
    const states: string[] = [];
    subscription = made.examination$.subscribe(({ online, database }) =>
      states.push(`${online} ${database.state}`),
    );
    const working = await until(made, ({ camera }) => camera.state === 'well');
    expect(working.online).toBeFalse();
    expect(new Set(states)).toEqual(new Set(['false waiting']));
    is.and.returnValue(true);
    window.dispatchEvent(new Event('online'));
    await until(made, ({ database }) => database.state === 'well');
    expect(states).toContain('true running');
  });

  it('asks no server if the browser lacks WebRTC, but checks the database', async () => {
    publish(stun);
    const made = doctor(() => {
      throw new CallError('unsupported', { missing: ['RTCPeerConnection'] });
    });
    const found = await until(made, ({ servers }) => servers.reason === 'unknown');
    expect(found.database.state).toBe('well');
    expect(found.browser.missing).toEqual(['RTCPeerConnection']);
    expect(connections.made).toEqual([]);
  });

  it('reports step by step', async () => {
    online(true);
    publish(stun);
    const first = await firstValueFrom(doctor().examination$.pipe(take(3), toArray()));
    expect(first.map(({ database }) => database.state)).toContain('running');
    expect(first[0]!.servers.state).toBe('waiting');
  });
});
