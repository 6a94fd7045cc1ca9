import { firstValueFrom, map, timer } from 'rxjs';

import { newCode } from '../signaling/code';
import { LivePerson } from '../testing/live-person';
import { MemoryDatabase } from '../testing/memory-documents';
import type { CallState, Member, Notice } from './call-state';

type Seated = Extract<CallState, { phase: 'seated' }>;

const connected = ({ status }: Member) => status === 'connected';
/** Everyone whom this state shows is connected, and they are this many. */
const isWith =
  (count: number) =>
  ({ members }: Seated) =>
    members.length === count && members.every(connected);

describe('Moderation', () => {
  let database: MemoryDatabase;
  let code: string;
  const people: LivePerson[] = [];
  const notices = new Map<LivePerson, Notice[]>();

  const person = (uid: string) => {
    const created = new LivePerson(database, uid);
    people.push(created);
    const heard: Notice[] = [];
    notices.set(created, heard);
    created.call.notices$.subscribe((notice) => heard.push(notice));
    return created;
  };
  const start = async () => {
    const ada = person('ada');
    ada.call.open(code, 'new', 'Ada');
    await ada.phase('seated');
    return ada;
  };
  const join = async (uid: string, name: string) => {
    const member = person(uid);
    member.call.open(code, 'join', name);
    await member.phase('seated');
    return member;
  };
  /** Ada, the host, and Ben, connected. */
  const two = async () => {
    const ada = await start();
    const ben = await join('ben', 'Ben');
    await Promise.all([ada.inCall(isWith(1)), ben.inCall(isWith(1))]);
    return { ada, ben };
  };
  const three = async () => {
    const { ada, ben } = await two();
    const cleo = await join('cleo', 'Cleo');
    await Promise.all([ada, ben, cleo].map((each) => each.inCall(isWith(2))));
    return { ada, ben, cleo };
  };
  /** Dora has knocked at the door of Ada and Ben. */
  const knocked = async () => {
    const { ada, ben } = await two();
    ada.call.setDoor('ask');
    await Promise.all([ada, ben].map((each) => each.inCall(({ door }) => door === 'ask')));
    const dora = person('dora');
    dora.call.open(code, 'join');
    expect((await dora.phase('prejoin')).asks).toBeTrue();
    dora.call.join('Dora');
    expect(await dora.phase('knocking')).toEqual({ phase: 'knocking', name: 'Dora' });
    return { ada, ben, dora };
  };
  const sessionOf = async (at: LivePerson, name: string) =>
    (await at.member((member) => member.name === name)).session;
  const heard = async (at: LivePerson, wanted: Notice) => {
    const isWanted = (notice: Notice) => JSON.stringify(notice) === JSON.stringify(wanted);
    for (let tries = 0; !notices.get(at)!.some(isWanted); tries++) {
      if (tries > 400) return fail(`no ${JSON.stringify(wanted)} in ${JSON.stringify(notices.get(at))}`);
      await firstValueFrom(timer(20));
    }
  };
  const reasonOf = async (who: LivePerson) => (await who.phase('failed')).error.reason;
  const paths = (part: RegExp) => [...database.contents.keys()].filter((path) => part.test(path));
  const waitsFor = (name: string) => (state: Seated) => state.waiting.some((guest) => guest.name === name);

  beforeEach(() => {
    sessionStorage.clear();
    database = new MemoryDatabase();
    code = newCode();
  });
  afterEach(() => {
    for (const each of people.splice(0)) each.goAway();
    notices.clear();
  });

  it('shows a knock to all members, and lets the guest in once one of them admits', async () => {
    const { ada, ben, dora } = await knocked();
    const { waiting } = await ben.inCall(waitsFor('Dora'));
    await Promise.all([ada, ben].map((at) => heard(at, { kind: 'asked', id: 'dora', name: 'Dora' })));
    expect(dora.connections.length).withContext('links of a guest who waits').toBe(0);
    void ben.call.admit(waiting[0]!.id);
    await Promise.all([ada, ben, dora].map((each) => each.inCall(isWith(2))));
    expect((await dora.phase('seated')).name).toBe('Dora');
    await ada.inCall((state) => state.waiting.length === 0);
  });

  it('tells a guest whom a member refused, even if the door opens, until the host admits them', async () => {
    const { ada, ben, dora } = await knocked();
    await ben.inCall(waitsFor('Dora'));
    void ben.call.refuse('dora');
    await dora.phase('refused');
    await ada.inCall((state) => state.waiting.length === 0);
    ada.call.setDoor('open');
    await ada.inCall(({ door }) => door === 'open');
    dora.call.open(code, 'join', 'Dora');
    await dora.phase('refused');
    ada.call.setDoor('ask');
    await ada.inCall(({ door }) => door === 'ask');
    expect(await ada.call.admitAhead('dora')).toBeTrue();
    expect((await dora.phase('prejoin')).asks).toBeFalse();
  });

  it('lets a guest in who waits when the host opens the door', async () => {
    const { ada, dora } = await knocked();
    ada.call.setDoor('open');
    await dora.inCall(isWith(2));
  });

  it('lets a guest in whom a member refuses while the host admits them', async () => {
    const { ada, ben, dora } = await knocked();
    await Promise.all([ada, ben].map((at) => at.inCall(waitsFor('Dora'))));
    expect(await ben.call.refuse('dora')).toBe('done');
    expect(await ada.call.admit('dora')).toBe('done');
    await Promise.all([ada, ben, dora].map((each) => each.inCall(isWith(2))));
    await ada.inCall((state) => state.turnedAway.length === 0);
    expect(await ada.call.refuse('dora')).toBe('decided');
  });

  it('tells a guest who waits that the host closed the door, and takes the knock back', async () => {
    const { ada, ben, dora } = await knocked();
    await ada.inCall(waitsFor('Dora'));
    ada.call.setDoor('closed');
    await dora.phase('closed');
    await ben.inCall((state) => state.door === 'closed' && state.waiting.length === 0);
    expect(paths(/guests\/dora$/)).toEqual([]);
  });

  it('takes the knock back when the guest goes away', async () => {
    const { ada, dora } = await knocked();
    await ada.inCall(waitsFor('Dora'));
    dora.goAway();
    await ada.inCall((state) => state.waiting.length === 0);
  });

  it('lets a person in ahead of a ring, into a closed call', async () => {
    const { ada, ben } = await two();
    ada.call.setDoor('closed');
    await ben.inCall(({ door }) => door === 'closed');
    expect(await ben.call.admitAhead('dora')).toBeTrue();
    const dora = await join('dora', 'Dora');
    await dora.inCall(isWith(2));
    dora.call.leave();
    await dora.phase('left');
    // Who leaves for good is a guest again.
    await ben.inCall(isWith(1));
    for (let tries = 0; paths(/guests\/dora$/).length > 0 && tries < 400; tries++)
      await firstValueFrom(timer(20));
    dora.call.retry();
    await dora.phase('closed');
  });

  it('lets members back in who reload in a closed call', async () => {
    const { ada, ben } = await two();
    ada.call.setDoor('closed');
    await ben.inCall(({ door }) => door === 'closed');
    for (const [who, name] of [
      [ben, 'Ben'],
      [ada, 'Ada'],
    ] as const) {
      dispatchGone(who);
      const again = await join(who === ben ? 'ben' : 'ada', name);
      await again.inCall(isWith(1));
      expect((await again.phase('seated')).isHost).toBe(who === ada);
    }
  });
  /** As if the page were reloaded: it says goodbye, but not for good. */
  const dispatchGone = (who: LivePerson) => {
    const others = people.filter((each) => each !== who);
    const visit = (who.call as unknown as { visit$: { value: { sayGoodbye(): void } } }).visit$.value;
    visit.sayGoodbye();
    who.goAway();
    people.splice(0, people.length, ...others);
  };

  it('removes a member, who can’t come back', async () => {
    const { ada, ben } = await two();
    ada.call.remove(await sessionOf(ada, 'Ben'));
    expect(await reasonOf(ben)).toBe('removed');
    await ada.alone();
    ben.call.open(code, 'join', 'Ben');
    await ben.phase('refused');
  });

  it('lists whom the host removed or refused, who come back once the host lets them in', async () => {
    const { ada, ben, dora } = await knocked();
    await ada.inCall(waitsFor('Dora'));
    void ada.call.refuse('dora');
    await ada.inCall(({ turnedAway }) => turnedAway.length === 1);
    ada.call.remove(await sessionOf(ada, 'Ben'));
    const both = await ada.inCall(({ turnedAway }) => turnedAway.length === 2);
    expect(both.turnedAway).toEqual([
      { id: 'dora', name: 'Dora' },
      { id: 'ben', name: 'Ben' },
    ]);
    expect(await reasonOf(ben)).toBe('removed');
    await dora.phase('refused');
    void ada.call.admit('dora');
    await dora.phase('seated');
    void ada.call.admit('ben');
    await ada.inCall(({ turnedAway }) => turnedAway.length === 0);
    ben.call.open(code, 'join');
    await ben.phase('prejoin');
    ben.call.join('Ben');
    await ben.phase('seated');
  });

  it('keeps what the host has set, and who was removed, when the host is alone and reloads the page', async () => {
    const { ada, ben } = await two();
    ada.call.remove(await sessionOf(ada, 'Ben'));
    expect(await reasonOf(ben)).toBe('removed');
    await ada.alone();
    ada.call.setDoor('ask');
    await ada.inCall(({ door }) => door === 'ask');
    dispatchGone(ada);
    const again = await join('ada', 'Ada');
    const state = await again.inCall(({ turnedAway }) => turnedAway.length === 1);
    expect(state).toEqual(jasmine.objectContaining({ door: 'ask', isHost: true }));
    expect(state.turnedAway).toEqual([{ id: 'ben', name: 'Ben' }]);
    ben.call.open(code, 'join', 'Ben');
    await ben.phase('refused');
    await again.call.admit('ben');
    expect((await ben.phase('prejoin')).asks).toBeFalse();
  });

  it('removes a person with all their windows', async () => {
    const { ada, ben } = await two();
    const second = person('ben');
    sessionStorage.clear();
    second.call.open(code, 'join', 'Ben');
    await second.phase('seated');
    await ada.inCall(isWith(2));
    ada.call.remove(await sessionOf(ada, 'Ben'));
    expect(await Promise.all([ben, second].map(reasonOf))).toEqual(['removed', 'removed']);
    await ada.alone();
  });

  it('shows a new host whom the one before removed or refused', async () => {
    const { ada, ben, dora } = await knocked();
    await ben.inCall(waitsFor('Dora'));
    expect(await ben.call.refuse('dora')).toBe('done');
    await dora.phase('refused');
    ada.call.handOver(await sessionOf(ada, 'Ben'));
    const state = await ben.inCall(({ isHost, turnedAway }) => isHost && turnedAway.length > 0);
    expect(state.turnedAway).toEqual([{ id: 'dora', name: 'Dora' }]);
    expect(await ben.call.admit('dora')).toBe('done');
    await dora.phase('seated');
  });

  it('lists a guest whom a member refused for the host alone, who can change that', async () => {
    const { ada, ben, dora } = await knocked();
    await Promise.all([ada, ben].map((each) => each.inCall(waitsFor('Dora'))));
    expect(await ben.call.refuse('dora')).toBe('done');
    await dora.phase('refused');
    await ada.inCall(({ turnedAway }) => turnedAway.some(({ name }) => name === 'Dora'));
    expect((await ben.phase('seated')).turnedAway).toEqual([]);
    expect(await ben.call.admit('dora')).toBe('decided');
    expect(await ada.call.admit('dora')).toBe('done');
    await dora.phase('seated');
  });

  it('knocks for a guest who pressed Join as the door changed', async () => {
    const { ada, ben } = await two();
    const dora = person('dora');
    dora.call.open(code, 'join');
    await dora.phase('prejoin');
    ada.call.setDoor('ask');
    await ben.inCall(({ door }) => door === 'ask');
    expect((await dora.phase('prejoin')).asks).toBeFalse();
    dora.call.join('Dora');
    await dora.phase('knocking');
    await ada.inCall(waitsFor('Dora'));
    await ada.call.admit('dora');
    await dora.phase('seated');
  });

  it('ends a call of two, also for a member whose link closes first', async () => {
    const { ada, ben } = await two();
    // The host says goodbye at once, and the database is slower.
    ben.documents.simulateLag(() => 300);
    ada.call.end();
    expect(await reasonOf(ben)).toBe('ended');
    await ada.phase('left');
    for (let tries = 0; paths(/./).length > 0 && tries < 400; tries++) await firstValueFrom(timer(20));
    expect(paths(/./)).toEqual([]);
  });

  it('ends the call for all', async () => {
    const { ada, ben, cleo } = await three();
    ada.call.end();
    expect(await Promise.all([ben, cleo].map(reasonOf))).toEqual(['ended', 'ended']);
    await ada.phase('left');
    await firstValueFrom(timer(100));
    expect(paths(/./)).toEqual([]);
  });

  it('hands the role of the host on, and tells everyone', async () => {
    const { ada, ben, cleo } = await three();
    const session = await sessionOf(ada, 'Ben');
    ada.call.handOver(session);
    await ben.inCall((state) => state.isHost && state.host === state.session);
    await Promise.all(
      [ada, cleo].map((each) => each.inCall((state) => state.host === session && !state.isHost)),
    );
    await heard(ben, { kind: 'host', name: null });
    await Promise.all([ada, cleo].map((each) => heard(each, { kind: 'host', name: 'Ben' })));
    ada.call.setDoor('closed');
    await heard(ada, { kind: 'unsaved' });
    ben.call.setDoor('ask');
    await Promise.all([ada, cleo].map((each) => each.inCall(({ door }) => door === 'ask')));
  });

  it('leaves the longest member as the host when the host leaves', async () => {
    const { ada, ben, cleo } = await three();
    ada.call.leave();
    await ben.inCall((state) => state.isHost && state.members.length === 1);
    const { host } = await cleo.inCall((state) => state.host !== null && state.members.length === 1);
    expect(host).toBe((await ben.phase('seated')).session);
    await heard(ben, { kind: 'host', name: null });
  });

  it('asks members to mute, one or all, and heeds nobody but the host', async () => {
    const { ada, ben, cleo } = await three();
    const wanted: Notice = { kind: 'mute', name: 'Ada' };
    ada.call.askToMute(await sessionOf(ada, 'Ben'));
    await heard(ben, wanted);
    ben.call.askToMute(null);
    ada.call.askToMute(null);
    await heard(cleo, wanted);
    const mutes = (at: LivePerson) => notices.get(at)!.filter(({ kind }) => kind === 'mute');
    expect([mutes(ada), mutes(cleo)]).toEqual([[], [wanted]]);
  });

  it('changes the number of seats, but not below the highest that is held', async () => {
    const { ada, ben, cleo } = await three();
    ada.call.setSeats(2);
    await cleo.inCall(({ seats }) => seats === 3);
    const dora = person('dora');
    dora.call.open(code, 'join');
    await dora.phase('full');
    ada.call.setSeats(4);
    await dora.phase('prejoin');
    await ben.inCall(({ seats }) => seats === 4);
    ada.call.setSeats(100);
    await ben.inCall(({ seats }) => seats === 8);
  });

  it('tells a member that what only the host may do was not saved', async () => {
    const { ada, ben } = await two();
    ben.call.setDoor('closed');
    ben.call.remove(await sessionOf(ben, 'Ada'));
    ben.call.end();
    // Ending a call is tried several times: someone may join at that moment.
    const unsaved = () => notices.get(ben)!.filter(({ kind }) => kind === 'unsaved').length;
    for (let tries = 0; unsaved() < 3 && tries < 400; tries++) await firstValueFrom(timer(20));
    expect(unsaved()).toBe(3);
    expect((await ada.phase('seated')).door).toBe('open');
    expect((await ben.phase('seated')).members.length).toBe(1);
  });

  it('works in a call that an older app created', async () => {
    const ada = await start();
    const [path] = paths(/^calls\/[^/]+$/);
    const { ask: _, host: __, hostSeat: ___, ...older } = database.contents.get(path!)!;
    database.simulateWrite(path!, older);
    const ben = await join('ben', 'Ben');
    const { isHost, host, door } = await ben.inCall(isWith(1));
    expect([isHost, host, door]).toEqual([false, (await ada.phase('seated')).session, 'open']);
    ada.call.setDoor('ask');
    await ben.inCall((state) => state.door === 'ask');
  });

  it('reads nothing more, and writes nothing, in a call in which nobody moderates', async () => {
    const { ada, ben } = await two();
    const costs = () =>
      Promise.all(
        [ada, ben].map(({ call }) =>
          firstValueFrom(call.cost$.pipe(map(({ reads, writes }) => [reads, writes]))),
        ),
      );
    // The offers for the next member are written once the links are calm.
    await firstValueFrom(timer(4_500));
    const before = await costs();
    await firstValueFrom(timer(1_500));
    expect(await costs()).toEqual(before);
  });
});
