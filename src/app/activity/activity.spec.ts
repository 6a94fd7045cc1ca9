import { filter, firstValueFrom } from 'rxjs';

import { controlPair, FakePeers, setOpen, settled, type FakeControl } from '../testing/fake-peers';
import type { ChatState } from './chat';
import { Activity, type MemberActivity, type ActivityNews } from './activity';
import { rememberSeat } from '../storage/tab-memory';

/** A member with an activity, and what they see. */
class TestMember {
  readonly peers = new FakePeers();
  state!: ChatState;
  others: readonly MemberActivity[] = [];
  readonly news: ActivityNews[] = [];
  readonly reactions: string[] = [];
  activity!: Activity;

  static async sit(session: string, name: string): Promise<TestMember> {
    const member = new TestMember();
    member.peers.simulateSelf(session, name);
    member.activity = await Activity.of(member.peers, null, { session, name });
    member.activity.chat.state$.subscribe((state) => (member.state = state));
    member.activity.others$.subscribe((others) => (member.others = others));
    member.activity.news$.subscribe((news) => member.news.push(news));
    member.activity.reactions$.subscribe(({ emoji, session: of }) => member.reactions.push(`${of} ${emoji}`));
    return member;
  }

  get read(): string[] {
    return this.state.messages.map(({ own, name, text }) => `${own ? 'me' : name}: ${text}`);
  }

  get delivery(): string[] {
    return [...this.state.delivery.values()];
  }

  write(...texts: string[]): void {
    for (const text of texts) expect(this.activity.chat.write(text)).toBeTrue();
  }
}

