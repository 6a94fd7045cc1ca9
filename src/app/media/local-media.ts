import type { Observable } from 'rxjs';

import type { ChosenDevices, Devices, DeviceKind, InputKind, InputState, Tuned, Tuning } from './media';

/** One's own microphone and camera: chosen, opened, muted, followed when plugged and unplugged. */
export abstract class LocalMedia {
  /** The microphone, open only while somebody subscribes and it is turned on. Starts with the present state. */
  abstract readonly microphone$: Observable<InputState>;
  /** The camera, likewise. Turning it off stops the track, and so the light. */
  abstract readonly camera$: Observable<InputState>;
  /** Followed through `devicechange`. */
  abstract readonly devices$: Observable<Devices>;
  /** Starts with the present choice. A chosen device that is not plugged in reads as `null`, and is still remembered. */
  abstract readonly chosen$: Observable<ChosenDevices>;
  /** What is wanted of picture and sound. Starts with the present wish. */
  abstract readonly tuning$: Observable<Tuning>;
  /** Emits when an open device has changed, or has refused to. */
  abstract readonly tuned$: Observable<Tuned>;
  /** Whether `HTMLMediaElement.setSinkId` is there. */
  abstract readonly canChooseSpeaker: boolean;

  /** Turns an input on or off; remembered on this device. Turning on again after a failure tries again. */
  abstract turn(kind: InputKind, on: boolean): void;
  /** Chooses a device by `deviceId`, `null` for the system's choice; a running track is replaced. */
  abstract choose(kind: DeviceKind, deviceId: string | null): void;
  /** Wants something of picture or sound: of the device that is open, and of those to be opened. `tuned$` tells. */
  abstract tune<K extends keyof Tuning>(what: K, value: Tuning[K]): void;
}
