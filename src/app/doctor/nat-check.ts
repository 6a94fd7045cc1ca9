import { catchError, concat, map, Observable, of, reduce, takeUntil, timer } from 'rxjs';

import { noted } from '../log/note';
import { RUNNING, type Finding } from './finding';
import { CreateConnection, gathering } from './gathering';
import type { ServerFinding } from './server-check';
import { stunUrl } from './server-url';

/**
 * How a NAT maps an address of this device for different servers, in the terms of RFC 5780, as far as a browser can tell.
 *
 * - `none`: servers see the address that the device has
 * - `independent`: endpoint-independent mapping; peers can be reached directly
 * - `dependent`: address-dependent, or address-and-port-dependent mapping: each server sees a different address
 * - `portDependent`: certainly address-and-port-dependent, because both servers have the same address
 * - `unknown`: fewer than two servers answered, or the answers can't be told apart
 */
export interface NatFinding extends Finding<
  'none' | 'independent' | 'dependent' | 'portDependent' | 'unknown'
> {
  /** The addresses that the servers saw, as `address:port`. */
  readonly mapped: readonly string[];
}

/** Time limit, in ms; both servers answered a moment ago. */
const PATIENCE = 8_000;

const finding = (reason: NatFinding['reason'], mapped: readonly string[] = []): NatFinding => ({
  state:
    reason === 'dependent' || reason === 'portDependent' ? 'warning' : reason === 'unknown' ? 'note' : 'well',
  reason,
  mapped,
});

/** Two servers that answered, to ask over UDP; on different hosts if possible. A TURN server answers STUN too. */
export function natServers(
  servers: readonly ServerFinding[],
): readonly [ServerFinding, ServerFinding] | null {
  const usable = servers.filter(({ reason, server }) => reason === 'answers' && server.transport === 'udp');
  const [one] = usable;
  if (!one) return null;
  const others = usable.filter(
    ({ server }) => server.host !== one.server.host || server.port !== one.server.port,
  );
  const other = others.find(({ server }) => server.host !== one.server.host) ?? others[0];
  return other ? [one, other] : null;
}

/** Compares what two servers see for the same local address. Never errors. */
export function natCheck(
  create: CreateConnection,
  servers: readonly ServerFinding[],
): Observable<NatFinding> {
  const two = natServers(servers);
  if (!two) return of(finding('unknown'));
  const urls = two.map(({ server }) => stunUrl(server));
  const isOneHost = two[0].server.host === two[1].server.host;
  const gathered$ = gathering(create, { iceServers: [{ urls }] }).pipe(
    takeUntil(timer(PATIENCE)),
    reduce(
      ({ candidates, complete }, event) => ({
        candidates: event.kind === 'candidate' ? [...candidates, event.candidate] : candidates,
        complete: complete || event.kind === 'complete',
      }),
      { candidates: [] as readonly RTCIceCandidate[], complete: false },
    ),
    map(({ candidates, complete }) => mappingOf(candidates, complete, isOneHost)),
    catchError(noted('doctor', 'nat', of(finding('unknown')))),
  );
  return concat(of<NatFinding>({ ...RUNNING, mapped: [] }), gathered$);
}

/**
 * Reads the mapping from the candidates of one connection that asked two servers, both known to answer. One address with two
 * mappings is enough for `dependent`. One mapping is reported once however many servers see it (RFC 8445, section 5.1.3), so
 * `independent` needs gathering to be complete.
 */
export function mappingOf(
  candidates: readonly RTCIceCandidate[],
  complete: boolean,
  isOneHost: boolean,
): NatFinding {
  const isUsed = ({ protocol, address }: RTCIceCandidate) =>
    protocol === 'udp' && !(address ?? '').includes(':');
  const hosts = candidates.filter((candidate) => candidate.type === 'host' && isUsed(candidate));
  const seen = candidates.filter((candidate) => candidate.type === 'srflx' && isUsed(candidate));
  const mapped = [...new Set(seen.map(({ address, port }) => `${address}:${port}`))];
  if (seen.length === 0) return finding(complete && hosts.length > 0 ? 'none' : 'unknown');
  const bases = new Map<string, Set<string>>();
  for (const candidate of seen) {
    const base = baseOf(candidate, hosts.length);
    const known = bases.get(base) ?? new Set();
    bases.set(base, known.add(`${candidate.address}:${candidate.port}`));
  }
  if ([...bases.values()].some((mappings) => mappings.size > 1)) {
    return finding(isOneHost ? 'portDependent' : 'dependent', mapped);
  }
  return finding(complete ? 'independent' : 'unknown', mapped);
}

/**
 * Identifies the local address that a mapping belongs to. Browsers hide it from pages without a camera (RFC 8828) as 0.0.0.0:0.
 * Then a single host candidate leaves no doubt, and among several the foundation decides (RFC 8445, section 5.1.1.3).
 */
function baseOf({ relatedAddress, relatedPort, foundation }: RTCIceCandidate, hosts: number): string {
  if (relatedAddress && relatedPort) return `${relatedAddress}:${relatedPort}`;
  return hosts <= 1 ? 'the only one' : `foundation ${foundation}`;
}
