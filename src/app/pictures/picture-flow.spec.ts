import { BehaviorSubject } from 'rxjs';

import { controlPair, type FakeControl, FakePeers, setOpen } from '../testing/fake-peers';
import { VirtualTime } from '../testing/virtual-time';
import { PictureFlow } from './picture-flow';
import { ScreenSharing } from './screen-sharing';

describe('PictureFlow', () => {
  const [ada, ben, cleo] = ['a'.repeat(16), 'b'.repeat(16), 'c'.repeat(16)];
  const size = { width: 640, height: 360 };
  const hidden = { type: 'view', width: 1, height: 1, hidden: true };

  const call = (...members: readonly string[]) => {
    const time = new VirtualTime();
    const peers = new FakePeers();
    const pairs = members.map(() => controlPair());
    const [recorded, watched] = [new BehaviorSubject(false), new BehaviorSubject(true)];
    const flow = new PictureFlow(peers, recorded, watched);
    const running = flow.pictures$.subscribe();
    peers.simulateSelf(ada, 'Ada');
    peers.simulatePeers(...members.map((session, index) => [session, '', pairs[index]![0]] as const));
    pairs.forEach((pair) => setOpen(pair, true));
    const told = (end: FakeControl, type: string) => end.sent.filter((message) => message.type === type);
    return {
      time,
      flow,
      recorded,
      watched,
      pairs,
      ends: pairs.map(([end]) => end),
      told,
      end: () => running.unsubscribe(),
    };
  };

  it('tells sizes at most once a second, and the last one', async () => {
    const { time, flow, ends, told, end } = call(ben);
    flow.show(ben, size);
    for (const width of [650, 660, 670]) flow.show(ben, { ...size, width });
    await time.pass(3_000);
    expect(told(ends[0]!, 'view').map(({ width }) => width)).toEqual([640, 670]);
    end();
  });

  it('tells at once that a member is hidden or shown again', async () => {
    const { time, flow, ends, told, end } = call(ben);
    flow.show(ben, size);
    await time.pass(100);
    flow.hide(ben);
    await time.pass(100);
    flow.show(ben, size);
    await time.pass(100);
    expect(told(ends[0]!, 'view')).toEqual([
      { type: 'view', ...size },
      hidden,
      { type: 'view', ...size },
    ] as never);
    end();
  });

  for (const [what, members, expected] of [
    ['hides everyone', [ben, cleo], hidden],
    ['hides nobody in a call of two', [ben], { type: 'view', ...size }],
  ] as const) {
    it(`${what} while the page isn’t seen`, async () => {
      const { time, flow, watched, ends, told, end } = call(...members);
      flow.show(ben, size);
      watched.next(false);
      await time.pass(100);
      expect(told(ends[0]!, 'view').at(-1)).toEqual(expected as never);
      watched.next(true);
      await time.pass(100);
      expect(told(ends[0]!, 'view').at(-1)).toEqual({ type: 'view', ...size } as never);
      end();
    });
  }

  it('needs all pictures while the call is recorded', async () => {
    const { time, flow, recorded, watched, ends, told, end } = call(ben, cleo);
    flow.show(ben, size);
    flow.hide(cleo);
    watched.next(false);
    await time.pass(100);
    recorded.next(true);
    await time.pass(100);
    expect(ends.map((one) => told(one, 'view').at(-1))).toEqual([
      { type: 'view', ...size },
      { type: 'view', width: 640, height: 360 },
    ] as never);
    recorded.next(false);
    await time.pass(100);
    expect(ends.map((one) => told(one, 'view').at(-1))).toEqual([hidden, hidden] as never);
    end();
  });

  it('repeats what it told to a peer who listens only now, and doesn’t answer an answer', async () => {
    const { time, flow, pairs, told, end } = call(ben);
    flow.show(ben, size);
    await time.pass(2_000);
    const [ours, theirs] = pairs[0]!;
    const counts = () => [told(ours, 'view').length, told(ours, 'picture').length];
    expect(counts()).toEqual([1, 1]);
    theirs.send({ type: 'hello', answer: true });
    await time.pass(100);
    expect(counts()).toEqual([2, 2]);
    theirs.send({ type: 'hello', answer: false });
    await time.pass(100);
    expect(counts()).toEqual([2, 2]);
    end();
  });

  it('repeats which section carries what to a peer who listens only now', async () => {
    const time = new VirtualTime();
    const peers = new FakePeers();
    const pair = controlPair();
    const running = new ScreenSharing(peers, null).theirs$.subscribe();
    peers.simulateSelf(ada, 'Ada');
    peers.simulatePeers([ben, '', pair[0]]);
    setOpen(pair, true);
    await time.pass(100);
    const count = () => pair[0].sent.filter(({ type }) => type === 'streams').length;
    expect(count()).toBe(1);
    pair[1].send({ type: 'hello', answer: true });
    await time.pass(100);
    expect(count()).toBe(2);
    running.unsubscribe();
  });
});

describe('a view from a peer', () => {
  it('may say that the picture is hidden', async () => {
    const { readAny } = await import('../testing/all-messages');
    const read = (hidden: unknown) => readAny(JSON.stringify({ type: 'view', width: 1, height: 1, hidden }));
    expect(read(true)).toEqual({ type: 'view', width: 1, height: 1, hidden: true });
    for (const other of [undefined, false, null, 1, 'true'])
      expect(read(other)).toEqual({ type: 'view', width: 1, height: 1 } as never);
  });
});
