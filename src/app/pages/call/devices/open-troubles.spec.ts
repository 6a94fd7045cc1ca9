import { signal } from '@angular/core';

import type { Hindrance } from '../../../media/media';
import { openTroubles } from './open-troubles';

const both: readonly Hindrance[] = [
  { device: 'microphone', reason: 'denied' },
  { device: 'camera', reason: 'denied' },
];

describe('Dismissed problems of microphone and camera', () => {
  const hindrances = signal(both);
  const { shown, dismiss } = openTroubles(hindrances);
  beforeEach(() => {
    hindrances.set([]);
    shown();
    hindrances.set(both);
    dismiss({ devices: 'both', reason: 'denied' });
  });

  it('stay hidden, also when one of the two is solved', () => {
    expect(shown()).toEqual([]);
    hindrances.set(both.slice(0, 1));
    expect(shown()).toEqual([]);
  });

  it('show again when the reason changes', () => {
    hindrances.set([{ device: 'microphone', reason: 'busy' }, both[1]!]);
    expect(shown()).toEqual([{ devices: 'microphone', reason: 'busy' }]);
  });

  it('show again when the device is tried and fails again', () => {
    hindrances.set(both.slice(0, 1));
    shown();
    hindrances.set(both);
    expect(shown()).toEqual([{ devices: 'camera', reason: 'denied' }]);
  });
});
