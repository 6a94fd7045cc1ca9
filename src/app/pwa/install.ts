import { DOCUMENT, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { fromEvent } from 'rxjs';

/** The event that Chromium fires for a page that can be installed (W3C Manifest Incubations, section 2). */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
}

const isOffer = (event: Event): event is BeforeInstallPromptEvent => 'prompt' in event;

/** Installs the app on this device, where the browser lets a page offer it. */
@Injectable({ providedIn: 'root' })
export class Install {
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly offer = signal<BeforeInstallPromptEvent | null>(null);
  private readonly done = signal(this.window?.matchMedia('(display-mode: standalone)').matches ?? false);

  /** Whether the app runs as installed, or has just been installed. */
  readonly installed = this.done.asReadonly();
  /** Whether `ask` has a prompt to show. */
  readonly offered = (): boolean => this.offer() !== null && !this.done();

  constructor() {
    if (!this.window) return;
    fromEvent(this.window, 'beforeinstallprompt')
      .pipe(takeUntilDestroyed())
      .subscribe((event) => {
        if (!isOffer(event)) return;
        event.preventDefault();
        this.offer.set(event);
      });
    fromEvent(this.window, 'appinstalled')
      .pipe(takeUntilDestroyed())
      .subscribe(() => this.done.set(true));
  }

  /** Shows the browser's own prompt. An event can be used once; the browser fires another when it sees fit. */
  async ask(): Promise<void> {
    const offer = this.offer();
    this.offer.set(null);
    await offer?.prompt();
  }
}
