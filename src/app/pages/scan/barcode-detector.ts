import { DOCUMENT, inject, InjectionToken } from '@angular/core';

import { noteError } from '../../log/note';

/** What the scanner needs of a detector (W3C Shape Detection, "Barcode Detection API"). */
export interface Detector {
  /** Rejects if the browser can't read codes at present. */
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}

/** The browser's interface, which TypeScript doesn't know. */
export interface DetectorClass {
  new (options: { readonly formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** `BarcodeDetector`; null where the browser has none. */
export const BARCODE_DETECTOR = new InjectionToken<DetectorClass | null>('BarcodeDetector', {
  providedIn: 'root',
  factory: () => {
    const window = inject(DOCUMENT).defaultView as { readonly BarcodeDetector?: DetectorClass } | null;
    return window?.BarcodeDetector ?? null;
  },
});

/** Whether this browser reads QR codes: some have the interface and support no format. Never rejects. */
export async function readsQrCodes(detector: DetectorClass | null): Promise<boolean> {
  try {
    return (await detector?.getSupportedFormats())?.includes('qr_code') ?? false;
  } catch (error) {
    noteError('pages', 'scan-formats', error);
    return false;
  }
}
