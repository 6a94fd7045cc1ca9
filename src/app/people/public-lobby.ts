import { InjectionToken } from '@angular/core';

/** Asks for the code of the lobby that everybody sees who opens this site; null where the deployment names none. */
export const PUBLIC_LOBBY = new InjectionToken<() => Promise<string | null>>('the public lobby', {
  providedIn: 'root',
  factory: () => () => Promise.resolve(null),
});
