import { ipv6Groups } from './addresses';

const IPV4 = /\b(\d{1,3}\.\d{1,3})\.\d{1,3}\.\d{1,3}\b/g;
/** What might be an address of version 6; whether it is one is looked at closely. */
const MAYBE_IPV6 = /[\da-f:]*:[\da-f:]*:[\da-f:.]*(?:%\w+)?/gi;
/** A name in place of a local address (RFC 8828, mDNS). */
const LOCAL_NAME = /\b[\w-]+\.local\b/gi;

/**
 * A text without the addresses in it, fit for showing around: of IPv4 the last two octets are hidden, of IPv6 all but the
 * first two groups.
 */
export const masked = (text: string): string =>
  text
    .replace(MAYBE_IPV6, (maybe) => {
      const end = /[:.]?$/.exec(maybe)?.[0] ?? '';
      // A colon or full stop of the sentence is no part of the address, unless the address ends with two.
      const whole = ipv6Groups(maybe) ? maybe : maybe.slice(0, maybe.length - end.length);
      const groups = ipv6Groups(whole);
      if (!groups) return maybe;
      const shown = groups.slice(0, 2).map((group) => group.toString(16));
      return `${shown.join(':')}:x${maybe.slice(whole.length)}`;
    })
    .replace(IPV4, '$1.x.x')
    .replace(LOCAL_NAME, 'x.local');
