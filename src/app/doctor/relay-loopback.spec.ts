import { firstValueFrom } from 'rxjs';

import { relayCheck } from './relay-check';
import { MOST, relayLoopback } from './relay-loopback';
import { serverUrl } from './server-url';
import { within } from '../testing/within';

/** There is no relay here: the path is direct, and everything else is real. */
class Connections {
  readonly made: RTCPeerConnection[] = [];
  readonly asked: RTCConfiguration[] = [];
  readonly create = (configuration: RTCConfiguration) => {
    this.asked.push(configuration);
    const connection = new RTCPeerConnection();
    this.made.push(connection);
    return connection;
  };
}

const times = { connect: within(5_000), steady: 400, full: 600, stragglers: within(100) };
const servers: RTCIceServer[] = [{ urls: ['turn:a'], username: 'u', credential: 'c' }];

describe('relayLoopback', () => {
  it('measures the throughput over two connections that use only relays', async () => {
    const connections = new Connections();
    const figures = await firstValueFrom(relayLoopback(connections.create, servers, times));
    expect(connections.asked).toEqual(
      [1, 2].map(() => ({ iceServers: servers, iceTransportPolicy: 'relay' as const })),
    );
    expect(figures.rate).toBeGreaterThan(500_000);
    expect(figures.rate).toBeLessThanOrEqual(MOST);
    expect(figures.loss).toBeLessThan(0.05);
    expect(figures.roundTrip).toBeGreaterThan(0);
    expect(figures.roundTrip).toBeLessThan(within(200));
    expect(connections.made.map(({ connectionState }) => connectionState)).toEqual(['closed', 'closed']);
  });

  it('reports loss', async () => {
    let sent = 0;
    const { send } = RTCDataChannel.prototype;
    spyOn(RTCDataChannel.prototype, 'send').and.callFake(function (this: RTCDataChannel, data: unknown) {
      // Every fourth of the long messages.
      if ((data as ArrayBuffer).byteLength > 100 && ++sent % 4 === 0) return;
      (send as (data: unknown) => void).call(this, data);
    });
    const figures = await firstValueFrom(relayLoopback(new Connections().create, servers, times));
    expect(figures.loss).toBeGreaterThan(0.2);
    expect(figures.loss).toBeLessThan(0.3);
  });

  it('fails if there is no path', async () => {
    const connections = new Connections();
    const create = (configuration: RTCConfiguration) => {
      connections.create(configuration);
      const deaf = new RTCPeerConnection({ iceTransportPolicy: 'relay' });
      connections.made.push(deaf);
      return deaf;
    };
    await expectAsync(
      firstValueFrom(relayLoopback(create, servers, { ...times, connect: 300 })),
    ).toBeRejectedWithError('no way through the relay');
  });
});

describe('relayCheck', () => {
  const relay = (url: string, reason: 'answers' | 'refused') => ({
    state: reason === 'answers' ? ('well' as const) : ('failed' as const),
    reason,
    url,
    server: serverUrl(url),
    time: 1,
    code: null,
    text: '',
    candidates: [],
  });

  it('measures nothing without a relay that answers', async () => {
    const connections = new Connections();
    const found = (list: readonly ReturnType<typeof relay>[]) =>
      firstValueFrom(relayCheck(connections.create, list, servers));
    expect((await found([])).reason).toBe('noRelay');
    expect((await found([relay('stun:a', 'answers')])).reason).toBe('noRelay');
    expect((await found([relay('turn:a', 'refused')])).reason).toBe('noAnswer');
    expect(connections.made).toEqual([]);
  });

  it('uses only relays that answer, with their credentials', async () => {
    const connections = new Connections();
    const list = [relay('turn:a', 'answers'), relay('turns:a', 'refused')];
    const both = [{ urls: ['turn:a', 'turns:a'], username: 'u', credential: 'c' }, { urls: 'stun:b' }];
    await firstValueFrom(relayCheck(connections.create, list, both));
    const subscription = relayCheck(connections.create, list, both).subscribe();
    expect(connections.asked[0]!.iceServers).toEqual(servers);
    subscription.unsubscribe();
    expect(connections.made.map(({ connectionState }) => connectionState)).toEqual(['closed', 'closed']);
  });
});
