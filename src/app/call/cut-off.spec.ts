import { filter, firstValueFrom, interval, map, Subscription, timeout } from 'rxjs';

import { randomId } from '../values/base32';
import { CallSignaling } from '../signaling/call-signaling';
import { newCode } from '../signaling/code';
import { codeKeys } from '../signaling/code-keys';
import { LivePerson } from '../testing/live-person';
import { MemoryDatabase } from '../testing/memory-documents';
import { within } from '../testing/within';
import type { Member } from './call-state';

const connected = ({ status }: Member) => status === 'connected';
const LOOK_MS = 25;

/** The invariant of a call: media is sent only to members who are shown. */
describe('Media', () => {
  let database: MemoryDatabase;
  let code: string;
  let people: LivePerson[];
  let watching: Subscription;
  let breaches: string[];
  let ada: LivePerson;
  const sources: { readonly stop: () => void }[] = [];

  const person = (uid: string) => {
    const created = new LivePerson(database, uid);
    people.push(created);
    created.media.simulateOn('microphone', tone());
    return created;
  };
  const tone = () => {
    const context = new AudioContext();
    const oscillator = context.createOscillator();
    const { stream } = oscillator.connect(
      context.createMediaStreamDestination(),
    ) as MediaStreamAudioDestinationNode;
    oscillator.start();
    const [track] = stream.getAudioTracks();
    sources.push({ stop: () => (track!.stop(), void context.close()) });
    return track!;
  };
  const shownTo = ({ states }: LivePerson) => {
    const now = states.at(-1);
    return now?.phase === 'seated' || now?.phase === 'entering' ? now.members : [];
  };
  /** Connections over which this person sends audio now. */
  const sending = ({ connections }: LivePerson) =>
    connections.filter(
      (connection) =>
        connection.connectionState === 'connected' &&
        connection.getSenders().some(({ track }) => track !== null),
    );
  /** Number of media packets that a connection has received. */
  const packetsTo = async (connection: RTCPeerConnection): Promise<number> => {
    const report = await connection.getStats();
    return ([...report.values()] as { readonly type: string; readonly packetsReceived?: number }[])
      .filter(({ type }) => type === 'inbound-rtp')
      .reduce((sum, { packetsReceived = 0 }) => sum + packetsReceived, 0);
  };
  const until = (is: () => boolean, patience = 12_000) =>
    firstValueFrom(interval(LOOK_MS).pipe(map(is), filter(Boolean), timeout(within(patience))));
  const isClosed = ({ connectionState }: RTCPeerConnection) => connectionState === 'closed';
  const seat = (number: number) =>
    [...database.contents.keys()].find((path) => path.endsWith(`/seats/${number}`))!;
  const offersAt = (number: number) =>
    [...database.contents.keys()].filter((path) => new RegExp(`/seats/${number}/links/[^/]+$`).test(path));

  const join = async (uid: string, name: string) => {
    const guest = person(uid);
    guest.call.open(code, 'join');
    await guest.phase('prejoin');
    guest.call.join(name);
    await guest.phase('seated');
    return guest;
  };
  const connectBen = async () => {
    const ben = await join('b', 'Ben');
    const [seen] = await Promise.all([ada.member(connected), ben.member(connected)]);
    // The control channel opens a moment later.
    await Promise.all([ada, ben].map((each) => each.member(({ microphone }) => microphone)));
    await until(() => sending(ada).length === 1 && sending(ben).length === 1);
    return { ben, seen };
  };

  beforeEach(async () => {
    sessionStorage.clear();
    database = new MemoryDatabase();
    code = newCode();
    people = [];
    breaches = [];
    let suspected = new Set<string>();
    // A track is replaced a moment after the state that requires it, so a breach must last for two looks.
    watching = interval(LOOK_MS).subscribe(() => {
      const now = people.flatMap((each, index) =>
        sending(each).length > shownTo(each).length ? [`${index} sends to more than are shown`] : [],
      );
      breaches.push(...now.filter((breach) => suspected.has(breach)));
      suspected = new Set(now);
    });
    ada = person('a');
    ada.call.open(code, 'new', 'Ada');
    await ada.phase('seated');
    await until(() => offersAt(1).length === 1);
  });
  afterEach(() => {
    watching.unsubscribe();
    for (const each of people) each.goAway();
    for (const source of sources.splice(0)) source.stop();
    expect(breaches).toEqual([]);
  });

  it(
    'stops for a peer that says bye and stays: its connection is closed, and its seat gets no offer',
    async () => {
      const { ben, seen } = await connectBen();
      const [connection] = sending(ada);
      const [peer] = await firstValueFrom(ben.call.peers$);
      expect([...(await firstValueFrom(ada.call.left$))]).toEqual([]);
      peer!.send({ type: 'bye' });
      await ada.alone();
      expect([...(await firstValueFrom(ada.call.left$))]).toEqual([seen.session]);
      expect(isClosed(connection!)).toBeTrue();
      const received = await packetsTo(ben.connections.at(-1)!);
      await until(() => offersAt(1).length === 0);
      // The seat's lease is renewed, so the seat is evaluated again.
      database.simulateWrite(seat(1), {
        ...database.contents.get(seat(1))!,
        lease: new Date(Date.now() + 200_000),
      });
      await ada.alone();
      expect(offersAt(1)).toEqual([]);
      expect(sending(ada)).toEqual([]);
      expect((await packetsTo(ben.connections.at(-1)!)) - received).toBeLessThan(3);
    },
    within(30_000),
  );

  it(
    'reaches the next member, once a peer that said bye has freed its seat',
    async () => {
      const { ben } = await connectBen();
      ben.call.leave();
      await ada.alone();
      await join('c', 'Cleo');
      expect((await ada.member(connected)).name).toBe('Cleo');
    },
    within(30_000),
  );

  it(
    'stops for a member whom the host removes',
    async () => {
      const { ben, seen } = await connectBen();
      const [connection] = sending(ada);
      const [theirs] = sending(ben);
      ada.call.remove(seen.session);
      await ada.alone();
      await ben.phase('failed');
      expect([connection!, theirs!].every(isClosed)).toBeTrue();
    },
    within(30_000),
  );

  it(
    'stops when a seat is taken over',
    async () => {
      await connectBen();
      const [connection] = sending(ada);
      const taken = { ...database.contents.get(seat(1))!, uid: 'm', session: randomId() };
      database.simulateWrite(seat(1), taken);
      await until(() => isClosed(connection!));
      expect(sending(ada)).toEqual([]);
    },
    within(30_000),
  );

  it(
    'continues when a lease runs out and the link is up, to a member who is shown',
    async () => {
      const { seen } = await connectBen();
      const held = database.contents.get(seat(1))!;
      database.simulateWrite(seat(1), { ...held, lease: new Date(Date.now() - 1_000) });
      await ada.inCall(({ members }) => members.some(({ session }) => session === seen.session));
      expect(sending(ada).length).toBe(1);
    },
    within(30_000),
  );

  it(
    'is not sent to a peer that answers without a seat, even if it connects',
    async () => {
      const [path] = offersAt(1);
      const stranger = person('s');
      const signaling = new CallSignaling(stranger.documents, await codeKeys(code, 'call'));
      const link = (await signaling.link({ seat: 1, id: path!.slice(path!.lastIndexOf('/') + 1) }))!;
      const connection = new RTCPeerConnection();
      sources.push({ stop: () => connection.close() });
      connection.createDataChannel('control', { negotiated: true, id: 0 });
      await connection.setRemoteDescription({ type: 'offer', sdp: link.offer!.sdp });
      for (const candidate of link.offer!.candidates) await connection.addIceCandidate(candidate);
      await connection.setLocalDescription();
      const { sdp } = connection.localDescription!;
      await signaling.answer(link, { session: randomId(), sdp, candidates: [], complete: true });
      await until(() => connection.connectionState === 'connected');
      await until(() => ada.connections.some(({ connectionState }) => connectionState === 'connected'));
      const received = await packetsTo(connection);
      await firstValueFrom(interval(1_000));
      expect(shownTo(ada)).toEqual([]);
      expect(sending(ada)).toEqual([]);
      expect(await packetsTo(connection)).toBe(received);
    },
    within(30_000),
  );

  it(
    'is sent to a person who joins by a provisional answer as soon as they are shown',
    async () => {
      const ben = person('b');
      ben.call.openAhead(code, 'Ben');
      await ben.phase('prejoin');
      await until(() => database.contents.get(offersAt(1)[0]!)?.['pranswer'] !== null);
      const arrive = ben.documents.simulateHeldUp();
      ben.call.open(code, 'join', 'Ben');
      await ada.member(connected);
      await until(() => sending(ada).length === 1);
      arrive();
      await ben.member(connected);
      await until(() => sending(ben).length === 1);
    },
    within(30_000),
  );

  it(
    'stops for a member who has departed, and resumes over a new connection',
    async () => {
      const { ben, seen } = await connectBen();
      const [connection] = sending(ada);
      const send = RTCDataChannel.prototype.send;
      const getStats = RTCPeerConnection.prototype.getStats;
      RTCDataChannel.prototype.send = () => undefined;
      RTCPeerConnection.prototype.getStats = () => Promise.resolve(new Map() as RTCStatsReport);
      let ahead = 0;
      const now = performance.now.bind(performance);
      spyOn(performance, 'now').and.callFake(() => now() + ahead);
      try {
        await ada.member(({ status }) => status === 'reconnecting');
        ahead = 30_000;
        await until(() => shownTo(ada).length === 0);
        await until(() => isClosed(connection!));
        expect(sending(ada)).toEqual([]);
      } finally {
        RTCDataChannel.prototype.send = send;
        RTCPeerConnection.prototype.getStats = getStats;
      }
      const back = await ada.member(connected, 15_000);
      expect(back.session).toBe(seen.session);
      await ben.member(connected, 15_000);
      expect(ada.connections.length).toBeGreaterThan(1);
    },
    within(45_000),
  );
});

