import { isGlobalIpv6 } from './addresses';
import type { Finding } from './finding';
import type { ServerFinding } from './server-check';

export type UdpFinding = Finding<'open' | 'blocked' | 'unknown'>;
export type Ipv6Finding = Finding<'there' | 'none'>;

const isUdp = ({ server: { transport } }: ServerFinding) => transport === 'udp' || transport === 'dtls';
const answers = ({ reason }: ServerFinding) => reason === 'answers';
/** An error of the server's own came all the way back. */
const wasReached = ({ reason, code }: ServerFinding) =>
  reason === 'answers' || (code !== null && reason !== 'unreachable');

/**
 * Whether UDP gets through. It does not where no server answers by it, and another is reached by TCP or TLS or the database
 * answers, so that there is a network.
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

/** Whether this device has an address of the internet's version 6: by what is gathered, own or seen by a server. */
export function ipv6Finding(candidates: readonly RTCIceCandidate[]): Ipv6Finding {
  const there = candidates.some(
    ({ type, address }) => (type === 'host' || type === 'srflx') && isGlobalIpv6(address ?? ''),
  );
  return there ? { state: 'well', reason: 'there' } : { state: 'note', reason: 'none' };
}

/** What the relays among the servers come to; null while one of them is still asked. */
export function relaysOf(
  servers: readonly ServerFinding[],
): 'none' | 'answers' | 'refused' | 'silent' | null {
  const relays = servers.filter(({ server }) => server.protocol === 'turn');
  if (relays.length === 0) return 'none';
  if (relays.some(answers)) return 'answers';
  if (relays.some(({ state }) => state === 'running')) return null;
  return relays.some(({ reason }) => reason === 'refused') ? 'refused' : 'silent';
}
