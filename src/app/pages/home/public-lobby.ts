import { inject, Injectable, signal, type Signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';

import { PUBLIC_LOBBY } from '../../people/public-lobby';
import { Leisure } from '../../pwa/leisure';

/** What is known of the public lobby, for as long as the app is open. */
@Injectable({ providedIn: 'root' })
class KnownLobby {
  private readonly find = inject(PUBLIC_LOBBY);
  readonly code = signal<string | null>(null);
  private asked = false;

  async ask(): Promise<void> {
    if (this.asked) return;
    this.asked = true;
    try {
      this.code.set(await this.find());
    } catch {
      // Out of reach now: the next visit of the start page asks again.
      this.asked = false;
    }
  }
}

/** The code of the public lobby. Asked for once, when there is nothing else to do on the page. */
export const injectPublicLobby = (): Signal<string | null> => {
  const known = inject(KnownLobby);
  inject(Leisure)
    .come$.pipe(takeUntilDestroyed())
    .subscribe(() => void known.ask());
  return known.code.asReadonly();
};
