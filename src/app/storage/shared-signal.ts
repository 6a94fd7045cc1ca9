import { signal, type WritableSignal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { fromEvent } from 'rxjs';

/**
 * A signal of what is stored under a key, read again whenever another page of this device changes it. Setting the signal
 * stores nothing. Must be created in an injection context.
 */
export function injectSharedSignal<T>(key: string, stored: () => T): WritableSignal<T> {
  const held = signal(stored());
  fromEvent<StorageEvent>(window, 'storage')
    .pipe(takeUntilDestroyed())
    .subscribe((event) => {
      // Without a key, everything was deleted.
      if (event.key === key || event.key === null) held.set(stored());
    });
  return held;
}
