/** The eight groups of an IPv6 address; null if it isn't one. */
export function ipv6Groups(address: string): readonly number[] | null {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!bare.includes(':')) return null;
  let host: string;
  try {
    host = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  } catch {
    return null;
  }
  const [head = '', tail] = host.split('::');
  const groups = (part: string) => (part ? part.split(':').map((group) => parseInt(group, 16)) : []);
  const [before, after] = [groups(head), groups(tail ?? '')];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

/** Whether an address is a global IPv6 address (RFC 4291, section 2.5.4: 2000::/3 is the range handed out). */
export const isGlobalIpv6 = (address: string): boolean =>
  ((ipv6Groups(address)?.[0] ?? 0) & 0xe000) === 0x2000;
