import { computed, linkedSignal, type Signal } from '@angular/core';

import { devicesOf, type Hindrance, type Trouble, troublesOf } from '../../../media/media';

const keyOf = ({ device, reason }: Pick<Hindrance, 'device' | 'reason'>): string => `${device} ${reason}`;

/** The problems of microphone and camera that the person hasn't dismissed. */
export interface OpenTroubles {
  readonly shown: Signal<readonly Trouble[]>;
  dismiss(trouble: Trouble): void;
}

/** A dismissed problem stays hidden until the device works, is turned off, is tried again, or fails for another reason. */
export const openTroubles = (hindrances: Signal<readonly Hindrance[]>): OpenTroubles => {
  const dismissed = linkedSignal<readonly string[], ReadonlySet<string>>({
    source: () => hindrances().map(keyOf),
    computation: (keys, before) => new Set(keys.filter((key) => before?.value.has(key))),
  });
  return {
    shown: computed(() => troublesOf(hindrances().filter((found) => !dismissed().has(keyOf(found))))),
    dismiss: (trouble) =>
      dismissed.update((before) => {
        const keys = devicesOf(trouble).map((device) => keyOf({ device, reason: trouble.reason }));
        return new Set([...before, ...keys]);
      }),
  };
};
