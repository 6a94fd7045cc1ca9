import { DOCUMENT, effect, InjectionToken, inject, type Signal } from '@angular/core';

import { noteError, noted } from '../../../log/note';
import { Call } from '../../../call/call';
import type { RoomInputs } from './room-inputs';

/** The browser's media session, or `null` if it has none (W3C Media Session). */
export const MEDIA_SESSION = new InjectionToken<MediaSession | null>('Media session', {
  providedIn: 'root',
  factory: () =>
    (inject(DOCUMENT).defaultView?.navigator as Partial<Navigator> | undefined)?.mediaSession ?? null,
});

/** The actions that a headset, a keyboard or the system's own controls can request. */
export interface CallActions {
  readonly togglemicrophone: () => void;
  readonly togglecamera: () => void;
  readonly hangup: () => void;
}

/** Some TypeScript versions lack the standard's methods for calls (section 5). */
interface CallSession {
  setActionHandler(action: string, handler: (() => void) | null): void;
  setMicrophoneActive?(active: boolean): unknown;
  setCameraActive?(active: boolean): unknown;
}

/** Connects the system's buttons to the call; returns a function that disconnects them. */
export function takeActions(session: MediaSession | null, actions: CallActions): () => void {
  const set = (handlers: Partial<CallActions>): void => {
    for (const action of Object.keys(actions) as (keyof CallActions)[]) {
      try {
        (session as CallSession | null)?.setActionHandler(action, handlers[action] ?? null);
      } catch (error) {
        // This browser doesn't support this action.
        noteError('pages', 'media-session', error);
      }
    }
  };
  set(actions);
  return () => set({});
}

/** Shows the state of microphone and camera on the system's buttons. */
export function showActive(session: MediaSession | null, microphone: boolean, camera: boolean): void {
  const shown = session as CallSession | null;
  try {
    void Promise.resolve(shown?.setMicrophoneActive?.(microphone)).catch(noted('pages', 'media-session'));
    void Promise.resolve(shown?.setCameraActive?.(camera)).catch(noted('pages', 'media-session'));
  } catch (error) {
    // Refused, for example to a hidden page.
    noteError('pages', 'media-session', error);
  }
}

/** Lets the system's buttons control the call while it is seen. Must be called in an injection context. */
export const obeyMediaSession = (seen: Signal<boolean>, { on, toggle }: RoomInputs): void => {
  const session = inject(MEDIA_SESSION);
  const call = inject(Call);
  effect((onCleanup) => {
    if (!seen()) return;
    onCleanup(
      takeActions(session, {
        togglemicrophone: () => toggle('microphone'),
        togglecamera: () => toggle('camera'),
        hangup: () => call.leave(),
      }),
    );
  });
  effect(() => {
    if (seen()) showActive(session, on.microphone(), on.camera());
  });
};
