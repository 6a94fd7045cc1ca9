import { DOCUMENT, inject, InjectionToken } from '@angular/core';

/** `navigator.mediaDevices`; `null` where the browser has none, as on an insecure origin. */
export const MEDIA_DEVICES = new InjectionToken<MediaDevices | null>('MediaDevices', {
  factory: () => inject(DOCUMENT).defaultView?.navigator.mediaDevices ?? null,
});

/** `navigator.permissions`; `null` where the browser has none. */
export const PERMISSIONS = new InjectionToken<Permissions | null>('Permissions', {
  factory: () => inject(DOCUMENT).defaultView?.navigator.permissions ?? null,
});

/** Whether the browser has `getDisplayMedia`. */
export const canCaptureScreen = (mediaDevices: MediaDevices | null): mediaDevices is MediaDevices =>
  mediaDevices !== null && 'getDisplayMedia' in mediaDevices;
