import { note } from './note';

/**
 * Notes what the browser does with the page: hidden, frozen, left for the back/forward cache and back, offline (HTML, "Page
 * visibility" and "Session history"; Page Lifecycle, section 3). Lasts as long as the page.
 */
export function notePageEvents(window: Window): void {
  const visibility = () => note('page', window.document.visibilityState);
  visibility();
  window.addEventListener('visibilitychange', visibility);
  for (const type of ['freeze', 'resume', 'online', 'offline', 'pagehide', 'pageshow'] as const) {
    // Freezing and resuming don't bubble from the document to the window, but pass it on their way there.
    window.addEventListener(type, () => note('page', type), true);
  }
}
