import type { Provider } from '@angular/core';

import type { DeviceKind, InputKind } from '../media/media';
import { LOCAL_STORAGE } from '../storage/local-storage';
import { MEDIA_DEVICES, PERMISSIONS } from '../media/media-devices';
import { FakePermissionStatus } from './fake-permission-status';
import { audioTrack, videoTrack } from './made-tracks';

const deviceKinds = {
  microphone: 'audioinput',
  camera: 'videoinput',
  speaker: 'audiooutput',
} as const satisfies Record<DeviceKind, MediaDeviceKind>;

const inputKinds: readonly InputKind[] = ['microphone', 'camera'];

/** A device that can be plugged into `FakeMediaDevices`. */
export interface FakeDevice {
  readonly kind: DeviceKind;
  readonly deviceId: string;
  readonly label: string;
  /** Devices of one physical unit share a group. */
  readonly groupId: string;
}

export const fakeDevice = (kind: DeviceKind, name: string): FakeDevice => ({
  kind,
  deviceId: name,
  label: `The ${name}`,
  groupId: `group of ${name}`,
});

const isConstraint = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/**
 * Cameras, microphones and speakers that a spec plugs in and unplugs, and a person who allows or refuses. The tracks are
 * real (from a canvas and an audio context), so stopping them is real too. Follows Media Capture and Streams: hides ids
 * until permission is granted, and grants either everything in a request or nothing.
 */
