import { firstValueFrom, timer } from 'rxjs';

import { newCode } from '../signaling/code';
import { LivePerson } from '../testing/live-person';
import { MemoryDatabase } from '../testing/memory-documents';
import type { CallState, Member } from './call-state';

const connected = ({ status }: Member) => status === 'connected';

/** Calls of a later version of Parley. Their mode is unknown here, and so is the meaning of everything else in them. */
describe('A call whose mode is unknown', () => {
  let database: MemoryDatabase;
  let code: string;
  let people: LivePerson[];

  const person = (uid: string) => {
    const created = new LivePerson(database, uid);
    people.push(created);
    return created;
  };
  const started = async () => {
    const ada = person('a');
    ada.call.open(code, 'new', 'Ada');
    await ada.phase('seated');
    return ada;
  };
  const opened = (uid: string) => {
    const guest = person(uid);
    guest.call.open(code, 'join');
    return guest;
  };
  const paths = () => [...database.contents.keys()];
  const callPath = () => paths().find((path) => /^calls\/[^/]+$/.test(path))!;
  const seatPath = (number: number) => paths().find((path) => path.endsWith(`/seats/${number}`))!;
  /** The call's record as a later version may write it. */
  const simulateLater = () => {
    const record = database.contents.get(callPath());
    database.simulateWrite(callPath(), { ...record, mode: 'bridge', seats: 500, open: 'on request' });
  };
  const reasonOf = async (guest: LivePerson) => (await guest.phase('failed')).error.reason;
  const isInside = ({ phase }: CallState) => phase === 'entering' || phase === 'seated';

  beforeEach(() => {
    sessionStorage.clear();
    database = new MemoryDatabase();
    code = newCode();
    people = [];
  });
  afterEach(() => {
    for (const each of people) each.goAway();
  });

  it('is not joined: the guest learns that Parley is outdated, even if nothing else in it can be read', async () => {
    await started();
    simulateLater();
    const before = paths();
    const ben = opened('b');
    expect(await reasonOf(ben)).toBe('outdated');
    expect(paths()).toEqual(before);
  });

  it('is not joined with a name given ahead, or by opening it ahead', async () => {
    await started();
    simulateLater();
    const before = paths();
    const ben = person('b');
    ben.call.open(code, 'join', 'Ben');
    expect(await reasonOf(ben)).toBe('outdated');
    const cleo = person('c');
    cleo.call.openAhead(code, 'Cleo');
    expect(await reasonOf(cleo)).toBe('outdated');
    expect([...ben.states, ...cleo.states].some(isInside)).toBeFalse();
    expect(paths()).toEqual(before);
  });

  it('is not joined when New call finds it under the code', async () => {
    await started();
    const ben = person('b');
    ben.call.open(code, 'new');
    await ben.phase('prejoin');
    simulateLater();
    ben.call.join('Ben');
    expect(await reasonOf(ben)).toBe('outdated');
  });

  it('is noticed when it is created while a guest waits for a call', async () => {
    await started();
    const path = callPath();
    const record = database.contents.get(path)!;
    people[0]!.call.leave();
    await people[0]!.phase('left');
    await firstValueFrom(timer(50));
    const ben = opened('b');
    await ben.phase('absent');
    database.simulateWrite(path, { ...record, mode: 'bridge' });
    expect(await reasonOf(ben)).toBe('outdated');
  });

  it('is noticed while a guest waits at a full or closed call', async () => {
    const ada = await started();
    ada.call.setDoor('closed');
    await ada.inCall(({ door }) => door === 'closed');
    const ben = opened('b');
    await ben.phase('closed');
    simulateLater();
    expect(await reasonOf(ben)).toBe('outdated');
  });

  it('is noticed when it replaces the call that a guest is about to join', async () => {
    await started();
    const ben = opened('b');
    await ben.phase('prejoin');
    simulateLater();
    // A later call under the same code has other members.
    database.simulateWrite(seatPath(0), {
      ...database.contents.get(seatPath(0)),
      uid: 'z',
      session: '0000000000000000',
    });
    expect(await reasonOf(ben)).toBe('outdated');
  });

  it('leaves members alone who are in the call already', async () => {
    const ada = await started();
    const ben = opened('b');
    await ben.phase('prejoin');
    ben.call.join('Ben');
    await Promise.all([ada.member(connected), ben.member(connected)]);
    simulateLater();
    await firstValueFrom(timer(500));
    for (const { states } of [ada, ben]) {
      const now = states.at(-1)!;
      expect(now.phase === 'seated' && now.members.every(connected)).toBeTrue();
    }
  });
});