describe('A clock that is set back', () => {
  it(
    'hides no member and shows none as reconnecting',
    async () => {
      sessionStorage.clear();
      let set = 0;
      const { now } = Date;
      spyOn(Date, 'now').and.callFake(() => now() + set);
      const database = new MemoryDatabase();
      const code = newCode();
      const [ada, ben] = [new LivePerson(database, 'a'), new LivePerson(database, 'b')];
      ada.call.open(code, 'new', 'Ada');
      await ada.phase('seated');
      ben.call.open(code, 'join', 'Ben');
      await Promise.all([ada.member(connected), ben.member(connected)]);
      // The control channel opens a moment later.
      await Promise.all([ada, ben].map((each) => each.member(({ microphone }) => !microphone)));
      set = -3_600_000;
      const from = [ada, ben].map(({ states }) => states.length);
      await firstValueFrom(interval(4_000));
      const statuses = [ada, ben].flatMap(({ states }, index) =>
        [states.at(-1)!, ...states.slice(from[index])].flatMap((state) =>
          state.phase === 'seated' ? state.members.map(({ status }) => status) : ['not seated'],
        ),
      );
      expect(new Set(statuses)).toEqual(new Set(['connected']));
      for (const each of [ada, ben]) each.goAway();
    },
    within(30_000),
  );
});

