import { EnvironmentInjector, inject, InjectionToken } from '@angular/core';

import type { Documents } from './documents';

/**
 * Why there is no way to the database.
 *
 * - `offline`: the site or the sign-in did not answer
 * - `configuration`: the site does not say which Firebase project it belongs to, or anonymous sign-in is switched off
 * - `sign-in`: the sign-in was refused
 */
export class ConnectError extends Error {
  override readonly name = 'ConnectError';

  constructor(
    readonly reason: 'offline' | 'configuration' | 'sign-in',
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
    let connected: Promise<Documents> | undefined;
    return () => {
      connected ??= load().then(({ connect }) => connect(injector));
      connected.catch(() => (connected = undefined));
      return connected;
    };
  },
});

/** A chunk that can't be loaded means that the site is out of reach. */
const load = () =>
  import('./connect').catch((cause: unknown) => {
    throw new ConnectError('offline', { cause });
  });