describe('activity', () => {
  const all: TestMember[] = [];
  const sit = async (session: string, name: string) => {
    const member = await TestMember.sit(session, name);
    all.push(member);
    return member;
  };
  beforeEach(() => sessionStorage.clear());
  afterEach(() => {
    for (const { activity } of all.splice(0)) activity.close();
  });

  /** A new link between two members, replacing any earlier one. */
  const link = (ada: TestMember, ben: TestMember, open = true) => {
    const pair = controlPair();
    const [a, b] = pair;
    ada.peers.simulatePeers([ben.peers.self.value!.session, 'Ben', a]);
    ben.peers.simulatePeers([ada.peers.self.value!.session, 'Ada', b]);
    if (open) setOpen(pair, true);
    return pair;
  };
  const two = async () => {
    const [ada, ben] = [await sit('a', 'Ada'), await sit('b', 'Ben')];
    return { ada, ben, pair: link(ada, ben) };
  };

  it('delivers messages in both directions', async () => {
    const { ada, ben } = await two();
    ada.write('hello');
    await settled();
    ben.write('hi', 'how are you?');
    await settled();
    expect(ben.read).toEqual(['Ada: hello', 'me: hi', 'me: how are you?']);
    expect(ada.read).toEqual(['me: hello', 'Ben: hi', 'Ben: how are you?']);
    expect(ada.delivery).toEqual(['delivered']);
    expect(ben.delivery).toEqual(['delivered', 'delivered']);
  });

  it('sends newcomers what was written before they joined', async () => {
    const ada = await sit('a', 'Ada');
    ada.write('one', 'two');
    expect(ada.delivery).toEqual(['kept', 'kept']);
    const ben = await sit('b', 'Ben');
    link(ada, ben);
    await settled();
    expect(ben.read).toEqual(['Ada: one', 'Ada: two']);
    expect(ben.state.unread).toBe(2);
    expect(ada.delivery).toEqual(['delivered', 'delivered']);
  });

  it('delivers everything to a member who starts late on an open channel', async () => {
    const ada = await sit('a', 'Ada');
    const pair = controlPair();
    setOpen(pair, true);
    ada.peers.simulatePeers(['b', 'Ben', pair[0]]);
    ada.write('early');
    await settled();
    expect(ada.delivery).toEqual(['pending']);
    const ben = await sit('b', 'Ben');
    ben.peers.simulatePeers(['a', 'Ada', pair[1]]);
    await settled();
    expect(ben.read).toEqual(['Ada: early']);
  });

  it('shows undelivered messages as pending, and delivers them over the next channel', async () => {
    const { ada, ben, pair } = await two();
    ada.write('one');
    await settled();
    setOpen(pair, false);
    ada.write('two', 'three');
    await settled();
    expect(ada.delivery).toEqual(['delivered', 'pending', 'pending']);
    link(ada, ben);
    await settled();
    expect(ben.read).toEqual(['Ada: one', 'Ada: two', 'Ada: three']);
    expect(ada.delivery).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it('delivers each message once and in order over twenty channels that break at any moment', async () => {
    const { ada, ben } = await two();
    const written: string[] = [];
    // Deterministic, but what breaks when is as good as random.
    let seed = 7;
    const random = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) % below;
    for (let round = 0; round < 20; round++) {
      const pair = link(ada, ben, false);
      for (const end of pair) end.loses = () => random(5) === 0;
      setOpen(pair, true);
      for (let count = random(4); count > 0; count--) {
        written.push(`message ${written.length}`);
        ada.write(written.at(-1)!);
        for (let turns = random(6); turns > 0; turns--) await Promise.resolve();
      }
      // Acknowledgements are lost too: messages have arrived that their author believes in flight.
      setOpen(pair, false);
    }
    link(ada, ben);
    await settled();
    expect(ben.read).toEqual(written.map((text) => `Ada: ${text}`));
    expect(ada.delivery.every((delivery) => delivery === 'delivered')).toBeTrue();
  });

  it('ignores messages that are repeated or late on the same channel', async () => {
    const { ben, pair, ada } = await two();
    ada.write('one');
    await settled();
    const [a, b] = pair;
    const batches = a.sent.filter(({ type }) => type === 'log');
    expect(batches.length).toBe(1);
    for (const batch of [...batches, ...batches]) b.receive(JSON.stringify(batch));
    ada.write('two');
    await settled();
    for (const batch of a.sent.filter(({ type }) => type === 'log').reverse())
      b.receive(JSON.stringify(batch));
    await settled();
    expect(ben.read).toEqual(['Ada: one', 'Ada: two']);
  });

  it('resends messages that were lost on an open channel', async () => {
    jasmine.clock().install();
    try {
      const { ada, ben, pair } = await two();
      await settled();
      pair[0].loses = ({ type }) => type === 'log';
      ada.write('one');
      await settled();
      expect(ben.read).toEqual([]);
      pair[0].loses = () => false;
      jasmine.clock().tick(5_001);
      await settled();
      expect(ben.read).toEqual(['Ada: one']);
    } finally {
      jasmine.clock().uninstall();
    }
  });

  it('keeps this member’s messages over a reload, and delivers none of them twice', async () => {
    const { ada, ben, pair } = await two();
    rememberSeat({ callId: 'call', session: 'a2', seat: 0, name: 'Ada' });
    ada.peers.simulateSelf('a2', 'Ada');
    ada.write('one');
    await settled();
    setOpen(pair, false);
    ada.write('two');
    // The page ends without a sign: nothing is closed. It returns with a new session.
    ada.peers.peers.next([]);
    ben.peers.peers.next([]);
    rememberSeat({ callId: 'call', session: 'a3', seat: 0, name: 'Ada' });
    const again = await sit('a3', 'Ada');
    expect(again.read).toEqual(['me: one', 'me: two']);
    link(again, ben);
    await settled();
    expect(ben.read).toEqual(['Ada: one', 'Ada: two']);
    expect(again.delivery).toEqual(['delivered', 'delivered']);
  });

  it('does not carry messages over to another call, or from a tab that is still open', async () => {
    rememberSeat({ callId: 'call', session: 'a', seat: 0, name: 'Ada' });
    const ada = await sit('a', 'Ada');
    ada.write('secret');
    rememberSeat({ callId: 'other', session: 'x', seat: 0, name: 'Ada' });
    expect((await sit('x', 'Ada')).read).toEqual([]);
  });

  it('lets no member continue another member’s log', async () => {
    const { ada, ben, pair } = await two();
    ada.write('mine');
    await settled();
    const opened = pair[0].sent.find((message) => message.type === 'log-open');
    if (opened?.type !== 'log-open') return fail('no log was opened');
    const [c, atBen] = controlPair();
    ben.peers.simulatePeers(['a', 'Ada', pair[1]], ['c', 'Cleo', atBen]);
    setOpen([c, atBen], true);
    c.send(opened);
    c.send({
      type: 'log',
      log: 'chat',
      id: opened['id'],
      oldest: 1,
      first: 2,
      now: 0,
      entries: [{ text: 'forged', at: 0 }],
    });
    await settled();
    expect(ben.read).toEqual(['Ada: mine']);
  });

  it('discards entries that are not messages, and continues', async () => {
    const { ben } = await two();
    const [c, atBen] = controlPair();
    ben.peers.simulatePeers(['c', 'Cleo', atBen]);
    setOpen([c, atBen], true);
    const id = '0123456789abcdef';
    c.send({ type: 'log-open', log: 'chat', id });
    const entries = [
      null,
      'text',
      { text: 1, at: 2 },
      { text: ' ', at: 1 },
      { text: 'x'.repeat(4_001), at: 1 },
    ];
    c.send({
      type: 'log',
      log: 'chat',
      id,
      oldest: 1,
      first: 1,
      now: 0,
      entries: [...entries, { text: 'fine', at: 0 }],
    });
    await settled();
    expect(ben.read).toEqual(['Cleo: fine']);
  });

  it('rejects a message that is empty or too long', async () => {
    const { ada } = await two();
    expect(ada.activity.chat.write('  \n ')).toBeFalse();
    expect(ada.activity.chat.write('x'.repeat(4_001))).toBeFalse();
    expect(ada.activity.chat.write('x'.repeat(4_000))).toBeTrue();
  });

  it('counts messages as unread while the chat is not in view', async () => {
    const { ada, ben } = await two();
    ada.write('one', 'two');
    await settled();
    expect(ben.state.unread).toBe(2);
    ben.activity.chat.setReading(true);
    expect(ben.state.unread).toBe(0);
    ada.write('three');
    await settled();
    expect(ben.state.unread).toBe(0);
    ben.activity.chat.setReading(false);
    ada.write('four');
    await settled();
    expect(ben.state.unread).toBe(1);
    expect(ben.news.length).toBe(3);
  });

  it('shows who is typing until their message arrives', async () => {
    const { ada, ben } = await two();
    ada.activity.chat.typing(true);
    await settled();
    expect(ben.others.map(({ typing }) => typing)).toEqual([true]);
    ada.write('done');
    await settled();
    expect(ben.others.map(({ typing }) => typing)).toEqual([false]);
  });

  it('shows a raised hand, to newcomers too, until it is lowered', async () => {
    const { ada, ben } = await two();
    const before = performance.now();
    ada.activity.raiseHand(true);
    await settled();
    expect(ben.others[0]?.hand).toBeGreaterThanOrEqual(before);
    expect(ben.others[0]?.hand).toBeLessThanOrEqual(performance.now());
    expect(ben.news).toEqual([{ kind: 'hand', who: 'a', name: 'Ada' }]);
    link(ada, ben);
    await settled();
    expect(ben.others[0]?.hand).not.toBeNull();
    ada.activity.raiseHand(false);
    await settled();
    expect(ben.others[0]?.hand).toBeNull();
  });

  it('shows known reactions on both sides, and limits their rate', async () => {
    const { ada, ben, pair } = await two();
    await settled();
    ada.activity.react('🎉');
    ada.activity.react('🎉');
    pair[0].send({ type: 'reaction', emoji: '💩' });
    await settled();
    expect(ada.reactions).toEqual(['a 🎉']);
    expect(ben.reactions).toEqual(['a 🎉']);
    const flood = (end: FakeControl) => {
      for (let n = 0; n < 50; n++) end.send({ type: 'reaction', emoji: '👏' });
    };
    flood(pair[0]);
    await settled();
    expect(ben.reactions.length).toBe(1);
  });

  it('stops capturing the screen when the member leaves, although no page asks it to', async () => {
    const screen = document.createElement('canvas').captureStream();
    const mediaDevices = Object.assign(new EventTarget(), {
      getDisplayMedia: () => Promise.resolve(screen),
      getSupportedConstraints: () => ({}),
    }) as unknown as MediaDevices;
    const peers = new FakePeers();
    peers.simulateSelf('a', 'Ada');
    const activity = await Activity.of(peers, mediaDevices, { session: 'a', name: 'Ada' });
    activity.screens.start();
    const state$ = activity.screens.own$;
    await firstValueFrom(state$.pipe(filter(({ status }) => status === 'on')));
    peers.self.next(null);
    expect(screen.getTracks().map(({ readyState }) => readyState)).toEqual(['ended']);
    expect((await firstValueFrom(state$)).status).toBe('off');
    activity.close();
  });

  it('forgets the messages when it is closed', async () => {
    rememberSeat({ callId: 'call', session: 'a', seat: 0, name: 'Ada' });
    const ada = await sit('a', 'Ada');
    ada.write('secret');
    expect(sessionStorage.getItem('parley.chat')).toContain('secret');
    ada.activity.close();
    expect(sessionStorage.getItem('parley.chat')).toBeNull();
  });
});
