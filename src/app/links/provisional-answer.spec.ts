import { codeKeys } from '../signaling/code-keys';
import { CallSignaling } from '../signaling/call-signaling';
import { newCode } from '../signaling/code';
import type { LinkRecord } from '../signaling/records';
import { LivePerson } from '../testing/live-person';
import { MemoryDatabase } from '../testing/memory-documents';
import type { Member, Notice } from '../call/call-state';

const connected = ({ status }: Member) => status === 'connected';
const soon = (milliseconds = 400) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The callee publishes a provisional answer, so that pressing Accept connects. */
describe('A provisional answer', () => {
  let database: MemoryDatabase;
  let code: string;
  let people: LivePerson[];
  let ada: LivePerson;

  const person = (uid: string) => {
    const created = new LivePerson(database, uid);
    people.push(created);
    return created;
  };
  const linkPath = () => [...database.contents.keys()].find((at) => /\/links\/[^/]+$/.test(at));
  /** The present record of the link that Ada offers at seat 1. */
  const link = async (): Promise<LinkRecord> => {
    const path = linkPath()!;
    const signaling = new CallSignaling(ada.documents, await codeKeys(code, 'call'));
    return (await signaling.link({ seat: 1, id: path.slice(path.lastIndexOf('/') + 1) }))!;
  };
  const published = async (): Promise<LinkRecord> => {
    for (;;) {
      const now = await link();
      if (now.pranswer) return now;
      await soon(20);
    }
  };
  const seats = () => [...database.contents.keys()].filter((path) => /seats\/\d+$/.test(path)).length;
  const membersOf = ({ states }: LivePerson) => {
    const now = states.at(-1);
    return now?.phase === 'seated' ? now.members : [];
  };
  const ringing = async (uid = 'b', name: string | null = 'Ben') => {
    const created = person(uid);
    created.call.openAhead(code, name);
    await created.phase('prejoin');
    return created;
  };

  beforeEach(async () => {
    sessionStorage.clear();
    database = new MemoryDatabase();
    code = newCode();
    people = [];
    ada = person('a');
    ada.call.open(code, 'new', 'Ada');
    await ada.phase('seated');
    while (linkPath() === undefined) await soon(20);
  });
  afterEach(() => {
    for (const each of people) each.goAway();
  });

  it('is sealed, and tells who would join but not from where', async () => {
    await ringing();
    const { pranswer } = await published();
    expect(pranswer?.name).toBe('Ben');
    expect(pranswer?.candidates).toEqual([]);
    expect(pranswer?.sdp).toContain('a=ice-ufrag:');
    expect(pranswer?.sdp).not.toContain('a=candidate');
    const addresses = pranswer?.sdp.match(/\b\d+\.\d+\.\d+\.\d+\b/g) ?? [];
    expect(addresses.filter((address) => !['0.0.0.0', '127.0.0.1'].includes(address))).toEqual([]);
    const [stored] = [...database.contents].filter(([path]) => path.includes('/links/')).map(([, at]) => at);
    expect(new TextDecoder().decode(stored?.['pranswer'] as Uint8Array)).not.toContain('Ben');
  });

  it('is not published without a name, nor by a person who opens the call by its code', async () => {
    await ringing('b', null);
    const cleo = person('c');
    cleo.call.open(code, 'join');
    await cleo.phase('prejoin');
    await soon();
    expect((await link()).pranswer).toBeNull();
  });

  it('is not published by a hidden page until it becomes visible', async () => {
    const visibility = spyOnProperty(document, 'visibilityState').and.returnValue('hidden');
    await ringing();
    await soon();
    expect((await link()).pranswer).toBeNull();
    visibility.and.returnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    expect((await published()).pranswer?.name).toBe('Ben');
  });

  it('connects no one before Accept', async () => {
    await ringing();
    await published();
    await soon();
    expect(membersOf(ada)).toEqual([]);
    expect(seats()).toBe(1);
  });

  it('connects on the press, before anything has reached the database', async () => {
    const notices: Notice[] = [];
    ada.call.notices$.subscribe((notice) => notices.push(notice));
    const ben = await ringing();
    await published();
    const arrive = ben.documents.simulateHeldUp();
    ben.call.open(code, 'join', 'Ben');
    const early = await ada.member(connected);
    expect(early.name).toBe('Ben');
    expect(seats()).toBe(1);
    arrive();
    await ben.member(connected);
    await soon();
    expect(seats()).toBe(2);
    expect(membersOf(ada).map(({ session, name }) => [session, name])).toEqual([[early.session, 'Ben']]);
    expect(notices).toEqual([{ kind: 'joined', name: 'Ben' }]);
  });

  it('shows a peer that connected and left as departed, with or without a seat', async () => {
    const ben = await ringing();
    await published();
    ben.call.open(code, 'join', 'Ben');
    await ada.member(connected);
    await ben.member(connected);
    ben.call.leave();
    await ada.alone();
    expect(membersOf(ada)).toEqual([]);
  });

  it('does not block another device that answers', async () => {
    const phone = await ringing('b', 'Ben');
    await published();
    const desk = await ringing('b', 'Ben');
    desk.call.open(code, 'join', 'Ben');
    await Promise.all([ada.member(connected), desk.member(connected)]);
    expect(membersOf(ada).length).toBe(1);
    expect(phone.states.at(-1)?.phase).not.toBe('seated');
  });

  it('is replaced when another device takes the seat, even if it connected first', async () => {
    const phone = await ringing('b', 'Phone');
    await published();
    const desk = await ringing('c', 'Desk');
    const arrive = phone.documents.simulateHeldUp();
    phone.call.open(code, 'join', 'Phone');
    await ada.member(({ name, status }) => name === 'Phone' && status === 'connected');
    desk.call.open(code, 'join', 'Desk');
    await ada.member(({ name, status }) => name === 'Desk' && status === 'connected');
    arrive();
    await desk.member(connected);
    await ada.inCall(({ members }) => members.length === 1);
    expect(membersOf(ada).map(({ name }) => name)).toEqual(['Desk']);
  });

  it('is ignored if it was tampered with', async () => {
    const path = linkPath()!;
    const stored = database.contents.get(path)!;
    database.simulateWrite(path, { ...stored, pranswer: crypto.getRandomValues(new Uint8Array(200)) });
    const ben = await ringing();
    ben.call.open(code, 'join', 'Ben');
    expect((await ada.member(connected)).name).toBe('Ben');
  });
});
