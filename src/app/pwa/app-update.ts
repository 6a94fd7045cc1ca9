import { computed, DOCUMENT, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed, toObservable, toSignal } from '@angular/core/rxjs-interop';
import { SwUpdate } from '@angular/service-worker';

import { Holds } from '../loading/holds';
import { Parts } from '../loading/parts';

/**
 * What the person is asked about: a newer version that waits, a copy of the app too damaged to go on, or a part of it that
 * does not arrive.
 */
export type UpdateKind = 'available' | 'broken' | 'missing';

/**
 * Newer versions of the app. Nothing is shown and nothing reloads while somebody holds it, as the call's page does:
 *
 *     inject(DestroyRef).onDestroy(inject(AppUpdate).hold());
 */
@Injectable({ providedIn: 'root' })
export class AppUpdate {
  private readonly updates = inject(SwUpdate);
  private readonly document = inject(DOCUMENT);
  private readonly parts = inject(Parts);
  private readonly pending = signal<UpdateKind | null>(null);
  private readonly holds = new Holds();
  private readonly held = toSignal(this.holds.held$, { requireSync: true });

  /** What to ask now: `null` when there is nothing, or while held. A part that is missing is missed in a call too. */
  readonly prompt = computed((): UpdateKind | null => {
    if (this.parts.missing()) return 'missing';
    return this.held() ? null : this.pending();
  });
  /** The same as a stream. */
  readonly available$ = toObservable(this.prompt);

  constructor() {
    this.updates.versionUpdates.pipe(takeUntilDestroyed()).subscribe((event) => {
      if (event.type === 'VERSION_READY') this.pending.update((kind) => kind ?? 'available');
    });
    this.updates.unrecoverable.pipe(takeUntilDestroyed()).subscribe(() => this.pending.set('broken'));
  }

  /** Keeps updates silent until the returned function is called. Holds add up. */
  hold(): () => void {
    return this.holds.hold();
  }

  /** Loads the newer version, or what is missing. Does nothing when nothing is asked. */
  reload(): void {
    if (this.prompt()) this.document.defaultView?.location.reload();
  }

  /** Puts the question off until the next version or visit. */
  later(): void {
    this.pending.set(null);
  }
}
