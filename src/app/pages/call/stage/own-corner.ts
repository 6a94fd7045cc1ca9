import { inject, Injectable, signal } from '@angular/core';

import { corners, type Corner } from '../../../layout/stage-mode';
import { Remembered } from '../../../storage/remembered';

const key = 'parley.ownCorner';

/** The corner in which a person sees their own small picture. Remembered on this device. */
@Injectable({ providedIn: 'root' })
export class OwnCorner {
  private readonly remembered = inject(Remembered);
  private readonly chosen = signal<Corner>(
    corners.find((corner) => corner === this.remembered.get(key)) ?? corners[0],
  );
  readonly at = this.chosen.asReadonly();

  /** Moves the picture to the next corner around. */
  move(): void {
    const next = corners[(corners.indexOf(this.chosen()) + 1) % corners.length] ?? corners[0];
    this.chosen.set(next);
    this.remembered.set(key, next);
  }
}
