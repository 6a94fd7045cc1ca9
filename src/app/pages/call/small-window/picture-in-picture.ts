import {
  type DestroyRef,
  DOCUMENT,
  EnvironmentInjector,
  inject,
  Injectable,
  InjectionToken,
  type Signal,
  type WritableSignal,
} from '@angular/core';

import type { Speech } from '../../../speaking/speech';
import { Parts } from '../../../loading/parts';
import { noteError } from '../../../log/note';
import type { MemberView } from '../stage/member-view';

/** The browser's windows that stay on top (WICG Document Picture-in-Picture); there is one at a time. */
export interface SmallWindows {
  readonly window: Window | null;
  requestWindow(options: { readonly width: number; readonly height: number }): Promise<Window>;
}

export const SMALL_WINDOWS = new InjectionToken<SmallWindows | null>('Document picture-in-picture', {
  providedIn: 'root',
  factory: () =>
    (inject(DOCUMENT).defaultView as { documentPictureInPicture?: SmallWindows } | null)
      ?.documentPictureInPicture ?? null,
});

/** The room that the small window shows and controls. */
export interface SmallScene {
  readonly others: Signal<readonly MemberView[]>;
  /** Who speaks; known in a call of three or more. */
  readonly speech: Signal<Speech>;
  readonly status: Signal<string>;
  readonly microphone: Signal<boolean>;
  readonly camera: Signal<boolean>;
  readonly act: (action: 'microphone' | 'camera' | 'leave') => void;
  /** Whether the window is open: set while it is. */
  readonly out: WritableSignal<boolean>;
  /** The video to show if the browser has no small windows. */
  readonly video: () => HTMLVideoElement | null;
  /** Destroying the room closes the window. */
  readonly destroyRef: DestroyRef;
}

/** In CSS px. */
const size = { width: 360, height: 340 };

/** A peer's picture on top of all windows: with name and controls if the browser supports it, otherwise the picture only. */
@Injectable({ providedIn: 'root' })
export class PictureInPicture {
  private readonly windows = inject(SMALL_WINDOWS);
  private readonly document = inject(DOCUMENT);
  private readonly injector = inject(EnvironmentInjector);
  private readonly parts = inject(Parts);

  /** Whether there is something to show and the browser can show it. Reads signals. */
  canShow({ others, out }: SmallScene): boolean {
    return this.windows === null
      ? this.document.pictureInPictureEnabled && others().some(({ camera, stream }) => camera && stream)
      : others().length > 0 || out();
  }

  /** Opens or closes it. Needs a user gesture; a refusal changes nothing. */
  async toggle(scene: SmallScene): Promise<void> {
    try {
      if (this.windows === null) {
        if (this.document.pictureInPictureElement) await this.document.exitPictureInPicture();
        else await scene.video()?.requestPictureInPicture();
      } else if (this.windows.window) this.windows.window.close();
      // The gesture is valid only now, so the window's contents are loaded afterwards.
      else await this.fill(await this.windows.requestWindow(size), scene);
    } catch (error) {
      // Refused for lack of a gesture, or the picture has disappeared in the meantime.
      noteError('pages', 'small-window', error);
    }
  }

  private async fill(small: Window, scene: SmallScene): Promise<void> {
    if (scene.destroyRef.destroyed) return small.close();
    let empty = (): void => undefined;
    const forget = scene.destroyRef.onDestroy(() => small.close());
    small.addEventListener('pagehide', () => {
      forget();
      scene.out.set(false);
      empty();
    });
    scene.out.set(true);
    try {
      const { fillSmallWindow } = await this.parts.load(() => import('./small-window'));
      if (scene.out()) empty = fillSmallWindow(small, this.injector, scene);
    } catch (error) {
      small.close();
      throw error;
    }
  }
}
