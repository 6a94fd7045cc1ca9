import { Injectable, signal } from '@angular/core';

import type { GivenFile } from '../../../files/outgoing';

/** A member whom the person chose among several. */
export interface Receiver {
  readonly session: string;
  readonly name: string;
}

/** Files that the person gives. */
export interface Giving {
  readonly files: readonly GivenFile[];
  /** Null: to everyone here. */
  readonly to: Receiver | null;
}

/** Whom dropped and pasted files are for: everyone (null), unless the open files panel says otherwise. */
@Injectable({ providedIn: 'root' })
export class ChosenReceiver {
  readonly receiver = signal<Receiver | null>(null);
}
