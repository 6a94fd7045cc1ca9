import { computed, DOCUMENT, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed, toObservable, toSignal } from '@angular/core/rxjs-interop';
import { SwUpdate } from '@angular/service-worker';

import { Holds } from '../loading/holds';
import { Parts } from '../loading/parts';
import { note } from '../log/note';

/**
 * Why the person is asked to reload: a newer version is waiting, the app's copy is too damaged to continue, or a part of
 * it fails to load.
 */
export type UpdateKind = 'available' | 'broken' | 'missing';

/**
 * Newer versions of the app. Nothing is shown or reloaded while there is a hold, for example by the call page:
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

  /** The current question, or `null` when there is none or while held. Missing parts are reported in a call too. */
  readonly prompt = computed((): UpdateKind | null => {
    if (this.parts.missing()) return 'missing';
    return this.held() ? null : this.pending();
  });
  /** `prompt` as a stream. */
  readonly available$ = toObservable(this.prompt);

  constructor() {
    this.updates.versionUpdates.pipe(takeUntilDestroyed()).subscribe((event) => {
      note('pwa', event.type);
      if (event.type === 'VERSION_READY') this.pending.update((kind) => kind ?? 'available');
    });
    this.updates.unrecoverable.pipe(takeUntilDestroyed()).subscribe(() => this.pending.set('broken'));
    this.available$.pipe(takeUntilDestroyed()).subscribe((kind) => kind && note('pwa', `asks-${kind}`));
  }

  /** Keeps updates silent until the returned function is called. Holds add up. */
  hold(): () => void {
    return this.holds.hold();
  }

  /** Reloads the page to get the newer version or the missing part. Does nothing while there is no question. */
  reload(): void {
    if (this.prompt()) this.document.defaultView?.location.reload();
  }

  /** Postpones the question until the next version or visit. */
  later(): void {
    this.pending.set(null);
  }
}
