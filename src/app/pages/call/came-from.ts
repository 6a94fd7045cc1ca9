import type { Location } from '@angular/common';
import { PRIMARY_OUTLET, type Router, type UrlTree } from '@angular/router';

import { readCode } from '../../call/code';

/** The code of the lobby at an address; null if it is another page, or has no code. */
export const lobbyAt = (url: UrlTree): string | null => {
  const [first, ...more] = url.root.children[PRIMARY_OUTLET]?.segments ?? [];
  return first?.path === 'lobby' && more.length === 0 ? readCode(url.fragment ?? '') : null;
};

/**
 * The code of the lobby that the person came from to a call, or null. Kept with the entry of the browser's history, so that
 * a reload doesn't forget it. A lobby page that found a call under its code is no lobby.
 */
export const cameFrom = (router: Router, location: Location, call: string | null): string | null => {
  const state: unknown = location.getState();
  const kept =
    typeof state === 'object' && state !== null && 'lobby' in state && typeof state.lobby === 'string'
      ? readCode(state.lobby)
      : null;
  const before = router.currentNavigation()?.previousNavigation?.finalUrl;
  const lobby = before ? lobbyAt(before) : kept;
  if (lobby === null || lobby === call) return null;
  location.replaceState(location.path(true), '', { ...(state as object | null), lobby });
  return lobby;
};
