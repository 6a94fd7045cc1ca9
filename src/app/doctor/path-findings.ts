import { isGlobalIpv6 } from './addresses';
import type { Finding } from './finding';
import type { ServerFinding } from './server-check';

export type UdpFinding = Finding<'open' | 'blocked' | 'unknown'>;
export type Ipv6Finding = Finding<'there' | 'none'>;

const isUdp = ({ server: { transport } }: ServerFinding) => transport === 'udp' || transport === 'dtls';
const answers = ({ reason }: ServerFinding) => reason === 'answers';
/** The server was reached, even if it replied with an error. */
const wasReached = ({ reason, code }: ServerFinding) =>
  reason === 'answers' || (code !== null && reason !== 'unreachable');

/**
 * Whether UDP gets through. It is blocked if no server answers over UDP although there is a network: another server is reached
 * over TCP or TLS, or the database answers.
 */
export function udpFinding(servers: readonly ServerFinding[], hasNetwork: boolean): UdpFinding {
  const byUdp = servers.filter(isUdp);
  if (byUdp.some(wasReached)) return { state: 'well', reason: 'open' };
  const byOthers = servers.filter((server) => !isUdp(server));
  if (byUdp.length === 0 || !(hasNetwork || byOthers.some(wasReached))) {
    return { state: 'note', reason: 'unknown' };
  }
  return { state: 'warning', reason: 'blocked' };
}

/** Whether this device has a global IPv6 address, according to its host and server-reflexive candidates. */
export function ipv6Finding(candidates: readonly RTCIceCandidate[]): Ipv6Finding {
  const there = candidates.some(
    ({ type, address }) => (type === 'host' || type === 'srflx') && isGlobalIpv6(address ?? ''),
  );
  return there ? { state: 'well', reason: 'there' } : { state: 'note', reason: 'none' };
}

/** Overall state of the relays; null while a relay is still being checked and none has answered. */
export function relaysOf(
  servers: readonly ServerFinding[],
): 'none' | 'answers' | 'refused' | 'silent' | null {
  const relays = servers.filter(({ server }) => server.protocol === 'turn');
  if (relays.length === 0) return 'none';
  if (relays.some(answers)) return 'answers';
  if (relays.some(({ state }) => state === 'running')) return null;
  return relays.some(({ reason }) => reason === 'refused') ? 'refused' : 'silent';
}
