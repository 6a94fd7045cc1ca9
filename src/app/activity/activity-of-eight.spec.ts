import { controlPair, FakePeers, setOpen, settled, type FakeControl } from '../testing/fake-peers';
import { Activity, type ActivityNews, type MemberActivity } from './activity';
import type { ChatState } from './chat';

const NAMES = ['Ada', 'Ben', 'Cem', 'Dee', 'Eve', 'Fay', 'Gus', 'Ada'];

/** A member with an activity, and the ends of the channels to the others. */
interface Member {
  readonly activity: Activity;
  readonly ends: Map<number, FakeControl>;
  state: ChatState;
  others: readonly MemberActivity[];
  readonly news: ActivityNews[];
}

describe('the activity of eight members', () => {
  const open: Activity[] = [];
  beforeEach(() => sessionStorage.clear());
  afterEach(() => {
    for (const activity of open.splice(0)) activity.close();
  });

  /** A full mesh of the first `count` members; `join` adds one more. */
  const mesh = async (count: number) => {
    const members: Member[] = [];
    const peers: FakePeers[] = [];
    const join = async () => {
      const index = members.length;
      const own = new FakePeers();
      own.simulateSelf(`session ${index}`, NAMES[index]!);
      peers.push(own);
      const activity = await Activity.of(own, null, own.self.value!);
      open.push(activity);
      const member: Member = { activity, ends: new Map(), state: null!, others: [], news: [] };
      activity.chat.state$.subscribe((state) => (member.state = state));
      activity.others$.subscribe((others) => (member.others = others));
      activity.news$.subscribe((news) => member.news.push(news));
      members.forEach(({ ends }, other) => {
        const pair = controlPair();
        ends.set(index, pair[0]);
        member.ends.set(other, pair[1]);
      });
      members.push(member);
      members.forEach(({ ends }, which) =>
        peers[which]!.simulatePeers(
          ...[...ends].map(([other, end]) => [`session ${other}`, NAMES[other]!, end] as const),
        ),
      );
      for (const [other, end] of member.ends) setOpen([end, members[other]!.ends.get(index)!], true);
      await settled();
    };
    for (let index = 0; index < count; index++) await join();
    return { members, join };
  };
  const logs = (end: FakeControl) => end.sent.filter(({ type }) => type === 'log');
  const texts = ({ state }: Member) => state.messages.map(({ text }) => text);

  it('brings each message once to each member, over each link once', async () => {
    const { members } = await mesh(8);
    for (const [index, { activity }] of members.entries()) activity.chat.write(`from ${index}`);
    await settled();
    for (const member of members) {
      expect(texts(member).toSorted()).toEqual(NAMES.map((_, index) => `from ${index}`));
      expect([...member.ends.values()].map((end) => logs(end).length)).toEqual(Array(7).fill(1));
      expect([...member.state.delivery.values()]).toEqual(['delivered']);
    }
    // Two members of the same name are two authors.
    expect(new Set(members[1]!.state.messages.map(({ author }) => author)).size).toBe(8);
    expect(members[1]!.state.messages.filter(({ name }) => name === 'Ada').length).toBe(2);
  });

  it('brings a newcomer the messages of all authors in the order of time, none of which are sent twice', async () => {
    let now = Date.UTC(2026, 10, 23);
    spyOn(Date, 'now').and.callFake(() => now);
    const { members, join } = await mesh(7);
    const written: string[] = [];
    for (let round = 0; round < 3; round++) {
      for (const { activity } of members) {
        written.push(`message ${written.length}`);
        activity.chat.write(written.at(-1)!);
        now += 1_000;
      }
    }
    await settled();
    const before = logs(members[0]!.ends.get(1)!).length;
    await join();
    await settled();
    expect(texts(members[7]!)).toEqual(written);
    expect(members[7]!.news.every((news) => news.kind === 'messages' && news.history)).toBeTrue();
    expect(logs(members[0]!.ends.get(1)!).length).toBe(before);
    // What was delivered to everyone who was there stays so while the newcomer gets it.
    expect([...members[0]!.state.delivery.values()]).toEqual(Array(3).fill('delivered'));
  });

  it('says how many members have a message while some of them lack it', async () => {
    const { members } = await mesh(8);
    const { activity, ends } = members[0]!;
    for (const other of [1, 2, 3, 4]) setOpen([ends.get(other)!, members[other]!.ends.get(0)!], false);
    activity.chat.write('to three');
    await settled();
    const { delivery, reached, present } = members[0]!.state;
    expect([...delivery.values(), ...reached.values(), present]).toEqual(['pending', 3, 7]);
    for (const other of [1, 2, 3, 4]) setOpen([ends.get(other)!, members[other]!.ends.get(0)!], true);
    await settled();
    expect([...members[0]!.state.delivery.values()]).toEqual(['delivered']);
    expect(members[0]!.state.reached.size).toBe(0);
  });

  it('keeps the names on the messages of a member who left', async () => {
    const { members, join } = await mesh(2);
    members[1]!.activity.chat.write('bye');
    await settled();
    setOpen([members[0]!.ends.get(1)!, members[1]!.ends.get(0)!], false);
    members[0]!.ends.delete(1);
    await join();
    expect(members[0]!.state.messages.map(({ name, text }) => `${name}: ${text}`)).toEqual(['Ben: bye']);
    expect(members[0]!.others.map(({ name }) => name)).toEqual(['Cem']);
  });

  it('reports typing to all at most once a second, and hands and reactions once to each', async () => {
    const { members } = await mesh(8);
    const { activity, ends } = members[0]!;
    const sent = (...types: readonly string[]) =>
      [...ends.values()].map((end) => end.sent.filter(({ type }) => types.includes(type)).length);
    const handsBefore = sent('hand');
    for (let key = 0; key < 50; key++) activity.chat.typing(key % 2 === 0);
    activity.raiseHand(true);
    activity.react('🎉');
    await settled();
    expect(sent('typing')).toEqual(Array(7).fill(1));
    expect(sent('reaction')).toEqual(Array(7).fill(1));
    expect(sent('hand')).toEqual(handsBefore.map((count) => count + 1));
    for (const member of members.slice(1)) {
      expect(member.others.map(({ hand }) => hand !== null)).toEqual([
        true,
        ...Array<boolean>(6).fill(false),
      ]);
      expect(member.news).toContain({ kind: 'hand', who: 'session 0', name: 'Ada' });
    }
  });
});
