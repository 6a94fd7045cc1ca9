import { EnvironmentInjector, inject, InjectionToken } from '@angular/core';
import { firstValueFrom, from, throwError, timeout } from 'rxjs';

import { Parts } from '../loading/parts';
import { noteError } from '../log/note';
import type { Documents } from './documents';
import type { SignInReason } from './sign-in-reason';

/** Time limit for loading the SDK, in ms. */
const PATIENCE = 10_000;

/**
 * Why the database can't be reached.
 *
 * - `offline`: the site or the sign-in did not answer
 * - `configuration`: the site doesn't say which Firebase project it belongs to
 * - all others: the sign-in was refused
 */
export class ConnectError extends Error {
  override readonly name = 'ConnectError';

  constructor(
    readonly reason: 'offline' | 'configuration' | SignInReason,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/**
 * Signs in and resolves to the database as this user sees it. Rejects with `ConnectError`. The Firebase SDK is loaded on
 * the first call; later calls return the same connection.
 */
export const CONNECT = new InjectionToken<() => Promise<Documents>>('connect to Firebase', {
  providedIn: 'root',
  factory: () => {
    const injector = inject(EnvironmentInjector);
    const parts = inject(Parts);
    let connected: Promise<Documents> | undefined;
    return () => {
      connected ??= load(parts).then(({ connect }) => connect(injector, () => (connected = undefined)));
      connected.catch((error: unknown) => {
        noteError('firebase', 'connect', error);
        connected = undefined;
      });
      return connected;
    };
  },
});

/** If the SDK doesn't arrive in time, the site counts as unreachable. The download continues, for the next attempt. */
const load = (parts: Parts) =>
  firstValueFrom(
    from(parts.load(() => import('./connect'))).pipe(
      timeout({ first: PATIENCE, with: () => throwError(() => new ConnectError('offline')) }),
    ),
  );
