import { firstValueFrom, timeout, timer } from 'rxjs';

import { newCode } from '../signaling/code';
import { LivePerson } from '../testing/live-person';
import { MemoryDatabase } from '../testing/memory-documents';
import { within } from '../testing/within';
import type { Member } from '../call/call-state';

describe('LiveCall with descriptions that a browser refuses', () => {
  let database: MemoryDatabase;
  let people: LivePerson[];
  let connections: number;

  beforeEach(() => {
    sessionStorage.clear();
    database = new MemoryDatabase();
    people = [];
    connections = 0;
  });
  afterEach(() => people.forEach((each) => each.goAway()));

  /** Makes every description of this kind lack something that a browser needs. */
  const spoil = (kind: 'offer' | 'answer', spoiled: (sdp: string) => string) => {
    const Original = RTCPeerConnection;
    spyOn(globalThis, 'RTCPeerConnection').and.callFake(function (configuration?: RTCConfiguration) {
      connections++;
      const connection = new Original(configuration);
      Object.defineProperty(connection, 'localDescription', {
        get: () => {
          const read = Object.getOwnPropertyDescriptor(Original.prototype, 'localDescription')?.get;
          const local = read?.call(connection) as RTCSessionDescription | null;
          return local?.type === kind ? { type: kind, sdp: spoiled(local.sdp) } : local;
        },
      });
      return connection;
    });
  };
  const inCall = async () => {
    const code = newCode();
    const [ada, ben] = ['a', 'b'].map((uid) => new LivePerson(database, uid)) as [LivePerson, LivePerson];
    people.push(ada, ben);
    ada.call.open(code, 'new');
    await ada.phase('prejoin');
    ada.call.join('Ada');
    await ada.phase('seated');
    ben.call.open(code, 'join');
    await ben.phase('prejoin');
    ben.call.join('Ben');
    await ben.phase('seated');
    return { ada, ben };
  };
  const refused = ({ status, obstacle }: Member) => status === 'failed' && obstacle !== null;
  /** Expects that no further connection is tried. */
  const isOver = async () => {
    // A link that can't be made is settled: an offer for the next member follows.
    await firstValueFrom(timer(4_000));
    const before = connections;
    await firstValueFrom(timer(3_000));
    expect(connections).toBe(before);
  };

  it(
    'names the cause after three refused answers, and stops trying',
    async () => {
      spoil('answer', (sdp) => sdp.replace(/^a=group:BUNDLE.*\r\n/m, ''));
      const { ada } = await inCall();
      const { obstacle, session } = await ada.member(refused, 12_000);
      expect(obstacle).toBe('bundle');
      const figures = await firstValueFrom(ada.call.statistics$(session).pipe(timeout(within(4_000))));
      expect(figures.refusal).toBe('bundle');
      await isOver();
    },
    within(30_000),
  );

  it(
    'names the cause of refused offers, and stops trying',
    async () => {
      spoil('offer', (sdp) => sdp.replace(/^a=rtcp-mux\r\n/gm, ''));
      const { ben } = await inCall();
      expect((await ben.member(refused, 12_000)).obstacle).toBe('rtcpMux');
      await isOver();
    },
    within(30_000),
  );

  it(
    'starts over with the next member',
    async () => {
      spoil('answer', (sdp) => (connections < 9 ? sdp.replace(/^a=rtcp-mux\r\n/gm, '') : sdp));
      const { ada, ben } = await inCall();
      await ada.member(refused, 12_000);
      ben.call.leave();
      await ada.alone();
      connections = 9;
      ben.call.retry();
      await ada.member(({ status }) => status === 'connected');
    },
    within(30_000),
  );
});
