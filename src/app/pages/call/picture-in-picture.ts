import {
  computed,
  DestroyRef,
  DOCUMENT,
  EnvironmentInjector,
  inject,
  InjectionToken,
  signal,
  type Signal,
} from '@angular/core';

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

/** What the small window shows and does. */
export interface SmallScene {
  readonly others: Signal<readonly TileView[]>;
  readonly status: Signal<string>;
  readonly microphone: Signal<boolean>;
  readonly camera: Signal<boolean>;
  readonly act: (action: 'microphone' | 'camera' | 'leave') => void;
}

/** CSS px. */
const size = { width: 360, height: 340 };

/**
 * The other's picture above all other windows: with name and controls where the browser can, else the picture alone. Goes
 * with the room; to be made where injection is possible.
 */
export class PictureInPicture {
  private readonly windows = inject(SMALL_WINDOWS);
  private readonly document = inject(DOCUMENT);
  private readonly injector = inject(EnvironmentInjector);
  private gone = false;

  readonly out = signal(false);
  /** Whether there is something to show, and a browser that can. */
  readonly possible = computed(() =>
    this.windows === null
      ? this.document.pictureInPictureEnabled &&
        this.scene.others().some(({ camera, stream }) => camera && stream)
      : this.scene.others().length > 0 || this.out(),
  );

  constructor(private readonly scene: SmallScene) {
    inject(DestroyRef).onDestroy(() => {
      this.gone = true;
      if (this.out()) this.windows?.window?.close();
    });
  }

  /**
   * Opens or closes it. Needs a press; a refusal leaves everything as it is.
   *
   * @param video of which the picture is taken where there is no more
   */
  async toggle(video: HTMLVideoElement | null): Promise<void> {
    try {
      if (this.windows === null) {
        if (this.document.pictureInPictureElement) await this.document.exitPictureInPicture();
        else await video?.requestPictureInPicture();
      } else if (this.windows.window) this.windows.window.close();
      // The press counts only now: what is to be in the window is fetched afterwards.
      else await this.fill(await this.windows.requestWindow(size));
    } catch {
      // Refused for want of a press, or the picture has gone meanwhile.
    }
  }

  private async fill(small: Window): Promise<void> {
    let empty = (): void => undefined;
    this.out.set(true);
    small.addEventListener('pagehide', () => {
      this.out.set(false);
      empty();
    });
    try {
      const { fillSmallWindow } = await import('./small-window');
      if (!this.out()) return;
      if (this.gone) small.close();
      else empty = fillSmallWindow(small, this.injector, this.scene);
    } catch (error) {
      small.close();
      throw error;
    }
  }
}
