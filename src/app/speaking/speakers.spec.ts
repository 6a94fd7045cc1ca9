import { BehaviorSubject } from 'rxjs';

import type { InputState } from '../media/media';
import type { ReceivedSound } from '../rtc/link-media';
import { FakeControl, FakePeers } from '../testing/fake-peers';
import { VirtualTime } from '../testing/virtual-time';
import { Speakers } from './speakers';
import { QUIET, type Speech } from './speech';

describe('Speakers', () => {
  let time: VirtualTime;
  let peers: FakePeers;
  let loud: Set<string>;
  let reads: number;
  const ends = new Map(['ann', 'bob', 'cem'].map((name) => [name, new FakeControl()]));

  /** These members have links, and send sound. */
  const join = (...names: readonly string[]) => {
    peers.simulatePeers(...names.map((name) => [name, name, ends.get(name)!] as const));
    for (const { session, media } of peers.peers.value) {
      let timestamp = 0;
      Object.defineProperty(media, 'sound', {
        get: (): ReceivedSound => {
          reads++;
          return { level: loud.has(session) ? 0.2 : 0, timestamp: ++timestamp };
        },
      });
    }
  };

  beforeEach(() => {
    time = new VirtualTime();
    peers = new FakePeers();
    peers.simulateSelf('me', 'Kim');
    loud = new Set();
    reads = 0;
  });

  it('measures nothing in a call of two, nor while nobody asks', async () => {
    const { speech$ } = new Speakers(peers, null);
    join('ann', 'bob');
    await time.pass(5_000);
    expect(reads).toBe(0);
    join('ann');
    const recording = time.record(speech$);
    loud.add('ann');
    await time.pass(5_000);
    expect(reads).toBe(0);
    expect(recording.heard).toEqual([[5_000, QUIET]]);
    recording.stop();
  });

  it('tells who speaks among three, until one of them leaves', async () => {
    const speakers = new Speakers(peers, null);
    const [speaker, speaking] = [time.record(speakers.speaker$), time.record(speakers.speaking$)];
    join('ann', 'bob');
    loud.add('bob');
    await time.pass(900);
    expect(speaker.heard).toEqual([
      [0, null],
      [900, 'bob'],
    ]);
    expect(speaking.heard.at(-1)).toEqual([600, ['bob']]);
    loud.clear();
    await time.pass(3_000);
    expect([speaker.last, speaking.last]).toEqual(['bob', []]);
    // Both subscribers share one reading.
    expect(reads).toBe(2 * (3_900 / 300));
    join('ann');
    await time.pass(3_000);
    expect(speaker.last).toBeNull();
    expect(reads).toBe(2 * (3_900 / 300));
    speaker.stop();
    speaking.stop();
  });

  it('forgets a speaker who leaves three others', async () => {
    const speaker = time.record(new Speakers(peers, null).speaker$);
    join('ann', 'bob', 'cem');
    loud.add('bob');
    await time.pass(1_500);
    join('ann', 'cem');
    await time.pass(300);
    expect(speaker.heard.map(([, session]) => session)).toEqual([null, 'bob', null]);
    speaker.stop();
  });

  it('hears this member too, and closes the audio context with the third member', async () => {
    const samples = { value: 0.2, state: 'running' as AudioContextState, closed: 0 };
    const context = {
      get state() {
        return samples.state;
      },
      createAnalyser: () => ({
        fftSize: 0,
        getFloatTimeDomainData: (into: Float32Array) => into.fill(samples.value),
      }),
      createMediaStreamSource: () => ({ connect: () => undefined, disconnect: () => undefined }),
      close: () => Promise.resolve(++samples.closed),
    };
    const [track] = document.createElement('canvas').captureStream().getTracks();
    const microphone = new BehaviorSubject<InputState>({ status: 'on', track: track! });
    const own = { microphone$: microphone, create: () => context as unknown as AudioContext };
    const heard = time.record(new Speakers(peers, own).speech$);
    join('ann', 'bob');
    await time.pass(1_500);
    expect(heard.last).toEqual({ speaker: 'me', speaking: ['me'] } satisfies Speech);
    microphone.next({ status: 'off' });
    await time.pass(300);
    expect(heard.last).toEqual(QUIET);
    expect(samples.closed).toBe(1);
    microphone.next({ status: 'on', track: track! });
    await time.pass(300);
    join('ann');
    expect(samples.closed).toBe(2);
    track!.stop();
    heard.stop();
  });
});
