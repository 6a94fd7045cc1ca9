import { InjectionToken } from '@angular/core';

/**
 * STUN servers for finding one's own address behind a NAT (RFC 8489). They see requests, but nothing of a call. Used
 * where the deployment configures no servers.
 */
export const ICE_SERVERS = new InjectionToken<readonly RTCIceServer[]>('ICE servers', {
  providedIn: 'root',
  factory: () => [{ urls: ['stun:stun.l.google.com:19302', 'stun:stun1.l.google.com:19302'] }],
});

/** More would be useless: every connection queries each server. */
const MAX_SERVERS = 16;
const MAX_URLS = 8;
const MAX_TEXT = 1_024;
/** RFC 7064 and RFC 7065: scheme, host (an IPv6 literal in brackets), port, transport. */
const ICE_URL = /^(?:stuns?:[^\s?/@]+|turns?:[^\s?/@]+(?:\?transport=(?:udp|tcp))?)$/i;

/**
 * Parses a list of servers (RTCIceServer, W3C WebRTC section 4.2.4) from outside. Leaves out entries that would make a
 * browser reject the whole list: unsupported URLs, relays without credentials. Returns null when the value is not a list.
 */
export function readIceServers(value: unknown): readonly RTCIceServer[] | null {
  if (!Array.isArray(value) || value.length > MAX_SERVERS) return null;
  return value.flatMap((server: unknown) => {
    if (typeof server !== 'object' || server === null) return [];
    const { urls, username, credential } = server as Readonly<Record<string, unknown>>;
    const list = (Array.isArray(urls) ? urls : [urls]).filter(isIceUrl).slice(0, MAX_URLS);
    const known = isText(username) && isText(credential);
    const usable = list.filter((url) => known || !isRelay(url));
    if (usable.length === 0) return [];
    return [usable.some(isRelay) && known ? { urls: usable, username, credential } : { urls: usable }];
  });
}

/** Whether a URL is that of a relay (TURN, RFC 8656). */
export const isRelay = (url: string): boolean => /^turns?:/i.test(url);

/** Whether the servers include a relay. */
export const hasRelay = (servers: readonly RTCIceServer[]): boolean =>
  servers.some(({ urls }) => [urls].flat().some(isRelay));

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= MAX_TEXT;
const isIceUrl = (value: unknown): value is string => isText(value) && ICE_URL.test(value);
