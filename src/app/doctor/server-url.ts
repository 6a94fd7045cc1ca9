/** Transport to a STUN or TURN server. `dtls` is `turns:` over UDP. */
export type Transport = 'udp' | 'tcp' | 'tls' | 'dtls';

export interface ServerUrl {
  readonly protocol: 'stun' | 'turn';
  readonly transport: Transport;
  /** As written; an IPv6 literal keeps its brackets. */
  readonly host: string;
  readonly port: number;
}

const ADDRESS = /^(stun|turn)(s?):(\[[^\]]+\]|[^:?]+)(?::(\d+))?(?:\?transport=(udp|tcp))?$/i;

/**
 * Parses the URL of a server (RFC 7064 and RFC 7065, section 3.1 each). A malformed URL becomes a host of that name, which
 * can't be reached: browsers reject it, and the check should report that.
 */
export function serverUrl(url: string): ServerUrl {
  const [, protocol, secure, host, port, transport] = ADDRESS.exec(url) ?? [];
  if (!protocol || !host) {
    return { protocol: /^turn/i.test(url) ? 'turn' : 'stun', transport: 'udp', host: url, port: 0 };
  }
  const isSecure = secure !== '';
  const over = transport?.toLowerCase() ?? (isSecure ? 'tcp' : 'udp');
  return {
    protocol: protocol.toLowerCase() as ServerUrl['protocol'],
    transport: isSecure ? (over === 'tcp' ? 'tls' : 'dtls') : (over as 'udp' | 'tcp'),
    host,
    port: port ? Number(port) : isSecure ? 5349 : 3478,
  };
}

/** STUN URL of a server that answers over UDP (RFC 7064); a TURN server answers STUN too. */
export const stunUrl = ({ host, port }: ServerUrl): string => `stun:${host}:${port}`;
