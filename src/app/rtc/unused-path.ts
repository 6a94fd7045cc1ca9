import { exhaustMap, filter, map, type Observable, pairwise, take, timer } from 'rxjs';

/** Time between two readings of a connection's pairs, in ms. The agents check a pair at least every 2.5 s. */
const LOOK = 3_000;
/** How many readings are taken. By then, the agents have settled on a pair. */
const LOOKS = 6;

type Stats = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };

/**
 * Emits while a connection that has just been made uses a relay although the peer's checks arrive without one. Looks for a
 * while after each subscription, then completes.
 *
 * The peer's checks can be faster than its answer. Those that come through its relay then look as if they came from the peer
 * itself (peer-reflexive, RFC 8445, section 7.3.1.3), and Chromium gives up every other pair for the first one that works. It
 * does not return to them once it has the answer.
 */
export const unusedPath$ = (connection: Pick<RTCPeerConnection, 'getStats'>): Observable<unknown> =>
  timer(LOOK, LOOK).pipe(
    take(LOOKS),
    exhaustMap(() => connection.getStats()),
    map((report) => checksPastRelay([...(report.values() as Iterable<Stats>)])),
    pairwise(),
    filter(([before, now]) => [...now].some(([id, checks]) => checks > (before.get(id) ?? Infinity))),
  );

/**
 * How many of the peer's checks have arrived on each pair without a relay (`requestsReceived` by pair, W3C webrtc-stats). Empty
 * unless the selected pair has one.
 */
export function checksPastRelay(report: readonly Stats[]): ReadonlyMap<string, number> {
  const byId = new Map(report.map((stats) => [stats.id, stats]));
  const isRelayed = (pair: Stats | undefined): boolean =>
    [pair?.['localCandidateId'], pair?.['remoteCandidateId']].some(
      (id) => byId.get(String(id))?.['candidateType'] === 'relay',
    );
  const transport = report.find(({ type }) => type === 'transport');
  const pairs = report.filter(({ type }) => type === 'candidate-pair');
  if (!isRelayed(byId.get(String(transport?.['selectedCandidatePairId'])))) return new Map();
  return new Map(
    pairs
      .filter((pair) => !isRelayed(pair))
      .map((pair): [string, number] => [pair.id, Number(pair['requestsReceived'] ?? 0)]),
  );
}
