import { filter, firstValueFrom, map, switchMap, timeout, timer } from 'rxjs';

import { newCode } from '../signaling/code';
import { LivePerson } from '../testing/live-person';
import { MemoryDatabase } from '../testing/memory-documents';
import type { Member } from './call-state';
import { within } from '../testing/within';

const connected = ({ status }: Member) => status === 'connected';

describe('LiveCall', () => {
  let database: MemoryDatabase;
  let code: string;
  const people: LivePerson[] = [];

  const person = (uid: string) => {
    const created = new LivePerson(database, uid);
    people.push(created);
    return created;
  };
  const enter = async (uid: string, name: string, intent: 'new' | 'join') => {
    const member = person(uid);
    member.call.open(code, intent);
    await member.phase('prejoin');
    member.call.join(name);
    await member.phase('seated');
    return member;
  };
  const start = (uid: string, name: string) => enter(uid, name, 'new');
  const join = (uid: string, name: string) => enter(uid, name, 'join');

  /** Leaves the call room for two, for those who open it from now on. */
  const simulateTwoSeats = () => {
    const [path, fields] = [...database.contents].find(([at]) => /^calls\/[^/]+$/.test(at))!;
    database.simulateWrite(path, { ...fields, seats: 2 });
  };

  beforeEach(() => {
    sessionStorage.clear();
    database = new MemoryDatabase();
    code = newCode();
  });
  afterEach(() => {
    for (const each of people.splice(0)) each.goAway();
  });

  it('connects two members who see each other by name', async () => {
    const ada = await start('a', 'Ada');
    const ben = await join('b', 'Ben');
    expect((await ada.member(connected)).name).toBe('Ben');
    expect((await ben.member(connected)).name).toBe('Ada');
  });

  it('takes the seat although the response to its Join is lost, and shows in the meantime that it is entering', async () => {
    const ada = await start('a', 'Ada');
    const ben = person('b');
    ben.call.open(code, 'join');
    await ben.phase('prejoin');
    ben.documents.simulateLostAnswers(1);
    ben.call.join('Ben');
    await ben.phase('seated');
    expect(ben.states.some(({ phase }) => phase === 'failed')).toBeFalse();
    expect((await ada.member(connected)).name).toBe('Ben');
  });

  it('reports whether it polls for changes', async () => {
    const ada = await start('a', 'Ada');
    const said: boolean[] = [];
    const listening = ada.call.polling$.subscribe((polling) => said.push(polling));
    ada.documents.simulateNoListening(true);
    expect(said).toEqual([false, true]);
    listening.unsubscribe();
  });

  const gone =
    ({ session }: Member) =>
    (member: Member) =>
      member.session !== session;
  const seatPaths = () => [...database.contents.keys()].filter((path) => /seats\/\d+$/.test(path));

  it('reports what it waits for before Join, and who is in the call', async () => {
    await start('a', 'Ada');
    const ben = person('b');
    ben.call.open(code, 'join');
    expect(await ben.phase('prejoin')).toEqual({
      phase: 'prejoin',
      fresh: false,
      asks: false,
      others: [jasmine.objectContaining({ name: 'Ada', seat: 0, status: 'waiting' })],
    });
    expect(ben.documents).toBeDefined();
    expect(seatPaths().length).toBe(1);
  });

  it('reports who left, and lets the same person in again', async () => {
    const ada = await start('a', 'Ada');
    const ben = await join('b', 'Ben');
    const before = await ada.member(connected);
    const notice = firstValueFrom(ada.call.notices$.pipe(timeout(within(4_000))));
    ben.call.leave();
    expect(await notice).toEqual({ kind: 'left', name: 'Ben' });
    await ada.alone();
    expect((await ben.phase('left')).duration).toBeGreaterThan(0);
    ben.call.retry();
    const again = await ada.member((member) => connected(member) && gone(before)(member));
    expect(again.name).toBe('Ben');
  });

  it('tells a person who presses Join that the call was closed, and lets them in once it is open', async () => {
    const ada = await start('a', 'Ada');
    const ben = person('b');
    ben.call.open(code, 'join');
    await ben.phase('prejoin');
    ada.call.setDoor('closed');
    await ada.inCall(({ door }) => door === 'closed');
    ben.call.join('Ben');
    await ben.phase('closed');
    ada.call.setDoor('open');
    await ben.phase('prejoin');
    ben.call.join('Ben');
    expect((await ada.member(connected)).name).toBe('Ben');
  });

  it('shows the room with its members while the request for the seat is in flight', async () => {
    await start('a', 'Ada');
    const ben = await join('b', 'Ben');
    const entering = ben.states.filter((state) => state.phase === 'entering').at(-1)!;
    expect(entering.members.map(({ name }) => name)).toEqual(['Ada']);
    expect(entering.name).toBe('Ben');
    expect(ben.states.map(({ phase }) => phase)).toContain('joining');
  });

  it('still shows the members once the seat is taken', async () => {
    await start('a', 'Ada');
    const ben = await join('b', 'Ben');
    const seated = ben.states.find((state) => state.phase === 'seated')!;
    expect(seated.members.map(({ name }) => name)).toEqual(['Ada']);
  });

  it('shows a newcomer once their answer is set', async () => {
    const ada = await start('a', 'Ada');
    await join('b', 'Ben');
    await ada.member(connected);
    const shown = ada.states.flatMap((state) => (state.phase === 'seated' ? state.members : []));
    expect(shown[0]!.status).not.toBe('waiting');
  });

  it('continues when the host leaves, who may return as the later member', async () => {
    const ada = await start('a', 'Ada');
    const ben = await join('b', 'Ben');
    await ben.member(connected);
    ada.call.leave();
    await ben.alone();
    ada.call.retry();
    expect((await ben.member(connected)).name).toBe('Ada');
    expect((await ada.member(connected)).name).toBe('Ben');
  });

  it('leaves nothing behind when the last member has left', async () => {
    const ada = await start('a', 'Ada');
    const ben = await join('b', 'Ben');
    await Promise.all([ada.member(connected), ben.member(connected)]);
    ben.call.leave();
    await ada.alone();
    ada.call.leave();
    await ada.phase('left');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([...database.contents.keys()]).toEqual([]);
  });

  it('shows a third person a full call, and lets them in when a seat is free', async () => {
    await start('a', 'Ada');
    simulateTwoSeats();
    const ben = await join('b', 'Ben');
    const cleo = person('c');
    cleo.call.open(code, 'join');
    await cleo.phase('full');
    ben.call.leave();
    await cleo.phase('prejoin');
    cleo.call.join('Cleo');
    expect((await cleo.member(connected)).name).toBe('Ada');
  });

  it('gives the seat to one of two people who press Join together; the second finds the call full', async () => {
    await start('a', 'Ada');
    simulateTwoSeats();
    const both = [person('b'), person('c')];
    for (const { call } of both) call.open(code, 'join');
    await Promise.all(both.map((one) => one.phase('prejoin')));
    for (const { call } of both) call.join('Somebody');
    await Promise.race(both.map((one) => one.phase('seated')));
    await Promise.race(both.map((one) => one.phase('full')));
    expect(seatPaths().length).toBe(2);
  });

  it('waits at a call that does not exist yet, and continues when it is started', async () => {
    const ben = person('b');
    ben.call.open(code, 'join');
    await ben.phase('absent');
    await start('a', 'Ada');
    await ben.phase('prejoin');
    ben.call.join('Ben');
    await ben.member(connected);
  });

  it('joins the call that another person has just started', async () => {
    const ben = person('b');
    ben.call.open(code, 'new');
    await ben.phase('prejoin');
    await start('a', 'Ada');
    ben.call.join('Ben');
    expect((await ben.member(connected)).name).toBe('Ada');
  });

  it('keeps newcomers out while the call is closed', async () => {
    const ada = await start('a', 'Ada');
    ada.call.setDoor('closed');
    await ada.inCall(({ door }) => door === 'closed');
    const ben = person('b');
    ben.call.open(code, 'join');
    await ben.phase('closed');
    ada.call.setDoor('open');
    await ben.phase('prejoin');
  });

  it('tells a person waiting at a full call that it was closed', async () => {
    const ada = await start('a', 'Ada');
    simulateTwoSeats();
    await join('b', 'Ben');
    const cleo = person('c');
    cleo.call.open(code, 'join');
    await cleo.phase('full');
    ada.call.setDoor('closed');
    await ada.inCall(({ door }) => door === 'closed');
    await cleo.phase('closed');
  });

  it('rejoins without a name too', async () => {
    const ada = await start('a', 'Ada');
    const ben = await join('b', '');
    await ada.member(connected);
    ben.call.leave();
    await ada.alone();
    ben.states.length = 0;
    ben.call.retry();
    await ada.member(connected);
    expect(ben.states.some(({ phase }) => phase === 'prejoin')).toBeFalse();
  });

  it('tells a member that they were removed, and the rest that the member has left', async () => {
    const ada = await start('a', 'Ada');
    const ben = await join('b', 'Ben');
    const { session } = await ada.member(connected);
    ada.call.remove(session);
    expect((await ben.phase('failed')).error.reason).toBe('removed');
    await ada.alone();
  });

  it('distinguishes an expired call from a missing one', async () => {
    await start('a', 'Ada');
    const [[path, fields]] = [...database.contents].filter(([at]) => /^calls\/[^/]+$/.test(at)) as [
      [string, Record<string, never>],
    ];
    database.simulateWrite(path, { ...fields, expiresAt: new Date(Date.now() - 1) });
    const ben = person('b');
    ben.call.open(code, 'join');
    await ben.phase('expired');
  });

  it('takes the seat that its own crash left behind', async () => {
    const ada = await start('a', 'Ada');
    await join('b', 'Ben');
    await ada.member(connected);
    // A crash sends no sign: the same user still holds the seat, but no tab does.
    const path = seatPaths().find((at) => at.endsWith('/1'))!;
    database.simulateWrite(path, { ...database.contents.get(path), session: '0000000000000000' });
    sessionStorage.clear();
    const again = person('b');
    again.call.open(code, 'join');
    await again.phase('prejoin');
    again.call.join('Ben again');
    expect((await again.member(connected)).name).toBe('Ada');
    expect(seatPaths().length).toBe(2);
  });

  it('returns to the same seat by itself after a reload', async () => {
    const ada = await start('a', 'Ada');
    const ben = await join('b', 'Ben');
    const { seat } = await ben.phase('seated');
    await ada.member(connected);
    const remembered = sessionStorage.getItem('parley.seated')!;
    expect(remembered).toContain('Ben');
    ben.call.leave();
    await ada.alone();
    sessionStorage.setItem('parley.seated', remembered);
    const reloaded = person('b');
    reloaded.call.open(code, 'join');
    const back = await reloaded.phase('seated');
    expect([back.seat, back.name]).toEqual([seat, 'Ben']);
    expect(reloaded.states.some(({ phase }) => phase === 'prejoin')).toBeFalse();
    await ada.member(connected);
  });

  it('shows whether the peer sends audio and video', async () => {
    const ada = await start('a', 'Ada');
    const ben = await join('b', 'Ben');
    await ada.member((member) => connected(member) && !member.microphone && !member.camera);
    const context = new AudioContext();
    const [track] = context.createMediaStreamDestination().stream.getAudioTracks();
    ben.media.simulateOn('microphone', track!);
    await ada.member(({ microphone, camera }) => microphone && !camera);
    // A track that the system mutes is not sent, and the peer shows that.
    ben.media.simulateMuted('microphone', track!);
    await ada.member(({ microphone }) => !microphone);
    ben.media.simulateOn('microphone', track!);
    await ada.member(({ microphone }) => microphone);
    ben.media.simulateOff('microphone');
    await ada.member(({ microphone }) => !microphone);
    await context.close();
  });

  it(
    'handles negotiation that arrives before the response to its own commit',
    async () => {
      const ada = await start('a', 'Ada');
      // Like a screen that is already being shared: it is offered as soon as the channel is open.
      const offered = firstValueFrom(
        ada.call.peers$.pipe(
          filter(([peer]) => peer !== undefined),
          switchMap(([peer]) =>
            peer!.open$.pipe(
              filter(Boolean),
              map(() => peer!.media),
            ),
          ),
          timeout(within(8_000)),
        ),
      ).then((media) => media.add(document.createElement('canvas').captureStream()));
      const ben = person('b');
      ben.call.open(code, 'join');
      await ben.phase('prejoin');
      ben.documents.simulateSlowAnswers(1_500);
      ben.call.join('Ben');
      const screen = await offered;
      expect(ben.states.at(-1)!.phase).toBe('entering');
      await ben.phase('seated');
      await ben.member(connected);
      await firstValueFrom(
        timer(0, 50).pipe(
          filter(() =>
            ada.connections
              .flatMap((connection) => connection.getTransceivers())
              .some(
                ({ sender, currentDirection }) =>
                  screen.senders.includes(sender) && currentDirection === 'sendonly',
              ),
          ),
          timeout(within(5_000)),
        ),
      );
    },
    within(20_000),
  );

  it('costs at most six writes and twelve reads until both are connected', async () => {
    const ada = await start('a', 'Ada');
    const ben = await join('b', 'Ben');
    await Promise.all([ada.member(connected), ben.member(connected)]);
    const costs = await Promise.all([ada, ben].map(({ call }) => firstValueFrom(call.cost$)));
    expect(costs.reduce((sum, { writes }) => sum + writes, 0)).toBeLessThanOrEqual(6);
    expect(costs.reduce((sum, { reads }) => sum + reads, 0)).toBeLessThanOrEqual(12);
  });

  it('reports that it is offline, and works when retried', async () => {
    const ben = person('b');
    ben.documents.simulateOffline(true);
    ben.call.open(code, 'join');
    expect((await ben.phase('failed')).error.reason).toBe('offline');
    ben.documents.simulateOffline(false);
    ben.call.retry();
    await ben.phase('absent');
  });

  it('resumes by itself, with the pending request, when the network is back and no sooner', async () => {
    const ada = await start('a', 'Ada');
    const ben = person('b');
    ben.call.open(code, 'join');
    await ben.phase('prejoin');
    ben.documents.simulateOffline(true);
    ben.call.join('Ben');
    expect((await ben.phase('failed')).error.reason).toBe('offline');
    dispatchEvent(new Event('online'));
    await firstValueFrom(timer(300));
    expect(ben.states.at(-1)?.phase).toBe('failed');
    ben.documents.simulateOffline(false);
    expect((await ada.member(connected)).name).toBe('Ben');
  });

  it('stops probing the network once the page is closed', async () => {
    const ben = person('b');
    ben.documents.simulateOffline(true);
    ben.call.open(code, 'join');
    await ben.phase('failed');
    const reach = spyOn(ben.documents, 'reach').and.callThrough();
    ben.goAway();
    dispatchEvent(new Event('online'));
    await firstValueFrom(timer(300));
    expect(reach).not.toHaveBeenCalled();
  });

  it("reports that other members' data can't be decrypted, and continues", async () => {
    await start('a', 'Ada');
    const [path] = seatPaths();
    database.simulateWrite(path!, { ...database.contents.get(path!), card: new Uint8Array(60) });
    const ben = person('b');
    const notice = firstValueFrom(ben.call.notices$.pipe(timeout(within(4_000))));
    ben.call.open(code, 'join');
    expect(await notice).toEqual({ kind: 'tampered', count: 1 });
    expect((await ben.phase('prejoin')).others.map(({ name }) => name)).toEqual(['']);
  });

  it('closes all connections when the person leaves', async () => {
    const made: RTCPeerConnection[] = [];
    const Original = RTCPeerConnection;
    spyOn(globalThis, 'RTCPeerConnection').and.callFake(function (configuration?: RTCConfiguration) {
      const connection = new Original(configuration);
      made.push(connection);
      return connection;
    });
    const ada = await start('a', 'Ada');
    const ben = await join('b', 'Ben');
    await Promise.all([ada.member(connected), ben.member(connected)]);
    ada.call.leave();
    ben.call.leave();
    expect(made.length).toBeGreaterThanOrEqual(2);
    expect(made.map(({ connectionState }) => connectionState)).toEqual(made.map(() => 'closed'));
  });
});
