import type { Observable } from 'rxjs';

import type { BlurState, ChosenDevices, Devices, DeviceKind, InputKind, InputState, Tuning } from './media';

/** One's own microphone and camera: chosen, opened, muted, and followed as they are plugged in and unplugged. */
export abstract class LocalMedia {
  /** The microphone, open only while subscribed and turned on. Starts with the current state. */
  abstract readonly microphone$: Observable<InputState>;
  /** The camera, likewise. Turning it off stops the track, and with it the camera light. */
  abstract readonly camera$: Observable<InputState>;
  /** Updated on `devicechange`. */
  abstract readonly devices$: Observable<Devices>;
  /**
   * Starts with the current choice. A chosen device that is not plugged in reads as `null`, but is still remembered.
   * Emits again when the person chooses the same device again, because it may not have worked the first time.
   */
  abstract readonly chosen$: Observable<ChosenDevices>;
  /** The video and audio preferences. Starts with the current ones. */
  abstract readonly tuning$: Observable<Tuning>;
  /** The blur that ships with Parley, where browser and camera have none. Starts with the current state. */
  abstract readonly blur$: Observable<BlurState>;
  /** Whether `HTMLMediaElement.setSinkId` exists. */
  abstract readonly canChooseSpeaker: boolean;

  /** Turns an input on or off; remembered on this device. Turning it on after a failure retries. */
  abstract turn(kind: InputKind, on: boolean): void;
  /** Keeps an input off although the person wants it on by habit, until it is turned on or `off` is false. Nothing is remembered. */
  abstract keepOff(kind: InputKind, off: boolean): void;
  /**
   * Chooses a device by `deviceId`, `null` for the system's choice. A running track is replaced. Choosing the same device
   * again retries it when another device is in use.
   */
  abstract choose(kind: DeviceKind, deviceId: string | null): void;
  /** Uses a device until the page is closed, in the same way, without remembering it. */
  abstract borrow(kind: DeviceKind, deviceId: string): void;
  /** Remembers a video or audio preference for devices opened from now on. `Tuner` changes devices that are already open. */
  abstract tune<K extends keyof Tuning>(what: K, value: Tuning[K]): void;
  /** Closes an input that is on or muted, and reopens it with the current preferences. */
  abstract reopen(kind: InputKind): void;
}
