import { BehaviorSubject, of } from 'rxjs';

import { settled } from '../testing/fake-peers';
import { FakeReceiver, FakeSender } from '../testing/fake-receiver';
import { VirtualTime } from '../testing/virtual-time';
import { LinkMedia } from '../rtc/link-media';
import { linkStatistics$ } from '../rtc/link-statistics';
import type { Encoding } from './encoding';
import { sharedSending } from './shared-sending';
import type { Speaking } from './uplink-budget';

describe('sharedSending', () => {
  const EXTENSION = 'a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';

  /** A connected link with an estimate of 39 kbit/s and this `loss`, to a peer that supports this feedback. */
  const link = (loss: number, ...feedback: readonly string[]) => {
    const sdp = ['v=0', 'm=video 9 UDP/TLS/RTP/SAVPF 96', ...feedback, ''].join('\r\n');
    const stats = [
      { id: 'T', type: 'transport', selectedCandidatePairId: 'P' },
      { id: 'P', type: 'candidate-pair', availableOutgoingBitrate: 39_000 },
      { id: 'O', type: 'outbound-rtp', kind: 'video' },
      { id: 'R', type: 'remote-inbound-rtp', kind: 'video', fractionLost: loss },
    ];
    const section = (kind: string) => ({
      sender: new FakeSender(),
      receiver: { track: { kind } },
      mid: null,
    });
    return Object.assign(new EventTarget(), {
      connectionState: 'connected',
      currentRemoteDescription: { sdp },
      getTransceivers: () => [section('audio'), section('video')],
      getStats: () => Promise.resolve(new Map(stats.map((entry) => [entry.id, entry]))),
    }) as unknown as RTCPeerConnection;
  };

  /** Whether video is paused after 15 s. */
  const isPaused = async (connection: RTCPeerConnection) => {
    const time = new VirtualTime();
    const receiver = Object.assign(new FakeReceiver('l'), {
      media: new LinkMedia(connection),
      figures$: linkStatistics$(connection),
    });
    const said = time.record(sharedSending(of([receiver]), of('nobody')));
    await time.pass(15_000);
    said.stop();
    return (said.last as ReadonlySet<string>).has('l');
  };

  it('pauses video when a peer that reports on packets leaves no room for it', async () => {
    expect(await isPaused(link(0, EXTENSION, 'a=rtcp-fb:96 transport-cc'))).toBeTrue();
  });

  it('uses loss when the peer sends only REMB: the estimate falls although nothing is lost', async () => {
    expect(await isPaused(link(0, EXTENSION, 'a=rtcp-fb:96 goog-remb'))).toBeFalse();
  });

  it('uses loss when the peer doesn’t accept numbered packets', async () => {
    expect(await isPaused(link(0, 'a=rtcp-fb:96 transport-cc'))).toBeFalse();
  });

  it('pauses video when a peer that sends only REMB loses a lot', async () => {
    expect(await isPaused(link(0.3, 'a=rtcp-fb:96 goog-remb'))).toBeTrue();
  });

  describe('with several members', () => {
    const TILE = { width: 640, height: 360 };

    const call = (...names: readonly (string | FakeReceiver)[]) => {
      const all = names.map((name) => (typeof name === 'string' ? new FakeReceiver(name) : name));
      const present = new BehaviorSubject<readonly FakeReceiver[]>([]);
      const speaking = new BehaviorSubject<Speaking>('nobody');
      const paused: (readonly string[])[] = [];
      const subscription = sharedSending(present, speaking, 2).subscribe((links) => paused.push([...links]));
      let at = 0;
      /** One second in which each path has this estimate. */
      const second = async (available = 3_000_000) => {
        at += 1_000;
        for (const receiver of present.value) receiver.simulateFigures({ at, available });
        await settled();
      };
      const come = async (...receivers: readonly FakeReceiver[]) => {
        present.next(receivers);
        await settled();
      };
      return { all, present, speaking, paused, second, come, end: () => subscription.unsubscribe() };
    };

    it('changes parameters only when they differ', async () => {
      const { all, come, second, end } = call('a', 'b', 'c');
      await come(...all);
      for (const receiver of all) receiver.simulateView(TILE);
      for (let seconds = 0; seconds < 5; seconds++) await second();
      const counts = all.map(({ camera, microphone }) => [camera.set.length, microphone.set.length]);
      for (let seconds = 0; seconds < 30; seconds++) await second();
      expect(all.map(({ camera, microphone }) => [camera.set.length, microphone.set.length])).toEqual(counts);
      expect(all[0]!.camera.set.length).toBeLessThan(4);
      end();
    });

    it('encodes once for peers who are sent the same, from five members on', async () => {
      const { all, come, second, end } = call(
        ...['a', 'b', 'c', 'd'].map((name) => new FakeReceiver(name, true)),
      );
      const [a, b, c, d] = all as [FakeReceiver, FakeReceiver, FakeReceiver, FakeReceiver];
      const follows = () => all.map((receiver) => receiver.follows);
      const codecs = () => all.map(({ camera }) => (camera.encoding as Encoding).codec?.mimeType);
      await come(...all.slice(0, 3));
      for (const receiver of all) receiver.simulateView(TILE);
      for (let seconds = 0; seconds < 5; seconds++) await second();
      expect(follows()).toEqual([null, null, null, null]);
      expect(codecs()).toEqual([undefined, undefined, undefined, undefined]);

      await come(...all);
      for (let seconds = 0; seconds < 5; seconds++) await second();
      expect(follows()).toEqual([null, a.outlet, a.outlet, a.outlet]);
      expect(codecs()).toEqual(['video/VP8', 'video/VP8', 'video/VP8', 'video/VP8']);
      expect(a.camera.encoding.maxFramerate).toBe(20);
      expect(b.camera.encoding.maxFramerate).toBeUndefined();
      const counts = all.map(({ camera }) => camera.set.length);
      for (let seconds = 0; seconds < 10; seconds++) await second();
      expect(all.map(({ camera }) => camera.set.length)).toEqual(counts);

      // A peer who sees nothing of it is sent nothing, and the encoder of a link that has ended is replaced.
      c.simulateView({ ...TILE, hidden: true });
      await second();
      expect(c.follows).toBeNull();
      await come(a, b, d);
      await second();
      expect([a, b, d].map((receiver) => receiver.follows)).toEqual([null, null, null]);
      expect((b.camera.encoding as Encoding).codec).toBeUndefined();
      end();
    });

    it('restarts no encoder when a third member comes', async () => {
      const { all, come, second, end } = call('a', 'b', 'c');
      const [a, b, c] = all as [FakeReceiver, FakeReceiver, FakeReceiver];
      await come(a);
      a.simulateView({ width: 1280, height: 720 });
      await second();
      expect(a.camera.encoding).toEqual(
        jasmine.objectContaining({ scaleResolutionDownBy: 1, maxFramerate: 30, maxBitrate: 2_488_320 }),
      );
      const before = a.camera.set.length;
      await come(a, b);
      await second();
      b.simulateView({ width: 1280, height: 720 });
      for (let seconds = 0; seconds < 10; seconds++) await second();
      await come(a, b, c);
      await come(a, b);
      for (let seconds = 0; seconds < 10; seconds++) await second();
      for (const { scaleResolutionDownBy, maxFramerate } of a.camera.set.slice(before))
        expect([scaleResolutionDownBy, maxFramerate]).toEqual([1, 30]);
      await come(a);
      expect(a.camera.encoding.maxBitrate).toBe(2_488_320);
      end();
    });

    it('stops a picture that the peer hides, and begins it again at once', async () => {
      const { all, come, second, paused, end } = call('a', 'b');
      await come(...all);
      await second();
      const [a] = all as [FakeReceiver, FakeReceiver];
      a.simulateView({ width: 1, height: 1, hidden: true });
      await settled();
      expect(a.camera.encoding.active).toBeFalse();
      a.simulateView(TILE);
      await settled();
      expect(a.camera.encoding.active).toBeTrue();
      expect(paused.flat()).toEqual([]);
      end();
    });

    it('raises bit rates over several seconds, and lowers them at once', async () => {
      const { all, come, second, end } = call('a', 'b');
      await come(...all);
      for (const receiver of all) receiver.simulateView(TILE);
      const rate = async (available: number) => {
        await second(available);
        return Math.round(all[0]!.camera.encoding.maxBitrate! / 1_000);
      };
      const rates = [await rate(300_000)];
      for (let seconds = 0; seconds < 4; seconds++) rates.push(await rate(700_000));
      rates.push(await rate(200_000));
      expect(rates).toEqual([181, 220, 274, 317, 367, 229]);
      end();
    });

    it('sends larger tiles while this member speaks', async () => {
      const { all, come, second, speaking, end } = call('a', 'b', 'c');
      await come(...all);
      for (const receiver of all) receiver.simulateView(TILE);
      await second();
      const rates: unknown[] = [];
      for (const speaks of ['other', 'self'] as const) {
        speaking.next(speaks);
        await settled();
        rates.push(all[0]!.camera.encoding.maxBitrate);
      }
      expect(rates[0]).toBeLessThan(260_000);
      expect(rates[1]).toBe(400_000);
      end();
    });

    it('limits a screen among several, and stops it while the peer isn’t heard', async () => {
      const { all, come, second, end } = call('a', 'b');
      const [a] = all as [FakeReceiver, FakeReceiver];
      const screen = new FakeSender();
      await come(...all);
      a.simulateScreen(screen);
      await second();
      expect(screen.encoding).toEqual(jasmine.objectContaining({ active: true, maxBitrate: 1_500_000 }));
      a.heard$.next(false);
      await settled();
      expect(screen.encoding.active).toBeFalse();
      expect(a.camera.encoding.active).toBeFalse();
      a.heard$.next(true);
      await come(a);
      await settled();
      expect([screen.encoding.active, screen.encoding.maxBitrate]).toEqual([true, undefined]);
      end();
    });

    it('names the links that have room for sound alone', async () => {
      const { all, come, second, paused, end } = call('a', 'b', 'c');
      await come(...all);
      all.forEach((receiver, index) => receiver.simulateView({ width: 400 - index, height: 225 }));
      const isActive = () => all[2]!.camera.encoding.active;
      while (isActive()) await second(100_000);
      expect(paused.at(-1)).toEqual(['c']);
      // It is tried again.
      while (!isActive()) await second(100_000);
      expect(paused.at(-1)).toEqual([]);
      end();
    });
  });
});
