import { DOCUMENT, InjectionToken, inject } from '@angular/core';

/** The browser's media session, or `null` where it has none (W3C Media Session). */
export const MEDIA_SESSION = new InjectionToken<MediaSession | null>('Media session', {
  providedIn: 'root',
  factory: () =>
    (inject(DOCUMENT).defaultView?.navigator as Partial<Navigator> | undefined)?.mediaSession ?? null,
});

/** What a headset, a keyboard or the system's own controls can ask of a call. */
export interface CallActions {
  readonly togglemicrophone: () => void;
  readonly togglecamera: () => void;
  readonly hangup: () => void;
}

/** Not every TypeScript knows what the standard has had since its section 5 on calls. */
interface CallSession {
  setActionHandler(action: string, handler: (() => void) | null): void;
  setMicrophoneActive?(active: boolean): unknown;
  setCameraActive?(active: boolean): unknown;
}

/** Hands the system's buttons to the call; returns what takes them back. */
export function takeActions(session: MediaSession | null, actions: CallActions): () => void {
  const set = (handlers: Partial<CallActions>): void => {
    for (const action of Object.keys(actions) as (keyof CallActions)[]) {
      try {
        (session as CallSession | null)?.setActionHandler(action, handlers[action] ?? null);
      } catch {
        // This browser does not know this action.
      }
    }
  };
  set(actions);
  return () => set({});
}

/** Lets the system's buttons show what is on. */
export function showActive(session: MediaSession | null, microphone: boolean, camera: boolean): void {
  const shown = session as CallSession | null;
  try {
    void Promise.resolve(shown?.setMicrophoneActive?.(microphone)).catch(() => undefined);
    void Promise.resolve(shown?.setCameraActive?.(camera)).catch(() => undefined);
  } catch {
    // Told only what a hidden page may not.
  }
}
