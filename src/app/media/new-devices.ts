import { distinctUntilChanged, map, type Observable, scan } from 'rxjs';

import { ofKind } from './devices';
import type { DeviceKind, Devices } from './media';

/** What was plugged in lately: the devices in one casing, by kind. */
export interface NewDevice {
  /** Devices in one casing have the same group (Media Capture and Streams, section 9.3). */
  readonly group: string;
  /** As the browser names it, without the numbers that Chromium adds. */
  readonly name: string;
  readonly ids: Readonly<Partial<Record<DeviceKind, string>>>;
}

/** The sound of a headset names it better than its other parts. */
const kinds: readonly DeviceKind[] = ['microphone', 'speaker', 'camera'];

const groupOf = ({ groupId, deviceId }: MediaDeviceInfo): string => groupId || deviceId;

/** Whether all devices of a kind are known: before the permission their ids are hidden. That of speakers is the microphone's. */
const isKnown = (devices: Devices, kind: DeviceKind): boolean =>
  ofKind(devices, kind === 'speaker' ? 'microphone' : kind).some(({ deviceId }) => deviceId !== '');

interface Found {
  readonly kind: DeviceKind;
  readonly device: MediaDeviceInfo;
}

const appeared = (before: Devices, now: Devices): readonly Found[] =>
  kinds
    .filter((kind) => isKnown(before, kind))
    .flatMap((kind) =>
      ofKind(now, kind)
        .filter(({ deviceId, label }) => deviceId !== '' && label !== '')
        .filter(({ deviceId }) => !ofKind(before, kind).some((known) => known.deviceId === deviceId))
        .map((device) => ({ kind, device })),
    );

/** A former find as far as it is still plugged in. */
const stillThere = (found: NewDevice | null, now: Devices): NewDevice | null => {
  if (found === null) return null;
  const all = Object.entries(found.ids) as [DeviceKind, string][];
  const left = all.filter(([kind, id]) => ofKind(now, kind).some(({ deviceId }) => deviceId === id));
  if (left.length === all.length) return found;
  return left.length > 0 ? { ...found, ids: Object.fromEntries(left) } : null;
};

const withFound = (former: NewDevice | null, found: readonly Found[]): NewDevice | null => {
  const [first] = found;
  if (!first) return former;
  const group = groupOf(first.device);
  const ids = Object.fromEntries(
    found
      .filter(({ device }) => groupOf(device) === group)
      .map(({ kind, device }) => [kind, device.deviceId]),
  );
  // The parts of one casing may be listed one after the other.
  if (former?.group === group) return { ...former, ids: { ...former.ids, ...ids } };
  return { group, name: first.device.label.replace(/ \([0-9a-f]{4}:[0-9a-f]{4}\)$/i, ''), ids };
};

/** What was plugged in last, since it was subscribed to; null again when it is unplugged. Starts with null. */
export const newDevice = (devices$: Observable<Devices>): Observable<NewDevice | null> =>
  devices$.pipe(
    scan(
      ({ before, found }, now) => ({
        before: now,
        found: withFound(stillThere(found, now), before === null ? [] : appeared(before, now)),
      }),
      { before: null, found: null } as { before: Devices | null; found: NewDevice | null },
    ),
    map(({ found }) => found),
    distinctUntilChanged(),
  );
