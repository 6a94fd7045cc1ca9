import { DOCUMENT, inject, Injectable } from '@angular/core';
import { SwUpdate } from '@angular/service-worker';
import { noted } from '../log/note';

/** Longest wait for the download of a newer version, in ms. */
const PATIENCE = 10_000;

/** Reloads the page in the newest version of the app: without the download, a reload shows the stored version again. */
@Injectable({ providedIn: 'root' })
export class NewestVersion {
  private readonly updates = inject(SwUpdate);
  private readonly document = inject(DOCUMENT);

  /** Downloads a newer version if there is one, and reloads. */
  async load(): Promise<void> {
    const downloaded = this.updates.checkForUpdate().catch(noted('pwa', 'check-for-update', false));
    const timedOut = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    await Promise.race([downloaded, timedOut]);
    this.document.defaultView?.location.reload();
  }
}
