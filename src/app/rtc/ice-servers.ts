import { InjectionToken } from '@angular/core';

/** STUN and TURN servers. Without any, only members who reach each other directly are connected. */
export const ICE_SERVERS = new InjectionToken<readonly RTCIceServer[]>('ICE servers', {
  providedIn: 'root',
  factory: () => [],
});
