import { inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';

import { noteError } from '../../log/note';
import { PUBLIC_LOBBY } from '../../people/public-lobby';
import { IdleTime } from '../../pwa/idle-time';

/** What is known about the public lobby, for as long as the app is open. */
@Injectable({ providedIn: 'root' })
export class KnownLobby {
  private readonly find = inject(PUBLIC_LOBBY);
  private readonly found = signal<string | null>(null);
  /** Null while it is unknown, and if there is none. */
  readonly code = this.found.asReadonly();
  private asked = false;
  private missed: string | null = null;

  async ask(): Promise<void> {
    if (this.asked) return;
    this.asked = true;
    try {
      this.found.set(await this.find());
    } catch (error) {
      // Unreachable now: the next visit of the start page asks again.
      noteError('pages', 'public-lobby', error);
      this.asked = false;
    }
  }

  /** There is no lobby with this code: the deployment may name a different one by now, or none. */
  async isMissing(code: string): Promise<void> {
    if (this.missed === code) return;
    this.missed = code;
    try {
      this.found.set(await this.find(code));
    } catch (error) {
      // Unreachable now: the next time it is missing, the app asks again.
      noteError('pages', 'public-lobby', error);
      this.missed = null;
    }
  }
}

/** The public lobby. Requested once, when the page has nothing else to do. */
export const injectPublicLobby = (): KnownLobby => {
  const known = inject(KnownLobby);
  inject(IdleTime)
    .come$.pipe(takeUntilDestroyed())
    .subscribe(() => void known.ask());
  return known;
};
