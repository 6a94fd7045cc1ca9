import { filter, firstValueFrom, timeout, timer } from 'rxjs';

import { newCode } from '../signaling/code';
import { LivePerson } from '../testing/live-person';
import { MemoryDatabase } from '../testing/memory-documents';
import type { Member } from './call-state';
import { within } from '../testing/within';

const connected = ({ status }: Member) => status === 'connected';
const reconnecting = ({ status }: Member) => status === 'reconnecting';

describe('LiveCall in trouble', () => {
  let database: MemoryDatabase;
  let ada: LivePerson;
  let ben: LivePerson;
  const Original = RTCPeerConnection;

  beforeEach(async () => {
    sessionStorage.clear();
    database = new MemoryDatabase();
    const code = newCode();
    ada = new LivePerson(database, 'a');
    ada.call.open(code, 'new');
    await ada.phase('prejoin');
    ada.call.join('Ada');
    await ada.phase('seated');
    ben = new LivePerson(database, 'b');
    ben.call.open(code, 'join');
    await ben.phase('prejoin');
    ben.call.join('Ben');
    await Promise.all([ada.member(connected), ben.member(connected)]);
    // The control channel opens a moment later.
    await Promise.all([
      ada.member(({ microphone }) => !microphone),
      ben.member(({ microphone }) => !microphone),
    ]);
  });
  afterEach(() => {
    for (const each of [ada, ben]) each.goAway();
  });

  /** From now on neither messages nor packets are seen to arrive, until the returned function is called. */
  const deafen = () => {
    const send = RTCDataChannel.prototype.send;
    const getStats = Original.prototype.getStats;
    RTCDataChannel.prototype.send = () => undefined;
    Original.prototype.getStats = () => Promise.resolve(new Map() as RTCStatsReport);
    return () => {
      RTCDataChannel.prototype.send = send;
      Original.prototype.getStats = getStats;
    };
  };
  /** Ends all leases, as if no member had been able to renew. */
  const endLeases = () => {
    for (const [at, fields] of database.contents) {
      if (/seats\/\d+$/.test(at))
        database.simulateWrite(at, { ...fields, lease: new Date(Date.now() - 1_000) });
    }
  };
  /** The members are still connected over what they connected by. Later connections are standing offers. */
  const expectFirstConnections = () => {
    for (const { connections } of [ada, ben])
      expect(connections.findIndex(({ connectionState }) => connectionState === 'connected')).toBe(0);
  };
  const linkPath = () => [...database.contents.keys()].find((path) => /seats\/1\/links\/[^/]+$/.test(path))!;
  const link = () => database.contents.get(linkPath())!;

  it(
    'restarts through the document when the control channel is dead, with the same connection',
    async () => {
      const mend = deafen();
      try {
        await Promise.all([ada.member(reconnecting), ben.member(reconnecting)]);
        const path = linkPath();
        await firstValueFrom(
          timer(0, 50).pipe(
            filter(() => link()['revision'] === 2 && link()['answer'] !== null),
            timeout(within(8_000)),
          ),
        );
        expect(linkPath()).toBe(path);
      } finally {
        mend();
      }
      await Promise.all([ada.member(connected), ben.member(connected)]);
      expectFirstConnections();
      const marks = performance.getEntriesByName('call:restored') as PerformanceMark[];
      expect(marks.length).toBeGreaterThan(0);
    },
    within(25_000),
  );

  it(
    'works without Firestore: refused, late, duplicate and old documents change nothing',
    async () => {
      for (const { documents } of [ada, ben]) documents.simulateOffline(true);
      const path = linkPath();
      const now = link();
      // Like a server that is late and repeats itself: the link unanswered, its present state, and a wrong revision.
      database.simulateWrite(path, { ...now, answer: null });
      database.simulateWrite(path, { ...now });
      database.simulateWrite(path, { ...now, revision: 7 });
      database.simulateWrite(path, { ...now });
      endLeases();
      await firstValueFrom(timer(500));
      for (const { documents } of [ada, ben]) documents.simulateOffline(false);
      await firstValueFrom(timer(500));
      await Promise.all([ada.member(connected), ben.member(connected)]);
      expectFirstConnections();
      expect(linkPath()).toBe(path);
      const states = [ada, ben].flatMap(({ states }) => states.slice(-3));
      expect(states.every((state) => state.phase === 'seated' && state.members.length === 1)).toBeTrue();
    },
    within(15_000),
  );

  it(
    'deletes links without a member behind them, but never a link that is up though its lease ran out',
    async () => {
      const path = linkPath();
      const left = `${path.slice(0, path.lastIndexOf('/'))}/left`;
      database.simulateWrite(left, { ...link() });
      endLeases();
      await firstValueFrom(
        timer(0, 100).pipe(
          filter(() => !database.contents.has(left)),
          timeout(within(8_000)),
        ),
      );
      await Promise.all([ada.member(connected), ben.member(connected)]);
      expect(linkPath()).toBe(path);
      expectFirstConnections();
    },
    within(15_000),
  );

  it(
    'takes the answer to a restart from the document where the channel can’t carry it, even if the peer is heard',
    async () => {
      const send = RTCDataChannel.prototype.send;
      // Ben is heard all the time, but none of his negotiation messages get through.
      RTCDataChannel.prototype.send = function (this: RTCDataChannel, data: unknown) {
        const blocked =
          /"type":"(candidates|description)"/.test(String(data)) && !/"kind":"offer"/.test(String(data));
        if (!blocked) send.call(this, data as never);
      };
      try {
        window.dispatchEvent(new Event('online'));
        await firstValueFrom(
          timer(0, 50).pipe(
            filter(() => link()['revision'] === 2 && link()['answer'] !== null),
            timeout(within(12_000)),
          ),
        );
      } finally {
        RTCDataChannel.prototype.send = send;
      }
      const states = [ada, ben].flatMap(({ states }) => states.slice(-3));
      expect(states.every((state) => state.phase === 'seated' && state.members.length === 1)).toBeTrue();
      await Promise.all([ada.member(connected), ben.member(connected)]);
      // The restart is answered. The next one is offered and answered over the channel.
      const revision = link()['revision'];
      window.dispatchEvent(new Event('online'));
      await firstValueFrom(timer(4_000));
      expect(link()['revision']).toBe(revision);
      expectFirstConnections();
    },
    within(25_000),
  );
});
