import { EnvironmentInjector, inject, InjectionToken } from '@angular/core';
import { firstValueFrom, from, throwError, timeout } from 'rxjs';

import { Parts } from '../loading/parts';
import type { Documents } from './documents';
import type { SignInReason } from './sign-in-reason';

/** How long the SDK may take to arrive, ms. */
const PATIENCE = 10_000;

/**
 * Why there is no way to the database.
 *
 * - `offline`: the site or the sign-in did not answer
 * - `configuration`: the site does not say which Firebase project it belongs to
 * - the rest: the sign-in was refused
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
 * Signs in and gives the database as this user sees it. Rejects with `ConnectError`. The Firebase SDK is loaded
 * when this is first called, and the same connection is given from then on.
 */
export const CONNECT = new InjectionToken<() => Promise<Documents>>('connect to Firebase', {
  providedIn: 'root',
  factory: () => {
    const injector = inject(EnvironmentInjector);
    const parts = inject(Parts);
    let connected: Promise<Documents> | undefined;
    return () => {
      connected ??= load(parts).then(({ connect }) => connect(injector, () => (connected = undefined)));
      connected.catch(() => (connected = undefined));
      return connected;
    };
  },
});

/** A part that does not arrive means that the site is out of reach. It is fetched on, for the next try. */
const load = (parts: Parts) =>
  firstValueFrom(
    from(parts.load(() => import('./connect'))).pipe(
      timeout({ first: PATIENCE, with: () => throwError(() => new ConnectError('offline')) }),
    ),
  );
