import type { Observable } from 'rxjs';

import type { ChosenDevices, Devices, DeviceKind, InputKind, InputState, Tuning } from './media';

/** One's own microphone and camera: chosen, opened, muted, followed when plugged and unplugged. */
export abstract class LocalMedia {
  /** The microphone, open only while somebody subscribes and it is turned on. Starts with the present state. */
  abstract readonly microphone$: Observable<InputState>;
  /** The camera, likewise. Turning it off stops the track, and so the light. */
  abstract readonly camera$: Observable<InputState>;
  /** Followed through `devicechange`. */
  abstract readonly devices$: Observable<Devices>;
  /**
   * Starts with the present choice. A chosen device that is not plugged in reads as `null`, and is still remembered. Emits
   * again when the person chooses what is chosen already: it may not have worked the first time.
   */
  abstract readonly chosen$: Observable<ChosenDevices>;
  /** What is wanted of picture and sound. Starts with the present wish. */
  abstract readonly tuning$: Observable<Tuning>;
  /** Whether `HTMLMediaElement.setSinkId` is there. */
  abstract readonly canChooseSpeaker: boolean;

  /** Turns an input on or off; remembered on this device. Turning on again after a failure tries again. */
  abstract turn(kind: InputKind, on: boolean): void;
  /**
   * Chooses a device by `deviceId`, `null` for the system's choice; a running track is replaced. What is chosen already is
   * tried again where another device is in use.
   */
  abstract choose(kind: DeviceKind, deviceId: string | null): void;
  /** Remembers what is wanted of picture and sound, for devices opened from now on; `Tuner` changes those that are. */
  abstract tune<K extends keyof Tuning>(what: K, value: Tuning[K]): void;
  /** Closes an input that is on or muted, and opens it as it is wanted now. */
  abstract reopen(kind: InputKind): void;
}
