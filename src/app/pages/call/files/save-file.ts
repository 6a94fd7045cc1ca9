import { InjectionToken } from '@angular/core';

/** How long the URL is kept, in ms: enough for any browser to start reading. */
const KEPT = 60_000;

/** Offers a file as a download. The browser reads it from where it is stored, without a copy in the page. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}

/** Saves a file. */
export const SAVE_FILE = new InjectionToken<typeof saveFile>('Saving a file', {
  providedIn: 'root',
  factory: () => saveFile,
});
