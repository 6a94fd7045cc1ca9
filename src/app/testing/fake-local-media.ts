import { BehaviorSubject, defer, type Observable } from 'rxjs';

import { LocalMedia } from '../media/local-media';
import {
  type BlurState,
  type BlurTrouble,
  MediaError,
  type ChosenDevices,
  type DeviceKind,
  type Devices,
  type InputKind,
  type InputState,
  type MediaReason,
  type Tuning,
} from '../media/media';

/** A device as `enumerateDevices` lists it. */
export const fakeDevice = (
  kind: MediaDeviceKind,
  deviceId: string,
  label: string,
  groupId = '',
): MediaDeviceInfo => {
  const device = { kind, deviceId, label, groupId };
  return { ...device, toJSON: () => device };
};

const devices: Devices = {
  microphones: [
    fakeDevice('audioinput', 'm1', 'Built-in microphone'),
    fakeDevice('audioinput', 'm2', 'Headset'),
  ],
  cameras: [fakeDevice('videoinput', 'c1', 'Front camera'), fakeDevice('videoinput', 'c2', 'Back camera')],
  speakers: [fakeDevice('audiooutput', 's1', 'Built-in speaker'), fakeDevice('audiooutput', 's2', 'Headset')],
};

/** Devices controlled by a spec. Both inputs start turned off. */
export class FakeLocalMedia extends LocalMedia {
  /** Every `turn` so far, in order. */
  readonly turned: (readonly [InputKind, boolean])[] = [];
  /** Every choice so far, in order. */
  readonly choices: (readonly [DeviceKind, string | null])[] = [];
  /** Every device used without being remembered so far, in order. */
  readonly borrowed: (readonly [DeviceKind, string])[] = [];
  /** Every video and audio preference set so far, in order. */
  readonly tunings: (readonly [keyof Tuning, Tuning[keyof Tuning]])[] = [];
  readonly reopened: InputKind[] = [];
  /** The inputs that are to stay off. */
  readonly keptOff = new Set<InputKind>();
  override canChooseSpeaker = true;

  readonly #inputs = {
    microphone: new BehaviorSubject<InputState>({ status: 'off' }),
    camera: new BehaviorSubject<InputState>({ status: 'off' }),
  };
  readonly #devices = new BehaviorSubject<Devices>(devices);
  readonly #chosen = new BehaviorSubject<ChosenDevices>({ microphone: null, camera: null, speaker: null });

  readonly #tuning = new BehaviorSubject<Tuning>({
    picture: 'high',
    backgroundBlur: null,
    noiseSuppression: null,
    voiceIsolation: null,
  });

  readonly #blur = new BehaviorSubject<BlurState>({ status: 'absent' });

  readonly microphone$ = this.#state('microphone');
  readonly camera$ = this.#state('camera');
  readonly devices$ = this.#devices.asObservable();
  readonly chosen$ = this.#chosen.asObservable();
  readonly tuning$ = this.#tuning.asObservable();
  readonly blur$ = this.#blur.asObservable();

  /** Whether a page holds this input open. */
  held(kind: InputKind): boolean {
    return this.#inputs[kind].observed;
  }

  turn(kind: InputKind, on: boolean): void {
    this.turned.push([kind, on]);
    this.#inputs[kind].next({ status: on ? 'starting' : 'off' });
  }

  keepOff(kind: InputKind, off: boolean): void {
    if (!off) {
      this.keptOff.delete(kind);
      return;
    }
    this.keptOff.add(kind);
    this.#inputs[kind].next({ status: 'off' });
  }

  choose(kind: DeviceKind, deviceId: string | null): void {
    this.choices.push([kind, deviceId]);
    this.#chosen.next({ ...this.#chosen.value, [kind]: deviceId });
  }

  borrow(kind: DeviceKind, deviceId: string): void {
    this.borrowed.push([kind, deviceId]);
    this.#chosen.next({ ...this.#chosen.value, [kind]: deviceId });
  }

  tune<K extends keyof Tuning>(what: K, value: Tuning[K]): void {
    this.tunings.push([what, value]);
    this.#tuning.next({ ...this.#tuning.value, [what]: value });
  }

  reopen(kind: InputKind): void {
    this.reopened.push(kind);
  }

  simulateOn(kind: InputKind, track: MediaStreamTrack): void {
    this.#inputs[kind].next({ status: 'on', track });
  }

  /** The system mutes an open input. */
  simulateMuted(kind: InputKind, track: MediaStreamTrack): void {
    this.#inputs[kind].next({ status: 'muted', track });
  }

  simulateOff(kind: InputKind): void {
    this.#inputs[kind].next({ status: 'off' });
  }

  simulateFailure(kind: InputKind, reason: MediaReason): void {
    this.#inputs[kind].next({ status: 'failed', error: new MediaError(kind, reason) });
  }

  simulateBlur(state: BlurState): void {
    this.#blur.next(state);
  }

  /** The camera is closed because its background can't be blurred. */
  simulateHeld(reason: BlurTrouble): void {
    this.#inputs.camera.next({ status: 'held', reason });
  }

  simulateDevices(change: Partial<Devices>): void {
    this.#devices.next({ ...this.#devices.value, ...change });
  }

  #state(kind: InputKind): Observable<InputState> {
    return defer(() => this.#inputs[kind]);
  }
}
