import { InjectionToken } from '@angular/core';

/** STUN servers for finding one's own address behind a NAT (RFC 8489); they see that somebody asks, and nothing of a call. */
export const ICE_SERVERS = new InjectionToken<readonly RTCIceServer[]>('ICE servers', {
  providedIn: 'root',
  factory: () => [{ urls: ['stun:stun.l.google.com:19302', 'stun:stun1.l.google.com:19302'] }],
});
