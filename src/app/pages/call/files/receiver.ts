import { inject, Injectable, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';

import { Files } from '../../../files/files';
import type { GivenFile } from '../../../files/outgoing';

/** A member to whom files can be offered. */
export interface Receiver {
  readonly session: string;
  readonly name: string;
}

/** Whom files are for. Fixed before the person chooses files: a member who joins in the meantime gets none of them. */
export interface Address {
  readonly to: readonly Receiver[];
  /** They are everyone who was in the call. */
  readonly everyone: boolean;
}

/** Files that the person gives. */
export interface Giving extends Address {
  readonly files: readonly GivenFile[];
}

/** Whom dropped and pasted files are for: everyone (null), unless the open files panel says otherwise. */
@Injectable({ providedIn: 'root' })
export class ChosenReceiver {
  readonly receiver = signal<Receiver | null>(null);
}

/** Returns the address of everyone who is in the call at that moment. Must be called in an injection context. */
export const injectEveryone = (): (() => Address) => {
  const others = toSignal(inject(Files).others$, { initialValue: [] });
  return () => ({ to: others().map(({ session, name }) => ({ session, name })), everyone: true });
};
