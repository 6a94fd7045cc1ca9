import {
  type DestroyRef,
  DOCUMENT,
  EnvironmentInjector,
  inject,
  Injectable,
  InjectionToken,
  signal,
  type Signal,
} from '@angular/core';

import { Parts } from '../../loading/parts';
import type { TileView } from './tile-view';

/** The browser's windows that stay above all others (WICG Document Picture-in-Picture); there is one at a time. */
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

/** The room that the small window shows and acts in. */
export interface SmallScene {
  readonly others: Signal<readonly TileView[]>;
  readonly status: Signal<string>;
  readonly microphone: Signal<boolean>;
  readonly camera: Signal<boolean>;
  readonly act: (action: 'microphone' | 'camera' | 'leave') => void;
  /** Of which the picture is taken where there are no small windows. */
  readonly video: () => HTMLVideoElement | null;
  /** The window goes with the room. */
  readonly destroyRef: DestroyRef;
}

/** CSS px. */
const size = { width: 360, height: 340 };

/** The other's picture above all other windows: with name and controls where the browser can, else the picture alone. */
@Injectable({ providedIn: 'root' })
export class PictureInPicture {
  private readonly windows = inject(SMALL_WINDOWS);
  private readonly document = inject(DOCUMENT);
  private readonly injector = inject(EnvironmentInjector);
  private readonly parts = inject(Parts);

  /** Whether there is a small window. */
  readonly out = signal(false);

  /** Whether there is something to show, and a browser that can. Reads signals. */
  canShow({ others }: SmallScene): boolean {
    return this.windows === null
      ? this.document.pictureInPictureEnabled && others().some(({ camera, stream }) => camera && stream)
      : others().length > 0 || this.out();
  }

  /** Opens or closes it. Needs a press; a refusal leaves everything as it is. */
  async toggle(scene: SmallScene): Promise<void> {
    try {
      if (this.windows === null) {
        if (this.document.pictureInPictureElement) await this.document.exitPictureInPicture();
        else await scene.video()?.requestPictureInPicture();
      } else if (this.windows.window) this.windows.window.close();
      // The press counts only now: what is to be in the window is fetched afterwards.
      else await this.fill(await this.windows.requestWindow(size), scene);
    } catch {
      // Refused for want of a press, or the picture has gone meanwhile.
    }
  }

  private async fill(small: Window, scene: SmallScene): Promise<void> {
    if (scene.destroyRef.destroyed) return small.close();
    let empty = (): void => undefined;
    const forget = scene.destroyRef.onDestroy(() => small.close());
    small.addEventListener('pagehide', () => {
      forget();
      this.out.set(false);
      empty();
    });
    this.out.set(true);
    try {
      const { fillSmallWindow } = await this.parts.load(() => import('./small-window'));
      if (this.out()) empty = fillSmallWindow(small, this.injector, scene);
    } catch (error) {
      small.close();
      throw error;
    }
  }
}
