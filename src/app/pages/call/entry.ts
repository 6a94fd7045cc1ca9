import { Location } from '@angular/common';
import { inject } from '@angular/core';

import type { Intent } from '../../call/call';
import type { CameraOnEntering } from '../../people/people';

/** What the entry of the browser's history says about a visit to a call. A reload keeps it. */
interface EntryState {
  readonly intent?: unknown;
  readonly join?: unknown;
  readonly camera?: unknown;
}

/** How the person came to the call. Must be called in an injection context. */
export const injectEntry = () => {
  const location = inject(Location);
  const read = (): EntryState => (location.getState() as EntryState | null) ?? {};
  const write = (state: EntryState): void => location.replaceState(location.path(true), '', state);
  return {
    intent: (): Intent => (read().intent === 'new' ? 'new' : 'join'),
    /** From now on, the person joins a call that exists: after a reload they return to it. */
    joinFromNowOn: (): void => write({ ...read(), intent: 'join' satisfies Intent }),
    /** The name of a person who comes through a ring and has already given it. Taken once: after a reload the page asks. */
    takeName: (): string | null => {
      const { join, ...rest } = read();
      if (typeof join !== 'string') return null;
      write(rest);
      return join;
    },
    /** Whether the person accepted a ring without camera. */
    keepsCameraOff: (): boolean => read().camera === ('off' satisfies CameraOnEntering),
  };
};
