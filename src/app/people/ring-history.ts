import { inject, Injectable } from '@angular/core';
import { firstValueFrom, map, skip } from 'rxjs';

import { elapsed } from '../loading/clock';
import type { PastRing } from './acquaintances';
import { DeviceAcquaintances } from './device-acquaintances';
import { Engagement } from './engagement';
import type { Person, RingOutcome } from './people';

/** What is recorded of a ring. */
export type Noted = Pick<PastRing, 'lobby' | 'direction' | 'outcome' | 'at'> & {
  readonly with: Pick<Person, 'uid' | 'name'>;
};

/** Outcomes of rings, stored on this device. */
@Injectable({ providedIn: 'root' })
export class RingHistory {
  private readonly acquaintances = inject(DeviceAcquaintances);
  private readonly engagement = inject(Engagement);

  /** @param length length of the call in ms, added once it is known */
  async note(
    { lobby, with: { uid, name }, direction, outcome, at }: Noted,
    length: Promise<number> | null = null,
  ): Promise<void> {
    const id = await this.acquaintances.add({ lobby, uid, name, direction, outcome, at, duration: null });
    if (length) await this.acquaintances.end(id, await length);
  }

  /**
   * Length in ms of the call that begins now; resolves when it is over. With `'one'`, a call that this page is already in ends
   * first.
   */
  callFromNow(before: 'none' | 'one' = 'none'): Promise<number> {
    const began = elapsed();
    return firstValueFrom(
      this.engagement.over$.pipe(
        skip(before === 'one' ? 1 : 0),
        map(() => elapsed() - began),
      ),
    );
  }
}

/** What the history records of an outgoing ring. */
export function pastOutcome(outcome: Exclude<RingOutcome, 'ringing'>): PastRing['outcome'] {
  switch (outcome) {
    case 'accepted':
      return 'answered';
    case 'declined':
    case 'busy':
    case 'noAnswer':
    case 'cancelled':
      return outcome;
    case 'dnd':
      return 'declined';
    default:
      return 'failed';
  }
}
