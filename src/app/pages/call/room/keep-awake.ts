import { DOCUMENT, InjectionToken, inject } from '@angular/core';
import { EMPTY, Observable, catchError, defer, filter, switchMap } from 'rxjs';

import { noted } from '../../../log/note';
import { visible$ } from '../../../loading/visible';

/** The browser's screen wake lock, or `null` if it has none (W3C Screen Wake Lock). */
export const SCREEN_WAKE_LOCK = new InjectionToken<WakeLock | null>('Screen wake lock', {
  providedIn: 'root',
  factory: () =>
    (inject(DOCUMENT).defaultView?.navigator as Partial<Navigator> | undefined)?.wakeLock ?? null,
});

/** Holds one lock; unsubscribing releases it, even if the browser grants it only later. */
const lock = (wakeLock: WakeLock): Observable<WakeLockSentinel> =>
  new Observable((subscriber) => {
    const asked = wakeLock.request('screen');
    asked.then(
      (sentinel) => subscriber.next(sentinel),
      (cause: unknown) => subscriber.error(cause),
    );
    return () => void asked.then((sentinel) => sentinel.release()).catch(noted('pages', 'release-wake-lock'));
  });

/**
 * Keeps the screen on while subscribed. Browsers release the lock of a hidden page, so it is requested again each time the page
 * becomes visible. A refusal (battery saver) is ignored: the screen dims, nothing else is lost.
 */
export const keepAwake = (wakeLock: WakeLock | null, document: Document): Observable<WakeLockSentinel> =>
  wakeLock === null
    ? EMPTY
    : visible$(document).pipe(
        filter(Boolean),
        switchMap(() => defer(() => lock(wakeLock)).pipe(catchError(noted('pages', 'wake-lock', EMPTY)))),
      );
