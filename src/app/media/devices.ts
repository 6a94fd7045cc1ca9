import { catchError, from, fromEvent, map, merge, type Observable, of, startWith, switchMap } from 'rxjs';

import { noted } from '../log/note';
import type { DeviceKind, Devices } from './media';

const none: Devices = { microphones: [], cameras: [], speakers: [] };

const lists = { microphone: 'microphones', camera: 'cameras', speaker: 'speakers' } as const;

/** The devices of one kind. */
export const ofKind = (devices: Devices, kind: DeviceKind): readonly MediaDeviceInfo[] =>
  devices[lists[kind]];

/** Chromium lists the system's choice as devices with these ids, beside the device itself. Here, `null` stands for it. */
const isAlias = (deviceId: string): boolean => deviceId === 'default' || deviceId === 'communications';

const sorted = (all: readonly MediaDeviceInfo[]): Devices => {
  const real = all.filter((device) => !isAlias(device.deviceId));
  return {
    microphones: real.filter((device) => device.kind === 'audioinput'),
    cameras: real.filter((device) => device.kind === 'videoinput'),
    speakers: real.filter((device) => device.kind === 'audiooutput'),
  };
};

/**
 * The available devices. Lists them on subscription, on each `devicechange` and whenever `refresh$` emits: ids and labels
 * are hidden until permission is granted (Media Capture and Streams, section 9.2). Never errors.
 */
export const devices = (
  mediaDevices: MediaDevices | null,
  refresh$: Observable<unknown>,
): Observable<Devices> =>
  mediaDevices === null
    ? of(none)
    : merge(fromEvent(mediaDevices, 'devicechange'), refresh$).pipe(
        startWith(null),
        switchMap(() =>
          from(mediaDevices.enumerateDevices()).pipe(catchError(noted('media', 'devices', of([])))),
        ),
        map(sorted),
      );

/** Whether `after` has a device that `before` lacks. While ids are hidden, only the number of devices counts. */
export const hasAppeared = (before: readonly MediaDeviceInfo[], after: readonly MediaDeviceInfo[]): boolean =>
  after.length > before.length ||
  after.some(({ deviceId }) => deviceId !== '' && !before.some((known) => known.deviceId === deviceId));

/** Whether there is a device other than the one that a track with these settings came from. */
export const hasAnother = (present: readonly MediaDeviceInfo[], used: MediaTrackSettings): boolean =>
  present.some((device) => {
    // A device with a hidden id may be the same one.
    if (device.deviceId === '' || used.deviceId === undefined) return false;
    return isAlias(used.deviceId) ? device.groupId !== used.groupId : device.deviceId !== used.deviceId;
  });
