import { TestBed } from '@angular/core/testing';
import { filter, firstValueFrom, type Observable, Subject, Subscription } from 'rxjs';

import { fakeDevice, FakeMediaDevices } from '../testing/fake-media-devices';
import { BlurError, type Blurred, BLURRING } from './blur/blur';
import { provideLocalMedia } from './device-media';
import { LocalMedia } from './local-media';
import type { ChosenDevices, Devices, InputKind, InputState, MediaReason } from './media';
import { MEDIA_DEVICES } from './media-devices';

/** Waits for everything pending on promises: a task runs after all of them. */
const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

/** A state as one word: the name of the open device, or the reason of a failure. */
const word = (state: InputState): string => {
  switch (state.status) {
    case 'on':
      return `on: ${state.track.getSettings().deviceId}`;
    case 'failed':
      return `failed: ${state.error.reason}`;
    default:
      return state.status;
  }
};

describe('DeviceMedia', () => {
  let fake: FakeMediaDevices;
  let watching: Subscription;

  const media = (storage: Storage | null = null): LocalMedia => {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({ providers: [provideLocalMedia(), ...fake.providers(storage)] });
    return TestBed.inject(LocalMedia);
  };

  const watch = <T>(stream$: Observable<T>): T[] => {
    const seen: T[] = [];
    watching.add(stream$.subscribe((value) => seen.push(value)));
    return seen;
  };

  const words = (states: readonly InputState[]) => states.map(word);

  const last = <T>(seen: readonly T[]): T => seen[seen.length - 1]!;

  const state$ = (it: LocalMedia, kind: InputKind) => (kind === 'camera' ? it.camera$ : it.microphone$);

  /** With the microphone turned off. */
  const cameraAlone = async () => {
    const it = media();
    it.turn('microphone', false);
    const seen = watch(it.camera$);
    await settled();
    return { it, seen };
  };

  beforeEach(() => {
    fake = new FakeMediaDevices();
    watching = new Subscription();
    localStorage.removeItem('parley.devices');
  });

  afterEach(() => {
    watching.unsubscribe();
    expect(fake.open('camera')).withContext('cameras left open').toEqual([]);
    expect(fake.open('microphone')).withContext('microphones left open').toEqual([]);
    localStorage.removeItem('parley.devices');
  });

  it('opens an input that is to stay off only when it is turned on, and remembers nothing of that', async () => {
    const asked = spyOn(fake, 'getUserMedia').and.callThrough();
    const it = media(localStorage);
    it.keepOff('camera', true);
    const seen = watch(it.camera$);
    await settled();
    expect(words(seen)).toEqual(['off']);
    expect(asked).not.toHaveBeenCalled();
    it.turn('camera', true);
    await settled();
    expect(last(seen).status).toBe('on');
    it.keepOff('camera', true);
    await settled();
    expect(last(seen).status).toBe('off');
    const next = watch(media(localStorage).camera$);
    await settled();
    expect(last(next).status).toBe('on');
    it.keepOff('camera', false);
    await settled();
    expect(last(seen).status).toBe('on');
  });

  describe('opening', () => {
    it('is on at a first visit, with one prompt for both', async () => {
      const it = media();
      const camera = watch(it.camera$);
      const microphone = watch(it.microphone$);
      expect(words(camera)).toEqual(['starting']);
      await settled();
      expect(words(camera)).toEqual(['starting', 'on: front']);
      expect(words(microphone)).toEqual(['starting', 'on: desk']);
      expect(fake.prompts).toEqual([['microphone', 'camera']]);
      expect(fake.requests).toEqual([
        {
          audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
          video: {
            width: { ideal: 1280 },
            height: { ideal: 720 },
            frameRate: { ideal: 30 },
            facingMode: 'user',
          },
        },
      ]);
    });

    it('opens nothing without a subscriber', async () => {
      const it = media();
      it.turn('camera', true);
      watch(it.devices$);
      watch(it.chosen$);
      await settled();
      expect(fake.requests).toEqual([]);
    });

    it('shares one track among subscribers and stops it with the last', async () => {
      const it = media();
      const first = it.camera$.subscribe();
      await settled();
      const second = watch(it.camera$);
      expect(words(second)).toEqual(['on: front']);
      first.unsubscribe();
      expect(fake.open('camera')).toEqual(['front']);
      watching.unsubscribe();
      expect(fake.open('camera')).toEqual([]);
    });

    it('opens again for a later subscriber', async () => {
      const it = media();
      it.camera$.subscribe().unsubscribe();
      const seen = watch(it.camera$);
      await settled();
      expect(words(seen)).toEqual(['starting', 'on: front']);
    });

    it('stops a track granted after all subscribers have left', async () => {
      fake.hold();
      const it = media();
      watch(it.camera$);
      watch(it.microphone$);
      await settled();
      watching.unsubscribe();
      fake.release();
      await settled();
      expect(fake.prompts.length).toBe(1);
      expect(fake.open('camera')).toEqual([]);
      expect(fake.open('microphone')).toEqual([]);
    });

    it('keeps one track of a combined grant when only the other was abandoned', async () => {
      fake.hold();
      const it = media();
      const camera = watch(it.camera$);
      const microphone = watch(it.microphone$);
      await settled();
      it.turn('camera', false);
      fake.release();
      await settled();
      expect(words(camera)).toEqual(['starting', 'off']);
      expect(last(words(microphone))).toBe('on: desk');
      expect(fake.open('camera')).toEqual([]);
    });

    it('does not request an input abandoned in the same tick', async () => {
      const it = media();
      watch(it.microphone$);
      watch(it.camera$);
      it.turn('camera', false);
      await settled();
      expect(fake.prompts).toEqual([['microphone']]);
    });
  });

  describe('turning off and on', () => {
    it('stops the track, and opens another when turned on', async () => {
      const { it, seen } = await cameraAlone();
      it.turn('camera', false);
      expect(fake.open('camera')).toEqual([]);
      it.turn('camera', true);
      await settled();
      expect(words(seen)).toEqual(['starting', 'on: front', 'off', 'starting', 'on: front']);
    });

    it('never prompts while both are off', async () => {
      const it = media();
      it.turn('microphone', false);
      it.turn('camera', false);
      const camera = watch(it.camera$);
      const microphone = watch(it.microphone$);
      watch(it.devices$);
      fake.simulatePlug(fakeDevice('camera', 'new'));
      it.choose('camera', 'new');
      await settled();
      expect(words(camera)).toEqual(['off']);
      expect(words(microphone)).toEqual(['off']);
      expect(fake.requests).toEqual([]);
    });

    it('prompts once when both are turned on in one tick', async () => {
      const it = media();
      it.turn('microphone', false);
      it.turn('camera', false);
      watch(it.camera$);
      watch(it.microphone$);
      it.turn('microphone', true);
      it.turn('camera', true);
      await settled();
      expect(fake.prompts).toEqual([['microphone', 'camera']]);
    });

    it('leaves a running track unchanged when turned on again', async () => {
      const { it, seen } = await cameraAlone();
      it.turn('camera', true);
      await settled();
      expect(words(seen)).toEqual(['starting', 'on: front']);
    });
  });

  describe('failing', () => {
    const reasons: Readonly<Record<string, MediaReason>> = {
      NotAllowedError: 'denied',
      SecurityError: 'denied',
      NotFoundError: 'missing',
      OverconstrainedError: 'missing',
      NotReadableError: 'busy',
      AbortError: 'busy',
      TypeError: 'failed',
    };

    for (const [name, reason] of Object.entries(reasons)) {
      it(`says ${reason} for ${name}, and retries when asked`, async () => {
        fake.fail('front', name);
        const { it, seen } = await cameraAlone();
        expect(words(seen)).toEqual(['starting', `failed: ${reason}`]);
        fake.fail('front', null);
        it.turn('camera', true);
        await settled();
        expect(words(seen)).toEqual(['starting', `failed: ${reason}`, 'starting', 'on: front']);
      });
    }

    it('says unsupported where there are no media devices', async () => {
      TestBed.configureTestingModule({
        providers: [provideLocalMedia(), ...fake.providers(), { provide: MEDIA_DEVICES, useValue: null }],
      });
      const it = TestBed.inject(LocalMedia);
      for (const kind of ['microphone', 'camera'] as const) {
        const seen = watch(state$(it, kind));
        await settled();
        expect(words(seen)).toEqual(['starting', 'failed: unsupported']);
        const state = last(seen);
        expect(state.status === 'failed' && state.error.device).toBe(kind);
      }
      expect(await firstValueFrom(it.devices$)).toEqual({ microphones: [], cameras: [], speakers: [] });
    });

    it('retries when the person asks as soon as the failure is reported', async () => {
      fake.fail('front', 'NotReadableError');
      const it = media();
      it.turn('microphone', false);
      const seen: InputState[] = [];
      watching.add(
        it.camera$.subscribe((state) => {
          seen.push(state);
          if (state.status !== 'failed') return;
          fake.fail('front', null);
          it.turn('camera', true);
        }),
      );
      await settled();
      expect(last(words(seen))).toBe('on: front');
    });

    it('retries when another device is chosen', async () => {
      fake.fail('front', 'NotReadableError');
      const { it, seen } = await cameraAlone();
      it.choose('camera', 'back');
      await settled();
      expect(words(seen)).toEqual(['starting', 'failed: busy', 'starting', 'on: back']);
    });

    it('stays quiet when turned off after a failure', async () => {
      fake.deny('camera');
      const { it, seen } = await cameraAlone();
      it.turn('camera', false);
      fake.allow('camera');
      await settled();
      expect(words(seen)).toEqual(['starting', 'failed: denied', 'off']);
    });
  });

  describe('requesting both when one fails', () => {
    const both = async () => {
      const it = media();
      const camera = watch(it.camera$);
      const microphone = watch(it.microphone$);
      await settled();
      return { it, camera, microphone };
    };

    for (const [name, reason] of [
      ['NotReadableError', 'busy'],
      ['AbortError', 'busy'],
      ['NotFoundError', 'missing'],
    ] as const) {
      it(`opens the microphone although the camera fails with ${name}`, async () => {
        fake.fail('front', name);
        const { camera, microphone } = await both();
        expect(last(words(camera))).toBe(`failed: ${reason}`);
        expect(last(words(microphone))).toBe('on: desk');
      });

      it(`opens the camera although the microphone fails with ${name}`, async () => {
        fake.fail('desk', name);
        const { camera, microphone } = await both();
        expect(last(words(camera))).toBe('on: front');
        expect(last(words(microphone))).toBe(`failed: ${reason}`);
      });
    }

    it('opens the microphone where there is no camera at all', async () => {
      fake = new FakeMediaDevices([fakeDevice('microphone', 'desk')]);
      const { camera, microphone } = await both();
      expect(last(words(camera))).toBe('failed: missing');
      expect(last(words(microphone))).toBe('on: desk');
    });

    for (const kind of ['microphone', 'camera'] as const) {
      it(`opens the other input when the ${kind} is blocked`, async () => {
        fake.deny(kind);
        const { camera, microphone } = await both();
        expect(last(words(camera))).toBe(kind === 'camera' ? 'failed: denied' : 'on: front');
        expect(last(words(microphone))).toBe(kind === 'microphone' ? 'failed: denied' : 'on: desk');
      });
    }

    it('does not prompt again when the prompt for both was declined', async () => {
      fake.dismiss('microphone', 'camera');
      const { camera, microphone } = await both();
      expect(last(words(camera))).toBe('failed: denied');
      expect(last(words(microphone))).toBe('failed: denied');
      expect(fake.prompts).toEqual([['microphone', 'camera']]);
    });

    it('opens the input allowed earlier when the prompt for the other was declined', async () => {
      fake.allow('microphone');
      fake.dismiss('camera');
      const { camera, microphone } = await both();
      expect(last(words(camera))).toBe('failed: denied');
      expect(last(words(microphone))).toBe('on: desk');
      expect(fake.prompts).toEqual([['camera']]);
    });

    it('requests each input alone where the browser does not report permissions', async () => {
      fake.dismiss('camera');
      TestBed.configureTestingModule({ providers: [provideLocalMedia(), ...fake.providers(null, null)] });
      const it = TestBed.inject(LocalMedia);
      const camera = watch(it.camera$);
      const microphone = watch(it.microphone$);
      await settled();
      expect(last(words(camera))).toBe('failed: denied');
      expect(last(words(microphone))).toBe('on: desk');
    });

    it('does not request alone an input abandoned in the meantime', async () => {
      fake.fail('front', 'NotReadableError');
      fake.hold();
      const it = media();
      watch(it.camera$);
      watch(it.microphone$);
      await settled();
      it.turn('camera', false);
      fake.release();
      await settled();
      expect(fake.requests.map(({ audio, video }) => [!!audio, !!video])).toEqual([
        [true, true],
        [true, false],
      ]);
    });
  });

  describe('permission', () => {
    it('opens by itself when granted later', async () => {
      fake.deny('camera');
      const { seen } = await cameraAlone();
      fake.allow('camera');
      await settled();
      expect(words(seen)).toEqual(['starting', 'failed: denied', 'starting', 'on: front']);
    });

    it('does not retry by itself when the system refuses although the person allows', async () => {
      fake.allow('camera');
      fake.fail('front', 'NotAllowedError');
      const { seen } = await cameraAlone();
      expect(words(seen)).toEqual(['starting', 'failed: denied']);
      expect(fake.requests.length).toBe(1);
    });

    it('does not prompt again because a device was plugged in', async () => {
      fake.dismiss('camera');
      const { seen } = await cameraAlone();
      fake.simulatePlug(fakeDevice('camera', 'new'));
      await settled();
      expect(words(seen)).toEqual(['starting', 'failed: denied']);
      expect(fake.prompts.length).toBe(1);
    });

    it('does not prompt when the permission is reset', async () => {
      const { it, seen } = await cameraAlone();
      fake.forget('camera');
      await settled();
      expect(words(seen)).toEqual(['starting', 'on: front', 'failed: lost']);
      expect(fake.prompts.length).toBe(1);
      it.turn('camera', true);
      await settled();
      expect(last(words(seen))).toBe('on: front');
      expect(fake.prompts.length).toBe(2);
    });

    it('says denied when revoked', async () => {
      const { seen } = await cameraAlone();
      fake.deny('camera');
      await settled();
      expect(words(seen)).toEqual(['starting', 'on: front', 'failed: denied']);
      fake.allow('camera');
      await settled();
      expect(last(words(seen))).toBe('on: front');
    });
  });

  describe('plugging', () => {
    it('moves to another device when the one in use is unplugged', async () => {
      const { seen } = await cameraAlone();
      fake.simulateUnplug('front');
      await settled();
      expect(words(seen)).toEqual(['starting', 'on: front', 'starting', 'on: back']);
    });

    it('borrows a camera without a gap, and starts with the remembered one on the next page', async () => {
      const { it, seen } = await cameraAlone();
      it.borrow('camera', 'back');
      await settled();
      expect(words(seen)).toEqual(['starting', 'on: front', 'on: back']);
      expect(fake.open('camera')).toEqual(['back']);
    });

    it('moves on from a chosen device too', async () => {
      const { it, seen } = await cameraAlone();
      it.choose('camera', 'back');
      await settled();
      fake.simulateUnplug('back');
      await settled();
      expect(words(seen)).toEqual(['starting', 'on: front', 'on: back', 'starting', 'on: front']);
    });

    it('moves on from the system’s choice under Chromium’s name for it', async () => {
      const alias = { ...fakeDevice('microphone', 'default'), groupId: 'group of desk' };
      fake = new FakeMediaDevices([
        alias,
        fakeDevice('microphone', 'desk'),
        { ...alias, deviceId: 'communications' },
        fakeDevice('microphone', 'headset'),
      ]);
      const seen = watch(media().microphone$);
      await settled();
      fake.simulateUnplug('desk');
      fake.simulateUnplug('communications');
      fake.simulateUnplug('default');
      await settled();
      expect(words(seen)).toEqual(['starting', 'on: default', 'starting', 'on: headset']);
    });

    it('says lost when the system ends its own choice and there is no other device', async () => {
      fake = new FakeMediaDevices([
        { ...fakeDevice('microphone', 'default'), groupId: 'group of desk' },
        fakeDevice('microphone', 'desk'),
      ]);
      const seen = watch(media().microphone$);
      await settled();
      fake.simulateEnd('default');
      await settled();
      expect(words(seen)).toEqual(['starting', 'on: default', 'failed: lost']);
    });

    it('says lost when there is no other device, and opens when it is plugged in again', async () => {
      fake = new FakeMediaDevices([fakeDevice('camera', 'front')]);
      const { seen } = await cameraAlone();
      fake.simulateUnplug('front');
      await settled();
      expect(words(seen)).toEqual(['starting', 'on: front', 'failed: lost']);
      fake.simulatePlug(fakeDevice('camera', 'front'));
      await settled();
      expect(words(seen)).toEqual(['starting', 'on: front', 'failed: lost', 'starting', 'on: front']);
    });

    it('says lost when the system ends a device that is still there, and opens when asked', async () => {
      fake = new FakeMediaDevices([fakeDevice('camera', 'front'), fakeDevice('microphone', 'desk')]);
      const { it, seen } = await cameraAlone();
      fake.simulateEnd('front');
      await settled();
      expect(words(seen)).toEqual(['starting', 'on: front', 'failed: lost']);
      fake.simulatePlug(fakeDevice('microphone', 'new'));
      await settled();
      expect(words(seen)).toEqual(['starting', 'on: front', 'failed: lost']);
      it.turn('camera', true);
      await settled();
      expect(last(words(seen))).toBe('on: front');
    });

    it('opens the first device that is plugged in where there was none', async () => {
      fake = new FakeMediaDevices([]);
      const { seen } = await cameraAlone();
      fake.simulatePlug(fakeDevice('camera', 'new'));
      await settled();
      expect(words(seen)).toEqual(['starting', 'failed: missing', 'starting', 'on: new']);
    });

    it('counts the devices while their ids are hidden', async () => {
      fake.fail('front', 'NotReadableError');
      const { seen } = await cameraAlone();
      fake.forget('camera');
      fake.fail('front', null);
      fake.dispatchEvent(new Event('devicechange'));
      await settled();
      expect(last(words(seen))).toBe('failed: busy');
      fake.simulatePlug(fakeDevice('camera', 'new'));
      await settled();
      expect(last(words(seen))).toBe('on: front');
    });

    it('opens nothing for a device of another kind', async () => {
      fake = new FakeMediaDevices([]);
      const { seen } = await cameraAlone();
      fake.simulatePlug(fakeDevice('microphone', 'new'));
      await settled();
      expect(words(seen)).toEqual(['starting', 'failed: missing']);
    });

    it('opens nothing when turned off', async () => {
      fake = new FakeMediaDevices([fakeDevice('camera', 'front')]);
      const { it, seen } = await cameraAlone();
      fake.simulateUnplug('front');
      await settled();
      it.turn('camera', false);
      fake.simulatePlug(fakeDevice('camera', 'front'));
      await settled();
      expect(last(words(seen))).toBe('off');
      expect(fake.open('camera')).toEqual([]);
    });
  });

  describe('plugged in again', () => {
    /** With the headset chosen, unplugged, and replaced by the desk's microphone. */
    const unplugged = async () => {
      const it = media();
      it.choose('microphone', 'headset');
      const seen = watch(it.microphone$);
      await settled();
      fake.simulateUnplug('headset');
      await settled();
      expect(words(seen)).toEqual(['starting', 'on: headset', 'starting', 'on: desk']);
      return { it, seen };
    };

    it('returns to the chosen device without a gap', async () => {
      const { seen } = await unplugged();
      fake.simulatePlug(fakeDevice('microphone', 'headset'));
      await settled();
      expect(words(seen).slice(4)).toEqual(['on: headset']);
      expect(fake.open('microphone')).toEqual(['headset']);
    });

    it('returns to a chosen camera too', async () => {
      const { it, seen } = await cameraAlone();
      it.choose('camera', 'back');
      await settled();
      fake.simulateUnplug('back');
      await settled();
      fake.simulatePlug(fakeDevice('camera', 'back'));
      await settled();
      expect(last(words(seen))).toBe('on: back');
    });

    it('returns when the device comes back before another one has opened', async () => {
      const it = media();
      it.choose('microphone', 'headset');
      const seen = watch(it.microphone$);
      await settled();
      fake.hold();
      fake.simulateUnplug('headset');
      await settled();
      fake.simulatePlug(fakeDevice('microphone', 'headset'));
      await settled();
      fake.release();
      await settled();
      expect(last(words(seen))).toBe('on: headset');
      expect(fake.open('microphone')).toEqual(['headset']);
    });

    it('moves on when the device that came back is unplugged again', async () => {
      const { seen } = await unplugged();
      fake.simulatePlug(fakeDevice('microphone', 'headset'));
      await settled();
      fake.simulateUnplug('headset');
      await settled();
      expect(words(seen).slice(4)).toEqual(['on: headset', 'starting', 'on: desk']);
    });

    it('opens the device when chosen again by hand, and leaves it unchanged when in use', async () => {
      fake.fail('headset', 'NotReadableError');
      const it = media();
      const seen = watch(it.microphone$);
      await settled();
      it.choose('microphone', 'headset');
      await settled();
      expect(last(words(seen))).toBe('failed: busy');
      fake.fail('headset', null);
      it.choose('microphone', 'headset');
      await settled();
      expect(last(words(seen))).toBe('on: headset');
      const asked = fake.requests.length;
      it.choose('microphone', 'headset');
      await settled();
      expect(fake.requests.length).toBe(asked);
    });

    it('keeps the working device when the one that came back does not open', async () => {
      const { it, seen } = await unplugged();
      fake.fail('headset', 'NotReadableError');
      fake.simulatePlug(fakeDevice('microphone', 'headset'));
      await settled();
      expect(last(words(seen))).toBe('on: desk');
      expect(fake.open('microphone')).toEqual(['desk']);
      fake.fail('headset', null);
      it.choose('microphone', 'headset');
      await settled();
      expect(last(words(seen))).toBe('on: headset');
    });

    it('says so when the device chosen by hand does not open, even if another is plugged in', async () => {
      fake.fail('back', 'NotReadableError');
      const { it, seen } = await cameraAlone();
      fake.hold();
      it.choose('camera', 'back');
      await settled();
      fake.simulatePlug(fakeDevice('camera', 'new'));
      await settled();
      fake.release();
      await settled();
      expect(last(words(seen))).toBe('failed: busy');
    });

    it('stays with a device chosen in the meantime', async () => {
      const { it, seen } = await unplugged();
      it.choose('microphone', 'desk');
      await settled();
      fake.simulatePlug(fakeDevice('microphone', 'headset'));
      await settled();
      expect(last(words(seen))).toBe('on: desk');
    });
  });

  describe('muted by the system', () => {
    it('says so while it lasts, with the device open', async () => {
      const it = media();
      const seen = watch(it.microphone$);
      await settled();
      fake.simulateMute('desk', true);
      fake.simulateMute('desk', false);
      expect(words(seen)).toEqual(['starting', 'on: desk', 'muted', 'on: desk']);
      expect(fake.open('microphone')).toEqual(['desk']);
    });

    it('says so for the camera, and moves on when it is unplugged while muted', async () => {
      const { seen } = await cameraAlone();
      fake.simulateMute('front', true);
      expect(last(words(seen))).toBe('muted');
      fake.simulateUnplug('front');
      await settled();
      expect(last(words(seen))).toBe('on: back');
    });
  });

  describe('choosing', () => {
    it('keeps the running device until the chosen one is open', async () => {
      const { it, seen } = await cameraAlone();
      fake.hold();
      it.choose('camera', 'back');
      await settled();
      expect(fake.open('camera')).toEqual(['front']);
      fake.release();
      await settled();
      expect(fake.open('camera')).toEqual(['back']);
      expect(words(seen)).toEqual(['starting', 'on: front', 'on: back']);
      const asked = last(fake.requests).video as MediaTrackConstraints;
      expect(asked.deviceId).toEqual({ exact: 'back' });
      expect(asked.facingMode).toBeUndefined();
    });

    it('closes the running camera first where only one can be open', async () => {
      fake.allowOneCamera();
      const { it, seen } = await cameraAlone();
      it.choose('camera', 'back');
      await settled();
      expect(words(seen)).toEqual(['starting', 'on: front', 'starting', 'on: back']);
    });

    it('says so when the chosen device can’t be opened, and returns when the previous one is chosen', async () => {
      fake.fail('back', 'NotReadableError');
      const { it, seen } = await cameraAlone();
      it.choose('camera', 'back');
      await settled();
      expect(last(words(seen))).toBe('failed: busy');
      expect(fake.open('camera')).toEqual([]);
      it.choose('camera', null);
      await settled();
      expect(last(words(seen))).toBe('on: front');
    });

    it('ends with the last of several quick choices', async () => {
      const { it, seen } = await cameraAlone();
      fake.hold();
      it.choose('camera', 'back');
      await settled();
      it.choose('camera', null);
      fake.release();
      await settled();
      expect(fake.open('camera')).toEqual(['front']);
      expect(words(seen)).toEqual(['starting', 'on: front', 'on: front']);
    });

    it('leaves the other kind unchanged', async () => {
      const it = media();
      const microphone = watch(it.microphone$);
      watch(it.camera$);
      await settled();
      it.choose('camera', 'back');
      await settled();
      expect(words(microphone)).toEqual(['starting', 'on: desk']);
    });
  });

  describe('remembering', () => {
    it('opens the remembered devices on the next visit, with one prompt', async () => {
      const before = media(localStorage);
      before.choose('camera', 'back');
      before.choose('microphone', 'headset');
      const it = media(localStorage);
      const camera = watch(it.camera$);
      const microphone = watch(it.microphone$);
      await settled();
      expect(last(words(camera))).toBe('on: back');
      expect(last(words(microphone))).toBe('on: headset');
      expect(fake.requests.length).toBe(1);
    });

    it('opens another device when the remembered one is missing', async () => {
      media(localStorage).choose('camera', 'sold');
      const it = media(localStorage);
      const camera = watch(it.camera$);
      const microphone = watch(it.microphone$);
      await settled();
      expect(words(camera)).toEqual(['starting', 'on: front']);
      expect(words(microphone)).toEqual(['starting', 'on: desk']);
    });

    it('stays off on the next visit', async () => {
      media(localStorage).turn('camera', false);
      const seen = watch(media(localStorage).camera$);
      await settled();
      expect(words(seen)).toEqual(['off']);
      expect(fake.requests).toEqual([]);
    });

    it('starts as on a first visit when the stored data is corrupt', async () => {
      localStorage.setItem('parley.devices', '{"devices":{"camera":{"exact":"x"}},"on":');
      const seen = watch(media(localStorage).camera$);
      await settled();
      expect(words(seen)).toEqual(['starting', 'on: front']);
    });
  });

  describe('devices', () => {
    const names = (devices: Devices) => ({
      microphones: devices.microphones.map(({ deviceId }) => deviceId),
      cameras: devices.cameras.map(({ deviceId }) => deviceId),
      speakers: devices.speakers.map(({ deviceId }) => deviceId),
    });

    it('names them once permission is granted', async () => {
      const it = media();
      const seen = watch(it.devices$);
      await settled();
      expect(names(last(seen))).toEqual({ microphones: ['', ''], cameras: ['', ''], speakers: [''] });
      watch(it.camera$);
      watch(it.microphone$);
      await settled();
      expect(names(last(seen))).toEqual({
        microphones: ['desk', 'headset'],
        cameras: ['front', 'back'],
        speakers: ['loud'],
      });
      expect(last(seen).cameras[0]?.label).toBe('The front');
    });

    it('follows plugging in and unplugging', async () => {
      fake.allow('camera');
      const seen = watch(media().devices$);
      await settled();
      fake.simulateUnplug('front');
      await settled();
      expect(names(last(seen)).cameras).toEqual(['back']);
      fake.simulatePlug(fakeDevice('camera', 'new'));
      await settled();
      expect(names(last(seen)).cameras).toEqual(['back', 'new']);
    });

    it('leaves out Chromium’s other names for the system’s choice', async () => {
      fake = new FakeMediaDevices([
        fakeDevice('microphone', 'default'),
        fakeDevice('microphone', 'communications'),
        fakeDevice('microphone', 'desk'),
      ]);
      fake.allow('microphone');
      const devices = await firstValueFrom(media().devices$);
      expect(names(devices).microphones).toEqual(['desk']);
    });

    it('continues when the browser fails to list them', async () => {
      fake.allow('camera');
      const list = spyOn(fake, 'enumerateDevices').and.rejectWith(new DOMException('', 'InvalidStateError'));
      const seen = watch(media().devices$);
      await settled();
      expect(names(last(seen)).cameras).toEqual([]);
      list.and.callThrough();
      fake.dispatchEvent(new Event('devicechange'));
      await settled();
      expect(names(last(seen)).cameras).toEqual(['front', 'back']);
    });
  });

  describe('choice', () => {
    const none: ChosenDevices = { microphone: null, camera: null, speaker: null };

    it('starts at once', () => {
      expect(watch(media().chosen$)).toEqual([none]);
    });

    it('reads a speaker as the system’s choice while it is not plugged in', async () => {
      fake.allow('microphone', 'camera');
      fake.simulatePlug(fakeDevice('speaker', 'quiet'));
      const it = media();
      const seen = watch(it.chosen$);
      await settled();
      it.choose('speaker', 'loud');
      expect(last(seen)).toEqual({ ...none, speaker: 'loud' });
      fake.simulateUnplug('loud');
      await settled();
      expect(last(seen)).toEqual(none);
      fake.simulatePlug(fakeDevice('speaker', 'loud'));
      await settled();
      expect(last(seen)).toEqual({ ...none, speaker: 'loud' });
    });

    it('says which inputs are chosen', async () => {
      fake.allow('microphone', 'camera');
      const it = media();
      const chosen$ = it.chosen$.pipe(filter(({ camera }) => camera === 'back'));
      it.choose('camera', 'back');
      it.choose('microphone', 'headset');
      expect(await firstValueFrom(chosen$)).toEqual({ microphone: 'headset', camera: 'back', speaker: null });
    });

    it('knows whether speakers can be chosen', () => {
      expect(media().canChooseSpeaker).toBe('setSinkId' in HTMLMediaElement.prototype);
    });
  });

  describe('blur', () => {
    const blurred = () => document.createElement('canvas').captureStream();

    /** With a blur that a spec controls, wanted from the start. */
    const wanting = async () => {
      const out = new Subject<Blurred>();
      const cameras: MediaStreamTrack[] = [];
      TestBed.resetTestingModule();
      TestBed.configureTestingModule({
        providers: [
          provideLocalMedia(),
          ...fake.providers(),
          {
            provide: BLURRING,
            useValue: (camera: MediaStreamTrack) => {
              cameras.push(camera);
              return out;
            },
          },
        ],
      });
      const it = TestBed.inject(LocalMedia);
      it.tune('backgroundBlur', true);
      const seen = watch(it.camera$);
      const blurs = watch(it.blur$);
      await settled();
      return { it, seen, blurs, out, cameras };
    };

    it('delivers nothing of the camera until it is blurred, then only the blurred track', async () => {
      const { it, seen, blurs, out, cameras } = await wanting();
      expect(words(seen)).toEqual(['starting']);
      expect(fake.open('camera')).toEqual(['front']);
      expect(cameras.map((camera) => camera.getSettings().deviceId)).toEqual(['front']);
      const track = blurred().getVideoTracks()[0] ?? cameras[0]!;
      out.next({ track, share: 0.3 });
      expect(last(seen)).toEqual({ status: 'on', track });
      expect(last(blurs)).toEqual({ status: 'on', share: 0.3 });
      it.turn('camera', false);
      expect(words(seen).at(-1)).toBe('off');
      expect(fake.open('camera')).toEqual([]);
    });

    it('closes the camera when the blur fails; turning the camera on retries, turning blur off shows it', async () => {
      const { it, seen, blurs, out, cameras } = await wanting();
      out.error(new BlurError('slow', 0.9));
      await settled();
      expect(last(seen)).toEqual({ status: 'held', reason: 'slow' });
      expect(last(blurs)).toEqual({ status: 'failed', reason: 'slow', share: 0.9 });
      expect(fake.open('camera')).toEqual([]);
      it.turn('camera', true);
      await settled();
      expect(cameras.length).toBe(2);
      expect(last(seen)).toEqual({ status: 'held', reason: 'slow' });
      it.tune('backgroundBlur', false);
      await settled();
      expect(words(seen).at(-1)).toBe('on: front');
      expect(last(blurs)).toEqual({ status: 'off', slow: 0.9 });
    });
  });
});
