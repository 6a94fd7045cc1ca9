import { Subject } from 'rxjs';

import type { Devices } from './media';
import { newDevice, type NewDevice } from './new-devices';

const info = (kind: MediaDeviceKind, deviceId: string, label: string, groupId: string): MediaDeviceInfo => ({
  kind,
  deviceId,
  label,
  groupId,
  toJSON: () => ({}),
});

const desk = info('audioinput', 'desk', 'Desk', 'g1');
const loud = info('audiooutput', 'loud', 'Desk', 'g1');
const headset = info('audioinput', 'hm', 'Headset (046d:0825)', 'g2');
const phones = info('audiooutput', 'hs', 'Headset', 'g2');
const hidden = info('audioinput', '', '', '');

const devices = (
  microphones: readonly MediaDeviceInfo[],
  speakers: readonly MediaDeviceInfo[] = [],
  cameras: readonly MediaDeviceInfo[] = [],
): Devices => ({ microphones, speakers, cameras });

describe('newDevice', () => {
  const seenOf = (...states: readonly Devices[]) => {
    const devices$ = new Subject<Devices>();
    const seen: (NewDevice | null)[] = [];
    newDevice(devices$).subscribe((found) => seen.push(found));
    for (const state of states) devices$.next(state);
    return seen;
  };
  const offer: NewDevice = { group: 'g2', name: 'Headset', ids: { microphone: 'hm', speaker: 'hs' } };

  it('is a headset, with its microphone and its speaker, until it is unplugged', () => {
    const [before, after] = [devices([desk], [loud]), devices([desk, headset], [loud, phones])];
    expect(seenOf(before, after, after, before)).toEqual([null, offer, null]);
  });

  it('is one headset when its parts are listed one after another', () => {
    const seen = seenOf(
      devices([desk], [loud]),
      devices([desk, headset], [loud]),
      devices([desk, headset], [loud, phones]),
    );
    expect(seen.at(-1)).toEqual(offer);
  });

  it('is no device that was there before, or that the permission reveals', () => {
    expect(seenOf(devices([desk, headset], [loud, phones]))).toEqual([null]);
    expect(seenOf(devices([hidden]), devices([desk, headset], [loud, phones]))).toEqual([null]);
    expect(seenOf(devices([]), devices([desk]))).toEqual([null]);
  });

  it('is a camera', () => {
    const front = info('videoinput', 'front', 'Front', 'g3');
    const web = info('videoinput', 'web', 'Web', 'g4');
    expect(seenOf(devices([desk], [], [front]), devices([desk], [], [front, web])).at(-1)).toEqual({
      group: 'g4',
      name: 'Web',
      ids: { camera: 'web' },
    });
  });
});
