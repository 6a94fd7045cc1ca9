import { ipv6Groups } from './addresses';

const IPV4 = /\b(\d{1,3}\.\d{1,3})\.\d{1,3}\.\d{1,3}\b/g;
/** A possible IPv6 address; `ipv6Groups` decides. */
const MAYBE_IPV6 = /[\da-f:]*:[\da-f:]*:[\da-f:.]*(?:%\w+)?/gi;
/** A name that replaces a local address (RFC 8828, mDNS). */
const LOCAL_NAME = /\b[\w-]+\.local\b/gi;

/**
 * Hides the addresses in a text, so that it can be shared: the last two octets of IPv4 addresses, all but the first two groups
 * of IPv6 addresses, and mDNS names.
 */
export const masked = (text: string): string =>
  text
    .replace(MAYBE_IPV6, (maybe) => {
      const end = /[:.]?$/.exec(maybe)?.[0] ?? '';
      // A colon or full stop at the end belongs to the sentence, unless the address ends with two colons.
      const whole = ipv6Groups(maybe) ? maybe : maybe.slice(0, maybe.length - end.length);
      const groups = ipv6Groups(whole);
      if (!groups) return maybe;
      const shown = groups.slice(0, 2).map((group) => group.toString(16));
      return `${shown.join(':')}:x${maybe.slice(whole.length)}`;
    })
    .replace(IPV4, '$1.x.x')
    .replace(LOCAL_NAME, 'x.local');
