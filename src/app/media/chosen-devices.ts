import { inject, Injectable } from '@angular/core';
import { BehaviorSubject, distinctUntilChanged, map, type Observable } from 'rxjs';

import { LOCAL_STORAGE } from './local-storage';
import type { ChosenDevices, DeviceKind, InputKind } from './media';

/** What a person wants of their devices: which, and which of the inputs turned on. */
export interface Wishes {
  readonly devices: ChosenDevices;
  readonly on: Readonly<Record<InputKind, boolean>>;
}

const storageKey = 'parley.devices';

/** Characters; browsers' ids have 64. */
const longestId = 512;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const deviceId = (value: unknown): string | null =>
  typeof value === 'string' && value.length > 0 && value.length <= longestId ? value : null;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Reads what was remembered. Anything that is not as it should be counts as not said: the system's choice, turned on. */
export const readWishes = (text: string | null): Wishes => {
  const stored = text === null ? null : parsed(text);
  const root = isRecord(stored) ? stored : {};
  const chosen = isRecord(root['devices']) ? root['devices'] : {};
  const on = isRecord(root['on']) ? root['on'] : {};
  return {
    devices: {
      microphone: deviceId(chosen['microphone']),
      camera: deviceId(chosen['camera']),
      speaker: deviceId(chosen['speaker']),
    },
    on: { microphone: on['microphone'] !== false, camera: on['camera'] !== false },
  };
};

/** The chosen devices and whether they are to be on, remembered on this device; in memory where storage is blocked. */
@Injectable({ providedIn: 'root' })
export class ChosenDevicesMemory {
  private readonly storage = inject(LOCAL_STORAGE);
  private readonly wishes = new BehaviorSubject(readWishes(this.load()));

  readonly devices$: Observable<ChosenDevices> = this.wishes.pipe(
    map(({ devices }) => devices),
    distinctUntilChanged(),
  );

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

  choose(kind: DeviceKind, id: string | null): void {
    const { devices, on } = this.wishes.value;
    this.remember({ devices: { ...devices, [kind]: id === '' ? null : id }, on });
  }

  turn(kind: InputKind, isOn: boolean): void {
    const { devices, on } = this.wishes.value;
    this.remember({ devices, on: { ...on, [kind]: isOn } });
  }

  private remember(wishes: Wishes): void {
    try {
      this.storage?.setItem(storageKey, JSON.stringify(wishes));
    } catch {
      // Full or blocked: the wish holds for as long as the page is open.
    }
    this.wishes.next(wishes);
  }

  private load(): string | null {
    try {
      return this.storage?.getItem(storageKey) ?? null;
    } catch {
      return null;
    }
  }
}
