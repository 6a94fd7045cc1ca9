import { inject, Injectable } from '@angular/core';
import { BehaviorSubject, distinctUntilChanged, map, type Observable } from 'rxjs';

import { Remembered } from '../storage/remembered';
import type { ChosenDevices, DeviceKind, InputKind, Tuning } from './media';

/** A person's device preferences: which devices, which of the inputs are on, and how they are tuned. */
export interface Wishes {
  readonly devices: ChosenDevices;
  readonly on: Readonly<Record<InputKind, boolean>>;
  readonly tuning: Tuning;
}

const storageKey = 'parley.devices';

/** In characters; browsers' ids have 64. */
const longestId = 512;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const deviceId = (value: unknown): string | null =>
  typeof value === 'string' && value.length > 0 && value.length <= longestId ? value : null;

const yesOrNo = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Reads the stored preferences. Invalid values count as missing: the system's choice, turned on. */
export const readWishes = (text: string | null): Wishes => {
  const stored = text === null ? null : parsed(text);
  const root = isRecord(stored) ? stored : {};
  const chosen = isRecord(root['devices']) ? root['devices'] : {};
  const on = isRecord(root['on']) ? root['on'] : {};
  const tuning = isRecord(root['tuning']) ? root['tuning'] : {};
  const { picture } = tuning;
  return {
    devices: {
      microphone: deviceId(chosen['microphone']),
      camera: deviceId(chosen['camera']),
      speaker: deviceId(chosen['speaker']),
    },
    on: { microphone: on['microphone'] !== false, camera: on['camera'] !== false },
    tuning: {
      picture: picture === 'medium' || picture === 'low' ? picture : 'high',
      backgroundBlur: yesOrNo(tuning['backgroundBlur']),
      noiseSuppression: yesOrNo(tuning['noiseSuppression']),
      voiceIsolation: yesOrNo(tuning['voiceIsolation']),
    },
  };
};

/**
 * The chosen devices, whether they are on and how they are tuned, remembered on this device; in memory where storage is
 * blocked.
 */
@Injectable({ providedIn: 'root' })
export class ChosenDevicesMemory {
  private readonly remembered = inject(Remembered);
  private readonly wishes = new BehaviorSubject(readWishes(this.remembered.get(storageKey)));
  /** Differs from the wishes in devices that are used without being remembered. */
  private stored = this.wishes.value;

  readonly devices$: Observable<ChosenDevices> = this.wishes.pipe(
    map(({ devices }) => devices),
    distinctUntilChanged(),
  );

  readonly tuning$: Observable<Tuning> = this.wishes.pipe(
    map(({ tuning }) => tuning),
    distinctUntilChanged(),
  );

  get tuning(): Tuning {
    return this.wishes.value.tuning;
  }

  device$(kind: DeviceKind): Observable<string | null> {
    return this.wishes.pipe(
      map(({ devices }) => devices[kind]),
      distinctUntilChanged(),
    );
  }

  on$(kind: InputKind): Observable<boolean> {
    return this.wishes.pipe(
      map(({ on }) => on[kind]),
      distinctUntilChanged(),
    );
  }

  /** Returns whether the choice has changed. */
  choose(kind: DeviceKind, id: string | null): boolean {
    const chosen = id === '' ? null : id;
    this.stored = { ...this.stored, devices: { ...this.stored.devices, [kind]: chosen } };
    this.remembered.setRecord(storageKey, this.stored);
    return this.use(kind, chosen);
  }

  /** Uses a device until the page is closed: the next page starts with the remembered one. Returns whether that is a change. */
  borrow(kind: DeviceKind, id: string): boolean {
    return this.use(kind, id);
  }

  turn(kind: InputKind, isOn: boolean): void {
    this.remember({ on: { ...this.wishes.value.on, [kind]: isOn } });
  }

  tune<K extends keyof Tuning>(what: K, value: Tuning[K]): void {
    this.remember({ tuning: { ...this.tuning, [what]: value } });
  }

  private use(kind: DeviceKind, id: string | null): boolean {
    const { devices } = this.wishes.value;
    this.wishes.next({ ...this.wishes.value, devices: { ...devices, [kind]: id } });
    return devices[kind] !== id;
  }

  private remember(change: Partial<Omit<Wishes, 'devices'>>): void {
    this.stored = { ...this.stored, ...change };
    this.remembered.setRecord(storageKey, this.stored);
    this.wishes.next({ ...this.wishes.value, ...change });
  }
}