export class FakeMediaDevices
  extends EventTarget
  implements Pick<MediaDevices, 'enumerateDevices' | 'getUserMedia'>
{
  /** The arguments of each `getUserMedia` call, in order. */
  readonly requests: MediaStreamConstraints[] = [];
  /** The kinds that the person was prompted for, one entry for each prompt. */
  readonly prompts: (readonly InputKind[])[] = [];

  private readonly granted: { readonly track: MediaStreamTrack; readonly device: FakeDevice }[] = [];
  private readonly failures = new Map<string, string>();
  private readonly permissionStates: Record<InputKind, PermissionState> = {
    microphone: 'prompt',
    camera: 'prompt',
  };
  private readonly statuses: FakePermissionStatus[] = [];
  private readonly refused = new Set<InputKind>();
  private held: (() => void)[] | null = null;
  private exclusive = false;
  private readonly capabilities = new Map<string, readonly string[]>();
  private readonly fixed = new Map<string, boolean>();
  private readonly stubborn = new Set<string>();

  constructor(
    private plugged: readonly FakeDevice[] = [
      fakeDevice('microphone', 'desk'),
      fakeDevice('microphone', 'headset'),
      fakeDevice('camera', 'front'),
      fakeDevice('camera', 'back'),
      fakeDevice('speaker', 'loud'),
    ],
  ) {
    super();
  }

  /** Replaces `navigator.permissions`. */
  readonly permissions = {
    query: ({ name }: { name: string }): Promise<FakePermissionStatus> => {
      const kind = inputKinds.find((known) => known === name);
      if (!kind) return Promise.reject(new TypeError(name));
      const status = new FakePermissionStatus(kind, () => this.permissionStates[kind]);
      this.statuses.push(status);
      return Promise.resolve(status);
    },
  };

  /** Replaces the browser's devices with the fake, with its own storage unless one is given. */
  providers(storage: Storage | null = null, permissions: unknown = this.permissions): Provider[] {
    return [
      { provide: MEDIA_DEVICES, useValue: this },
      { provide: PERMISSIONS, useValue: permissions },
      { provide: LOCAL_STORAGE, useValue: storage },
    ];
  }

  /** The names of the open devices of one kind. */
  open(kind: InputKind): readonly string[] {
    return this.granted
      .filter(({ track, device }) => device.kind === kind && track.readyState === 'live')
      .map(({ device }) => device.deviceId);
  }

  simulatePlug(device: FakeDevice): void {
    this.plugged = [...this.plugged, device];
    this.dispatchEvent(new Event('devicechange'));
  }

  simulateUnplug(deviceId: string): void {
    this.plugged = this.plugged.filter((device) => device.deviceId !== deviceId);
    this.simulateEnd(deviceId);
    this.dispatchEvent(new Event('devicechange'));
  }

  /** The system ends the tracks of a device that stays plugged in. */
  simulateEnd(deviceId: string): void {
    for (const { track, device } of this.granted) {
      if (device.deviceId !== deviceId || track.readyState === 'ended') continue;
      track.stop();
      // Stopping by script fires no event; the system's end does.
      track.dispatchEvent(new Event('ended'));
    }
  }

  /** The person allows access in the browser's settings, or did so on an earlier visit. */
  allow(...kinds: readonly InputKind[]): void {
    for (const kind of kinds) this.setPermission(kind, 'granted');
  }

  /** The person blocks access in the browser's settings; open tracks end. */
  deny(...kinds: readonly InputKind[]): void {
    for (const kind of kinds) this.takeBack(kind, 'denied');
  }

  /** The person resets the permission in the browser's settings, so that the browser prompts again. */
  forget(...kinds: readonly InputKind[]): void {
    for (const kind of kinds) this.takeBack(kind, 'prompt');
  }

  /** The person dismisses the next prompts for these kinds, so that the permission stays as it was. */
  dismiss(...kinds: readonly InputKind[]): void {
    for (const kind of kinds) this.refused.add(kind);
  }

  /** Opening a device fails with a `DOMException` of this name; `null` fixes it. */
  fail(deviceId: string, name: string | null): void {
    if (name === null) this.failures.delete(deviceId);
    else this.failures.set(deviceId, name);
  }

  /** Leaves requests unanswered until `release`. */
  hold(): void {
    this.held = [];
  }

  release(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const answer of held) answer();
  }

  /** From now on, only one camera can be open at a time, as on many phones. */
  allowOneCamera(): void {
    this.exclusive = true;
  }

  /** A device supports turning all of these on and off. */
  equip(deviceId: string, ...treatments: readonly string[]): void {
    this.capabilities.set(deviceId, treatments);
  }

  /** A device refuses to change these once it is open. */
  refuseToChange(deviceId: string, ...constraints: readonly string[]): void {
    for (const constraint of constraints) this.stubborn.add(`${deviceId} ${constraint}`);
  }

  /** Makes a device ignore requests to change a treatment. */
  fix(deviceId: string, treatment: string, on: boolean): void {
    this.fixed.set(`${deviceId} ${treatment}`, on);
  }

  /** The system turns a treatment on or off, without the page. */
  simulateTreatment(deviceId: string, treatment: string, on: boolean): void {
    for (const { track, device } of this.granted) {
      if (device.deviceId !== deviceId || track.readyState === 'ended') continue;
      Object.assign(track.getSettings(), { [treatment]: on });
      track.dispatchEvent(new Event('configurationchange'));
    }
  }

  /** The system mutes or unmutes a device: a phone call, a switch on the headset. */
  simulateMute(deviceId: string, muted: boolean): void {
    const track = this.track(deviceId);
    Object.defineProperty(track, 'muted', { value: muted, configurable: true });
    track.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
  }

  /** The live track of a device. */
  track(deviceId: string): MediaStreamTrack {
    const found = this.granted.find(
      ({ track, device }) => device.deviceId === deviceId && track.readyState === 'live',
    );
    if (!found) throw new Error(`${deviceId} is not open`);
    return found.track;
  }

  enumerateDevices(): Promise<MediaDeviceInfo[]> {
    const infos = this.plugged.map((device) => {
      const isVisible =
        device.kind === 'speaker'
          ? this.permissionStates.microphone === 'granted'
          : this.permissionStates[device.kind] === 'granted';
      const shown = isVisible ? device : { deviceId: '', label: '', groupId: '' };
      const { deviceId, label, groupId } = shown;
      const kind = deviceKinds[device.kind];
      return { kind, deviceId, label, groupId, toJSON: () => ({ kind, deviceId, label, groupId }) };
    });
    return Promise.resolve(infos);
  }

  async getUserMedia(constraints: MediaStreamConstraints = {}): Promise<MediaStream> {
    this.requests.push(constraints);
    const kinds = inputKinds.filter((kind) => (kind === 'camera' ? constraints.video : constraints.audio));
    const devices = kinds.map((kind) => this.find(kind, constraints));
    await this.ask(kinds);
    for (const device of devices) {
      const failure = this.failures.get(device.deviceId);
      if (failure) throw new DOMException(device.deviceId, failure);
      if (this.exclusive && device.kind === 'camera' && this.open('camera').length > 0) {
        throw new DOMException('Could not start video source', 'NotReadableError');
      }
    }
    return new MediaStream(devices.map((device) => this.grant(device, constraints)));
  }

  private find(kind: InputKind, constraints: MediaStreamConstraints): FakeDevice {
    const ofKind = this.plugged.filter((device) => device.kind === kind);
    if (ofKind.length === 0) throw new DOMException(kind, 'NotFoundError');
    const asked = kind === 'camera' ? constraints.video : constraints.audio;
    const wanted = typeof asked === 'object' ? asked.deviceId : undefined;
    const exact = typeof wanted === 'object' && !Array.isArray(wanted) ? wanted.exact : undefined;
    const found = exact === undefined ? ofKind[0] : ofKind.find(({ deviceId }) => deviceId === exact);
    if (!found) throw new OverconstrainedError('deviceId');
    return found;
  }

  private async ask(kinds: readonly InputKind[]): Promise<void> {
    if (kinds.some((kind) => this.permissionStates[kind] === 'denied')) {
      throw new DOMException('Permission denied', 'NotAllowedError');
    }
    const asked = kinds.filter((kind) => this.permissionStates[kind] === 'prompt');
    if (asked.length > 0) this.prompts.push(asked);
    const { held } = this;
    if (held) await new Promise<void>((resolve) => held.push(resolve));
    if (asked.some((kind) => this.refused.has(kind))) {
      throw new DOMException('Permission dismissed', 'NotAllowedError');
    }
    for (const kind of asked) this.setPermission(kind, 'granted');
  }

  private grant(device: FakeDevice, constraints: MediaStreamConstraints): MediaStreamTrack {
    const track = device.kind === 'camera' ? videoTrack() : audioTrack();
    const { deviceId, groupId } = device;
    const settings: Record<string, unknown> = { deviceId, groupId };
    const can = this.capabilities.get(deviceId) ?? [];
    const change = (asked: MediaTrackConstraints | boolean | undefined) => {
      for (const [key, value] of Object.entries(typeof asked === 'object' ? asked : {})) {
        const wish = isConstraint(value) ? (value['exact'] ?? value['ideal']) : (value as unknown);
        if (['width', 'height'].includes(key) || can.includes(key)) {
          settings[key] = this.fixed.get(`${deviceId} ${key}`) ?? wish;
        }
      }
    };
    change(device.kind === 'camera' ? constraints.video : constraints.audio);
    track.getSettings = () => settings;
    track.getCapabilities = () => Object.fromEntries(can.map((key) => [key, [false, true]]));
    track.applyConstraints = async (asked = {}) => {
      await Promise.resolve();
      for (const [key, value] of Object.entries(asked)) {
        const isRequired = isConstraint(value) && ('exact' in value || 'min' in value || 'max' in value);
        if (isRequired && this.stubborn.has(`${deviceId} ${key}`)) throw new OverconstrainedError(key);
      }
      change(asked);
    };
    this.granted.push({ track, device });
    return track;
  }

  private takeBack(kind: InputKind, state: PermissionState): void {
    this.setPermission(kind, state);
    for (const deviceId of this.open(kind)) this.simulateEnd(deviceId);
  }

  private setPermission(kind: InputKind, state: PermissionState): void {
    if (this.permissionStates[kind] === state) return;
    this.permissionStates[kind] = state;
    for (const status of this.statuses) {
      if (status.kind === kind) status.dispatchEvent(new Event('change'));
    }
  }
}