describe('A page restored from the back-forward cache', () => {
  let database: MemoryDatabase;
  let code: string;
  let ben: LivePerson;
  let ada: LivePerson;

  beforeEach(async () => {
    sessionStorage.clear();
    database = new MemoryDatabase();
    code = newCode();
    ada = new LivePerson(database, 'a');
    ada.call.open(code, 'new', 'Ada');
    await ada.phase('seated');
    ada.call.leave();
    ada.goAway();
    ada = new LivePerson(database, 'a');
    ada.call.open(code, 'new', 'Ada');
    await ada.phase('seated');
    ben = new LivePerson(database, 'b');
    ben.call.open(code, 'join');
    await ben.phase('prejoin');
  });
  afterEach(() => {
    for (const each of [ada, ben]) each.goAway();
  });
  const isSeated = () => [...database.contents.keys()].some((path) => path.endsWith('/seats/1'));
  const goAndComeBack = async () => {
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await firstValueFrom(interval(500));
  };

  it('stays out after Leave', async () => {
    ben.call.join('Ben');
    await ben.phase('seated');
    ben.call.leave();
    await ben.phase('left');
    ada.goAway();
    await goAndComeBack();
    expect(ben.states.at(-1)?.phase).toBe('left');
    expect(isSeated()).toBeFalse();
  });

  it('stays out after being removed by the host', async () => {
    ben.call.join('Ben');
    await ben.phase('seated');
    const { session } = await ada.member(connected);
    ada.call.remove(session);
    await ben.phase('failed');
    ada.goAway();
    await goAndComeBack();
    expect(ben.states.at(-1)?.phase).toBe('failed');
    expect(isSeated()).toBeFalse();
  });

  it('asks again where Join had not been pressed', async () => {
    // Otherwise Ada's page would receive these events too.
    ada.goAway();
    const before = ben.states.length;
    await goAndComeBack();
    await ben.phase('absent');
    const phases = new Set(ben.states.slice(before).map(({ phase }) => phase));
    expect(phases).toEqual(new Set(['opening', 'absent']));
  });

  it('returns to a seat where it had one', async () => {
    ben.call.join('Ben');
    await ben.phase('seated');
    ada.goAway();
    const before = ben.states.length;
    await goAndComeBack();
    await ben.phase('seated');
    expect(ben.states.slice(before).map(({ phase }) => phase)).toContain('opening');
  });
});
