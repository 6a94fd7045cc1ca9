import { ChangeDetectionStrategy, Component, inject, PendingTasks, signal } from '@angular/core';
import { Router } from '@angular/router';

import { injectTexts } from '../../i18n/i18n';
import { scanTexts } from '../../i18n/scan';
import { injectArrivals } from '../../loading/parts';
import { Icon } from '../../ui/icon/icon';
import { qrCodeScannerIcon } from '../../ui/icon/people-icons';
import { BARCODE_DETECTOR, readsQrCodes } from './barcode-detector';
import type { ScannedPlace } from './scanned-place';
import { Scanner } from './scanner';

/** Opens the scanner, and then the call or lobby that it has read. Shows nothing where the browser can't read QR codes. */
@Component({
  selector: 'parley-scan-button',
  imports: [Icon, Scanner],
  template: `
    @if (able()) {
      <button
        type="button"
        class="button icon"
        [attr.aria-label]="t('open')"
        [title]="t('open')"
        (click)="open.set(true)"
      >
        <parley-icon [path]="icon" />
      </button>
    }
    @if (open()) {
      @defer (when there('scanner')) {
        <parley-scanner (closed)="end($event)" />
      }
    }
  `,
  styles: `
    :host {
      display: contents;
    }
    button {
      flex: none;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ScanButton {
  protected readonly t = injectTexts(scanTexts);
  protected readonly icon = qrCodeScannerIcon;
  protected readonly there = injectArrivals({ scanner: () => import('./scanner') });
  private readonly router = inject(Router);

  protected readonly able = signal(false);
  protected readonly open = signal(false);

  constructor() {
    const detector = inject(BARCODE_DETECTOR);
    inject(PendingTasks).run(async () => this.able.set(await readsQrCodes(detector)));
  }

  protected end(found: ScannedPlace | null): void {
    this.open.set(false);
    if (found) void this.router.navigate([`/${found.place}`], { fragment: found.code });
  }
}
