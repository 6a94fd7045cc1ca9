import { distinctUntilChanged, map, type Observable, scan } from 'rxjs';

import { ofKind } from './devices';
import type { DeviceKind, Devices } from './media';

/** Recently plugged-in hardware: the devices of one physical unit, by kind. */
export interface NewDevice {
  /** Devices of one physical unit share a group (Media Capture and Streams, section 9.3). */
  readonly group: string;
  /** The browser's label, without the numbers that Chromium adds. */
  readonly name: string;
  readonly ids: Readonly<Partial<Record<DeviceKind, string>>>;
}

/** In order of preference for the name: a headset's audio devices name it better than its other parts. */
const kinds: readonly DeviceKind[] = ['microphone', 'speaker', 'camera'];

const groupOf = ({ groupId, deviceId }: MediaDeviceInfo): string => groupId || deviceId;

/**
 * Whether all devices of a kind are known: their ids are hidden before permission is granted. Speakers depend on the
 * microphone's permission.
 */
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

/** The parts of an earlier find that are still plugged in. */
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
  // The parts of one unit may be listed one after another.
  if (former?.group === group) return { ...former, ids: { ...former.ids, ...ids } };
  return { group, name: first.device.label.replace(/ \([0-9a-f]{4}:[0-9a-f]{4}\)$/i, ''), ids };
};

/** The unit plugged in last since subscription; null again when it is unplugged. Starts with null. */
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
