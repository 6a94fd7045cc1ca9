import { note } from './note';

/**
 * Notes what the browser does with the page: hidden, frozen, back from the back/forward cache, offline (HTML, "Page
 * visibility"; Page Lifecycle, section 3). Lasts as long as the page.
 */
export function notePageEvents(window: Window = globalThis.window): void {
  const { document } = window;
  const visibility = () => note('page', document.visibilityState);
  const kind = ({ type }: Event) => note('page', type as 'online' | 'offline' | 'freeze' | 'resume');
  visibility();
  document.addEventListener('visibilitychange', visibility);
  for (const type of ['freeze', 'resume']) document.addEventListener(type, kind);
  for (const type of ['online', 'offline']) window.addEventListener(type, kind);
  window.addEventListener('pageshow', ({ persisted }) => persisted && note('page', 'restored'));
  window.addEventListener('pagehide', ({ persisted }) => note('page', 'left', { persisted }));
}
